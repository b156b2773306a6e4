import { basename } from 'node:path';
import { type Knowledge, LANGUAGES, OVERHEARD_KINDS, type Topic } from './knowledge.ts';
import type { Problem } from './problem.ts';
import type { OverheardContent, WordsContent } from './schema.ts';
import type { YamlFile } from './yaml-file.ts';

/**
 * Says what is wrong or could be better. Where a file has mistakes, what is wrong in it is empty here, so that the rest
 * of it can be checked, too.
 */
export type Rule = (knowledge: Knowledge, files: KnowledgeFiles) => Problem[];

export type TopicFile = YamlFile<Topic>;

/** The files of a folder as they were read, to tell where in them something stands. */
export interface KnowledgeFiles {
  /** The path of `article.txt`. */
  readonly article: string;
  readonly topics: readonly TopicFile[];
  /** The names of all topics' files, including those that cannot be read. */
  readonly topicNames: readonly string[];
  /** Of all topics, including those that cannot be read. */
  readonly ids: ReadonlySet<string>;
  readonly words: YamlFile<WordsContent> | undefined;
  readonly outOfScope: YamlFile<Knowledge['outOfScope']> | undefined;
  readonly followUps: YamlFile<Knowledge['followUps']> | undefined;
  readonly overheard: YamlFile<OverheardContent> | undefined;
}

/** A text and where it stands. */
export interface PlacedText {
  readonly file: YamlFile<unknown>;
  readonly path: readonly PropertyKey[];
  readonly text: string;
}

/** Where a text stands, seen from another: "line 8" or "bread.yaml, line 8". */
export const placeSeenFrom = (from: PlacedText, { file, path }: PlacedText): string =>
  `${file === from.file ? '' : `${basename(file.file)}, `}line ${file.place(path).line}`;

export type PlacedPhrasing = ReturnType<typeof phrasingsIn>[number];

/** Each phrasing, with its index among the topic's phrasings in that language. */
export const phrasingsIn = (topics: readonly TopicFile[]) =>
  topics.flatMap((file) =>
    LANGUAGES.flatMap((language) =>
      file.value[language].phrasings.map((text, index) => {
        return { file, language, index, path: [language, 'phrasings', index], text };
      }),
    ),
  );

/** Each variant, as `text`, with the word that it is read as. */
export const spellingsIn = (file: YamlFile<WordsContent>) =>
  LANGUAGES.flatMap((language) =>
    Object.entries(file.value.spellings[language]).flatMap(([standard, variants]) =>
      variants.map((text, at) => ({ file, path: ['spellings', language, standard, at], text, standard })),
    ),
  );

/** Each message with its topic if it is a question to the channel. */
export const overheardIn = (file: YamlFile<OverheardContent> | undefined) =>
  file?.value.flatMap(({ voice, language, ...kinds }, index) =>
    OVERHEARD_KINDS.flatMap((kind) =>
      kinds[kind].flatMap((message, at) => {
        const entries = typeof message === 'string' ? [[undefined, message] as const] : Object.entries(message);
        return entries.map(([topic, text]) => {
          const path = [index, kind, at, ...(topic === undefined ? [] : [topic])];
          return { file, path, text, language, voice, kind, topic };
        });
      }),
    ),
  ) ?? [];
