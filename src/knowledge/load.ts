import { createHash } from 'node:crypto';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { z } from 'zod';
import {
  type Article,
  type Knowledge,
  LANGUAGES,
  OVERHEARD_KINDS,
  type OverheardMessage,
  type Topic,
  type WordLists,
} from './knowledge.ts';
import { inReadingOrder, type Problem } from './problem.ts';
import type { KnowledgeFiles } from './rule.ts';
import {
  articleSchema,
  followUpsSchema,
  type MessagesContent,
  messagesSchema,
  type OverheardContent,
  overheardSchema,
  type TopicContent,
  topicSchema,
  type WordsContent,
  wordsSchema,
} from './schema.ts';
import { doubled, oneSpaced, type TopicFile, topicProblems, unreadTexts, YAML } from './topic-problems.ts';
import { EDITORS_OWN, unreadFiles, unreadTopic } from './unread-files.ts';
import { wordProblems } from './word-problems.ts';
import { readText, readYaml, unreadable, type YamlFile } from './yaml-file.ts';

/** A knowledge and the files it was read from. */
export interface ReadKnowledge {
  readonly knowledge: Knowledge;
  readonly files: KnowledgeFiles;
}

export type LoadedKnowledge = { readonly problems: readonly Problem[] } & (
  | ReadKnowledge
  /** `rest`: the files without errors, as far as they make up a knowledge; for looking for further problems in them. */
  | { readonly knowledge: undefined; readonly files?: undefined; readonly rest?: ReadKnowledge | undefined }
);

/**
 * Loads a knowledge folder: `article.txt`, `topics/*.yaml`, and where they are there `words.yaml` (names, spellings,
 * synonyms), `elsewhere.yaml` (messages that are none of the topics' business) and `article.yaml` (a note on the
 * article). Never throws for what an editor can get wrong: all problems come back at once. With errors among them
 * there is no knowledge.
 */
export function loadKnowledge(directory: string): LoadedKnowledge {
  const problems: Problem[] = [];
  const article = loadArticle(directory, problems);
  problems.push(...unreadFiles(directory));
  const { files, names } = loadTopics(join(directory, 'topics'), problems);
  const words = loadOptional(join(directory, 'words.yaml'), wordsSchema, problems);
  // The name it had before version 0.2.
  const outOfScope =
    loadOptional(join(directory, 'out-of-scope.yaml'), messagesSchema, problems) ??
    loadOptional(join(directory, 'elsewhere.yaml'), messagesSchema, problems);
  const reactions = loadOptional(join(directory, 'reactions.yaml'), messagesSchema, problems);
  const followUps = loadOptional(join(directory, 'follow-ups.yaml'), followUpsSchema, problems);
  const overheard = loadOptional(join(directory, 'overheard.yaml'), overheardSchema, problems);
  const ids = new Set([...files.map(({ value }) => value.id), ...names.map((name) => name.replace(YAML, ''))]);
  for (const file of files) problems.push(...topicProblems(file, ids, names, article));
  problems.push(...doubled(files));
  if (words) problems.push(...wordProblems(words));
  if (outOfScope) problems.push(...unreadTexts(outOfScope, messagesIn(outOfScope.value)));
  const sorted = inReadingOrder(problems);
  if (!article) return { knowledge: undefined, problems: sorted };
  const content = {
    article,
    topics: files.map(({ value }) => toTopic(value)).sort((a, b) => (a.id < b.id ? -1 : 1)),
    words: toWordLists(words?.value),
    outOfScope: outOfScope?.value ?? { de: [], en: [] },
    reactions: reactions?.value ?? { de: [], en: [] },
    followUps: followUps?.value ?? [],
    overheard: (overheard?.value ?? []).flatMap(toOverheardMessages),
  };
  const read = {
    knowledge: { directory, version: versionOf(content), ...content },
    files: { article: join(directory, 'article.txt'), topics: files, words, outOfScope },
  };
  const hasErrors = sorted.some(({ severity }) => severity === 'error');
  return { ...(hasErrors ? { knowledge: undefined, rest: read } : read), problems: sorted };
}

function versionOf(content: Omit<Knowledge, 'directory' | 'version'>): string {
  return createHash('sha256').update(JSON.stringify(content)).digest('hex').slice(0, 8);
}

function loadArticle(directory: string, problems: Problem[]): Article | undefined {
  const file = join(directory, 'article.txt');
  const text = readText(file);
  const details = loadOptional(join(directory, 'article.yaml'), articleSchema, problems);
  if (typeof text !== 'string') {
    problems.push(text);
    return undefined;
  }
  const source = /^\s*(?:Quelle|Source):\s*(\S.*?)\s*$/m.exec(text.trimEnd().split('\n').at(-1) ?? '')?.[1];
  if (source === undefined) {
    problems.push({
      severity: 'error',
      file,
      line: text.trimEnd().split('\n').length,
      column: 1,
      what: 'does not end with its source',
      remedy: 'End the article with a line like "Quelle: KKJ": every answer names it.',
    });
    return undefined;
  }
  return { text, source, note: details?.value.note };
}

/** The topics that are in order, and the names of all files. */
function loadTopics(
  directory: string,
  problems: Problem[],
): { readonly files: readonly TopicFile[]; readonly names: readonly string[] } {
  let names: string[];
  try {
    const all = readdirSync(directory).filter((name) => !EDITORS_OWN.test(name));
    names = all.filter((name) => YAML.test(name));
    problems.push(...all.filter((name) => !YAML.test(name)).map((name) => unreadTopic(directory, name, names)));
  } catch (error) {
    problems.push(unreadable(directory, error));
    return { files: [], names: [] };
  }
  if (names.length === 0) {
    problems.push({
      severity: 'error',
      file: directory,
      line: undefined,
      column: undefined,
      what: 'has no topics',
      remedy: 'Put at least one topic there, as a file <id>.yaml.',
    });
  }
  const files = names.sort().flatMap((name) => {
    const file = readYaml(join(directory, name), topicSchema);
    if (!Array.isArray(file)) return [file];
    problems.push(...file);
    return [];
  });
  return { files, names };
}

/** A file that a folder may leave out: `undefined` where it does, or where it has problems. */
function loadOptional<S extends z.ZodType>(
  file: string,
  schema: S,
  problems: Problem[],
): YamlFile<z.output<S>> | undefined {
  const loaded = readYaml(file, schema);
  if (!Array.isArray(loaded)) return loaded;
  if (!loaded.some(({ what }) => what === 'does not exist')) problems.push(...loaded);
  return undefined;
}

const messagesIn = (content: MessagesContent): PropertyKey[][] =>
  LANGUAGES.flatMap((language) => content[language].map((_, index) => [language, index]));

function toTopic({ id, status, smallTalk, passages, related, de, en }: TopicContent): Topic {
  return { id, status, smallTalk: smallTalk ?? false, passages: passages.map(oneSpaced), related, de, en };
}

function toWordLists(words: WordsContent | undefined): WordLists {
  if (!words) return { names: [], spellings: [], synonyms: [] };
  return {
    names: words.names.map(({ name, variants, subject, other }) => ({
      name,
      variants,
      role: subject ? 'subject' : other ? 'other' : 'mentioned',
    })),
    spellings: LANGUAGES.flatMap((language) =>
      Object.entries(words.spellings[language]).flatMap(([standard, variants]) =>
        variants.map((variant) => ({ variant, standard })),
      ),
    ),
    synonyms: LANGUAGES.flatMap((language) => words.synonyms[language]),
  };
}

function toOverheardMessages({ voice, language, ...kinds }: OverheardContent[number]): OverheardMessage[] {
  return OVERHEARD_KINDS.flatMap((kind) =>
    kinds[kind].flatMap((message): OverheardMessage[] =>
      typeof message === 'string'
        ? [{ text: message, language, voice, kind, topic: undefined }]
        : Object.entries(message).map(([topic, text]) => ({ text, language, voice, kind, topic })),
    ),
  );
}
