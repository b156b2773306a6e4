import type { Knowledge } from './knowledge.ts';
import type { Problem } from './problem.ts';
import type { MessagesContent, WordsContent } from './schema.ts';
import type { TopicFile } from './topic-problems.ts';
import type { YamlFile } from './yaml-file.ts';

/** The files of a folder as they were read, to tell where in them something stands. */
export interface KnowledgeFiles {
  /** The path of `article.txt`. */
  readonly article: string;
  readonly topics: readonly TopicFile[];
  readonly words: YamlFile<WordsContent> | undefined;
  readonly outOfScope: YamlFile<MessagesContent> | undefined;
}

/** Checks a knowledge whose files have the right form, and says what is wrong or could be better. */
export type Rule = (knowledge: Knowledge, files: KnowledgeFiles) => Problem[];
