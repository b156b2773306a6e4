import { readdirSync } from 'node:fs';
import { basename, join } from 'node:path';
import { errorIn, type Problem } from './problem.ts';
import type { FileRule } from './rule.ts';
import { topicIdSchema } from './schema.ts';

/** What editors and systems leave beside the files that people make. */
const EDITORS_OWN = /^[.#]|[~#]$/;
/** How a topic's file may end. */
export const YAML = /\.ya?ml$/;
/** Also where a system has hidden, or an editor added, another ending. */
const LIKE_YAML = /\.ya?ml(?:\.txt)?$/i;

/** The YAML files that a knowledge folder has beside its topics. */
const NAMES: readonly string[] = [
  'article.yaml',
  'words.yaml',
  'out-of-scope.yaml',
  'reactions.yaml',
  'follow-ups.yaml',
  'overheard.yaml',
  // The name of out-of-scope.yaml before version 0.2.
  'elsewhere.yaml',
];

/**
 * The names in a folder, those left out that editors and systems make.
 *
 * @throws where the folder cannot be read
 */
export const namesIn = (folder: string): string[] =>
  readdirSync(folder)
    .filter((name) => !EDITORS_OWN.test(name))
    .sort();

/** What is in a knowledge folder and looks as if it were read, but is not. */
export function unreadFiles(directory: string, names: readonly string[], topics: readonly string[]): Problem[] {
  return [
    ...names.flatMap((name) => {
      if (name === 'elsewhere.yaml' && names.includes('out-of-scope.yaml')) {
        return unread(directory, name, 'out-of-scope.yaml has its place', 'out-of-scope.yaml', names);
      }
      if (!LIKE_YAML.test(name) || NAMES.includes(name)) return [];
      const meant = name.toLowerCase().replace(LIKE_YAML, '.yaml');
      return NAMES.includes(meant)
        ? unread(directory, name, `the name of that file is "${meant}"`, meant, names)
        : unread(directory, name, `only ${NAMES.slice(0, -1).join(', ')} and ${NAMES.at(-1)} are`, undefined, names);
    }),
    ...topics
      .filter((name) => !YAML.test(name))
      .map((name) => {
        const meant = `${name.replace(/\..*/, '')}.yaml`;
        return unread(join(directory, 'topics'), name, 'the name of a topic’s file ends in ".yaml"', meant, topics);
      }),
  ];
}

/** @param meant what the file should be called; `undefined` if it belongs elsewhere */
function unread(
  folder: string,
  name: string,
  why: string,
  meant: string | undefined,
  names: readonly string[],
): Problem {
  const remedy =
    meant === undefined
      ? 'Move it to the folder "topics" if it is a topic.'
      : names.includes(meant)
        ? `Put what it says into ${meant}, and delete it.`
        : `Rename it to ${meant}, or delete it.`;
  return { ...errorIn(join(folder, name), `is not read: ${why}`, remedy), severity: 'warning' };
}

export const nameOf = ({ file }: { readonly file: string }) => basename(file).replace(YAML, '');

/** Topics whose id is not their file's name, or is that of another file. */
export const topicNames: FileRule = ({ topics, names }) =>
  topics.flatMap((file) => {
    const { id } = file.value;
    const name = nameOf(file);
    const first = topics.find((other) => nameOf(other) === id && other.value.id === id);
    if (id === '' || first === file) return [];
    if (name === id && first) {
      const where = `${basename(first.file)}, line ${first.place(['id']).line}`;
      const remedy = 'Keep one of the two files, and in it what both say.';
      return file.problem(['id'], `the id "${id}" is also in ${where}`, remedy);
    }
    const namesake = names.find((other) => other.replace(YAML, '') === id);
    const renaming = `ename the file to ${id}.yaml.`;
    const remedy = namesake
      ? `Delete one of the two files if it is a copy of ${namesake}; otherwise give this one an id of its own and rename it to match.`
      : topicIdSchema.safeParse(name).success
        ? `Write "id: ${name}", or r${renaming}`
        : `R${renaming}`;
    return file.problem(['id'], `the id "${id}" is not the file's name`, remedy);
  });
