import type { Reply } from '../engine/engine.ts';
import type { Language } from '../knowledge/knowledge.ts';
import type { Clock } from '../operation/clock.ts';
import type { LiveKnowledge } from '../operation/live-knowledge.ts';
import { TtlCache } from '../operation/ttl-cache.ts';
import type { GapStore } from '../storage/gaps.ts';
import { type Anonymity, anonymise, ordinaryWords } from './anonymise.ts';
import { dayOf } from './retention.ts';

const HOUR = 3_600_000;
/** Who finds an answer unhelpful says so soon. */
const REMEMBERED_FOR = 24 * HOUR;
const MAX_REMEMBERED = 10_000;

/** What an answer of ours answered, without anything that tells who asked. */
interface Answered {
  readonly text: string;
  readonly language: Language;
  readonly topic: string | undefined;
}

/** What depends on the knowledge in use. */
interface Reading {
  readonly version: string;
  readonly anonymity: Anonymity;
}

/**
 * Records questions that got no good answer: those that nothing was known of, those for which none of the topics
 * offered was right, those whose answer did not help. Of a message only the anonymised text is ever kept, in memory too.
 */
export class GapRecorder {
  readonly #store: GapStore;
  readonly #live: LiveKnowledge;
  readonly #givenNames: ReadonlySet<string>;
  readonly #clock: Clock;
  readonly #answered: TtlCache<string, Answered>;
  /** Answers whose question was recorded: an edit of it is no other question. */
  readonly #recorded: TtlCache<string, true>;
  #reading: Reading | undefined;

  constructor(store: GapStore, live: LiveKnowledge, givenNames: ReadonlySet<string>, clock: Clock) {
    this.#store = store;
    this.#live = live;
    this.#givenNames = givenNames;
    this.#clock = clock;
    this.#answered = new TtlCache(REMEMBERED_FOR, MAX_REMEMBERED, clock);
    this.#recorded = new TtlCache(REMEMBERED_FOR, MAX_REMEMBERED, clock);
  }

  /**
   * A question was answered, as well as the bot could.
   *
   * @param answer by which the answer is known later, when somebody says that it did not help
   * @param names of the people around, which are left out
   */
  async answered(answer: string, question: string, names: readonly string[], reply: Reply): Promise<void> {
    const text = anonymise(question, names, this.#current().anonymity);
    if (text === '') return;
    if (reply.outcome === 'unknown') {
      await this.#record(answer, { text, language: reply.language, topic: undefined });
      return;
    }
    const topic = reply.outcome === 'answer' ? reply.topic : reply.suggestions[0]?.topic;
    this.#answered.set(answer, { text, language: reply.language, topic });
  }

  /**
   * An answer did not help. Counts once for each, and only as long as it is remembered.
   *
   * @param topic that it gave; the one that it offered first, where `undefined`
   */
  async didNotHelp(answer: string, topic?: string): Promise<void> {
    const answered = this.#answered.get(answer);
    if (!answered) return;
    this.#answered.delete(answer);
    await this.#record(answer, { ...answered, topic: topic ?? answered.topic });
  }

  async #record(answer: string, question: Answered): Promise<void> {
    if (this.#recorded.get(answer)) return;
    this.#recorded.set(answer, true);
    await this.#store.record(question, dayOf(this.#clock.date()));
  }

  #current(): Reading {
    const { engine } = this.#live;
    const { knowledge } = engine;
    if (this.#reading?.version !== knowledge.version) {
      this.#reading = {
        version: knowledge.version,
        anonymity: { givenNames: this.#givenNames, ordinary: ordinaryWords(knowledge) },
      };
    }
    return this.#reading;
  }
}
