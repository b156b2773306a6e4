import { readdirSync, statSync } from 'node:fs';
import { basename, join } from 'node:path';
import { type Problem, problemIn } from './problem.ts';
import { unreadable } from './yaml-file.ts';

/** Hidden, swap and backup files. */
const IGNORED_NAMES = /^[.#]|[~#]$/;
/** The extensions of a topic's file. */
const YAML = /\.ya?ml$/;
/** Also in capitals, or with a second extension that an editor added and the system hides. */
const LIKE_YAML = /\.ya?ml(?:\.txt)?$/i;

/** The YAML files that a knowledge folder may have beside its topics. */
const NAMES: readonly string[] = [
  'article.yaml',
  'words.yaml',
  'out-of-scope.yaml',
  'reactions.yaml',
  'follow-ups.yaml',
  'overheard.yaml',
];
/** The name of `out-of-scope.yaml` before version 0.2. */
export const OLD_OUT_OF_SCOPE = 'elsewhere.yaml';

export const idOf = (file: string) => basename(file).replace(YAML, '');

/** The names in a knowledge folder and of its topics' files, and what is wrong with them. */
export function listFolder(directory: string) {
  const problems: Problem[] = [];
  const namesIn = (folder: string): string[] => {
    try {
      return readdirSync(folder)
        .filter((name) => !IGNORED_NAMES.test(name))
        .sort();
    } catch (error) {
      problems.push(unreadable(folder, error));
      return [];
    }
  };
  const names = namesIn(directory);
  const folder = join(directory, 'topics');
  const inTopics = namesIn(folder);
  problems.push(...unreadFiles(directory, names, inTopics));
  const topicNames = inTopics.filter((name) => YAML.test(name));
  if (topicNames.length === 0 && !problems.some(({ file }) => file === folder)) {
    problems.push(problemIn(folder, 'has no topics', 'Put at least one there, as a file <id>.yaml.'));
  }
  return { names, topicNames, problems };
}

/** What looks as if it were read, but is not. */
function unreadFiles(directory: string, names: readonly string[], inTopics: readonly string[]): Problem[] {
  const unread = (file: string, why: string, remedy: string) =>
    problemIn(join(directory, file), `is not read: ${why}`, remedy, { severity: 'warning' });
  const rename = (name: string, beside: readonly string[]) =>
    beside.includes(name) ? `Put what it says into ${name}, and delete it.` : `Rename it to ${name}, or delete it.`;
  return [
    ...names.flatMap((name) => {
      const isOld = name === OLD_OUT_OF_SCOPE;
      const isRead = isOld ? !names.includes('out-of-scope.yaml') : NAMES.includes(name);
      if (!LIKE_YAML.test(name) || isRead) return [];
      const meant = isOld ? 'out-of-scope.yaml' : name.toLowerCase().replace(LIKE_YAML, '.yaml');
      if (NAMES.includes(meant)) return unread(name, `the name of that file is "${meant}"`, rename(meant, names));
      return unread(name, `only ${NAMES.join(', ')} are`, 'Move it to the folder "topics" if it is a topic.');
    }),
    ...inTopics.flatMap((name) => {
      if (YAML.test(name)) return [];
      const file = join('topics', name);
      if (statSync(join(directory, file), { throwIfNoEntry: false })?.isDirectory())
        return unread(file, 'it is a folder', 'Move its topics to the folder "topics" itself.');
      const remedy = rename(`${name.replace(/\..*/, '')}.yaml`, inTopics);
      return unread(file, 'the name of a topic’s file ends in ".yaml"', remedy);
    }),
  ];
}
