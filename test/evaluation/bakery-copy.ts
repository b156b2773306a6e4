import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { checkKnowledge } from '../../src/evaluation/check.ts';
import { formatProblem } from '../../src/knowledge/problem.ts';

/** A copy of the small knowledge of the tests, for one test to spoil. */
export interface BakeryCopy {
  readonly folder: string;
  /** Replaces a text in one of its files. Throws where the text is not there. */
  edit(file: string, from: string, to: string): void;
  write(file: string, text: string): void;
  /** What the check says, the folder left out of the paths; the bakery's few phrasings are known and left out too. */
  problems(): string[];
}

export function bakeryCopy(): BakeryCopy {
  const folder = mkdtempSync(join(tmpdir(), 'knowledge-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  cpSync(new URL('../bakery', import.meta.url), folder, { recursive: true });
  const path = (file: string) => join(folder, file);
  return {
    folder,
    edit: (file, from, to) => {
      const before = readFileSync(path(file), 'utf8');
      if (!before.includes(from)) throw new Error(`${file} has no "${from}".`);
      writeFileSync(path(file), before.replace(from, to));
    },
    write: (file, text) => writeFileSync(path(file), text),
    problems: () =>
      checkKnowledge(folder)
        .problems.map((problem) => formatProblem(problem).replaceAll(`${folder}/`, ''))
        .filter((line) => !/the topic has \d+ (?:German|English) phrasings?; 40 /.test(line)),
  };
}
