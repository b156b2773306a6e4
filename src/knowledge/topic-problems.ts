import { basename } from 'node:path';
import Fuse from 'fuse.js';
import { type Article, LANGUAGES } from './knowledge.ts';
import { differenceFromArticle } from './passage-place.ts';
import type { Problem } from './problem.ts';
import { type TopicContent, topicIdSchema } from './schema.ts';
import type { YamlFile } from './yaml-file.ts';

export type TopicFile = YamlFile<TopicContent>;

/** How a topic's file may end. */
export const YAML = /\.ya?ml$/;

/**
 * What is wrong with a topic in the light of its file's name, the article and the other topics.
 *
 * @param ids of all topics, including those with errors
 * @param names of all topic files
 */
export function topicProblems(
  file: TopicFile,
  ids: ReadonlySet<string>,
  names: readonly string[],
  article: Article | undefined,
): Problem[] {
  return [
    ...wrongName(file, names),
    ...wrongRelations(file, ids),
    ...unreadTexts(file, textsOf(file.value)),
    ...(article ? wrongPassages(file, article) : []),
  ];
}

const nameOf = ({ file }: TopicFile) => basename(file).replace(YAML, '');

const isNamedAfterItsId = (file: TopicFile) => nameOf(file) === file.value.id;

function wrongName(file: TopicFile, names: readonly string[]): Problem[] {
  if (isNamedAfterItsId(file)) return [];
  const { id } = file.value;
  const name = nameOf(file);
  const what = `the id "${id}" is not the file's name`;
  const other = names.find((other) => other.replace(YAML, '') === id);
  if (other !== undefined) {
    return [
      file.problem(
        ['id'],
        what,
        `Delete one of the two files if it is a copy of ${other}; otherwise give this one an id of its own and rename it to match.`,
      ),
    ];
  }
  const renaming = `rename the file to ${id}.yaml.`;
  const remedy = topicIdSchema.safeParse(name).success
    ? `Write "id: ${name}", or ${renaming}`
    : `R${renaming.slice(1)}`;
  return [file.problem(['id'], what, remedy)];
}

function wrongRelations({ value: { id, related }, problem }: TopicFile, ids: ReadonlySet<string>): Problem[] {
  const known = new Fuse([...ids], { threshold: 0.4 });
  return related.flatMap((other, index) => {
    const wrong = (what: string, remedy: string) => [problem(['related', index], what, remedy)];
    if (other === id) return wrong('a topic is not related to itself', `Take "${id}" out of the list.`);
    if (related.indexOf(other) < index) return wrong(`"${other}" is in the list already`, 'Take it out here.');
    if (ids.has(other)) return [];
    const [meant] = known.search(other).map(({ item }) => item);
    const remedy = meant === undefined ? 'Write the id of a topic that exists' : `Write "${meant}"`;
    return wrong(`there is no topic "${other}"`, `${remedy}, or take it out of the list.`);
  });
}

const textsOf = ({ passages, ...topic }: TopicContent): PropertyKey[][] => [
  ...passages.map((_, index) => ['passages', index]),
  ...LANGUAGES.flatMap((language) => [
    [language, 'title'],
    [language, 'answer'],
    ...topic[language].phrasings.map((_, index) => [language, 'phrasings', index]),
  ]),
];

/** Texts, by their paths, that YAML cuts off or runs together in silence. */
export function unreadTexts({ unread, problem }: YamlFile<unknown>, paths: readonly PropertyKey[][]): Problem[] {
  return paths.flatMap((path) => {
    const found = unread(path);
    return found ? [problem(path, found.what, found.remedy)] : [];
  });
}

function wrongPassages({ value: { passages }, problem }: TopicFile, article: Article): Problem[] {
  const text = oneSpaced(article.text);
  return passages.flatMap((passage, index) => {
    const wanted = oneSpaced(passage);
    if (wanted !== '' && text.includes(wanted)) return [];
    const difference = differenceFromArticle(wanted, text);
    const where = difference ? `: it has "${difference.there}" where this has "${difference.here}"` : '';
    return [
      problem(
        ['passages', index],
        `this passage does not stand in the article word for word${where}`,
        'Copy it from article.txt, mistakes and all.',
      ),
    ];
  });
}

export const oneSpaced = (text: string) => text.replace(/\s+/g, ' ').trim();

/**
 * An id or a text in two places, where each would do harm: who is to say which is meant? Of a file that is the copy of
 * another, by its id, only that is told: all its texts are in the other too.
 */
export function doubled(files: readonly TopicFile[]): Problem[] {
  const first = new Map<string, TopicFile>();
  const problems: Problem[] = [];
  for (const file of files.filter(isNamedAfterItsId)) {
    const { id } = file.value;
    const other = first.get(id);
    if (!other) first.set(id, file);
    else {
      problems.push(
        file.problem(
          ['id'],
          `the id "${id}" is also in ${basename(other.file)}, line ${other.place(['id']).line}`,
          'Keep one of the two files, and in it what both say.',
        ),
      );
    }
  }
  const topics = [...first.values()];
  return [...problems, ...doubledPhrasings(topics), ...doubledTitles(topics)];
}

/** A phrasing in two places would teach the matcher that both are right. */
function doubledPhrasings(files: readonly TopicFile[]): Problem[] {
  const problems: Problem[] = [];
  const seen = new Map<string, { readonly file: TopicFile; readonly path: readonly PropertyKey[] }>();
  for (const file of files) {
    for (const language of LANGUAGES) {
      for (const [index, phrasing] of file.value[language].phrasings.entries()) {
        const path = [language, 'phrasings', index];
        const key = wordsAlone(phrasing);
        const first = seen.get(key);
        if (!first) {
          // Signs alone, like "???", are no words.
          if (key !== '') seen.set(key, { file, path });
          continue;
        }
        const inSameTopic = first.file === file;
        // In two languages of one topic it does no harm: "mi pay fees".
        if (inSameTopic && first.path[0] !== language) continue;
        const { line } = first.file.place(first.path);
        const where = inSameTopic ? `line ${line}` : `${basename(first.file.file)}, line ${line}`;
        const remedy = inSameTopic ? 'Delete one of the two.' : 'Keep it in the one topic that should answer it.';
        problems.push(file.problem(path, `the phrasing "${phrasing}" is also in ${where}`, remedy));
      }
    }
  }
  return problems;
}

/** But for capital letters and signs. */
export const wordsAlone = (text: string) =>
  text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();

/** Titles stand on buttons, side by side. */
function doubledTitles(files: readonly TopicFile[]): Problem[] {
  return LANGUAGES.flatMap((language) => {
    const seen = new Map<string, TopicFile>();
    return files.flatMap((file) => {
      const { title } = file.value[language];
      const first = seen.get(wordsAlone(title));
      if (!first) {
        seen.set(wordsAlone(title), file);
        return [];
      }
      const { line } = first.place([language, 'title']);
      return [
        file.problem(
          [language, 'title'],
          `the title "${title}" is also in ${basename(first.file)}, line ${line}`,
          'Let each title ask for what its own topic answers: people choose by it.',
        ),
      ];
    });
  });
}
