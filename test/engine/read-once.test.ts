import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { ask } from '../../src/cli/ask.ts';
import { chat } from '../../src/cli/chat.ts';
import { evaluate } from '../../src/cli/eval.ts';
import { Engine } from '../../src/engine/engine.ts';
import { judge } from '../../src/evaluation/judge.ts';
import { ask as askInWorkbench } from '../../src/workbench/conversation.ts';
import { bakeryIn } from '../bakery.ts';
import { runCommand } from '../cli/run-command.ts';
import { bakeryCopy } from '../evaluation/bakery-copy.ts';

const STORY = 'Ich war gestern beim Huber. Es war voll! Was kostet das Brot, und wann macht ihr auf?';
const UNCLEAR = 'brot oder uhr oder hallo';

let texts: () => string[] = () => [];

beforeEach(() => {
  const read = vi.spyOn(Engine.prototype, 'read');
  texts = () => read.mock.calls.map(([text]) => text);
});
afterEach(() => void vi.restoreAllMocks());

describe('each message is read once', () => {
  test.for<[how: string, args: string[], input: string, messages: string[]]>([
    ['asked as an argument', [STORY], '', [STORY]],
    ['asked as an argument, printed as JSON', ['--json', STORY], '', [STORY]],
    ['asked as an argument, explained', ['--explain', STORY], '', [STORY]],
    ['on lines of the input', [], `${STORY}\n${UNCLEAR}\ndanke\n`, [STORY, UNCLEAR, 'danke']],
    ['on lines of the input, printed as JSON', ['--json'], `${STORY}\n\n${UNCLEAR}`, [STORY, '', UNCLEAR]],
    [
      'in a conversation, as are the messages before it',
      ['--json'],
      JSON.stringify({ text: UNCLEAR, after: [STORY, 'danke'] }),
      [STORY, 'danke', UNCLEAR],
    ],
  ])('%s', async ([, args, input, messages]) => {
    const { code } = await runCommand(ask, args, { input });
    expect(code).toBe(0);
    expect(texts()).toEqual(messages);
  });

  test('in a chat', async () => {
    const messages = [STORY, UNCLEAR, 'danke', 'und wann?'];
    const input = new PassThrough();
    input.end(`${messages.join('\n/topics\n1\n')}\n`);
    const output = new PassThrough();
    output.resume();
    await chat({ engine: bakeryIn('de'), input, output, interactive: false });
    expect(texts()).toEqual(messages.flatMap((message) => [message, '1']).slice(0, -1));
  });

  test.for(['addressed', 'overheard'] as const)('in the workbench, with its explanation (%s)', (trigger) => {
    askInWorkbench({ text: STORY, trigger, previous: ['bread'], language: 'de' }, bakeryIn('de'));
    expect(texts()).toEqual([STORY]);
  });

  test.for(['ask', 'two', 'offtopic', 'chatter', 'overheard'] as const)('when it is judged (%s)', (kind) => {
    judge({ text: STORY, lang: 'de', kind, topics: ['bread'] }, bakeryIn('de'));
    expect(texts()).toEqual([STORY]);
  });

  test('when an evaluation set is scored, as are the messages before it', async () => {
    const { folder } = bakeryCopy();
    mkdirSync(join(folder, 'evaluation'));
    const messages = [
      { text: STORY, lang: 'de', kind: 'two', topics: ['bread', 'hours'] },
      { text: 'und wann?', lang: 'de', kind: 'follow-up', topics: ['hours'], after: [UNCLEAR] },
    ];
    writeFileSync(
      join(folder, 'evaluation', 'tuning.jsonl'),
      messages.map((message) => JSON.stringify(message)).join('\n'),
    );
    const { code } = await runCommand(evaluate, ['--errors', '--knowledge', folder]);
    expect(code).toBe(0);
    expect(texts()).toEqual([STORY, UNCLEAR, 'und wann?']);
  });
});
