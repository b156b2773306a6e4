import type { Reading } from '../engine/read.ts';
import { tokensOf } from '../engine/text.ts';
import { type Knowledge, LANGUAGES } from '../knowledge/knowledge.ts';
import { isHiddenWord } from './anonymise.ts';

/** A word in this share of the phrasings says how a member asks, not what for: "wie", "does", "eigentlich". */
const FREQUENT = 0.006;
/** Two questions mean the same if they share at least this much of the words that either has. */
const MIN_SHARED = 0.5;

/** Tells which questions mean the same, by what the engine reads their words as. */
export class Meanings {
  readonly #frequent: ReadonlySet<string>;

  constructor({ topics }: Pick<Knowledge, 'topics'>) {
    const phrasings = topics.flatMap((topic) => LANGUAGES.flatMap((language) => topic[language].phrasings));
    const counts = new Map<string, number>();
    for (const word of phrasings.flatMap((text) => [...new Set(tokensOf(text).map(({ folded }) => folded))])) {
      counts.set(word, (counts.get(word) ?? 0) + 1);
    }
    const most = FREQUENT * phrasings.length;
    this.#frequent = new Set([...counts].filter(([, count]) => count >= most).map(([word]) => word));
  }

  /** The words that a question turns on, typos corrected and synonyms as one. */
  of({ words }: Reading): ReadonlySet<string> {
    const own = words.filter(({ typed }) => !isHiddenWord(typed));
    const telling = own.filter(({ terms: [{ term }], name }) => name !== 'subject' && !this.#frequent.has(term));
    return new Set(
      (telling.length > 0 ? telling : own).map(({ terms, name }) => {
        const synonym = name === undefined ? terms.find(({ kind }) => kind === 'synonym') : undefined;
        return (synonym ?? terms[0]).term;
      }),
    );
  }

  areAlike(one: ReadonlySet<string>, other: ReadonlySet<string>): boolean {
    const shared = [...one].filter((term) => other.has(term)).length;
    return shared >= MIN_SHARED * (one.size + other.size - shared);
  }
}
