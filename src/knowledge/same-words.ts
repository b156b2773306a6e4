import { basename } from 'node:path';
import { nameOf } from './file-names.ts';
import { LANGUAGES, OVERHEARD_KINDS } from './knowledge.ts';
import type { Problem } from './problem.ts';
import type { CheckedFiles, FileRule, TopicFile } from './rule.ts';
import type { YamlFile } from './yaml-file.ts';

const DELETE_ONE = 'Delete one of the two.';

/** A text and where it stands. */
export interface PlacedText {
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

/** Each text with the same words as an earlier one. Signs alone, like "???", are no words. */
function repeated<T extends PlacedText>(texts: readonly T[]): { again: T; first: T }[] {
  const seen = new Map<string, T>();
  return texts.flatMap((again) => {
    const words = wordsAlone(again.text);
    const first = seen.get(words);
    if (!first && words !== '') seen.set(words, again);
    return first ? [{ again, first }] : [];
  });
}

function isAlsoIn(what: string, { again, first }: { again: PlacedText; first: PlacedText }, remedy: string): Problem {
  const file = again.file === first.file ? '' : `${basename(first.file.file)}, `;
  const { line } = first.file.place(first.path);
  return again.file.problem(again.path, `the ${what} "${again.text}" is also in ${file}line ${line}`, remedy);
}

/** Topics that are not copies of others: what is in a copy is in both. */
const originals = ({ topics }: CheckedFiles): TopicFile[] =>
  topics.filter(
    (file) => nameOf(file) === file.value.id && topics.find(({ value }) => value.id === file.value.id) === file,
  );

/** A phrasing in two places would teach that both are right. In two languages of one topic it is harmless: "mi pay fees". */
const repeatedPhrasings: FileRule = (files) =>
  repeated(
    originals(files).flatMap((file) =>
      LANGUAGES.flatMap((language) =>
        file.value[language].phrasings.map((text, index) => ({ file, path: [language, 'phrasings', index], text })),
      ),
    ),
  )
    .filter(({ again, first }) => again.file !== first.file || again.path[0] === first.path[0])
    .map(({ again, first }) => {
      const remedy = again.file === first.file ? DELETE_ONE : 'Keep it in the one topic that should answer it.';
      return isAlsoIn('phrasing', { again, first }, remedy);
    });

/** Titles stand on buttons, side by side. */
const repeatedTitles: FileRule = (files) =>
  LANGUAGES.flatMap((language) =>
    repeated(
      originals(files).map((file) => ({ file, path: [language, 'title'], text: file.value[language].title })),
    ).map((pair) => isAlsoIn('title', pair, 'Let each title ask for what its own topic answers: people choose by it.')),
  );

/** Names, of which each needs an entry of its own. */
const repeatedNames: FileRule = ({ words }) =>
  words
    ? repeated(
        words.value.names.map(({ name }, index) => ({ file: words, path: ['names', index, 'name'], text: name })),
      ).map((pair) => isAlsoIn('name', pair, 'Keep one of the two, and in it the variants of both.'))
    : [];

/** Follow-ups that ask for several topics, or for one twice, after the same answer. */
const repeatedFollowUps: FileRule = ({ followUps }) => {
  if (!followUps) return [];
  const texts = followUps.value.flatMap((entry, index) =>
    LANGUAGES.flatMap((language) =>
      entry[language].map((text, at) => ({ file: followUps, path: [index, language, at], text, entry })),
    ),
  );
  return [...Map.groupBy(texts, ({ entry }) => entry.after).values()].flatMap((group) =>
    repeated(group)
      .filter(({ again, first }) => again.entry.asks !== first.entry.asks || again.path[1] === first.path[1])
      .map((pair) =>
        isAlsoIn('follow-up', pair, `Keep one: after "${pair.again.entry.after}" it can ask for one topic only.`),
      ),
  );
};

/** The texts of `overheard.yaml`. */
export const overheardTexts = ({ overheard }: CheckedFiles): PlacedText[] =>
  overheard?.value.flatMap((voice, index) =>
    OVERHEARD_KINDS.flatMap((kind) =>
      voice[kind].flatMap((message, at): PlacedText[] =>
        typeof message === 'string'
          ? [{ file: overheard, path: [index, kind, at], text: message }]
          : Object.entries(message).map(([topic, text]) => ({ file: overheard, path: [index, kind, at, topic], text })),
      ),
    ),
  ) ?? [];

/** Voices and messages of `overheard.yaml` that are there twice. */
const repeatedOverheard: FileRule = (files) => {
  const { overheard } = files;
  if (!overheard) return [];
  const voices = overheard.value.map(({ voice }, index) => ({ file: overheard, path: [index, 'voice'], text: voice }));
  return [
    ...repeated(voices).map((pair) => isAlsoIn('voice', pair, 'Give this one another name, or join the two.')),
    ...repeated(overheardTexts(files)).map((pair) => isAlsoIn('message', pair, DELETE_ONE)),
  ];
};

/** What is in two places where it should be in one. */
export const repetitions: FileRule = (files) =>
  [repeatedPhrasings, repeatedTitles, repeatedNames, repeatedFollowUps, repeatedOverheard].flatMap((rule) =>
    rule(files),
  );
