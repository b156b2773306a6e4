import type { z } from 'zod';
import { closest } from './closest.ts';
import { LANGUAGES } from './knowledge.ts';

/** What somebody who edits a file has to know of a mistake in its form. */
export interface FormMistake {
  readonly path: readonly PropertyKey[];
  /** Is it the name of the field at the path that is wrong, not its value? */
  readonly isName: boolean;
  readonly what: string;
  readonly remedy: string;
}

/** In the messages of a schema, what stands before it says what is wrong, what stands after it what to do. */
export const TO_DO = ' → ';

/** What the message of a schema begins with where a field has to be added. */
export const MISSING = 'is missing';

/** Where a schema knows no better. */
const CHANGE_IT = 'Change it so.';

/** The mistakes that zod found, in words; a field whose name is misspelt is one mistake, not two. */
export function formMistakes(issues: readonly z.core.$ZodIssue[]): FormMistake[] {
  const missing = issues.filter(isMissing);
  const mistakes: FormMistake[] = [];
  const meant = new Set<string>();
  for (const issue of issues) {
    if (issue.code !== 'unrecognized_keys') continue;
    for (const key of issue.keys) {
      const path = [...issue.path, key];
      const names = missing.filter((other) => isBeside(other.path, path)).map((other) => String(other.path.at(-1)));
      const name = closest(key, names);
      if (name !== undefined) meant.add(inPath([...issue.path, name]));
      const remedy = name === undefined ? remedyForField(key) : `Write "${name}" instead.`;
      mistakes.push({ path, isName: true, what: `there is no field "${key}" here`, remedy });
    }
  }
  for (const issue of issues) {
    if (issue.code !== 'unrecognized_keys' && !meant.has(inPath(issue.path))) mistakes.push(mistakeOf(issue));
  }
  return mistakes;
}

/** The ": " in a sentence makes its beginning the name of a field. */
const remedyForField = (key: string) =>
  /\s/.test(key)
    ? 'If the line belongs to the text above it, indent it further, like the other lines of that text. Otherwise delete it.'
    : 'Delete it, or move what it says.';

const isMissing = (issue: z.core.$ZodIssue) =>
  (issue.code === 'invalid_type' && issue.input === undefined) || issue.message.startsWith(MISSING);

const isBeside = (one: readonly PropertyKey[], other: readonly PropertyKey[]) =>
  one.length === other.length && inPath(one.slice(0, -1)) === inPath(other.slice(0, -1));

const inPath = (path: readonly PropertyKey[]) => JSON.stringify(path.map(String));

function mistakeOf(issue: z.core.$ZodIssue): FormMistake {
  const { path } = issue;
  const told = (what: string, remedy: string): FormMistake => ({ path, isName: false, what, remedy });
  const name = nameOf(path);
  if (issue.code === 'invalid_type' && issue.input === undefined) {
    return told(`${name} ${MISSING}`, remedyForMissing(String(path.at(-1)), issue.expected));
  }
  if (issue.input === null || issue.input === '') {
    if (issue.code === 'invalid_value')
      return told(`${name} is still empty`, `Write one of: ${issue.values.join(', ')}.`);
    if (issue.code === 'invalid_type' && issue.expected === 'array') {
      return told(`${name} is still empty`, 'Fill it in, or write [] after the colon if there are none.');
    }
    return told(`${name} is still empty`, 'Fill it in.');
  }
  if (issue.code === 'invalid_value') {
    if (typeof issue.input === 'object') {
      return told(`${name} must be one of: ${issue.values.join(', ')}`, 'Write only that word after the colon.');
    }
    const found = String(issue.input);
    const allowed = issue.values.map(String);
    const meant = closest(found, allowed);
    const instead = meant === undefined ? 'Write one of' : `Write "${meant}" instead. Allowed are`;
    return told(`${name} is "${found}", which is not allowed`, `${instead}: ${allowed.join(', ')}.`);
  }
  if (issue.code === 'invalid_type') return told(`${name} must be ${kind(issue.expected)}`, remedyForKind(issue));
  const [what = '', remedy = CHANGE_IT] = issue.message.split(TO_DO);
  return told(`${name} ${what}`, remedy);
}

/** A place in a file in words; entries of lists are counted from 1. */
function nameOf(path: readonly PropertyKey[]): string {
  if (path.length === 0) return 'the file';
  const last = path.at(-1);
  if (typeof last !== 'number') return `"${path.map(String).join('.')}"`;
  return `entry ${last + 1} of ${nameOf(path.slice(0, -1))}`;
}

/** Much of what stands where a text belongs was meant as one, and YAML took it for something else. */
function remedyForKind({ expected, input }: z.core.$ZodIssueInvalidType): string {
  if (expected === 'array' && typeof input === 'string' && /^[-–—−]/.test(input)) {
    return 'Write a hyphen and a space before each entry: "- ".';
  }
  if (expected !== 'string' || Array.isArray(input)) return `Write ${inFull(expected)}.`;
  const why = typeof input === 'object' ? '": " makes it a field with a value' : 'it is taken for a number or the like';
  return `Put it in quotes, as without them ${why}.`;
}

function remedyForMissing(name: string, expected: string): string {
  if (expected === 'object' && LANGUAGES.some((language) => language === name)) {
    return `Add a line "${name}:" and below it, indented, the fields "title", "answer" and "phrasings".`;
  }
  if (expected === 'string') return `Add it like this: "${name}: your text".`;
  return `Add a line "${name}:" and below it ${inFull(expected)}.`;
}

/** What zod calls a kind of value, as an editor would call it. */
const kind = (expected: string) => KINDS[expected]?.[0] ?? expected;
const inFull = (expected: string) => KINDS[expected]?.join(', ') ?? expected;

const GROUP = ['a group of fields', 'each on a line of its own and indented'];
const KINDS: Readonly<Record<string, readonly string[]>> = {
  string: ['a text'],
  array: ['a list', 'each entry on a line of its own after "- "'],
  object: GROUP,
  record: GROUP,
  boolean: ['true or false'],
};
