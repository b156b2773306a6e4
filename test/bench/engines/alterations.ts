import { readFileSync } from 'node:fs';
import { registerHooks } from 'node:module';
import { fileURLToPath } from 'node:url';

/** A part of the bot taken away, by one changed line in the source as it is loaded; the files stay as they are. */
export interface Alteration {
  readonly file: URL;
  readonly line: string;
  readonly instead: string;
}

const source = (file: string) => new URL(`../../../src/${file}`, import.meta.url);

export const ALTERATIONS = {
  'without Fuse.js': {
    file: source('matching/spelling.ts'),
    line: 'const SHORTEST = 4;',
    instead: 'const SHORTEST = Number.POSITIVE_INFINITY;',
  },
  'without word pairs': { file: source('matching/features.ts'), line: 'const PAIR = 0.8;', instead: 'const PAIR = 0;' },
  'without refinement': {
    file: source('matching/matcher.ts'),
    line: 'passes: Math.min(30, Math.max(8, Math.round(30_000 / examples))),',
    instead: 'passes: 1,',
  },
  'without leaving features out': {
    file: source('matching/learn.ts'),
    line: 'const LEFT_OUT = 0.3;',
    instead: 'const LEFT_OUT = 0;',
  },
  'without reading sentences alone': {
    file: source('answering/understand.ts'),
    line: 'return sentences.length > 1 ?',
    instead: 'return sentences.length > 4_000 ?',
  },
} as const satisfies Readonly<Record<string, Alteration>>;

export type AlterationName = keyof typeof ALTERATIONS;

/**
 * The source with the line changed.
 *
 * @throws {Error} where the line is not there exactly once: it would be measured as if nothing were missing
 */
export function altered(text: string, { file, line, instead }: Alteration): string {
  const [before, after, ...more] = text.split(line);
  if (before === undefined || after === undefined || more.length > 0) {
    throw new Error(`${fileURLToPath(file)} should have the line "${line}" once. Mend it in alterations.ts.`);
  }
  return before + instead + after;
}

/** From now on this process loads the altered source. */
export function alter(alteration: Alteration): void {
  registerHooks({
    load: (url, context, nextLoad) =>
      url === alteration.file.href
        ? {
            format: 'module-typescript',
            source: altered(readFileSync(alteration.file, 'utf8'), alteration),
            shortCircuit: true,
          }
        : nextLoad(url, context),
  });
}
