import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { knowledgeOf } from '../../src/evaluation/labelled.ts';
import { measure } from './engines/measure.ts';

const MAIN = fileURLToPath(new URL('main.ts', import.meta.url));

test('measures the start and Discord, and prints a table for each figure', () => {
  const { status, stdout, stderr } = spawnSync(process.execPath, [MAIN, '--quick', '--only', 'start,discord'], {
    encoding: 'utf8',
  });
  expect(status, stderr).toBe(0);
  expect(stdout.match(/^\*\*.+\*\*$/gm)).toHaveLength(5);
  expect(stdout).not.toContain('NaN');
});

test('measures an engine in a process of its own', async () => {
  const examples = ['when does it start', 'what does it cost'].map((text, index) => ({
    text,
    label: `topic-${index}`,
  }));
  const knowledge = knowledgeOf(examples.map(({ text, label }) => ({ text, topic: label })));
  const data = { examples, knowledge, language: 'en' } as const;
  const lists = [examples.map(({ text }) => text)];
  const measured = await measure({ engine: 'this bot', data, lists, askMs: 1_000 }, 60_000, () => {});
  expect(measured?.answers[0]?.map(({ verdict }) => verdict.likeliest)).toEqual(['topic-0', 'topic-1']);
});
