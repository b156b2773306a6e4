import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Problem } from './problem.ts';

/** What editors and systems leave beside the files that people make. */
export const EDITORS_OWN = /^[.#]|[~#]$/;

/** The files of YAML that a knowledge folder has beside its topics. */
const NAMES: readonly string[] = [
  'article.yaml',
  'words.yaml',
  'out-of-scope.yaml',
  'reactions.yaml',
  'follow-ups.yaml',
  'overheard.yaml',
  'elsewhere.yaml',
];
/** Also where a system has hidden, or an editor added, another ending. */
const LIKE_YAML = /\.ya?ml(?:\.txt)?$/i;

/** Warnings of what is in a knowledge folder and looks as if it were read, but is not. */
export function unreadFiles(directory: string): Problem[] {
  const names = namesIn(directory).filter((name) => !EDITORS_OWN.test(name));
  return names.flatMap((name) => {
    if (!LIKE_YAML.test(name) || NAMES.includes(name)) return [];
    const meant = name.toLowerCase().replace(LIKE_YAML, '.yaml');
    if (!NAMES.includes(meant)) {
      return unread(
        join(directory, name),
        `only ${listed(NAMES)} are`,
        'Move it to the folder "topics" if it is a topic.',
      );
    }
    const remedy = names.includes(meant)
      ? `Put what it says into ${meant}, and delete it.`
      : `Rename it to ${meant}, or delete it.`;
    return unread(join(directory, name), `the name of that file is "${meant}"`, remedy);
  });
}

/** A warning of a file among the topics that is none by its name. */
export function unreadTopic(directory: string, name: string, topics: readonly string[]): Problem {
  const meant = `${name.replace(/\..*/, '')}.yaml`;
  const remedy = topics.includes(meant)
    ? `Put what it says into ${meant}, and delete it.`
    : `Rename it to ${meant}, or move it elsewhere.`;
  return unread(join(directory, name), 'the name of a topic’s file ends in ".yaml"', remedy);
}

/** None where the folder cannot be read: that is told of the files that have to be there. */
function namesIn(directory: string): string[] {
  try {
    return readdirSync(directory);
  } catch {
    return [];
  }
}

const listed = (names: readonly string[]) => `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`;

const unread = (file: string, why: string, remedy: string): Problem => ({
  severity: 'warning',
  file,
  line: undefined,
  column: undefined,
  what: `is not read: ${why}`,
  remedy,
});
