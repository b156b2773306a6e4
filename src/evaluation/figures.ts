/** A question whose right topic is known. */
export interface Labelled {
  readonly text: string;
  /** Every topic that is right; none where the question is out of scope. */
  readonly topics: readonly string[];
}

/** What became of a labelled question. */
export interface Judged extends Labelled {
  /** The likeliest topic, answered or not. */
  readonly topic: string | undefined;
  readonly confidence: number;
  readonly outcome: 'answer' | 'suggest' | 'unknown';
  readonly milliseconds: number;
}

/** Shares from 0 to 1. */
export interface Figures {
  readonly questions: number;
  /** The likeliest topic is right, of the questions in scope. */
  readonly accuracy: number;
  /** Answered, and rightly, of the questions in scope. */
  readonly inScopeRight: number;
  /** Not answered, of the questions out of scope; `null` where there are none. */
  readonly oosRefused: number | null;
  /** Both of these together, of all questions. */
  readonly joint: number;
  readonly medianMs: number;
  readonly p99Ms: number;
}

export function figuresOf(judged: readonly Judged[]): Figures {
  const inScope = judged.filter(({ topics }) => topics.length > 0);
  const outOfScope = judged.filter(({ topics }) => topics.length === 0);
  const right = inScope.filter((question) => isFirstRight(question) && question.outcome === 'answer').length;
  const refused = outOfScope.filter(({ outcome }) => outcome !== 'answer').length;
  const milliseconds = judged.map((question) => question.milliseconds).sort((a, b) => a - b);
  return {
    questions: judged.length,
    accuracy: inScope.filter(isFirstRight).length / Math.max(1, inScope.length),
    inScopeRight: right / Math.max(1, inScope.length),
    oosRefused: outOfScope.length === 0 ? null : refused / outOfScope.length,
    joint: (right + refused) / Math.max(1, judged.length),
    medianMs: quantile(milliseconds, 0.5),
    p99Ms: quantile(milliseconds, 0.99),
  };
}

export interface Confusion {
  readonly expected: string;
  readonly got: string;
  readonly questions: readonly string[];
}

/** The pairs of topics of which one was taken for the other, the most frequent first. */
export function confusionsOf(judged: readonly Judged[]): Confusion[] {
  const pairs = new Map<string, Confusion & { questions: string[] }>();
  for (const question of judged) {
    const [expected] = question.topics;
    if (expected === undefined || question.topic === undefined || isFirstRight(question)) continue;
    const key = `${expected} ${question.topic}`;
    const pair = pairs.get(key) ?? { expected, got: question.topic, questions: [] };
    pair.questions.push(question.text);
    pairs.set(key, pair);
  }
  return [...pairs.values()].sort(
    (a, b) => b.questions.length - a.questions.length || (a.expected < b.expected ? -1 : 1),
  );
}

function isFirstRight({ topic, topics }: Judged): boolean {
  return topic !== undefined && topics.includes(topic);
}

function quantile(sorted: readonly number[], share: number): number {
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? 0;
}
