import { createHash } from 'node:crypto';
import { join } from 'node:path';
import type { z } from 'zod';
import { idOf, namesIn, OLD_OUT_OF_SCOPE, unreadFiles, YAML } from './folder.ts';
import { type Article, type Knowledge, LANGUAGES, OVERHEARD_KINDS, type OverheardMessage } from './knowledge.ts';
import { errorIn, inReadingOrder, limitPerFile, type Problem } from './problem.ts';
import { repetitions } from './repetitions.ts';
import type { FileRule, KnowledgeFiles, TopicFile } from './rule.ts';
import {
  articleSchema,
  followUpsSchema,
  messagesSchema,
  type OverheardContent,
  overheardSchema,
  topicDraft,
  topicSchema,
  type WordsContent,
  wordsSchema,
} from './schema.ts';
import { oneSpaced, topicNames, unknownTopics, wrongPassages } from './topic-rules.ts';
import { wordProblems } from './word-rules.ts';
import { type ReadFile, readText, readYaml, unreadable } from './yaml-file.ts';

const RULES: readonly FileRule[] = [topicNames, unknownTopics, wrongPassages, repetitions, wordProblems];

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
 * Loads a knowledge folder: `article.txt`, `topics/*.yaml`, and the other files, which are optional. Never throws for what an
 * editor can get wrong: all problems come back at once. With errors among them there is no knowledge.
 */
export function loadKnowledge(directory: string): LoadedKnowledge {
  const problems: Problem[] = [];
  const read = <T>(name: string, schema: z.ZodType<T>, draft?: z.ZodType<T>): ReadFile<T> => {
    const file = readYaml(join(directory, name), schema, draft);
    problems.push(...file.problems);
    return file;
  };
  const folder = join(directory, 'topics');
  const [names, inTopics] = [listNames(directory, problems), listNames(folder, problems)];
  problems.push(...unreadFiles(directory, names, inTopics));
  const topicFiles = inTopics.filter((name) => YAML.test(name));
  if (topicFiles.length === 0 && !problems.some(({ file }) => file === folder)) {
    problems.push(errorIn(folder, 'has no topics', 'Put at least one there, as a file <id>.yaml.'));
  }
  const optional = <T>(name: string, schema: z.ZodType<T>): Partial<ReadFile<T>> =>
    names.includes(name) ? read(name, schema) : {};
  const topics = topicFiles.map((name) => read(join('topics', name), topicSchema, topicDraft));
  const note = optional('article.yaml', articleSchema).content?.value.note;
  const article = loadArticle(join(directory, 'article.txt'), note, problems);
  const words = optional('words.yaml', wordsSchema);
  const outOfScopeName = names.includes('out-of-scope.yaml') ? 'out-of-scope.yaml' : OLD_OUT_OF_SCOPE;
  const outOfScope = optional(outOfScopeName, messagesSchema);
  const reactions = optional('reactions.yaml', messagesSchema);
  const followUps = optional('follow-ups.yaml', followUpsSchema);
  const overheard = optional('overheard.yaml', overheardSchema);
  const filesOf = (version: 'content' | 'draft'): KnowledgeFiles => ({
    article: join(directory, 'article.txt'),
    topics: topics.flatMap((topic) => topic[version] ?? []),
    words: words[version],
    outOfScope: outOfScope[version],
    reactions: reactions[version],
    followUps: followUps[version],
    overheard: overheard[version],
  });
  const drafts = filesOf('draft');
  const ids = new Set([...drafts.topics.map(({ value }) => value.id), ...topicFiles.map(idOf)]);
  const checked = { ...drafts, articleText: article?.text, names: topicFiles, ids };
  const all = limitPerFile(inReadingOrder([...problems, ...RULES.flatMap((rule) => rule(checked))]));
  if (!article) return { knowledge: undefined, problems: all };
  const files = filesOf('content');
  const content = contentOf(files, article);
  const version = createHash('sha256').update(JSON.stringify(content)).digest('hex').slice(0, 8);
  const loaded: ReadKnowledge = { knowledge: { directory, version, ...content }, files };
  const hasErrors = all.some(({ severity }) => severity === 'error');
  return { ...(hasErrors ? { knowledge: undefined, rest: loaded } : loaded), problems: all };
}

/** None where the folder cannot be read. */
function listNames(folder: string, problems: Problem[]): string[] {
  try {
    return namesIn(folder);
  } catch (error) {
    problems.push(unreadable(folder, error));
    return [];
  }
}

function contentOf(files: KnowledgeFiles, article: Article): Omit<Knowledge, 'directory' | 'version'> {
  const { topics, words, outOfScope, reactions, followUps, overheard } = files;
  return {
    article,
    topics: topics.map(toTopic).sort((a, b) => (a.id < b.id ? -1 : 1)),
    words: toWordLists(words?.value),
    outOfScope: outOfScope?.value ?? { de: [], en: [] },
    reactions: reactions?.value ?? { de: [], en: [] },
    followUps: followUps?.value ?? [],
    overheard: (overheard?.value ?? []).flatMap(toOverheardMessages),
  };
}

function loadArticle(file: string, note: Article['note'], problems: Problem[]): Article | undefined {
  const text = readText(file);
  if (typeof text !== 'string') {
    problems.push(text);
    return undefined;
  }
  const lines = text.trimEnd().split('\n');
  const source = /^\s*(?:Quelle|Source):\s*(\S.*?)\s*$/m.exec(lines.at(-1) ?? '')?.[1];
  if (source !== undefined) return { text, source, note };
  const remedy = 'End the article with a line like "Quelle: KKJ": every answer names it.';
  problems.push(errorIn(file, 'does not end with its source', remedy, lines.length, 1));
  return undefined;
}

function toTopic({
  value: { id, status, smallTalk, passages, related, de, en },
}: TopicFile): Knowledge['topics'][number] {
  return { id, status, smallTalk: smallTalk ?? false, passages: passages.map(oneSpaced), related, de, en };
}

function toWordLists(words: WordsContent | undefined): Knowledge['words'] {
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
