import { knowledgeOf } from '../../src/evaluation/labelled.ts';
import { type Example, OUT_OF_SCOPE } from './engines/engine.ts';
import { ENGINE_NAMES } from './engines/engines.ts';
import { measure } from './engines/measure.ts';
import { type Material, shippedMaterial } from './material.ts';
import { randomFrom, shuffled } from './random.ts';
import { grouped, micros, type Part, quantile } from './report.ts';

const SIZES = [500, 2_000, 15_000, 60_000];
const MAX_BUILD_MS = 120_000;
const ASK_MS = 20_000;
const SEED = 2;
const MAX_WORDS = 30;

/** What a question costs as a knowledge grows. */
export const growth: Part = async ({ quick, progress }) => {
  const material = shippedMaterial();
  const sizes = quick ? [100, 300] : SIZES;
  const lists = [material.questions.map(({ text }) => text)];
  const asking: string[][] = [];
  const building: string[][] = [];
  for (const engine of ENGINE_NAMES) {
    const [askRow, buildRow]: [string[], string[]] = [[engine], [engine]];
    for (const size of sizes) {
      const job = { engine, data: grown(material, size), lists, askMs: quick ? 500 : ASK_MS };
      const measured = await measure(job, MAX_BUILD_MS, progress);
      const times = (measured?.answers[0] ?? []).map(({ milliseconds }) => milliseconds);
      askRow.push(measured ? [0.5, 0.99].map((share) => micros(quantile(times, share))).join(' / ') : '–');
      buildRow.push(measured ? grouped(measured.buildMs) : 'over 2 minutes');
    }
    asking.push(askRow);
    building.push(buildRow);
  }
  const columns = ['engine', ...sizes.map((size) => `${size.toLocaleString('en-GB')} phrasings`)];
  return [
    { title: 'Growth: µs a question, median / p99', columns, rows: asking },
    { title: 'Growth: ms to build', columns, rows: building },
  ];
};

function grown({ examples, knowledge, language }: Material, size: number) {
  const texts = recombined(size, examples);
  const labelled = texts.map(({ text, label }) => ({ text, topic: label === OUT_OF_SCOPE ? undefined : label }));
  return { examples: texts, knowledge: { ...knowledgeOf(labelled), words: knowledge.words }, language };
}

/**
 * Any number of examples: first the real ones in a random order; then new ones, in which each word follows the one before as it does in some
 * real example of the same topic.
 */
export function recombined(count: number, real: readonly Example[]): Example[] {
  const order = shuffled(real, SEED);
  const random = randomFrom(SEED);
  const followers = new Map<string, string[]>();
  const keyOf = (label: string, word: string) => `${label}\n${word}`;
  for (const { text, label } of real) {
    let key = keyOf(label, '');
    for (const word of [...text.trim().split(/\s+/), '']) {
      const known = followers.get(key);
      if (known) known.push(word);
      else followers.set(key, [word]);
      key = keyOf(label, word);
    }
  }
  const walk = (label: string) => {
    const words: string[] = [];
    for (let word = ''; words.length < MAX_WORDS; words.push(word)) {
      const choices = followers.get(keyOf(label, word)) ?? [''];
      word = choices[Math.floor(random() * choices.length)] ?? '';
      if (word === '') break;
    }
    return words.join(' ');
  };
  return Array.from({ length: count }, (_, index) => {
    const { text, label } = order[index % order.length] ?? { text: '', label: '' };
    return { label, text: index < order.length ? text : walk(label) };
  });
}
