import { readFileSync, writeFileSync } from 'node:fs';
import { cpus, totalmem } from 'node:os';
import type { Language } from '../../src/knowledge/knowledge.ts';
import { command, runAsProcess, UsageError } from '../../src/operation/command.ts';
import { answers } from './answers.ts';
import { discord } from './discord/discord.ts';
import { growth } from './growth.ts';
import { installCompetitors } from './install.ts';
import { publicMaterial, shippedMaterial } from './material.ts';
import { asMarkdown, type Part, type Table, withSection } from './report.ts';
import { start } from './start.ts';

const OWN_PARTS: Readonly<Record<string, Part>> = { answers: answers(shippedMaterial), growth, start, discord };
const WITHOUT_COMPETITORS = ['start', 'discord'];
/** The names of their files, and of themselves. */
const PUBLIC_SETS: Readonly<Record<string, readonly [name: string, language: Language]>> = {
  clinc150: ['CLINC150', 'en'],
  'xsid-de': ['xSID German', 'de'],
  'xsid-en': ['xSID English', 'en'],
};

const usage = `Usage: npm run bench -- [--only PART[,PART]] [--data DIR] [--quick] [--write]

--only    some of the parts: ${[...Object.keys(OWN_PARTS), ...Object.keys(PUBLIC_SETS)].join(', ')}
--data    a folder with public data sets, which ${Object.keys(PUBLIC_SETS).join(', ')} need: clinc150-train.tsv, clinc150-test.tsv (or -dev.tsv) and so on,
          text<TAB>label per line, "oos" for out of scope
--quick   few questions and small sizes: to see that it works, not for figures
--write   puts the tables into docs/benchmark.md`;

const DOCUMENT = new URL('../../docs/benchmark.md', import.meta.url);

const bench = command({
  usage,
  options: {
    only: { type: 'string' },
    data: { type: 'string' },
    quick: { type: 'boolean', default: false },
    write: { type: 'boolean', default: false },
  },
  async run({ values: { only, data, quick, write } }, { print }) {
    if (quick && write) throw new UsageError('--quick gives no figures that are worth writing.');
    const parts = { ...OWN_PARTS, ...publicParts(data) };
    const names = only?.split(',') ?? Object.keys(parts);
    for (const name of names) if (!parts[name]) throw new UsageError(reasonFor(name));
    if (names.some((name) => !WITHOUT_COMPETITORS.includes(name))) installCompetitors();
    const report = (name: string, tables: readonly Table[]) => {
      const content = tables.map(asMarkdown).join('\n\n');
      print(`${content}\n`);
      if (write) writeSection(name, content);
    };
    report('machine', [machine()]);
    for (const name of names) {
      const progress = (text: string) => process.stderr.write(`${name}: ${text}\n`);
      report(name, (await parts[name]?.({ quick, progress })) ?? []);
    }
    return 0;
  },
});

function publicParts(folder: string | undefined): Record<string, Part> {
  if (folder === undefined) return {};
  return Object.fromEntries(
    Object.entries(PUBLIC_SETS).map(([file, [name, language]]) => [
      file,
      answers(() => publicMaterial(folder, file, name, language)),
    ]),
  );
}

const reasonFor = (part: string) =>
  part in PUBLIC_SETS ? `The part "${part}" needs --data.` : `There is no part "${part}".`;

function machine(): Table {
  const cores = cpus();
  return {
    title: 'Machine',
    columns: ['processor', 'memory', 'system', 'Node.js'],
    rows: [
      [
        `${cores[0]?.model.trim() ?? 'unknown'}, ${cores.length} cores`,
        `${Math.round(totalmem() / 2 ** 30)} GB`,
        `${process.platform} ${process.arch}`,
        process.version,
      ],
    ],
  };
}

function writeSection(name: string, content: string): void {
  const document = withSection(readFileSync(DOCUMENT, 'utf8'), name, content);
  if (document === undefined) console.error(`docs/benchmark.md has no section <!-- bench:${name} -->.`);
  else writeFileSync(DOCUMENT, document);
}

if (import.meta.main) await runAsProcess(bench);
