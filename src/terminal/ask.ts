import { parseArgs } from 'node:util';
import type { Answerer } from '../answering/answerer.ts';
import { explain } from './explain.ts';
import { toJson } from './json.ts';
import { layOut } from './layout.ts';
import { linesOf } from './lines.ts';
import { openAnswerer, runCommand, TerminalError } from './open.ts';

const USAGE = `Usage: npm run ask -- [--json | --explain] [--knowledge DIR] "question"
       … | npm run ask -- --json        one question a line on standard input`;

await runCommand(async () => {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      json: { type: 'boolean', default: false },
      explain: { type: 'boolean', default: false },
      knowledge: { type: 'string' },
      help: { type: 'boolean', short: 'h', default: false },
    },
  });
  if (values.help) {
    console.log(USAGE);
    return;
  }
  if (values.json && values.explain) throw new TerminalError(`--json and --explain do not go together.\n${USAGE}`);
  if (positionals.length === 0 && process.stdin.isTTY) throw new TerminalError(`No question was given.\n${USAGE}`);
  const answerer = openAnswerer(values.knowledge);
  const show = (text: string) => console.log(present(text, answerer, values));
  if (positionals.length > 0) {
    show(positionals.join(' '));
    return;
  }
  for await (const line of linesOf(process.stdin)) {
    if (values.json || line.trim() !== '') show(line);
  }
});

function present(
  text: string,
  answerer: Answerer,
  { json, explain: why }: { json: boolean; explain: boolean },
): string {
  if (why) return `${explain({ text }, answerer)}\n`;
  const reply = answerer.reply({ text });
  return json ? toJson(text, reply) : `${layOut(reply)}\n`;
}
