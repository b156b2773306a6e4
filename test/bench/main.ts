import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { cpus, totalmem } from 'node:os';
import { fileURLToPath } from 'node:url';
import { command, runAsProcess, UsageError } from '../../src/operation/command.ts';
import { LANGUAGES, type Language } from '../../src/knowledge/knowledge.ts';
import { answersOn } from './answers/part.ts';
import { installRivals } from './install.ts';
import { fromFiles } from './material.ts';
import type { Outcome, Part, Table } from './part.ts';
import { asMarkdown, asText, withSection } from './show.ts';

/** Each has a folder of this name with a `part.ts`. */
const PARTS = ['answers', 'parts', 'growth', 'limit', 'start', 'discord'];
/** Not run unless named: it says why the options are what they are. */
const ON_DEMAND = ['tuning'];
const WITH_RIVALS = ['answers', 'growth', 'tuning'];

const usage = `Usage: npm run bench -- [--only PART[,PART]] [--quick] [--json] [--write]
       npm run bench -- --train FILE --test FILE [--name NAME] [--language de|en] [--quick] [--json] [--write]

  --only      some of the parts: ${PARTS.join(', ')}; ${ON_DEMAND.join(', ')} runs only if named
  --quick     less often, smaller sizes: to see that it runs, not for figures
  --json      the figures as JSON on standard output
  --write     the tables into docs/benchmark.md, the plots into docs/bench/
  --train, --test   the part "answers" on other examples: text<TAB>topic a line, "oos" for out of scope
  --name      what these are called in tables, and the place for them in docs/benchmark.md
  --language  of these (en), for NLP.js`;

const DOCUMENT = new URL('../../docs/benchmark.md', import.meta.url);
const PLOTS = new URL('../../docs/bench/', import.meta.url);

const bench = command({
  usage,
  options: {
    only: { type: 'string' },
    quick: { type: 'boolean', default: false },
    json: { type: 'boolean', default: false },
    write: { type: 'boolean', default: false },
    train: { type: 'string' },
    test: { type: 'string' },
    name: { type: 'string', default: 'these files' },
    language: { type: 'string', default: 'en' },
  },
  async run({ values }, { print }) {
    const parts = await chosenParts(values);
    if (parts.some(({ part }) => WITH_RIVALS.includes(part.name))) installRivals();
    const outcomes: Record<string, unknown> = {};
    const machine = machineTable();
    if (!values.json) print(asText(machine));
    if (values.write) write('machine', { tables: [machine], plots: [], figures: null });
    for (const { part, section } of parts) {
      const outcome = await part.run({ quick: values.quick, progress: progressOf(part.name) });
      clearProgress();
      outcomes[section] = outcome.figures;
      if (!values.json) print(`\n${outcome.tables.map(asText).join('\n\n')}`);
      if (values.write) write(section, outcome);
    }
    if (values.json) {
      print(JSON.stringify({ machine: Object.fromEntries(machine.rows), quick: values.quick, ...outcomes }, null, 2));
    }
    return 0;
  },
});

interface Chosen {
  readonly part: Part;
  /** Its place in docs/benchmark.md. */
  readonly section: string;
}

async function chosenParts({
  only,
  train,
  test,
  name,
  language,
}: {
  only?: string | undefined;
  train?: string | undefined;
  test?: string | undefined;
  name: string;
  language: string;
}): Promise<Chosen[]> {
  if (train !== undefined || test !== undefined) {
    if (train === undefined || test === undefined || (only !== undefined && only !== 'answers')) {
      throw new UsageError('--train and --test go together, and are for the part "answers" alone.');
    }
    const spoken = LANGUAGES.find((known) => known === language);
    if (!spoken) throw new UsageError(`--language is one of ${LANGUAGES.join(', ')}, not "${language}".`);
    return [
      { part: answersOn(() => fromFiles(name, train, test, spoken satisfies Language)), section: `answers:${name}` },
    ];
  }
  const present = [...PARTS, ...ON_DEMAND].filter((part) => existsSync(fileOf(part)));
  const names = only?.split(',') ?? present.filter((part) => !ON_DEMAND.includes(part));
  const unknown = names.filter((part) => !present.includes(part));
  if (unknown.length > 0) {
    throw new UsageError(`There is no part "${unknown.join('", "')}", but ${present.join(', ')}.`);
  }
  return Promise.all(
    names.map(async (section) => {
      const { part } = (await import(fileOf(section).href)) as { readonly part: Part };
      return { part, section };
    }),
  );
}

function fileOf(part: string): URL {
  return new URL(`${part}/part.ts`, import.meta.url);
}

/** What the figures were measured on. */
function machineTable(): Table {
  const cores = cpus();
  return {
    title: 'Machine',
    columns: ['what', 'which'],
    rows: [
      ['processor', `${cores[0]?.model.trim() ?? 'unknown'}, ${cores.length} cores`],
      ['memory', `${Math.round(totalmem() / 2 ** 30)} GB`],
      ['system', `${process.platform} ${process.arch}`],
      ['Node.js', process.version],
    ],
  };
}

/** One line that changes on a terminal, a line each elsewhere. */
function progressOf(part: string): (text: string) => void {
  return (text) => process.stderr.write(process.stderr.isTTY ? `\r\u001b[K${part}: ${text}` : `${part}: ${text}\n`);
}

function clearProgress(): void {
  if (process.stderr.isTTY) process.stderr.write('\r\u001b[K');
}

function write(section: string, { tables, plots }: Outcome): void {
  const pictures = plots.map(({ file, svg }) => {
    mkdirSync(PLOTS, { recursive: true });
    writeFileSync(new URL(file, PLOTS), svg);
    return `![${/<title>(.*)<\/title>/.exec(svg)?.[1] ?? file}](bench/${file})`;
  });
  const content = ['', ...tables.map(asMarkdown), ...pictures].join('\n\n').concat('\n').slice(1);
  const document = withSection(readFileSync(DOCUMENT, 'utf8'), section, content);
  if (document === undefined) {
    console.error(
      `${fileURLToPath(DOCUMENT)} has no place for this: it needs a line <!-- bench:${section} --> and a line <!-- /bench:${section} -->.`,
    );
    return;
  }
  writeFileSync(DOCUMENT, document);
}

if (import.meta.main) await runAsProcess(bench);
