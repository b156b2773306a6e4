import type { Example } from '../engines/engine.ts';
import { randomFrom, shuffled } from '../random.ts';

const SEED = 2;
const LONGEST = 30;

/**
 * As many examples as asked for: of the real ones every topic its share, and where these are used up, new ones in which
 * each word follows the one before as it does in some real example of the same topic and language.
 */
export function examplesInNumber(count: number, real: readonly Example[]): Example[] {
  const order = shuffled(real, SEED);
  if (count <= order.length) return order.slice(0, count);
  const random = randomFrom(SEED);
  const followers = new Map<Example, ReadonlyMap<string, readonly string[]>>();
  const groups = Map.groupBy(real, ({ label, language }) => `${label} ${language}`);
  for (const group of groups.values()) {
    const follows = followersIn(group);
    for (const example of group) followers.set(example, follows);
  }
  const made = Array.from({ length: count - order.length }, (_, index) => {
    const example = order[index % order.length] as Example;
    return { ...example, text: walk(followers.get(example) ?? new Map(), random) };
  });
  return [...order, ...made];
}

/** Which words follow a word, as often as they do; `''` is the beginning and the end. */
function followersIn(examples: readonly Example[]): ReadonlyMap<string, readonly string[]> {
  const followers = new Map<string, string[]>();
  for (const { text } of examples) {
    let before = '';
    for (const word of [...text.split(/\s+/).filter((word) => word !== ''), '']) {
      const known = followers.get(before);
      if (known) known.push(word);
      else followers.set(before, [word]);
      before = word;
    }
  }
  return followers;
}

function walk(followers: ReadonlyMap<string, readonly string[]>, random: () => number): string {
  const words: string[] = [];
  for (let word = ''; words.length < LONGEST; ) {
    const choices = followers.get(word) ?? [''];
    word = choices[Math.floor(random() * choices.length)] ?? '';
    if (word === '') break;
    words.push(word);
  }
  return words.join(' ');
}
