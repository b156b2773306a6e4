import type { Decision } from '../engine/decide.ts';
import type { Engine } from '../engine/engine.ts';
import type { Reading } from '../engine/read.ts';
import { TEXTS } from '../engine/texts.ts';

/** Any value as JSON on one line, with the characters escaped that end a line or that a terminal obeys. */
export function jsonLine(value: unknown): string {
  const escaped = (character: string) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
  return JSON.stringify(value).replace(/[\u007f-\u009f\u2028\u2029]/g, escaped);
}

/** A decision as one JSON object on one line. `topics` and `suggestions` are ids. */
export function decisionJson(reading: Reading, decision: Decision, engine: Engine): string {
  const reply = engine.reply(decision);
  const topics = reply?.kind === 'answer' ? reply.topics : [];
  const { language } = decision;
  return jsonLine({
    question: reading.text,
    outcome: reply?.kind === 'offer' ? 'suggest' : (reply?.kind ?? 'none'),
    topic: topics[0]?.id ?? null,
    topics: topics.map(({ id }) => id),
    status: topics[0]?.status ?? null,
    confidence: 'confidence' in decision ? Number(decision.confidence.toFixed(4)) : 0,
    language,
    answer: reply?.text ?? null,
    source: topics.length > 0 ? TEXTS[language].source(engine.knowledge.article.source) : null,
    passages: topics.flatMap(({ passages }) => passages),
    suggestions: reply?.suggestions.map(({ topic }) => topic) ?? [],
    interject: engine.decide(reading, { trigger: 'overheard', language }).kind === 'answer',
  });
}
