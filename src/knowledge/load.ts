import { createHash } from 'node:crypto';
import { join } from 'node:path';
import type { z } from 'zod';
import { idOf, listFolder, OLD_OUT_OF_SCOPE } from './folder.ts';
import type { Article, Knowledge } from './knowledge.ts';
import { inReadingOrder, limitPerFile, type Problem, problemIn } from './problem.ts';
import { repetitions, wordProblems } from './repetitions.ts';
import { type KnowledgeFiles, overheardIn, type Rule, spellingsIn } from './rule.ts';
import {
  articleSchema,
  followUpsSchema,
  messagesSchema,
  overheardSchema,
  topicDraft,
  topicSchema,
  wordsSchema,
} from './schema.ts';
import { topicNames, unknownTopics, wrongPassages } from './topic-rules.ts';
import { readText, readYaml, type YamlFile } from './yaml-file.ts';

const RULES: readonly Rule[] = [topicNames, unknownTopics, wrongPassages, repetitions, wordProblems];

/**
 * Loads a knowledge folder: `article.txt`, `topics/*.yaml`, and the other files, which are optional. Never throws for
 * what an editor can get wrong: all problems come back at once. With errors among them there is no knowledge.
 *
 * @param more rules to check it by, beside those without which it cannot be used
 * @param onceValid rules for warnings, checked only without errors, which could cause them
 */
export function loadKnowledge(directory: string, more: readonly Rule[] = [], onceValid: readonly Rule[] = []) {
  const { names, topicNames, problems } = listFolder(directory);
  // If the folder can't be read, what is missing in it says nothing.
  if (problems.some(({ file }) => file === directory)) return { knowledge: undefined, problems: problems.slice(0, 1) };
  const read = <T>(name: string, schema: z.ZodType<T>, draft?: z.ZodType<T>): YamlFile<T> | undefined => {
    const { content, problems: found } = readYaml(join(directory, name), schema, draft);
    problems.push(...found);
    return content;
  };
  const optional = <T>(name: string, schema: z.ZodType<T>) => (names.includes(name) ? read(name, schema) : undefined);
  const topics = topicNames.flatMap((name) => read(join('topics', name), topicSchema, topicDraft) ?? []);
  const outOfScopeName = names.includes('out-of-scope.yaml') ? 'out-of-scope.yaml' : OLD_OUT_OF_SCOPE;
  const files: KnowledgeFiles = {
    article: join(directory, 'article.txt'),
    topics,
    topicNames,
    ids: new Set([...topics.map(({ value }) => value.id), ...topicNames.map(idOf)]),
    words: optional('words.yaml', wordsSchema),
    outOfScope: optional(outOfScopeName, messagesSchema),
    followUps: optional('follow-ups.yaml', followUpsSchema),
    overheard: optional('overheard.yaml', overheardSchema),
  };
  const words = files.words?.value;
  const content = {
    article: loadArticle(files.article, optional('article.yaml', articleSchema)?.value.note, problems),
    topics: topics.map(({ value }) => value).sort((a, b) => (a.id < b.id ? -1 : 1)),
    words: {
      names: words?.names ?? [],
      spellings: files.words ? spellingsIn(files.words).map(({ text, standard }) => ({ variant: text, standard })) : [],
      synonyms: words ? [...words.synonyms.de, ...words.synonyms.en] : [],
    },
    outOfScope: files.outOfScope?.value ?? { de: [], en: [] },
    reactions: optional('reactions.yaml', messagesSchema)?.value ?? { de: [], en: [] },
    followUps: files.followUps?.value ?? [],
    overheard: overheardIn(files.overheard).map(({ file, path, ...message }) => message),
  };
  const version = createHash('sha256').update(JSON.stringify(content)).digest('hex').slice(0, 8);
  const knowledge: Knowledge = { directory, version, ...content };
  problems.push(...[...RULES, ...more].flatMap((rule) => rule(knowledge, files)));
  const hasErrors = problems.some(({ severity }) => severity === 'error');
  if (!hasErrors) problems.push(...onceValid.flatMap((rule) => rule(knowledge, files)));
  const all = limitPerFile(inReadingOrder(problems));
  return hasErrors ? { knowledge: undefined, problems: all } : { knowledge, files, problems: all };
}

/** The longest source, answer and note together just fit into one Discord message. */
const MAX_SOURCE_LENGTH = 100;

/** Empty where it cannot be read. */
function loadArticle(file: string, note: Article['note'], problems: Problem[]): Article {
  const text = readText(file);
  if (typeof text !== 'string') {
    problems.push(text);
    return { text: '', source: '', note };
  }
  const lines = text.trimEnd().split('\n');
  const source = /^\s*(?:Quelle|Source):\s*(\S.*?)\s*$/m.exec(lines.at(-1) ?? '')?.[1];
  if (source === undefined || source.length > MAX_SOURCE_LENGTH) {
    const what = source ? `ends with a source of ${source.length} characters` : 'does not end with its source';
    const remedy = `End the article with a line like "Quelle: KKJ", with at most ${MAX_SOURCE_LENGTH} characters: every answer names it.`;
    problems.push(problemIn(file, what, remedy, { line: lines.length, column: 1 }));
  }
  return { text, source: source ?? '', note };
}
