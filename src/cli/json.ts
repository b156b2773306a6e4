import type { Reply } from '../engine/engine.ts';

/** Some programs end a line at these, some terminals obey them: in JSON they need not stand raw. */
const TROUBLESOME = /[\u007f-\u009f\u2028\u2029]/g;

/** Any value as JSON on one line, without the characters that some programs stumble over. */
export function jsonLine(value: unknown): string {
  return JSON.stringify(value).replace(
    TROUBLESOME,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

/** A reply as one JSON object on one line, for programs. `suggestions` are topic ids. */
export function toJson(question: string, reply: Reply): string {
  const answer = reply.outcome === 'answer' ? reply : undefined;
  const suggestions = reply.outcome === 'suggest' ? reply.suggestions : (answer?.related ?? []);
  return jsonLine({
    question,
    outcome: reply.outcome,
    topic: answer?.topic ?? null,
    status: answer?.status ?? null,
    confidence: Number(reply.confidence.toFixed(4)),
    language: reply.language,
    answer: reply.text,
    source: answer?.source ?? null,
    passages: answer?.passages ?? [],
    suggestions: suggestions.map(({ topic }) => topic),
    interject: reply.interject,
  });
}
