import { Answerer } from './answering/answerer.ts';
import { checkKnowledge } from './judging/check.ts';
import type { Knowledge } from './knowledge/knowledge.ts';
import type { Problem } from './knowledge/problem.ts';

/** What came of loading a folder anew. */
export type Reloaded =
  /** The content is what it was. */
  | { readonly outcome: 'same' }
  | { readonly outcome: 'replaced'; readonly changes: Changes }
  /** The new content has errors: what was known before goes on answering. */
  | { readonly outcome: 'refused'; readonly problems: readonly Problem[] };

/** Ids of topics. */
export interface Changes {
  readonly added: readonly string[];
  readonly removed: readonly string[];
  readonly changed: readonly string[];
  /** Did anything else change: the article, the words, what is elsewhere? */
  readonly rest: boolean;
}

/** A knowledge folder in use: what answers now, and how to take over what its editors have changed. */
export class Library {
  #answerer: Answerer;
  #loadedAt: number;
  #refused: readonly Problem[] = [];

  constructor(answerer: Answerer, now = Date.now()) {
    this.#answerer = answerer;
    this.#loadedAt = now;
  }

  /** Ask for it anew with each question: it is replaced whole, between two questions. */
  get answerer(): Answerer {
    return this.#answerer;
  }

  /** When the current knowledge was loaded, in milliseconds since 1970. */
  get loadedAt(): number {
    return this.#loadedAt;
  }

  /** What is wrong with the folder as it is now, if it was refused; empty if what answers is what the folder holds. */
  get refused(): readonly Problem[] {
    return this.#refused;
  }

  /** Loads the folder anew. Whatever is wrong with it, there is always something that answers. */
  reload(now = Date.now()): Reloaded {
    const before = this.#answerer.knowledge;
    const { knowledge, problems } = checkKnowledge(before.directory, { errorsOnly: true });
    if (!knowledge) {
      this.#refused = problems.filter(({ severity }) => severity === 'error');
      return { outcome: 'refused', problems: this.#refused };
    }
    this.#refused = [];
    if (knowledge.version === before.version) return { outcome: 'same' };
    this.#answerer = new Answerer(knowledge, this.#answerer.defaultLanguage);
    this.#loadedAt = now;
    return { outcome: 'replaced', changes: changesBetween(before, knowledge) };
  }
}

function changesBetween(before: Knowledge, after: Knowledge): Changes {
  const topicsBefore = new Map(before.topics.map((topic) => [topic.id, JSON.stringify(topic)]));
  const topicsAfter = new Map(after.topics.map((topic) => [topic.id, JSON.stringify(topic)]));
  const rest = ({ article, words, elsewhere }: Knowledge) => JSON.stringify([article, words, elsewhere]);
  return {
    added: [...topicsAfter.keys()].filter((id) => !topicsBefore.has(id)),
    removed: [...topicsBefore.keys()].filter((id) => !topicsAfter.has(id)),
    changed: [...topicsAfter]
      .filter(([id, topic]) => topicsBefore.has(id) && topicsBefore.get(id) !== topic)
      .map(([id]) => id),
    rest: rest(before) !== rest(after),
  };
}
