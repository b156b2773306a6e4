import type { Knowledge } from './knowledge.ts';
import type { Problem } from './problem.ts';
import type { FollowUpsContent, MessagesContent, OverheardContent, TopicContent, WordsContent } from './schema.ts';
import type { YamlFile } from './yaml-file.ts';

export type TopicFile = YamlFile<TopicContent>;

/** The files of a folder as they were read, to tell where in them something stands. */
export interface KnowledgeFiles {
  /** The path of `article.txt`. */
  readonly article: string;
  readonly topics: readonly TopicFile[];
  readonly words: YamlFile<WordsContent> | undefined;
  readonly outOfScope: YamlFile<MessagesContent> | undefined;
  readonly reactions: YamlFile<MessagesContent> | undefined;
  readonly followUps: YamlFile<FollowUpsContent> | undefined;
  readonly overheard: YamlFile<OverheardContent> | undefined;
}

/** Checks a knowledge whose files have the right form, and says what is wrong or could be better. */
export type Rule = (knowledge: Knowledge, files: KnowledgeFiles) => Problem[];

/** Files of which some may have mistakes: what is wrong in one is empty here, so that the rest of it can be checked, too. */
export interface CheckedFiles extends KnowledgeFiles {
  /** `undefined` where it cannot be read. */
  readonly articleText: string | undefined;
  /** Of all topics' files, including those that cannot be read. */
  readonly names: readonly string[];
  /** Of all topics, including those that cannot be read. */
  readonly ids: ReadonlySet<string>;
}

/** Checks files against each other, and says what is wrong. */
export type FileRule = (files: CheckedFiles) => Problem[];
