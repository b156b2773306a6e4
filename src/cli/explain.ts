import type { Decision } from '../engine/decide.ts';
import type { Engine } from '../engine/engine.ts';
import type { Explanation } from '../engine/explain.ts';
import type { Gate } from '../engine/gates.ts';
import type { Part, Reading } from '../engine/read.ts';
import { sanitizeForTerminal } from '../knowledge/sanitize.ts';

const SHOWN_TOPICS = 5;

/** Why a message gets its reply: its words, the topics, its sentences, and every condition that was checked. */
export function explained(reading: Reading, previous: readonly string[], decision: Decision, engine: Engine): string {
  const explanation = engine.explain(reading, previous);
  const overheard = engine.decide(reading, { trigger: 'overheard', language: decision.language });
  const { channel, someone, nobody } = explanation.audience;
  return [
    row(
      'reply',
      `${outcomeOf(decision)}, in ${decision.language} (language of the text: ${reading.language ?? 'none'})`,
    ),
    ...(previous.length > 0 ? [row('continues', previous.join(', '))] : []),
    ...words(explanation),
    ...topics(explanation),
    ...(reading.parts.length > 1 ? parts(reading.parts) : []),
    row('audience', `the channel ${share(channel)}, one member ${share(someone)}, nobody ${share(nobody)}`),
    row('checks', 'when the bot is asked'),
    ...decision.reasons.map(check),
    row('', `when it overhears the message: ${outcomeOf(overheard)}`),
    ...overheard.reasons.map(check),
  ].join('\n');
}

const row = (name: string, text: string) => `${name.padEnd(14)}${text}`;
const share = (value: number) => value.toFixed(2);
const signed = (value: number) => (value >= 0 ? '+' : '') + value.toFixed(1);

function outcomeOf(decision: Decision): string {
  const confidence = 'confidence' in decision ? ` (confidence ${share(decision.confidence)})` : '';
  return `${decision.kind}${'topics' in decision ? ` ${decision.topics.join(', ')}` : ''}${confidence}`;
}

function words({ words, compared }: Explanation): string[] {
  if (words.length === 0) return [row('words', 'none')];
  const rows = words.map(({ typed, spokeFor, terms }) => {
    const read = terms.map(({ kind, term, weight }) => {
      return `${kind} ${sanitizeForTerminal(term)}${weight === 1 ? '' : ` (${share(weight)})`}`;
    });
    return `  ${sanitizeForTerminal(typed).padEnd(24)} ${spokeFor.map(signed).join(' / ').padEnd(15)} ${read.join(', ')}`;
  });
  return [row('words', `how much each spoke for ${compared.join(' / ')}, and how it was read`), ...rows];
}

function topics({ topics, outOfScope, reaction }: Explanation): string[] {
  const others = [
    { id: '(out of scope)', share: outOfScope },
    { id: '(asks nothing)', share: reaction },
  ];
  const rows = [...topics.slice(0, SHOWN_TOPICS), ...others];
  return [row('topics', 'share'), ...rows.map(({ id, share }) => `  ${id.padEnd(24)} ${share.toFixed(3)}`)];
}

function parts(parts: readonly Part[]): string[] {
  const rows = parts.map(({ text, asks, scores: { topics } }) => {
    const topic = topics.slice(0, 1).map(({ id, share: part }) => `${id} ${share(part)}`);
    return `  ${asks ? 'asks  ' : 'states'}  ${topic.join().padEnd(28)} ${sanitizeForTerminal(text)}`;
  });
  return [row('parts', 'each by itself'), ...rows];
}

function check({ name, passed, value, limit }: Gate): string {
  const numbers = value === undefined || limit === undefined ? '' : `${share(value)}, at least ${limit} needed`;
  return `  ${passed ? 'yes' : 'no '}  ${name.padEnd(34)} ${numbers}`.trimEnd();
}
