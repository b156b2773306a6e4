import type { Decision } from '../engine/decide.ts';
import type { Engine } from '../engine/engine.ts';
import type { Gate } from '../engine/gates.ts';
import type { Part, Reading } from '../engine/read.ts';
import { sanitizeForTerminal } from '../knowledge/problem.ts';

const SHOWN_TOPICS = 5;

/** Why a message gets its reply: its words, the topics, its sentences, and every condition that was checked. */
export function explanationOf(
  reading: Reading,
  previous: readonly string[],
  decision: Decision,
  engine: Engine,
): string {
  const { words, compared, topics, outOfScope, reaction, audience } = engine.explain(reading, previous);
  const overheard = engine.decide(reading, { trigger: 'overheard', language: decision.language });
  const { channel, someone, nobody } = audience;
  const others = [
    { id: '(out of scope)', share: outOfScope },
    { id: '(asks nothing)', share: reaction },
  ];
  return [
    `reply         ${outcomeOf(decision)}, in ${decision.language} (language of the text: ${reading.language ?? 'none'})`,
    ...(previous.length > 0 ? [`continues     ${previous.join(', ')}`] : []),
    `words         ${words.length > 0 ? `how much each spoke for ${compared.join(' / ')}, and how it was read` : 'none'}`,
    ...words.map(wordRow),
    'topics        share',
    ...[...topics.slice(0, SHOWN_TOPICS), ...others].map(({ id, share }) => `  ${id.padEnd(24)} ${share.toFixed(3)}`),
    ...(reading.parts.length > 1 ? ['parts         each on its own', ...reading.parts.map(partRow)] : []),
    `audience      the channel ${share(channel)}, one member ${share(someone)}, nobody ${share(nobody)}`,
    'checks        when the bot is asked',
    ...decision.reasons.map(checkRow),
    `              when it overhears the message: ${outcomeOf(overheard)}`,
    ...overheard.reasons.map(checkRow),
  ].join('\n');
}

const share = (value: number) => value.toFixed(2);

function outcomeOf(decision: Decision): string {
  const confidence = 'confidence' in decision ? ` (confidence ${share(decision.confidence)})` : '';
  return `${decision.kind}${'topics' in decision ? ` ${decision.topics.join(', ')}` : ''}${confidence}`;
}

function wordRow({ typed, spokeFor, terms }: ReturnType<Engine['explain']>['words'][number]): string {
  const weights = spokeFor.map((weight) => (weight >= 0 ? '+' : '') + weight.toFixed(1));
  const read = terms.map(({ kind, term, weight }) => {
    return `${kind} ${sanitizeForTerminal(term)}${weight === 1 ? '' : ` (${share(weight)})`}`;
  });
  return `  ${sanitizeForTerminal(typed).padEnd(24)} ${weights.join(' / ').padEnd(15)} ${read.join(', ')}`;
}

function partRow({ words, asks, scores: { topics } }: Part): string {
  const text = words.map(({ typed }) => typed).join(' ');
  const topic = topics.slice(0, 1).map(({ id, share: part }) => `${id} ${share(part)}`);
  return `  ${asks ? 'asks  ' : 'states'}  ${topic.join().padEnd(28)} ${sanitizeForTerminal(text)}`;
}

function checkRow({ name, passed, value, limit }: Gate): string {
  const numbers = value === undefined || limit === undefined ? '' : `${share(value)}, at least ${limit} needed`;
  return `  ${passed ? 'yes' : 'no '}  ${name.padEnd(34)} ${numbers}`.trimEnd();
}
