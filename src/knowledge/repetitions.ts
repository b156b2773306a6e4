import { basename } from 'node:path';
import { LANGUAGES, OVERHEARD_KINDS } from './knowledge.ts';
import type { Problem } from './problem.ts';
import type { CheckedFiles, FileRule } from './rule.ts';
import { isOriginal } from './topic-rules.ts';
import type { YamlFile } from './yaml-file.ts';

/** A text and where it stands. */
interface PlacedText {
  readonly file: YamlFile<unknown>;
  readonly path: readonly PropertyKey[];
  readonly text: string;
}

/** A text without capital letters and signs. */
export const wordsAlone = (text: string) =>
  text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();

/**
 * Each text with the same words as an earlier one. Signs alone, like "???", are no words.
 *
 * @param remedyFor `undefined` where the repetition does no harm
 */
function repeated<T extends PlacedText>(
  kind: string,
  texts: readonly T[],
  remedyFor: (again: T, first: T) => string | undefined,
): Problem[] {
  const seen = new Map<string, T>();
  return texts.flatMap((again) => {
    const words = wordsAlone(again.text);
    const first = seen.get(words);
    if (!first && words !== '') seen.set(words, again);
    const remedy = first && remedyFor(again, first);
    if (!first || remedy === undefined) return [];
    const place = `${again.file === first.file ? '' : `${basename(first.file.file)}, `}line ${first.file.place(first.path).line}`;
    return again.file.problem(again.path, `the ${kind} "${again.text}" is also in ${place}`, remedy);
  });
}

const DELETE_ONE = 'Delete one of the two.';

/** What is in two places where it should be in one. */
export const repetitions: FileRule = (files) => {
  const { words, followUps } = files;
  // A copy of a topic is told as such; what is in a copy is in both.
  const topics = files.topics.filter((topic) => isOriginal(topic, files));
  const phrasings = topics.flatMap((file) =>
    LANGUAGES.flatMap((language) =>
      file.value[language].phrasings.map((text, at) => ({ file, path: [language, 'phrasings', at], text })),
    ),
  );
  const asked = followUps?.value.flatMap((entry, index) =>
    LANGUAGES.flatMap((language) =>
      entry[language].map((text, at) => ({ file: followUps, path: [index, language, at], text, entry })),
    ),
  );
  return [
    // In two languages of one topic it is harmless: "mi pay fees".
    ...repeated('phrasing', phrasings, (again, first) => {
      if (again.file !== first.file) return 'Keep it in the one topic that should answer it.';
      return again.path[0] === first.path[0] ? DELETE_ONE : undefined;
    }),
    ...LANGUAGES.flatMap((language) => {
      const titles = topics.map((file) => ({ file, path: [language, 'title'], text: file.value[language].title }));
      return repeated('title', titles, () => 'Let each title ask for what its own topic answers: people choose by it.');
    }),
    ...repeated(
      'name',
      words?.value.names.map(({ name }, at) => ({ file: words, path: ['names', at, 'name'], text: name })) ?? [],
      () => 'Keep one of the two, and in it the variants of both.',
    ),
    ...[...Map.groupBy(asked ?? [], ({ entry }) => entry.after).values()].flatMap((group) =>
      repeated('follow-up', group, ({ entry, path }, first) =>
        entry.asks !== first.entry.asks || path[1] === first.path[1]
          ? `Keep one: after "${entry.after}" it can ask for one topic only.`
          : undefined,
      ),
    ),
    ...repeated('message', overheardTexts(files), () => DELETE_ONE),
  ];
};

function overheardTexts({ overheard }: CheckedFiles): PlacedText[] {
  if (!overheard) return [];
  return overheard.value.flatMap((voice, index) =>
    OVERHEARD_KINDS.flatMap((kind) =>
      voice[kind].flatMap((message, at): PlacedText[] =>
        typeof message === 'string'
          ? [{ file: overheard, path: [index, kind, at], text: message }]
          : Object.entries(message).map(([topic, text]) => ({ file: overheard, path: [index, kind, at, topic], text })),
      ),
    ),
  );
}
