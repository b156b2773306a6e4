import type { Reply } from '../answering/answerer.ts';

/** A reply as one JSON object, for programs. `suggestions` are topic ids. */
export function toJson(question: string, reply: Reply): string {
  const answer = reply.outcome === 'answer' ? reply : undefined;
  const suggestions = reply.outcome === 'suggest' ? reply.suggestions : (answer?.related ?? []);
  return JSON.stringify({
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
