/* The bot that memory.ts measures, in a process of its own. */
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Options } from 'discord.js';
import { pino } from 'pino';
import { Answerer } from '../../src/answering/answerer.ts';
import { startBot } from '../../src/discord/bot.ts';
import { loadKnowledge } from '../../src/knowledge/load.ts';
import { Library } from '../../src/library.ts';
import { openSqlite } from '../../src/storage/sqlite.ts';

const { knowledge } = loadKnowledge(fileURLToPath(new URL('../bakery', import.meta.url)));
if (!knowledge) throw new Error('The small knowledge has errors.');
const storage = openSqlite(mkdtempSync(join(tmpdir(), 'memory-')));
/** What discord.js does where nobody tells it otherwise. */
const untouched = {
  makeCache: Options.cacheWithLimits(Options.DefaultMakeCacheSettings),
  sweepers: Options.DefaultSweeperSettings,
};

process.on('message', async () => {
  // What waits for the next turn is let go too.
  for (let turn = 0; turn < 5; turn++) {
    await new Promise((resolve) => setTimeout(resolve, 50));
    globalThis.gc?.();
  }
  const { heapUsed, rss } = process.memoryUsage();
  const megabytes = (bytes: number) => Math.round(bytes / 2 ** 20);
  process.send?.({ heapMb: megabytes(heapUsed), rssMb: megabytes(rss) });
});

await startBot({
  token: process.env['TOKEN'] ?? '',
  api: process.env['API'] ?? '',
  guildId: undefined,
  library: new Library(new Answerer(knowledge, 'de')),
  channels: storage.channels,
  gaps: storage.gaps,
  recorder: undefined,
  log: pino({ level: 'fatal' }),
  memberQuestionsPerMinute: 10,
  channelAnswersPerMinute: 30,
  ...(process.env['CACHES'] === 'discord.js' ? { client: untouched } : {}),
});
