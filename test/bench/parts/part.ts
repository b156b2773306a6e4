import { compete } from '../contest.ts';
import { ALTERATIONS, type AlterationName } from '../engines/alterations.ts';
import { bot, type Contestant } from '../engines/contestants.ts';
import { grouped, micros, percent } from '../format.ts';
import { shipped } from '../material.ts';
import type { Part } from '../part.ts';

/** What each part gives: the same figures without it. */
export const part: Part = {
  name: 'parts',
  describes: 'what Fuse.js, word pairs, synonyms, refinement and the rest each give',
  run: async (surroundings) => {
    const material = shipped();
    const whole = bot(material.words);
    const contestants: Contestant[] = [
      whole,
      { ...bot({ ...material.words, synonyms: [] }), name: 'without synonyms' },
      ...Object.keys(ALTERATIONS).map(
        (name): Contestant => ({
          name,
          setting: { engine: 'bot', options: { words: material.words }, alteration: name as AlterationName },
        }),
      ),
    ];
    const results = [];
    for (const contestant of contestants) {
      const result = await compete(contestant, material, surroundings);
      if (result) results.push(result);
    }
    return {
      tables: [
        {
          title: 'What each part gives, on the shipped knowledge',
          columns: [
            'this bot',
            'first topic right',
            'in scope right',
            'out of scope refused',
            'all judged right',
            'median µs',
            'p99 µs',
            'build ms',
            'memory MB',
          ],
          rows: results.map(({ name, figures, buildMs, heapMb }) => [
            name === whole.name ? 'whole' : name,
            percent(figures.accuracy),
            percent(figures.inScopeRight),
            percent(figures.oosRefused),
            percent(figures.joint),
            micros(figures.medianMs),
            micros(figures.p99Ms),
            grouped(buildMs),
            Math.max(0, heapMb).toFixed(1),
          ]),
        },
      ],
      plots: [],
      figures: results,
    };
  },
};
