import type { Reply } from '../answering/answerer.ts';
import type { Language } from '../knowledge/knowledge.ts';
import type { Library } from '../library.ts';
import { Recent } from '../recent.ts';
import type { GapStore } from '../storage/gaps.ts';
import { type Anonymity, anonymise, ordinaryWords } from './anonymise.ts';

const HOUR = 3_600_000;
/** Who finds an answer unhelpful says so soon. */
const REMEMBERED_FOR = 24 * HOUR;
const MOST_REMEMBERED = 10_000;

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
  readonly #library: Library;
  readonly #givenNames: ReadonlySet<string>;
  readonly #today: () => string;
  readonly #answered: Recent<string, Answered>;
  /** Answers whose question was recorded: an edit of it is no other question. */
  readonly #recorded: Recent<string, true>;
  #reading: Reading | undefined;

  /**
   * @param today the day, like 2026-11-23, by universal time
   * @param now the time in milliseconds, from a clock that does not jump
   */
  constructor(
    store: GapStore,
    library: Library,
    givenNames: ReadonlySet<string>,
    { today, now }: { readonly today: () => string; readonly now: () => number },
  ) {
    this.#store = store;
    this.#library = library;
    this.#givenNames = givenNames;
    this.#today = today;
    this.#answered = new Recent(REMEMBERED_FOR, MOST_REMEMBERED, now);
    this.#recorded = new Recent(REMEMBERED_FOR, MOST_REMEMBERED, now);
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
    await this.#store.record(question, this.#today());
  }

  #current(): Reading {
    const { answerer } = this.#library;
    const { knowledge } = answerer;
    if (this.#reading?.version !== knowledge.version) {
      this.#reading = {
        version: knowledge.version,
        anonymity: { givenNames: this.#givenNames, ordinary: ordinaryWords(knowledge) },
      };
    }
    return this.#reading;
  }
}
