import { createHmac, randomBytes } from 'node:crypto';
import type { Decision } from '../engine/decide.ts';
import type { Reading } from '../engine/read.ts';
import type { Knowledge } from '../knowledge/knowledge.ts';
import { type Clock, every, systemClock } from '../operation/clock.ts';
import type { LiveKnowledge } from '../operation/live-knowledge.ts';
import { ttlCache } from '../operation/ttl-cache.ts';
import type { RecordedQuestion } from '../storage/gaps.ts';
import type { Storage } from '../storage/storage.ts';
import { anonymise, type KnownWords, knownWords } from './anonymise.ts';
import { topicColumn } from './review.ts';

/** In milliseconds. */
const DAY = 86_400_000;
const MAX_REMEMBERED = 10_000;

export type GapRecorder = ReturnType<typeof gapRecorder>;

/** Records questions that got no answer or no helpful one. Keeps only their anonymised text, even in memory. */
export function gapRecorder(
  store: Pick<Storage['gaps'], 'record'>,
  live: Pick<LiveKnowledge, 'engine'>,
  clock: Clock,
  /** Called with the `StorageError` if a question can't be recorded. */
  failed: (error: unknown) => void,
) {
  const countUse = wordUse();
  /** By answer: a member who finds it unhelpful says so soon. An edit of a recorded question is not another one. */
  const questions = ttlCache<string, RecordedQuestion | 'recorded'>(DAY, MAX_REMEMBERED, clock);
  let known: { readonly knowledge: Knowledge; readonly words: KnownWords } | undefined;

  function currentWords(): KnownWords {
    const { knowledge } = live.engine;
    if (known?.knowledge !== knowledge) known = { knowledge, words: knownWords(knowledge) };
    return known.words;
  }

  async function record(answer: string, question: RecordedQuestion): Promise<void> {
    questions.set(answer, 'recorded');
    await store.record(question, dayOf(clock.date())).catch(failed);
  }

  return {
    /**
     * A question got its reply. If the bot had no answer, it is recorded at once.
     *
     * @param answer id by which the answer is known when a member says that it did not help
     */
    async answered(answer: string, member: string, reading: Reading, decision: Decision): Promise<void> {
      if (decision.kind === 'acknowledge' || decision.kind === 'silent') return;
      const text = anonymise(reading, currentWords(), (word) => countUse(word, member));
      if (text === '' || questions.get(answer) === 'recorded') return;
      const question = { text, language: decision.language };
      if (decision.kind === 'unknown') await record(answer, { ...question, topic: undefined });
      else questions.set(answer, { ...question, topic: topicColumn(decision.topics) });
    },

    /** An answer did not help. Counts once for each answer, as long as it is remembered. */
    async didNotHelp(answer: string): Promise<void> {
      const question = questions.get(answer);
      if (question !== undefined && question !== 'recorded') await record(answer, question);
    },
  };
}

/** Questions that have not been asked for this long are deleted. */
const DAYS_KEPT = 90;

/** A moment as a day, like 2026-11-23, by universal time. */
function dayOf(milliseconds: number): string {
  return new Date(milliseconds).toISOString().slice(0, 10);
}

/** Forgets what was last asked more than 90 days ago. */
export async function forgetOld(gaps: Storage['gaps'], clock: Clock = systemClock): Promise<void> {
  await gaps.forgetBefore(dayOf(clock.date() - DAYS_KEPT * DAY));
}

/** Forgets what is old now and once a day, recording or not; returns a function that ends it. */
export function forgetOldDaily(gaps: Storage['gaps'], clock: Clock, failed: (error: unknown) => void): () => void {
  const forget = () => void forgetOld(gaps, clock).catch(failed);
  forget();
  return every(DAY, clock, forget);
}

/** So many members who use a word make it one that tells nothing about any of them. */
const MIN_MEMBERS = 3;
/** The least recently used words are forgotten first. */
const MAX_WORDS = 10_000;

/** Counts how many members used a word since the start, by hashes under a key that is only in memory. */
export function wordUse() {
  const key = randomBytes(32);
  const membersByWord = new Map<string, Set<string>>();
  const hash = (text: string) => createHmac('sha256', key).update(text).digest('base64').slice(0, 16);
  /** Counts a use of a word, and says whether at least three members have used it. */
  return (word: string, member: string): boolean => {
    const hashed = hash(word);
    const members = membersByWord.get(hashed) ?? new Set();
    membersByWord.delete(hashed);
    membersByWord.set(hashed, members);
    if (members.size < MIN_MEMBERS) members.add(hash(`${word} ${member}`));
    const [oldest] = membersByWord.keys();
    if (membersByWord.size > MAX_WORDS && oldest !== undefined) membersByWord.delete(oldest);
    return members.size >= MIN_MEMBERS;
  };
}
