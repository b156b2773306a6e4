import { Engine } from '../engine/engine.ts';
import type { Knowledge, TopicText } from '../knowledge/knowledge.ts';
import { problemIn } from '../knowledge/problem.ts';
import { EvaluationSetError, isThere, quoted, readLines } from './sets.ts';

/** A question whose right topic is known; `undefined` if it is out of scope. */
export interface LabelledQuestion {
  readonly text: string;
  readonly topic: string | undefined;
}

/**
 * Reads labelled questions, `text<TAB>topic` a line, `oos` for out of scope.
 *
 * @throws {EvaluationSetError} if the file cannot be read, or naming every malformed line
 */
export function readLabelled(file: string): LabelledQuestion[] {
  if (!isThere(file)) throw new EvaluationSetError(problemIn(file, 'does not exist', 'Check its path.'));
  return readLines(file, questionOn).map(({ value }) => value);
}

/** The question on a line, or what is wrong with the line. */
function questionOn(line: string): LabelledQuestion | string {
  const [, text, topic] = /^([^\t]*\S[^\t]*)\t\s*([^\t]*\S)\s*$/.exec(line) ?? [];
  if (!text || !topic) return `no text, tab and topic: ${quoted(line)}`;
  return { text, topic: topic === 'oos' ? undefined : topic };
}

/**
 * Learns from some labelled questions and asks others, with everything that ships but the word lists, which belong to a
 * knowledge. Shares are 0 to 1.
 */
export function scoreLabelled(training: readonly LabelledQuestion[], test: readonly LabelledQuestion[]) {
  const start = performance.now();
  const engine = new Engine(knowledgeOf(training), 'en');
  const buildMs = performance.now() - start;
  const judged = test.map(({ text, topic }) => {
    const asked = performance.now();
    const reading = engine.read(text);
    const decision = engine.decide(reading);
    const milliseconds = performance.now() - asked;
    const answer = decision.kind === 'answer' ? decision.topics[0] : undefined;
    return { topic, likeliest: reading.scores.topics[0]?.id, answer, milliseconds };
  });
  const inScope = judged.filter(({ topic }) => topic !== undefined);
  const outOfScope = judged.filter(({ topic }) => topic === undefined);
  const answered = inScope.filter(({ topic, answer }) => answer === topic).length;
  const refused = outOfScope.filter(({ answer }) => answer === undefined).length;
  const times = judged.map(({ milliseconds }) => milliseconds).sort((a, b) => a - b);
  return {
    questions: judged.length,
    /** The likeliest topic is right, of the questions in scope. */
    topOne: inScope.filter(({ topic, likeliest }) => likeliest === topic).length / Math.max(1, inScope.length),
    /** Answered, and correctly, of the questions in scope. */
    answered: answered / Math.max(1, inScope.length),
    /** Not answered, of the questions out of scope. */
    refused: outOfScope.length === 0 ? null : refused / outOfScope.length,
    /** Both of these together, of all questions. */
    handled: (answered + refused) / Math.max(1, judged.length),
    medianMs: times[Math.floor(times.length / 2)] ?? 0,
    p99Ms: times[Math.floor(times.length * 0.99)] ?? 0,
    buildMs,
  };
}

/** Labelled questions as a knowledge, for engines of any subject. */
export function knowledgeOf(questions: readonly LabelledQuestion[]): Knowledge {
  const text = (phrasings: readonly string[]): TopicText => ({ title: '', answer: '', phrasings });
  const byTopic = Map.groupBy(questions, ({ topic }) => topic);
  const textsOf = (topic: string | undefined) => (byTopic.get(topic) ?? []).map((question) => question.text);
  return {
    directory: '',
    version: '',
    article: { text: '', source: '', note: undefined },
    topics: [...byTopic.keys()].flatMap((id) =>
      id === undefined
        ? []
        : [{ id, status: undefined, smallTalk: false, passages: [], related: [], de: text([]), en: text(textsOf(id)) }],
    ),
    words: { names: [], spellings: [], synonyms: [] },
    outOfScope: { de: [], en: textsOf(undefined) },
    reactions: { de: [], en: [] },
    followUps: [],
    overheard: [],
  };
}
