import { readdirSync } from 'node:fs';
import { basename, join } from 'node:path';
import { errorIn, type Problem } from './problem.ts';

/** What editors and systems leave beside the files that people make. */
const EDITORS_OWN = /^[.#]|[~#]$/;
/** How a topic's file may end. */
export const YAML = /\.ya?ml$/;
/** Also where a system has hidden, or an editor added, another ending. */
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

/**
 * The names in a folder, except those that editors and systems make.
 *
 * @throws where the folder cannot be read
 */
export const namesIn = (folder: string): string[] =>
  readdirSync(folder)
    .filter((name) => !EDITORS_OWN.test(name))
    .sort();

export const idOf = (file: string) => basename(file).replace(YAML, '');

/** What is in a knowledge folder and looks as if it were read, but is not. */
export function unreadFiles(directory: string, names: readonly string[], topics: readonly string[]): Problem[] {
  const read = names.includes('out-of-scope.yaml') ? NAMES : [...NAMES, OLD_OUT_OF_SCOPE];
  const unread = (file: string, why: string, remedy: string): Problem => {
    return { ...errorIn(join(directory, file), `is not read: ${why}`, remedy), severity: 'warning' };
  };
  const rename = (name: string, beside: readonly string[]) =>
    beside.includes(name) ? `Put what it says into ${name}, and delete it.` : `Rename it to ${name}, or delete it.`;
  return [
    ...names.flatMap((name) => {
      if (!LIKE_YAML.test(name) || read.includes(name)) return [];
      const meant = name === OLD_OUT_OF_SCOPE ? 'out-of-scope.yaml' : name.toLowerCase().replace(LIKE_YAML, '.yaml');
      if (NAMES.includes(meant)) return unread(name, `the name of that file is "${meant}"`, rename(meant, names));
      return unread(name, `only ${NAMES.join(', ')} are`, 'Move it to the folder "topics" if it is a topic.');
    }),
    ...topics
      .filter((name) => !YAML.test(name))
      .map((name) => {
        const remedy = rename(`${name.replace(/\..*/, '')}.yaml`, topics);
        return unread(join('topics', name), 'the name of a topic’s file ends in ".yaml"', remedy);
      }),
  ];
}
