import type { Engine } from '../engine/engine.ts';
import { command, runAsProcess, UsageError } from '../operation/command.ts';
import { openEngine } from '../operation/open-engine.ts';
import { readSettings } from '../operation/settings.ts';
import { explain } from './explain.ts';
import { toJson } from './json.ts';
import { layOut } from './layout.ts';
import { linesOf } from './lines.ts';

const usage = `Usage: npm run ask -- [--json | --explain] [--knowledge DIR] "question"
       … | npm run ask -- --json        one question a line on standard input`;

/** Answers a question, or each line of its input. */
export const ask = command({
  usage,
  options: {
    json: { type: 'boolean', default: false },
    explain: { type: 'boolean', default: false },
    knowledge: { type: 'string' },
  },
  allowPositionals: true,
  async run({ values, positionals }, { input, print, environment }) {
    if (values.json && values.explain) throw new UsageError('--json and --explain do not go together.');
    if (positionals.length === 0 && input.isTTY) throw new UsageError('No question was given.');
    const engine = openEngine(values.knowledge, readSettings(environment));
    const show = (text: string) => print(present(text, engine, values));
    if (positionals.length > 0) show(positionals.join(' '));
    else
      for await (const line of linesOf(input)) {
        if (values.json || line.trim() !== '') show(line);
      }
    return 0;
  },
});

function present(text: string, engine: Engine, { json, explain: why }: { json: boolean; explain: boolean }): string {
  if (why) return `${explain({ text }, engine)}\n`;
  const reply = engine.reply({ text });
  return json ? toJson(text, reply) : `${layOut(reply)}\n`;
}

if (import.meta.main) await runAsProcess(ask);
