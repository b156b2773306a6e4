import type { ZodMiniType } from 'zod/mini';
import type { Problem } from './errors.ts';

/** A schema of Discord's published API. */
export type Schema = ZodMiniType<unknown>;

/**
 * What is wrong with a value by a published schema, keys unknown to it included.
 * Lengths count code points, as Discord does, where the schema's own reading counts UTF-16 units.
 */
export function problemsBySchema(schema: Schema, value: unknown): Problem[] {
  const counted = withShortCharacters(value);
  const result = schema.safeParse(counted);
  if (!result.success) return result.error.issues.flatMap((issue) => readable(issue));
  return unknownKeys(counted, result.data, []);
}

/** The same value, each character beyond U+FFFF replaced by a shorter one. */
function withShortCharacters(value: unknown): unknown {
  if (typeof value === 'string') return value.replaceAll(/[\u{10000}-\u{10ffff}]/gu, '\u25a1');
  if (Array.isArray(value)) return value.map(withShortCharacters);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, withShortCharacters(inner)]));
}

interface Issue {
  readonly code: string;
  readonly message: string;
  readonly path: readonly PropertyKey[];
  readonly errors?: readonly (readonly Issue[])[];
}

/** zod's issue in Discord's words; of a union, the branch that came closest. */
function readable(issue: Issue, outer: readonly (string | number)[] = []): Problem[] {
  const path = [...outer, ...issue.path.map((key) => (typeof key === 'number' ? key : String(key)))];
  if (issue.errors?.length) {
    const depth = (issues: readonly Issue[]) => Math.max(...issues.map((inner) => inner.path.length));
    const fails = (issues: readonly Issue[]) => issues.some(({ path: [key] }) => key === 'type');
    const candidates = issue.errors.filter((issues) => issues.length > 0);
    const [closest] = [...candidates].sort(
      (a, b) => Number(fails(a)) - Number(fails(b)) || depth(b) - depth(a) || a.length - b.length,
    );
    if (closest) return closest.flatMap((inner) => readable(inner, path));
  }
  const codes: Record<string, string> = {
    too_big: 'BASE_TYPE_MAX_LENGTH',
    too_small: 'BASE_TYPE_MIN_LENGTH',
    invalid_type: 'BASE_TYPE_BAD_TYPE',
    invalid_value: 'BASE_TYPE_CHOICES',
    invalid_format: 'STRING_TYPE_REGEX',
  };
  return [{ path, code: codes[issue.code] ?? issue.code.toUpperCase(), message: issue.message }];
}

/** What discord.js adds to each message as its default, in places where Discord has no use for it and ignores it. */
const HARMLESS_DEFAULTS: readonly string[] = ['tts', 'enforce_nonce'];

/** What was sent and is not in what the schema read: Discord knows no such keys. */
function unknownKeys(sent: unknown, known: unknown, path: readonly (string | number)[]): Problem[] {
  if (Array.isArray(sent)) {
    return sent.flatMap((inner, index) => unknownKeys(inner, (known as unknown[])[index], [...path, index]));
  }
  if (typeof sent !== 'object' || sent === null) return [];
  return Object.entries(sent).flatMap(([key, inner]) => {
    const at = [...path, key];
    if (typeof known === 'object' && known !== null && key in known) {
      return unknownKeys(inner, (known as Record<string, unknown>)[key], at);
    }
    if (inner === false && HARMLESS_DEFAULTS.includes(key)) return [];
    return [{ path: at, code: 'UNKNOWN_KEY', message: 'Discord’s published API has no such key here.' }];
  });
}

/** Problems in one line, for people. */
export function describeProblems(problems: readonly Problem[]): string {
  return problems.map(({ path, message }) => `${path.join('.') || 'body'}: ${message}`).join('; ');
}
