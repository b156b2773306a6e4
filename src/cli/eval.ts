import { Engine } from '../engine/engine.ts';
import { confidenceInterval, type Figure, figuresOf } from '../evaluation/figures.ts';
import { fitConfidence, fitHelpfulness } from '../evaluation/fit.ts';
import { type Judged, judge, outcomeOf } from '../evaluation/judge.ts';
import { readLabelled, scoreLabelled } from '../evaluation/labelled.ts';
import { readSet, SETS } from '../evaluation/sets.ts';
import { crossValidatedVoices } from '../evaluation/voices.ts';
import { sanitizeForTerminal } from '../knowledge/problem.ts';
import { command, runAsProcess, UsageError } from '../operation/command.ts';
import { openKnowledge } from '../operation/open-engine.ts';
import { readSettings } from '../operation/settings.ts';
import { jsonLine } from './json.ts';

const usage = `Usage: npm run eval -- [--errors] [--json] [--knowledge DIR]   scores both sets in knowledge/evaluation
       npm run eval -- --fit                                       fits the two gates on tuning.jsonl, prints their weights
       npm run eval -- --voices [--json]                           cross-validates the overheard messages by voice
       npm run eval -- --train FILE --test FILE [--json]           scores the same engine on text<TAB>topic files

--errors   also lists the messages of tuning.jsonl that went wrong; those of reported.jsonl are never shown, so that nothing is tuned for them
--json     one JSON object for each figure`;

/** Scores the engine on the evaluation sets of a knowledge, or on labelled files. */
export const evaluate = command({
  usage,
  options: {
    train: { type: 'string' },
    test: { type: 'string' },
    fit: { type: 'boolean', default: false },
    voices: { type: 'boolean', default: false },
    errors: { type: 'boolean', default: false },
    json: { type: 'boolean', default: false },
    knowledge: { type: 'string' },
  },
  run({ values }, { print, environment }) {
    const { train, test, json } = values;
    if ((train === undefined) !== (test === undefined)) {
      throw new UsageError('--train and --test go together: the engine learns from the one and is asked the other.');
    }
    if ([train !== undefined, values.fit, values.voices, values.errors].filter(Boolean).length > 1) {
      throw new UsageError('--train, --fit, --voices and --errors exclude each other.');
    }
    if (train !== undefined && test !== undefined) {
      const scored = scoreLabelled(readLabelled(train), readLabelled(test));
      print(json ? jsonLine(scored) : labelledTable(scored));
      return 0;
    }
    if (json && (values.errors || values.fit)) {
      throw new UsageError('--json prints figures only: use --errors and --fit without it.');
    }
    const printFigures = (set: string, heading: string, figures: readonly Figure[]) => {
      if (!json) print(table(heading, figures));
      else for (const figure of figures) print(jsonLine({ set, ...figure, interval: confidenceInterval(figure) }));
    };
    const settings = readSettings(environment);
    const knowledge = openKnowledge(values.knowledge ?? settings.KNOWLEDGE_DIR);
    if (values.voices) {
      const heading = 'overheard.yaml, each voice judged by the others';
      printFigures('overheard', heading, crossValidatedVoices(knowledge));
      return 0;
    }
    const sets = SETS.flatMap((name) => {
      const messages = readSet(name, knowledge);
      return messages ? [{ name, messages }] : [];
    });
    if (sets.length === 0) {
      throw new UsageError(
        'This knowledge has no evaluation sets: add evaluation/tuning.jsonl and evaluation/reported.jsonl.',
      );
    }
    const engine = new Engine(knowledge, settings.DEFAULT_LANGUAGE);
    if (values.fit) {
      const tuning = sets.find(({ name }) => name === 'tuning')?.messages;
      if (!tuning) throw new UsageError('This knowledge has no evaluation/tuning.jsonl to fit the gates on.');
      print(`CONFIDENCE_WEIGHTS = [${fitConfidence(tuning, engine).join(', ')}]`);
      print(`HELPFULNESS_WEIGHTS = [${fitHelpfulness(tuning, engine).join(', ')}]`);
      return 0;
    }
    for (const { name, messages } of sets) {
      const judged = messages.map((message) => judge(message, engine));
      printFigures(name, `${name}.jsonl`, figuresOf(judged));
      if (values.errors && name === 'tuning') print(errorList(judged));
    }
    return 0;
  },
});

function table(heading: string, figures: readonly Figure[]): string {
  const rows = figures.map(({ name, hits, of }) => {
    const [from, to] = confidenceInterval({ hits, of }).map(percent);
    return `${name.padEnd(46)} ${`${hits} / ${of}`.padStart(11)} ${percent(hits / of).padStart(7)}   ${from} – ${to}`;
  });
  return [`${heading} (share, and its 95 % confidence interval)`, ...rows, ''].join('\n');
}

function errorList(judged: readonly Judged[]): string {
  const wrong = judged.filter(({ isRight }) => !isRight);
  const lines = wrong.flatMap((one) => {
    const { kind, topics, text } = one.message;
    const got = outcomeOf(one);
    const wanted = topics.join(' or ') || 'no answer';
    return [`${kind}: wanted ${wanted}, got ${got.kind} ${got.topics.join(', ')}`, `    ${sanitizeForTerminal(text)}`];
  });
  return lines.join('\n');
}

function labelledTable(scored: ReturnType<typeof scoreLabelled>): string {
  return Object.entries({
    questions: String(scored.questions),
    'likeliest topic is right': percent(scored.topOne),
    'in scope, answered correctly': percent(scored.answered),
    'out of scope, not answered': percent(scored.refused ?? Number.NaN),
    'both, of all': percent(scored.handled),
    'a question, median': `${scored.medianMs.toFixed(3)} ms`,
    'a question, 99th percentile': `${scored.p99Ms.toFixed(2)} ms`,
    'learned in': `${scored.buildMs.toFixed(0)} ms`,
  })
    .map(([name, value]) => name.padEnd(32) + value.padStart(10))
    .join('\n');
}

const percent = (share: number) => (Number.isNaN(share) ? '–' : `${(100 * share).toFixed(1)} %`);

if (import.meta.main) await runAsProcess(evaluate);
