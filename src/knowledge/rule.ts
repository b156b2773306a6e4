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
  /** The names of all topics' files, including those that cannot be read. */
  readonly topicNames: readonly string[];
  /** Of all topics, including those that cannot be read. */
  readonly ids: ReadonlySet<string>;
  readonly words: YamlFile<WordsContent> | undefined;
  readonly outOfScope: YamlFile<MessagesContent> | undefined;
  readonly followUps: YamlFile<FollowUpsContent> | undefined;
  readonly overheard: YamlFile<OverheardContent> | undefined;
}

/**
 * Says what is wrong or could be better. Where a file has mistakes, what is wrong in it is empty here, so that the rest of it can be
 * checked, too.
 */
export type Rule = (knowledge: Knowledge, files: KnowledgeFiles) => Problem[];
