import { basename } from 'node:path';
import { tokensOf } from '../engine/text.ts';
import { LANGUAGES, type Language } from '../knowledge/knowledge.ts';
import type { KnowledgeFiles, Rule } from '../knowledge/rule.ts';
import type { YamlFile } from '../knowledge/yaml-file.ts';

/** Of all words that either of two texts has, how many both have (Jaccard): from here on they are near-copies. */
const ALIKE = 0.7;

/** A text that is learned from, and where it stands. */
interface Line {
  readonly text: string;
  readonly words: ReadonlySet<string>;
  readonly file: YamlFile<unknown>;
  readonly path: readonly PropertyKey[];
}

/**
 * Phrasings that say what an earlier one says, in nearly the same words: useless in one topic, harmful in two. Each is told
 * once, with the one that it is most like.
 */
export const nearCopies: Rule = (_, files) =>
  LANGUAGES.flatMap((language) =>
    alikeLines(linesOf(files, language)).map(({ line, nearest, likeness, others }) => {
      const same = line.file === nearest.file;
      const place = `${same ? '' : `${basename(nearest.file.file)}, `}line ${nearest.file.place(nearest.path).line}`;
      const how = likeness === 1 ? 'has the same words as' : 'is nearly';
      const more = others === 0 ? '' : `, and like ${others} other${others === 1 ? '' : 's'}`;
      return line.file.problem(
        line.path,
        `"${line.text}" ${how} "${nearest.text}" in ${place}${more}`,
        same
          ? 'Replace it by another way of asking, or delete it: it teaches nothing new.'
          : 'Keep the one whose topic should answer it, or reword one so that it can mean only its own topic.',
        'warning',
      );
    }),
  );

function linesOf({ topics, outOfScope }: KnowledgeFiles, language: Language): Line[] {
  const line = (file: YamlFile<unknown>, path: readonly PropertyKey[]) => (text: string, index: number) => {
    const words = new Set(tokensOf(text).map(({ folded }) => folded));
    return { text, words, file, path: [...path, index] };
  };
  // What is outOfScope comes first: it is in the topic's file that one would mend it.
  return [
    ...(outOfScope?.value[language].map(line(outOfScope, [language])) ?? []),
    ...topics.flatMap((file) => file.value[language].phrasings.map(line(file, [language, 'phrasings']))),
  ];
}

/** A line that is like earlier ones. */
interface Alike {
  readonly line: Line;
  readonly nearest: Line;
  readonly likeness: number;
  /** How many more it is like. */
  readonly others: number;
}

/**
 * All lines that are like an earlier one. Of a line's words, ordered from the rarest on, a few are enough to find every
 * line that can be alike (prefix filtering, Chaudhuri et al. 2006): no line is compared with all others.
 */
function alikeLines(lines: readonly Line[]): Alike[] {
  const frequency = new Map<string, number>();
  for (const { words } of lines) for (const word of words) frequency.set(word, (frequency.get(word) ?? 0) + 1);
  const rarity = (word: string) => frequency.get(word) ?? 0;
  const found: Alike[] = [];
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
    const alike = Array.from(candidates, (earlier) => ({ earlier, likeness: likeness(line.words, earlier.words) }))
      .filter(({ likeness }) => likeness >= ALIKE)
      .sort((a, b) => b.likeness - a.likeness);
    const [best] = alike;
    if (best) found.push({ line, nearest: best.earlier, likeness: best.likeness, others: alike.length - 1 });
  }
  return found;
}

function likeness(a: ReadonlySet<string>, b: ReadonlySet<string>): number {
  let shared = 0;
  for (const word of a) if (b.has(word)) shared++;
  return shared / (a.size + b.size - shared);
}
