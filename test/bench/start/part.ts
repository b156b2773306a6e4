import { spawn } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { grouped } from '../format.ts';
import type { Part } from '../part.ts';

const ROOT = fileURLToPath(new URL('../../..', import.meta.url));
const QUESTION = 'Wann kommt Xiaomi Pay nach Deutschland?';
/** Ends each answer's source line: when it is there, the answer is. */
const SOURCE = 'Quelle: KKJ';
const RUNS = 9;
const QUICK_RUNS = 5;

interface Way {
  readonly name: string;
  readonly command: readonly [string, ...string[]];
  readonly input: string | undefined;
}

const quickStart = ['--import', './src/quick-start.ts'];
const WAYS: readonly Way[] = [
  { name: 'npm start, a question piped in', command: ['npm', 'start'], input: QUESTION },
  {
    name: 'node src/main.ts, a question piped in',
    command: [process.execPath, ...quickStart, 'src/main.ts'],
    input: QUESTION,
  },
  { name: 'npm run ask', command: ['npm', 'run', 'ask', '--', QUESTION], input: undefined },
  {
    name: 'node src/terminal/ask.ts',
    command: [process.execPath, ...quickStart, 'src/terminal/ask.ts', QUESTION],
    input: undefined,
  },
];

/** From the start of a process in the terminal to its answer. */
export const part: Part = {
  name: 'start',
  describes: 'from the start to an answer in the terminal',
  run: async ({ quick, progress }) => {
    const dataDirectory = mkdtempSync(join(tmpdir(), 'bench-start-'));
    const runs = quick ? QUICK_RUNS : RUNS;
    const results: { name: string; prepared: boolean; medianMs: number; slowestMs: number }[] = [];
    try {
      for (const way of WAYS) {
        for (const prepared of [true, false]) {
          progress(`${way.name}, ${prepared ? 'prepared' : 'nothing prepared'}`);
          // Not counted: Node's compile cache and the operating system's are filled, as they are on the second day.
          await timeToAnswer(way, dataDirectory);
          const times: number[] = [];
          for (let run = 0; run < runs; run++) {
            if (!prepared) empty(dataDirectory);
            times.push(await timeToAnswer(way, dataDirectory));
          }
          times.sort((a, b) => a - b);
          const medianMs = times[Math.floor(runs / 2)] ?? 0;
          results.push({ name: way.name, prepared, medianMs, slowestMs: times.at(-1) ?? 0 });
        }
      }
    } finally {
      rmSync(dataDirectory, { recursive: true, force: true });
    }
    return {
      tables: [
        {
          title: 'From the start to the answer, in the terminal',
          columns: ['', 'index', 'median ms', 'slowest ms'],
          rows: results.map(({ name, prepared, medianMs, slowestMs }) => [
            name,
            prepared ? 'prepared' : 'made anew',
            grouped(medianMs),
            grouped(slowestMs),
          ]),
          notes: [`${runs} runs each.`],
        },
      ],
      plots: [],
      figures: results,
    };
  },
};

function empty(directory: string): void {
  for (const name of readdirSync(directory)) rmSync(join(directory, name), { recursive: true });
}

/** @returns milliseconds */
function timeToAnswer({ command: [program, ...args], input }: Way, dataDirectory: string): Promise<number> {
  return new Promise((resolve, reject) => {
    const start = performance.now();
    const { DISCORD_TOKEN: _, ...env } = process.env;
    const child = spawn(program, args, {
      cwd: ROOT,
      env: { ...env, DATA_DIR: dataDirectory },
      stdio: ['pipe', 'pipe', 'inherit'],
    });
    let said = '';
    let milliseconds: number | undefined;
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      said += text;
      if (said.includes(SOURCE)) milliseconds ??= performance.now() - start;
    });
    child.once('error', reject);
    child.once('close', (code) => {
      if (code === 0 && milliseconds !== undefined) resolve(milliseconds);
      else reject(new Error(`${program} ${args.join(' ')} ended with code ${code} and without "${SOURCE}": ${said}`));
    });
    child.stdin.end(input === undefined ? '' : `${input}\n`);
  });
}
