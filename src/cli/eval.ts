import { type Understanding, understand } from '../answering/understand.ts';
import { Engine } from '../engine/engine.ts';
import {
  type Confusion,
  confusionsOf,
  type Figures,
  figuresOf,
  type Judged,
  type Labelled,
} from '../evaluation/figures.ts';
import { messagesFor, readOwnSet } from '../evaluation/own-set.ts';
import { type EvaluationMessage, readLabelled } from '../evaluation/read.ts';
import { isAnsweredRight, isRight } from '../evaluation/right.ts';
import { ExpectedError } from '../knowledge/expected-error.ts';
import { shownPath } from '../knowledge/format-problem.ts';
import { sanitizeForTerminal } from '../knowledge/sanitize.ts';
import { buildMatcher, type Matcher } from '../matching/matcher.ts';
import { command, runAsProcess, UsageError } from '../operation/command.ts';
import { openKnowledge } from '../operation/open-engine.ts';
import { readSettings } from '../operation/settings.ts';

const SHOWN_CONFUSIONS = 15;

const usage = `Usage: npm run eval -- [--errors] [--json] [--knowledge DIR]   scores test/evaluation/messages.jsonl
       npm run eval -- --train FILE --test FILE [--errors] [--json]   the same matching on text<TAB>topic files

--errors   every message that is taken for the wrong topic, or answered though it belongs to none
--json     one JSON object a message, then one with the figures`;

/** What a report says beside the figures: of the index, in milliseconds and in megabytes of heap. */
interface Cost {
  readonly buildMs: number;
  readonly heapMb: number;
}

/** Scores the matching on the project's own evaluation set, or on labelled files. */
export const evaluate = command({
  usage,
  options: {
    train: { type: 'string' },
    test: { type: 'string' },
    errors: { type: 'boolean', default: false },
    json: { type: 'boolean', default: false },
    knowledge: { type: 'string' },
  },
  run({ values }, { print, environment }) {
    const { train, test } = values;
    if (train !== undefined && test !== undefined) {
      const questions = readLabelled(test);
      const { made, cost } = measured(() => learnFrom(readLabelled(train)));
      const judged = judgeAll(questions, (text) => understand(text, made.match));
      print(report(judged, cost, values));
      return 0;
    }
    if (train !== undefined || test !== undefined) {
      throw new UsageError('--train and --test go together: the index is built from the one and asked the other.');
    }
    const messages = readOwnSet();
    const settings = readSettings(environment);
    const knowledge = openKnowledge(values.knowledge, settings);
    if (messagesFor(knowledge, messages) !== messages) {
      throw new ExpectedError(
        `The evaluation set is about other topics than ${shownPath(knowledge.directory)}. Give your own: --train FILE --test FILE.`,
      );
    }
    const { made, cost } = measured(() => new Engine(knowledge, settings.DEFAULT_LANGUAGE));
    const addressed = messages.filter(({ kind }) => kind !== 'chatter');
    print(
      report(
        judgeAll(addressed, (text) => made.understand({ text })),
        cost,
        values,
      ),
    );
    if (!values.json) print(`\n${behaviour(messages, made)}`);
    return 0;
  },
});

/** A matcher for labelled phrasings, with everything that ships but the word lists, which belong to a knowledge. */
function learnFrom(training: readonly Labelled[]): Matcher {
  const phrasings = new Map<string, string[]>();
  const elsewhere: string[] = [];
  for (const { text, topics } of training) {
    const [topic] = topics;
    if (topic === undefined) elsewhere.push(text);
    else phrasings.set(topic, [...(phrasings.get(topic) ?? []), text]);
  }
  return buildMatcher({
    topics: Array.from(phrasings, ([id, texts]) => ({ id, phrasings: texts })),
    elsewhere,
    words: { names: [], spellings: [], synonyms: [] },
  });
}

function measured<T>(make: () => T): { made: T; cost: Cost } {
  const start = performance.now();
  const made = make();
  const buildMs = performance.now() - start;
  globalThis.gc?.();
  return { made, cost: { buildMs, heapMb: process.memoryUsage().heapUsed / 2 ** 20 } };
}

function judgeAll(questions: readonly Labelled[], understood: (text: string) => Understanding): Judged[] {
  return questions.map(({ text, topics }) => {
    const start = performance.now();
    const { match, verdict } = understood(text);
    const milliseconds = performance.now() - start;
    const { outcome, confidence } = verdict;
    return { text, topics, topic: match.topics[0]?.id, confidence, outcome, milliseconds };
  });
}

interface Wanted {
  readonly json: boolean;
  readonly errors: boolean;
}

function report(judged: readonly Judged[], cost: Cost, { json, errors }: Wanted): string {
  const figures = figuresOf(judged);
  if (!json) return `${table(figures, cost)}\n${errors ? errorList(judged) : confusionTable(confusionsOf(judged))}`;
  const lines = judged.map(({ text, topics, topic, confidence, outcome }) =>
    JSON.stringify({ text, expected: topics[0] ?? 'oos', topic: topic ?? null, confidence, outcome }),
  );
  return [...lines, JSON.stringify({ ...figures, ...cost })].join('\n');
}

function errorList(judged: readonly Judged[]): string {
  const wrong = judged.filter(({ topics, topic, outcome }) =>
    topics.length === 0 ? outcome === 'answer' : topic === undefined || !topics.includes(topic),
  );
  if (wrong.length === 0) return '\nno topic was taken for another';
  const lines = wrong.map(({ topics, topic, confidence, text }) => {
    const taken = `${topics.join(' or ') || 'no topic'} taken for ${topic ?? 'none'}`;
    return `${confidence.toFixed(2)}  ${sanitizeForTerminal(taken)}\n        ${sanitizeForTerminal(text)}`;
  });
  return ['\ntaken for the wrong topic', ...lines].join('\n');
}

function table(figures: Figures, { buildMs, heapMb }: Cost): string {
  const rows: [string, string][] = [
    ['questions', String(figures.questions)],
    ['first topic right', percent(figures.accuracy)],
    ['in scope, answered right', percent(figures.inScopeRight)],
    ['out of scope, not answered', figures.oosRefused === null ? '–' : percent(figures.oosRefused)],
    ['both, of all', percent(figures.joint)],
    ['a question, median', `${figures.medianMs.toFixed(3)} ms`],
    ['a question, 99th percentile', `${figures.p99Ms.toFixed(2)} ms`],
    ['index built in', `${buildMs.toFixed(0)} ms`],
    ['heap', `${heapMb.toFixed(0)} MB`],
  ];
  return rows.map(([name, value]) => name.padEnd(30) + value.padStart(10)).join('\n');
}

function confusionTable(confusions: readonly Confusion[]): string {
  if (confusions.length === 0) return '\nno topic was taken for another';
  const rows = confusions.slice(0, SHOWN_CONFUSIONS).map(({ expected, got, questions }) => {
    const example = sanitizeForTerminal((questions[0] ?? '').slice(0, 100));
    return `${String(questions.length).padStart(4)}  ${sanitizeForTerminal(`${expected} taken for ${got}`)}\n        ${example}`;
  });
  return ['\nmost often confused', ...rows].join('\n');
}

/** How the whole bot behaves on the project's own set: languages, choices offered, silence. */
function behaviour(messages: readonly EvaluationMessage[], engine: Engine): string {
  const replies = messages.map((message) => ({ message, reply: engine.reply(message) }));
  type Replied = (typeof replies)[number];
  const share = (name: string, of: readonly Replied[], hit: (replied: Replied) => boolean) =>
    `${name.padEnd(30)}${percent(of.filter(hit).length / Math.max(1, of.length)).padStart(10)}  of ${of.length}`;
  const ofKind = (kind: EvaluationMessage['kind']) => replies.filter(({ message }) => message.kind === kind);
  const right = ({ message, reply }: Replied) => isRight(message, reply);
  const offered = ({ message, reply }: Replied) =>
    reply.outcome === 'suggest' && reply.suggestions.some(({ topic }) => message.topics.includes(topic));
  const answeredWrong = ({ message, reply }: Replied) => reply.outcome === 'answer' && !isAnsweredRight(message, reply);
  return [
    'asked',
    share('  answered right', ofKind('ask'), right),
    share('  answered right or offered', ofKind('ask'), (replied) => right(replied) || offered(replied)),
    share('  answered wrong', ofKind('ask'), answeredWrong),
    share('off topic, answered', ofKind('offtopic'), (replied) => !right(replied)),
    share('chatter, interjected', ofKind('chatter'), (replied) => !right(replied)),
    share('overheard, helped', ofKind('overheard'), right),
    share(
      'language right',
      replies.filter(({ message: { lang, kind } }) => lang !== 'mixed' && kind !== 'chatter'),
      ({ message, reply }) => reply.language === message.lang,
    ),
  ].join('\n');
}

function percent(share: number): string {
  return `${(100 * share).toFixed(1)} %`;
}

if (import.meta.main) await runAsProcess(evaluate);
