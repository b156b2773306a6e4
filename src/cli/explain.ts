import { type Explanation, explanationOf, type Gate } from '../answering/explanation.ts';
import type { Engine, Question } from '../engine/engine.ts';
import type { ReadWord } from '../engine/vocabulary.ts';
import { sanitizeForTerminal } from '../knowledge/sanitize.ts';

const SHOWN_TOPICS = 5;
const MIN_SHOWN = 0.005;

/** Why a message gets the reply it gets: its words, what each was taken for and gave, the topics, the gates. */
export function explain(question: Question, engine: Engine): string {
  const explanation = explanationOf(question, engine);
  const { reply, languageOfText, sentence } = explanation;
  return [
    `reply         ${reply.outcome}${reply.outcome === 'answer' ? ` on ${reply.topic}` : ''}, in ${reply.language} (language of the text: ${languageOfText ?? 'none'})`,
    ...(sentence === undefined ? [] : [`question      taken by this sentence alone: ${sanitizeForTerminal(sentence)}`]),
    ...explainWords(explanation),
    ...explainTopics(explanation),
    ...explainGates(explanation),
  ].join('\n');
}

function explainWords({ words, gaveTo }: Explanation): string[] {
  if (gaveTo.length === 0) return ['words         none'];
  const rows = words.map((word) => {
    const gave = word.gave.map(signed).join(' / ');
    return `  ${sanitizeForTerminal(word.typed).padEnd(24)} ${gave.padEnd(15)} ${readingsOf(word)}`;
  });
  return [`words         how much each spoke for ${gaveTo.join(' / for ')}, and what it was taken for`, ...rows];
}

function readingsOf({ readings }: Pick<ReadWord, 'readings'>): string {
  return readings
    .map(
      ({ kind, term, weight }) =>
        `${kind} ${sanitizeForTerminal(term)}${weight === 1 ? '' : ` (${weight.toFixed(2)})`}`,
    )
    .join(', ');
}

function explainTopics({ topics, elsewhere }: Explanation): string[] {
  const shown = topics.slice(0, SHOWN_TOPICS).filter(({ confidence }) => confidence >= MIN_SHOWN);
  const rows = shown.map(({ id, confidence }) => `  ${id.padEnd(24)} ${confidence.toFixed(3)}`);
  return ['topics        confidence', ...rows, `  ${'(none of the topics)'.padEnd(24)} ${elsewhere.toFixed(3)}`];
}

function explainGates({ gates, interjection }: Explanation): string[] {
  const line = (name: string, { passed, value, needed }: Gate, between = ', ', after = ' needed') =>
    `  ${passed ? 'yes' : 'no '}  ${name.padEnd(34)} ${
      value === undefined || needed === undefined ? '' : `${value.toFixed(2)}${between}${needed}${after}`
    }`;
  const { likelierThanNone: none } = gates;
  return [
    'gates         to answer when addressed',
    line('understood', gates.understood, ' of the message is known, '),
    line('confident', gates.confident),
    line('clear of the second topic', gates.clear),
    line('likelier than no topic', { ...none, needed: Number(none.needed?.toFixed(2)) }, ' against ', ''),
    '              to answer where nobody asked the bot, besides',
    line('asks something', interjection.asks),
    line('names the subject', interjection.namesSubject),
    line('very confident', interjection.veryConfident),
    line('so it would, were this overheard', interjection.all),
  ];
}

const signed = (value: number) => (value >= 0 ? '+' : '') + value.toFixed(1);
