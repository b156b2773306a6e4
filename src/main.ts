import { parseArgs } from 'node:util';
import { chat } from './terminal/chat.ts';
import { openAnswerer, runCommand } from './terminal/open.ts';

await runCommand(async () => {
  const { values } = parseArgs({ options: { knowledge: { type: 'string' } } });
  const answerer = openAnswerer(values.knowledge);
  const interactive = process.stdin.isTTY === true && process.stdout.isTTY === true;
  await chat({ answerer, input: process.stdin, output: process.stdout, interactive });
});
