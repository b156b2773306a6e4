import Fuse from 'fuse.js';
import { z } from 'zod';
import { LANGUAGES } from './knowledge.ts';

/** Separates what is wrong from what to do in a schema's message. */
export const REMEDY_SEPARATOR = ' → ';

/** Says that a field has to be added. */
export const MISSING = 'is missing';

/** The name that was most likely meant by a mistyped one; `undefined` if none is similar. */
export const closest = (typed: string, names: Iterable<string>): string | undefined =>
  new Fuse([...names], { threshold: 0.4 }).search(typed)[0]?.item;

/**
 * The mistakes that a schema found, in words; a field whose name is misspelt is one mistake, not two. With `isName`, it
 * is the name of the field at the path that is wrong, not its value.
 */
export function formMistakes(issues: readonly z.core.$ZodIssue[], schema: z.ZodType) {
  if (issues.length === 0) return [];
  const form = z.toJSONSchema(schema, { io: 'input' });
  const meant = new Set<string>();
  const unknown = issues.flatMap(({ path, ...issue }) => {
    if (issue.code !== 'unrecognized_keys') return [];
    const unused = fieldsAt(form, path).filter((field) => !Object.hasOwn(issue.input ?? {}, field));
    return issue.keys.map((key) => {
      const name = closest(key, unused);
      if (name !== undefined) meant.add(inPath([...path, name]));
      const remedy = name === undefined ? remedyForField(key) : `Write "${name}" instead.`;
      return { path: [...path, key], isName: true, what: `there is no field "${key}" here`, remedy };
    });
  });
  const others = issues.filter(({ code, path }) => code !== 'unrecognized_keys' && !meant.has(inPath(path)));
  return [
    ...unknown,
    ...others.map((issue) => {
      const isName = issue.code === 'invalid_key';
      const [what, remedy = 'Correct it.'] = wordsFor((isName ? issue.issues[0] : undefined) ?? issue);
      return { path: issue.path, isName, what: `${nameOf(issue.path)} ${what}`, remedy };
    }),
  ];
}

/** The ": " in a sentence makes its beginning the name of a field. */
const remedyForField = (key: string) =>
  /\s/.test(key)
    ? 'Indent it further if it belongs to the text above it; otherwise delete it.'
    : 'Delete it, or move what it says.';

/** The fields that may stand at a path. */
function fieldsAt({ properties = {}, items }: z.core.JSONSchema.JSONSchema, path: readonly PropertyKey[]): string[] {
  const [key, ...rest] = path;
  if (key === undefined) return Object.keys(properties);
  const below = properties[String(key)] ?? items;
  return typeof below === 'object' && !Array.isArray(below) ? fieldsAt(below, rest) : [];
}

const inPath = (path: readonly PropertyKey[]) => JSON.stringify(path.map(String));

/** A place in a file in words; entries of lists are counted from 1. */
function nameOf(path: readonly PropertyKey[]): string {
  if (path.length === 0) return 'the file';
  const last = path.at(-1);
  if (typeof last === 'number') return `entry ${last + 1} of ${nameOf(path.slice(0, -1))}`;
  const start = path.findLastIndex((key) => typeof key === 'number') + 1;
  const name = `"${path.slice(start).map(String).join('.')}"`;
  return start === 0 ? name : `${name} of ${nameOf(path.slice(0, start))}`;
}

function wordsFor(issue: z.core.$ZodIssue): (string | undefined)[] {
  const { input } = issue;
  const isEmpty = input === null || input === '';
  if (issue.code === 'invalid_value') {
    const allowed = issue.values.map(String);
    const name = typeof input === 'string' ? closest(input, allowed) : undefined;
    const found = `is ${JSON.stringify(input)?.slice(0, 60)}, which is not allowed`;
    const what = input === undefined ? MISSING : isEmpty ? 'is still empty' : found;
    return [what, `${name ? `Write "${name}" instead. Allowed are` : 'Write one of'}: ${allowed.join(', ')}.`];
  }
  if (isEmpty) {
    const isList = issue.code === 'invalid_type' && issue.expected === 'array';
    const isEntry = typeof issue.path.at(-1) === 'number';
    const or = isList ? '; if it is a list without entries, write []' : isEntry ? ', or delete the entry' : '';
    return ['is still empty', `Fill it in${or}.`];
  }
  if (issue.code !== 'invalid_type') return issue.message.split(REMEDY_SEPARATOR);
  const [kind = issue.expected, how = ''] = KINDS[issue.expected] ?? [];
  if (input !== undefined) return [`must be ${kind}`, `Write ${kind}${how}.`];
  const name = String(issue.path.at(-1));
  const isTopicText = issue.expected === 'object' && LANGUAGES.some((language) => language === name);
  const below = isTopicText ? 'the fields "title", "answer" and "phrasings"' : `${kind}${how}`;
  const remedy = issue.expected === 'string' ? `Add it like this: "${name}: your text".` : undefined;
  return [MISSING, remedy ?? `Add a line "${name}:" and below it, indented, ${below}.`];
}

const GROUP = ['a group of fields', ', each on a line of its own'];
/** What zod calls a kind of value, as an editor would call it, and how it is written. */
const KINDS: Readonly<Record<string, readonly string[]>> = {
  string: ['a text', '; in quotes if it has ": " in it, begins with a bracket, or is a number or the like'],
  array: ['a list', ', each entry on a line of its own after "- "'],
  object: GROUP,
  record: GROUP,
  boolean: ['true or false', ''],
};
