import type { Answerer, Question } from '../answering/answerer.ts';
import { ANSWER_FROM, INTERJECT_FROM, LEAST_COVERAGE, LEAST_MARGIN } from '../answering/gates.ts';
import { isQuestion } from '../answering/question.ts';
import type { Match } from '../matching/matcher.ts';
import { stripMarkup } from '../matching/text.ts';
import type { ReadWord } from '../matching/vocabulary.ts';
import { harmless } from './layout.ts';

const SHOWN_TOPICS = 5;
const LEAST_SHOWN = 0.005;

/** Why a message gets the reply it gets: its words, what each was taken for and gave, the topics, the gates. */
export function explain(question: Question, answerer: Answerer): string {
  const match = answerer.match(question.text);
  const reply = answerer.reply(question);
  return [
    `reply         ${reply.outcome}${reply.outcome === 'answer' ? ` on ${reply.topic}` : ''}, in ${reply.language} (language of the text: ${answerer.languageOf(question.text) ?? 'none'})`,
    ...explainWords(match),
    ...explainTopics(match),
    ...explainGates(match, question.text, reply.interject),
  ].join('\n');
}

function explainWords(match: Match): string[] {
  const [first, second] = match.topics;
  if (!first || match.words.length === 0) return ['words         none'];
  const forFirst = match.contributions(first.id);
  const forSecond = second ? match.contributions(second.id) : [];
  const head = `words         gave ${first.id}${second ? ` / ${second.id}` : ''}`;
  const rows = match.words.map((word, index) => {
    const gave = `${signed(forFirst[index] ?? 0)} / ${signed(forSecond[index] ?? 0)}`;
    return `  ${harmless(word.typed).padEnd(24)} ${gave.padEnd(15)} ${readingsOf(word)}`;
  });
  return [head, ...rows];
}

function readingsOf({ readings }: ReadWord): string {
  return readings
    .map(({ kind, term, weight }) => `${kind} ${harmless(term)}${weight === 1 ? '' : ` (${weight.toFixed(2)})`}`)
    .join(', ');
}

function explainTopics({ topics, elsewhere }: Match): string[] {
  const shown = topics.slice(0, SHOWN_TOPICS).filter(({ confidence }) => confidence >= LEAST_SHOWN);
  const rows = shown.map(({ id, confidence }) => `  ${id.padEnd(24)} ${confidence.toFixed(3)}`);
  return ['topics        confidence', ...rows, `  ${'(none of the topics)'.padEnd(24)} ${elsewhere.toFixed(3)}`];
}

function explainGates({ topics, elsewhere, coverage, words }: Match, text: string, interject: boolean): string[] {
  const confidence = topics[0]?.confidence ?? 0;
  const margin = confidence - (topics[1]?.confidence ?? 0);
  const gate = (name: string, passed: boolean, detail: string) =>
    `  ${passed ? 'yes' : 'no '}  ${name.padEnd(34)} ${detail}`;
  return [
    'gates         to answer when addressed',
    gate(
      'understood',
      coverage >= LEAST_COVERAGE,
      `${coverage.toFixed(2)} of the message is known, ${LEAST_COVERAGE} needed`,
    ),
    gate('confident', confidence >= ANSWER_FROM, `${confidence.toFixed(2)}, ${ANSWER_FROM} needed`),
    gate('clear of the second topic', margin >= LEAST_MARGIN, `${margin.toFixed(2)}, ${LEAST_MARGIN} needed`),
    gate('likelier than no topic', confidence > elsewhere, `${confidence.toFixed(2)} against ${elsewhere.toFixed(2)}`),
    '              to answer when overheard, besides',
    gate('asks something', isQuestion(stripMarkup(text), words), ''),
    gate(
      'names the subject',
      words.some(({ subject }) => subject),
      '',
    ),
    gate('very confident', confidence >= INTERJECT_FROM, `${confidence.toFixed(2)}, ${INTERJECT_FROM} needed`),
    gate('all of these, and no small talk', interject, ''),
  ];
}

const signed = (value: number) => (value >= 0 ? '+' : '') + value.toFixed(1);
