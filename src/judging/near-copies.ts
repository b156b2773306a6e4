import { basename } from 'node:path';
import { LANGUAGES, type Language } from '../knowledge/knowledge.ts';
import type { KnowledgeFiles } from '../knowledge/load.ts';
import type { Problem } from '../knowledge/problem.ts';
import type { YamlFile } from '../knowledge/yaml-file.ts';
import { wordsOf } from '../matching/text.ts';
import type { Judge } from './check.ts';

/** Of all words that either of two texts has, how many both have (Jaccard): from here on they are near-copies. */
const ALIKE = 0.7;

/** A text that is learned from, and where it stands. */
interface Line {
  readonly text: string;
  readonly words: ReadonlySet<string>;
  readonly file: YamlFile<unknown>;
  readonly path: readonly PropertyKey[];
}

/** Phrasings that say what another one says, in nearly the same words: useless in one topic, harmful in two. */
export const nearCopies: Judge = (_, files) => {
  const problems: Problem[] = [];
  for (const language of LANGUAGES) {
    for (const [later, earlier] of alikePairs(linesOf(files, language))) {
      const { line } = earlier.file.place(earlier.path);
      const same = later.file === earlier.file;
      problems.push(
        later.file.problem(
          later.path,
          `"${later.text}" is nearly "${earlier.text}" in ${same ? '' : `${basename(earlier.file.file)}, `}line ${line}`,
          same
            ? 'Replace it by another way of asking, or delete it: it teaches nothing new.'
            : 'Keep the one whose topic should answer it, or reword one so that it can mean only its own topic.',
          'warning',
        ),
      );
    }
  }
  return problems;
};

function linesOf({ topics, elsewhere }: KnowledgeFiles, language: Language): Line[] {
  const line = (file: YamlFile<unknown>, path: readonly PropertyKey[]) => (text: string, index: number) => {
    const words = new Set(wordsOf(text).map(({ folded }) => folded));
    return { text, words, file, path: [...path, index] };
  };
  return [
    ...topics.flatMap((file) => file.value[language].phrasings.map(line(file, [language, 'phrasings']))),
    ...(elsewhere?.value[language].map(line(elsewhere, [language])) ?? []),
  ];
}

/**
 * All pairs that are alike, the later line first. Of a line's words, ordered from the rarest on, a few are enough to
 * find every line that can be alike (prefix filtering, Chaudhuri et al. 2006): no line is compared with all others.
 */
function alikePairs(lines: readonly Line[]): [later: Line, earlier: Line][] {
  const frequency = new Map<string, number>();
  for (const { words } of lines) for (const word of words) frequency.set(word, (frequency.get(word) ?? 0) + 1);
  const rarity = (word: string) => frequency.get(word) ?? 0;
  const pairs: [Line, Line][] = [];
  const linesWith = new Map<string, Line[]>();
  for (const line of lines) {
    const rarest = [...line.words].sort((a, b) => rarity(a) - rarity(b) || (a < b ? -1 : 1));
    const candidates = new Set<Line>();
    for (const word of rarest.slice(0, rarest.length - Math.ceil(ALIKE * rarest.length) + 1)) {
      const others = linesWith.get(word) ?? [];
      for (const other of others) candidates.add(other);
      others.push(line);
      linesWith.set(word, others);
    }
    for (const earlier of candidates) if (likeness(line.words, earlier.words) >= ALIKE) pairs.push([line, earlier]);
  }
  return pairs;
}

function likeness(a: ReadonlySet<string>, b: ReadonlySet<string>): number {
  let shared = 0;
  for (const word of a) if (b.has(word)) shared++;
  return shared / (a.size + b.size - shared);
}
