import { afterAll, describe, expect, test } from 'vitest';
import { DISCORD_TEXTS } from '../../src/discord/texts.ts';
import { run } from '../cli/run.ts';
import { GUARDED, noPostgres, postgres, stopPostgres } from '../storage/postgres-server.ts';
import { BotProcess, discordOf, KNOWLEDGE_DIR, type Settings, serverOf, settingsFor } from './bot-process.ts';
import type { Discord } from './server/index.ts';

/** A machine: a process with a folder of its own, so that nothing is shared but the database. */
const machine = (discord: Discord, settings: Settings) => new BotProcess({ ...settingsFor(discord), ...settings });

if (noPostgres) console.warn(`Not tested: a bot on several machines. ${noPostgres}.`);
describe.skipIf(noPostgres)('a bot on several machines with one PostgreSQL', () => {
  afterAll(stopPostgres);

  test('connects shard after shard at Discord’s pace, and shares what moderators set', async () => {
    const discord = await discordOf({ maxConcurrency: 1 });
    const servers = [0, 1].map((shard) => serverOf(discord, shard, 2));
    const DATABASE_URL = await (await postgres()).database();
    const start = (part: number) =>
      machine(discord, { DATABASE_URL, SHARD_COUNT: '2', SHARD_IDS: `${part}/2`, MEMBER_QUESTIONS_PER_MINUTE: '0' });
    const bots = [start(0), start(1)];
    await discord.ready;
    await discord.settled();
    expect(discord.identifiedTooSoon).toEqual([]);
    expect(discord.shards).toEqual([0, 1]);
    for (const { open } of servers) await open();
    for (const bot of bots) bot.signal('SIGTERM');
    expect(await Promise.all(bots.map(({ ended }) => ended))).toEqual([0, 0]);
    const alone = machine(discord, { DATABASE_URL });
    await discord.until('it to connect', () => (discord.shards.length === 1 ? true : undefined));
    await alone.says('"connected"');
    for (const { status } of servers) expect(await status()).toMatch(/: \*\*open\*\*/);
  });

  test('answers on while the database is gone, and says that nothing can be set', async () => {
    const discord = await discordOf();
    const { ask, open, status } = serverOf(discord);
    const server = await postgres();
    const bot = machine(discord, { DATABASE_URL: await server.database() });
    await discord.ready;
    await discord.settled();
    await open();
    await server.pause();
    expect((await ask().reply()).content).toContain('Dorfblatt');
    expect(await status()).toMatch(/: \*\*open\*\*/);
    expect((await open()).content).toContain(DISCORD_TEXTS.en.failed);
    await server.resume();
    expect((await open()).content).toMatch(/open/);
    bot.signal('SIGTERM');
    expect(await bot.ended).toBe(0);
    expect(bot.stderr).toBe('');
  });

  test('ends with 0 while the database is gone', async () => {
    const discord = await discordOf();
    const server = await postgres();
    const bot = machine(discord, { DATABASE_URL: await server.database() });
    await discord.ready;
    await discord.settled();
    await server.pause();
    bot.signal('SIGTERM');
    expect(await bot.ended).toBe(0);
    await server.resume();
  });

  test('waits for a database that is not there yet, until it is told to stop', async () => {
    const discord = await discordOf();
    const server = await postgres();
    const DATABASE_URL = await server.database();
    await server.pause();
    const bot = machine(discord, { DATABASE_URL });
    await bot.says('cannot be reached');
    bot.signal('SIGTERM');
    expect(await bot.ended).toBe(0);
    expect(discord.requests).toEqual([]);
    await server.resume();
  });

  test('never shows the password of the database', async () => {
    const discord = await discordOf();
    const server = await postgres();
    const { host, pathname } = new URL(await server.database());
    const DATABASE_URL = `postgres://${GUARDED.user}:not-the-word@${host}${pathname}`;
    const bot = machine(discord, { DATABASE_URL, LOG_LEVEL: 'trace' });
    await bot.failsWith(/refuses the user or the password\. Fix them in DATABASE_URL\.\n$/);
    const shards = machine(discord, { DATABASE_URL, SHARDS: '2', LOG_LEVEL: 'trace' });
    await shards.failsWith(/refuses the user or the password\. Fix them in DATABASE_URL\.\n$/);
    for (const said of [bot, shards]) expect(said.stdout + said.stderr).not.toContain('not-the-word');
  });

  test('shows what was asked in vain from any of them: npm run gaps', async () => {
    const server = await postgres();
    const DATABASE_URL = await server.database();
    const list = () => run('gaps', [], { settings: { KNOWLEDGE_DIR, DATABASE_URL } });
    expect(list()).toMatchObject({ code: 0, stderr: '' });
    await server.pause();
    const { code, stderr } = list();
    await server.resume();
    expect(code).toBe(1);
    expect(stderr).toMatch(/^The PostgreSQL database .+ cannot be reached .+\n$/);
  });
});
