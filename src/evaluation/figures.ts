import { type Judged, namesAny } from './judge.ts';
import type { EvaluationMessage } from './sets.ts';

/** How often something happened, and of how many messages. */
export interface Figure {
  readonly name: string;
  readonly hits: number;
  readonly of: number;
  /** Is a low number good? */
  readonly lowIsGood: boolean;
}

type Kind = EvaluationMessage['kind'];

/** All figures of a set, and those of each style of question and of message to leave alone. */
export function figuresOf(judged: readonly Judged[]): Figure[] {
  const ofKind = (...kinds: Kind[]) => judged.filter(({ message }) => kinds.includes(message.kind));
  const figure = (name: string, of: readonly Judged[], hit: (one: Judged) => boolean, lowIsGood = false): Figure[] =>
    of.length === 0 ? [] : [{ name, hits: of.filter(hit).length, of: of.length, lowIsGood }];
  const right = ({ isRight }: Judged) => isRight;
  const notRight = (one: Judged) => !one.isRight;
  const wrong = ({ isRight, decision }: Judged) => decision.kind === 'answer' && !isRight;
  const helped = ({ isRight, decision, message }: Judged) => isRight || namesAny('offer', message.topics, decision);
  const styles = (kind: Kind, name: (style: string) => string, hit: (one: Judged) => boolean, lowIsGood = false) =>
    [...Map.groupBy(ofKind(kind), ({ message }) => message.style ?? '')].flatMap(([style, of]) =>
      style === '' ? [] : figure(name(style), of, hit, lowIsGood),
    );
  const spoken = judged.filter(
    ({ message: { kind, lang } }) => lang !== 'mixed' && kind !== 'chatter' && kind !== 'reaction',
  );
  return [
    ...figure('questions: answered correctly', ofKind('ask'), right),
    ...figure('questions: answered correctly or offered', ofKind('ask'), helped),
    ...figure('questions: answered wrongly', ofKind('ask'), wrong, true),
    ...styles('ask', (style) => `  ${style}: answered correctly`, right),
    ...styles('ask', (style) => `  ${style}: answered wrongly`, wrong, true),
    ...figure('two questions in one: both answered', ofKind('two'), right),
    ...figure('two questions in one: at least one answered', ofKind('two'), ({ decision, message }) =>
      namesAny('answer', message.topics, decision),
    ),
    ...figure('follow-ups: answered correctly', ofKind('follow-up'), right),
    ...figure('follow-ups: answered wrongly', ofKind('follow-up'), wrong, true),
    ...figure('reactions: left alone', ofKind('reaction'), right),
    ...figure('off-topic: answered', ofKind('offtopic'), notRight, true),
    ...styles('offtopic', (style) => `  ${style}: answered`, notRight, true),
    ...figure('overheard questions to the channel: helped', ofKind('overheard'), right),
    ...styles('chatter', (style) => `overheard, ${style}: answered`, notRight, true),
    ...figure('language detected correctly', spoken, ({ decision, message }) => decision.language === message.lang),
  ];
}

/** The 95 % confidence interval of a share (Wilson 1927), 0 to 1. */
export function confidenceInterval({ hits, of }: Pick<Figure, 'hits' | 'of'>): readonly [from: number, to: number] {
  if (of === 0) return [0, 1];
  const z = 1.96;
  const share = hits / of;
  const center = share + (z * z) / (2 * of);
  const spread = z * Math.sqrt((share * (1 - share)) / of + (z * z) / (4 * of * of));
  const scale = 1 + (z * z) / of;
  return [Math.max(0, (center - spread) / scale), Math.min(1, (center + spread) / scale)];
}
