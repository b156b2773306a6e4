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
  LANGUAGES.flatMap((language) => {
    const lines = linesOf(files, language);
    /** The earlier lines with a word. */
    const linesWith = new Map<string, number[]>();
    return lines.flatMap((line, index) => {
      const shared = new Uint16Array(index);
      for (const word of line.words) {
        const earlier = linesWith.get(word) ?? [];
        for (const at of earlier) shared[at] = (shared[at] ?? 0) + 1;
        earlier.push(index);
        linesWith.set(word, earlier);
      }
      const alike = lines
        .slice(0, index)
        .map((other, at) => {
          const both = shared[at] ?? 0;
          return { other, likeness: both / (line.words.size + other.words.size - both) };
        })
        .filter(({ likeness }) => likeness >= ALIKE)
        .sort((a, b) => b.likeness - a.likeness);
      const [nearest] = alike;
      return nearest ? tell(line, nearest.other, nearest.likeness) : [];
    });
  });

function linesOf({ topics, outOfScope }: KnowledgeFiles, language: Language): Line[] {
  const line = (file: YamlFile<unknown>, path: readonly PropertyKey[]) => (text: string, index: number) => {
    const words = new Set(tokensOf(text).map(({ folded }) => folded));
    return { text, words, file, path: [...path, index] };
  };
  // What is out of scope comes first: it is in the topic's file that one would fix it.
  return [
    ...(outOfScope?.value[language].map(line(outOfScope, [language])) ?? []),
    ...topics.flatMap((file) => file.value[language].phrasings.map(line(file, [language, 'phrasings']))),
  ];
}

function tell({ text, file, path }: Line, nearest: Line, likeness: number) {
  const isInFile = file === nearest.file;
  const place = `${isInFile ? '' : `${basename(nearest.file.file)}, `}line ${nearest.file.place(nearest.path).line}`;
  const how = likeness === 1 ? 'has the same words as' : 'is nearly';
  const remedy = isInFile
    ? 'Replace it by another way of asking, or delete it: it teaches nothing new.'
    : 'Keep the one whose topic should answer it, or reword one so that it can mean only its own topic.';
  return file.problem(path, `"${text}" ${how} "${nearest.text}" in ${place}`, remedy, 'warning');
}
