import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Part } from '../part.ts';
import { chatterRates } from './chatter.ts';
import { latencies } from './latency.ts';
import { memoryAtStart, memoryInAnHour } from './memory.ts';
import { readSentences } from './sentences.ts';
import { Subject } from './subject.ts';

/** The whole bot on a Discord of the least kind, beside the least bot that discord.js makes. */
export const part: Part = {
  name: 'discord',
  describes: 'how soon it answers on Discord, how much it ignores, what it keeps in memory',
  run: async ({ quick, progress }) => {
    const sentences = readSentences();
    const dataDirectory = mkdtempSync(join(tmpdir(), 'bench-discord-'));
    try {
      // From here on, the index of the knowledge is prepared.
      await (await Subject.start('bot', { guilds: 1, dataDirectory })).stop();
      const latency = await latencies(sentences, quick ? 100 : 1_000, dataDirectory, progress);
      const chatter = await chatterRates(sentences, quick ? 40_000 : 400_000, dataDirectory, progress);
      const start = await memoryAtStart(quick ? [1, 100] : [1, 500, 2_500], dataDirectory, progress);
      const traffic = quick ? { messages: 18_000, questions: 180 } : { messages: 360_000, questions: 3_600 };
      const hour = await memoryInAnHour(sentences, traffic, dataDirectory, progress);
      return {
        tables: [latency.table, chatter.table, start.table, hour.table],
        plots: [],
        figures: { latency: latency.figures, chatter: chatter.figures, start: start.figures, hour: hour.figures },
      };
    } finally {
      rmSync(dataDirectory, { recursive: true, force: true });
    }
  },
};
