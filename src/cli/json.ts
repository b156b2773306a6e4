import type { Decision } from '../engine/decide.ts';
import type { Engine } from '../engine/engine.ts';
import type { Reading } from '../engine/read.ts';
import { TEXTS } from '../engine/texts.ts';
import { suggestionsOf } from './screen.ts';

/** Some programs end a line at these, and some terminals obey them. */
const UNSAFE_CHARACTERS = /[\u007f-\u009f\u2028\u2029]/g;

/** Any value as JSON on one line, with escapes for characters that some programs stumble over. */
export function jsonLine(value: unknown): string {
  return JSON.stringify(value).replace(
    UNSAFE_CHARACTERS,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

const OUTCOMES = {
  answer: 'answer',
  offer: 'suggest',
  unknown: 'unknown',
  acknowledge: 'none',
  silent: 'none',
} as const;

/** A decision as one JSON object on one line. `topics` and `suggestions` are ids. */
export function decisionJson(reading: Reading, decision: Decision, engine: Engine): string {
  const reply = engine.reply(decision);
  const topics = reply?.kind === 'answer' ? reply.topics : [];
  const { language } = decision;
  return jsonLine({
    question: reading.text,
    outcome: OUTCOMES[decision.kind],
    topic: topics[0]?.id ?? null,
    topics: topics.map(({ id }) => id),
    status: topics[0]?.status ?? null,
    confidence: 'confidence' in decision ? Number(decision.confidence.toFixed(4)) : 0,
    language,
    answer: reply?.text ?? null,
    source: topics.length > 0 ? TEXTS[language].source(engine.knowledge.article.source) : null,
    passages: topics.flatMap(({ passages }) => passages),
    suggestions: reply ? suggestionsOf(reply).map(({ topic }) => topic) : [],
    interject: engine.decide(reading, { trigger: 'overheard', language }).kind === 'answer',
  });
}
