import { basename } from 'node:path';
import { idOf } from './folder.ts';
import { closest } from './form-mistake.ts';
import { SAME_TOPIC } from './knowledge.ts';
import type { Problem } from './problem.ts';
import { type KnowledgeFiles, overheardIn, type Rule, type TopicFile } from './rule.ts';
import { oneSpaced, topicIdSchema } from './schema.ts';
import type { YamlFile } from './yaml-file.ts';

/** The schema has reported other ids: no rule repeats that, or names a file after one. */
const isValidId = (id: string) => topicIdSchema.safeParse(id).success;

/** Is a topic's id the name of its file and, if two files have that name and different endings, is it in the first? */
export const isOriginal = ({ file, value: { id } }: TopicFile, { topicNames }: KnowledgeFiles) =>
  topicNames.find((name) => idOf(name) === id) === basename(file);

/** Topics whose id is not their file's name, or is that of another file. */
export const topicNames: Rule = (_, files) =>
  files.topics.flatMap((topic) => {
    const { id } = topic.value;
    if (!isValidId(id) || isOriginal(topic, files)) return [];
    const other = files.topicNames.find((name) => idOf(name) === id);
    return topic.problem(
      ['id'],
      idOf(topic.file) === id ? `the id "${id}" is also in ${other}` : `the id "${id}" is not the file's name`,
      other
        ? `Delete one of the two files if it is a copy of ${other}; otherwise give this one an id of its own and rename it to match.`
        : `Rename the file to ${id}.yaml, or change the id if that is wrong.`,
    );
  });

/** What to write instead of the id of a topic that does not exist. */
export function remedyForId(id: string, ids: ReadonlySet<string>): string {
  const meant = closest(id, ids);
  return meant === undefined ? 'Write the id of a topic that exists' : `Write "${meant}"`;
}

/** Ids that no topic has, wherever one is named; in `related`, also the topic's own and repeated ones. */
export const unknownTopics: Rule = (_, { topics, followUps, overheard, ids }) => {
  const unknown = ({ problem }: YamlFile<unknown>, path: readonly PropertyKey[], id: string): Problem[] => {
    if (ids.has(id) || !isValidId(id)) return [];
    return [problem(path, `there is no topic "${id}"`, `${remedyForId(id, ids)}, or delete the entry.`)];
  };
  return [
    ...topics.flatMap((file) =>
      file.value.related.flatMap((id, index, related) => {
        const path = ['related', index];
        if (id === '' || (id !== file.value.id && related.indexOf(id) === index)) return unknown(file, path, id);
        const what = id === file.value.id ? 'a topic is not related to itself' : `"${id}" is in the list already`;
        return file.problem(path, what, `Take "${id}" out of the list here.`);
      }),
    ),
    ...(followUps?.value.flatMap(({ after, asks }, index) => [
      ...unknown(followUps, [index, 'after'], after),
      ...(asks === SAME_TOPIC ? [] : unknown(followUps, [index, 'asks'], asks)),
    ]) ?? []),
    ...overheardIn(overheard).flatMap(({ file, path, topic }) =>
      topic === undefined ? [] : unknown(file, path.slice(0, -1), topic),
    ),
  ];
};

/** A passage that shares its first words with the article, at least this many, was copied from there. */
const MIN_SHARED = 2;

/** Passages that the article does not have word for word. */
export const wrongPassages: Rule = ({ article: { text, source } }, { topics }) => {
  // An article that cannot be read, or may be cut off, has been reported already.
  if (source === '') return [];
  const article = oneSpaced(text);
  return topics.flatMap(({ value: { passages }, problem }) =>
    passages.flatMap((passage, index) => {
      if (article.includes(passage)) return [];
      const words = passage.split(' ');
      const end = words.findIndex((_, at) => !article.includes(words.slice(0, at + 1).join(' ')));
      const where = end < MIN_SHARED ? '' : `: the article goes on differently at "${words[end]}"`;
      return problem(
        ['passages', index],
        `this passage is not in the article word for word${where}`,
        'Copy it from article.txt, mistakes and all.',
      );
    }),
  );
};
