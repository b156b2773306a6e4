import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { GatewayCloseCodes } from 'discord.js';
import { describe, expect, test } from 'vitest';
import { temporaryFolder } from '../temporary-folder.ts';
import { BotProcess, discordOf, type Settings, serverOf, settingsFor } from './bot-process.ts';
import type { Discord, DiscordOptions } from './server/index.ts';

/** The bot with so many shards, connected, with a server for each. */
async function sharded(count: number, settings: Settings = {}, options: DiscordOptions = {}) {
  const discord = await discordOf({ maxConcurrency: 16, ...options });
  const servers = Array.from({ length: count }, (_, shard) => serverOf(discord, shard, count));
  const bot = new BotProcess({ ...settingsFor(discord), SHARDS: String(count), ...settings });
  await discord.ready;
  await discord.settled();
  return { discord, servers, bot };
}

/** How often all servers were there; a connection refused before logs “connected again” as well. */
const connections = (bot: BotProcess) => bot.log.filter(({ msg }) => msg === 'connected').length;

const times = (bot: BotProcess, text: string) => bot.log.filter(({ msg }) => msg.startsWith(text)).length;

const requestsTo = ({ requests }: Discord, end: string) =>
  requests.filter(({ path }) => path.endsWith(end)).map(({ method }) => method);

describe('with SHARDS, npm start', () => {
  test('runs all shards: every server is answered once, and SIGTERM ends it with 0', async () => {
    const { discord, servers, bot } = await sharded(3);
    expect(discord.shards).toEqual([0, 1, 2]);
    const asked = servers.map(({ ask }) => ask());
    for (const question of asked) expect((await question.reply()).content).toContain('Dorfblatt');
    await discord.settled();
    expect(asked.map(({ replies }) => replies.length)).toEqual([1, 1, 1]);
    bot.signal('SIGTERM');
    expect(await bot.ended).toBe(0);
    expect(bot.stderr).toBe('');
    expect(bot.log.filter(({ level }) => level > 30)).toEqual([]);
  });

  test('says and does once what is for the whole bot', async () => {
    const { discord, servers, bot } = await sharded(2);
    const dm = servers[0]?.anna.directMessages('Was kostet das Roggenbrot?');
    expect((await dm?.reply())?.content).toContain('Dorfblatt');
    await bot.says('"answered"');
    await discord.settled();
    expect(requestsTo(discord, '/commands')).toEqual(['PUT']);
    const once = ['knowledge loaded', 'invite the bot with this link', 'commands: registered', 'answered'];
    expect(once.map((line) => times(bot, line))).toEqual([1, 1, 1, 1]);
  });

  test('says once that the Message Content Intent is off, and answers without', async () => {
    const discord = await discordOf({ maxConcurrency: 16 });
    discord.refuseIntents(['MessageContent']);
    const { ask } = serverOf(discord, 1, 2);
    const bot = new BotProcess({ ...settingsFor(discord), SHARDS: '2' });
    await discord.ready;
    expect((await ask().reply()).content).toContain('Dorfblatt');
    expect(times(bot, 'The Message Content Intent is off')).toBe(1);
  });

  test('starts as many as Discord recommends with SHARDS=auto', async () => {
    const { discord } = await sharded(2, { SHARDS: 'auto' }, { shards: 2 });
    expect(discord.shards).toEqual([0, 1]);
  });

  test('reads SHARDS from .env as well', async () => {
    const discord = await discordOf({ maxConcurrency: 16 });
    const { ask } = serverOf(discord, 1, 2);
    const folder = temporaryFolder();
    writeFileSync(join(folder, '.env'), 'SHARDS=2\n');
    new BotProcess(settingsFor(discord), folder);
    await discord.ready;
    expect((await ask().reply()).content).toContain('Dorfblatt');
    expect(discord.shards).toEqual([0, 1]);
  });

  test('connects one shard after the other where Discord wants that', async () => {
    const { discord } = await sharded(2, {}, { maxConcurrency: 1 });
    expect(discord.sessions.identified).toBe(2);
    expect(discord.identifiedTooSoon).toEqual([]);
  });

  test('shares what moderators set among all shards, however many there are', async () => {
    const { discord, servers, bot } = await sharded(2);
    for (const { open } of servers) await open();
    bot.signal('SIGTERM');
    await bot.ended;
    const again = new BotProcess(settingsFor(discord), bot.folder);
    await discord.until('it to connect', () => connections(again) === 1 || undefined);
    for (const { status } of servers) expect(await status()).toMatch(/: \*\*open\*\*/);
  });
});

describe('with SHARDS=auto, before Discord has said how many', () => {
  /** The bot, after this many attempts to ask. */
  async function asking(attempts: number) {
    const discord = await discordOf();
    discord.nextResponse('GET /gateway/bot', { status: 500, times: 100 });
    const bot = new BotProcess({ ...settingsFor(discord), SHARDS: 'auto' });
    await bot.says(`"retryInSeconds":${2 ** (attempts - 1)}`);
    return bot;
  }

  test('SIGTERM ends the bot with 0', async () => {
    const bot = await asking(2);
    bot.signal('SIGTERM');
    expect(await bot.ended).toBe(0);
    expect(bot.stderr).toBe('');
  });

  test('SIGHUP doesn’t end it', async () => {
    const bot = await asking(1);
    bot.signal('SIGHUP');
    await bot.says('knowledge: nothing has changed');
    bot.signal('SIGTERM');
    expect(await bot.ended).toBe(0);
  });

  test('a token that is refused ends it with 1 and one message', async () => {
    const discord = await discordOf();
    const bot = new BotProcess({
      ...settingsFor(discord),
      SHARDS: 'auto',
      DISCORD_TOKEN: 'MTIz.Gwrong.token-of-nobody',
    });
    await bot.failsWith(/^Discord refused the token\. Copy a new one \(.+\) into DISCORD_TOKEN\.\n$/);
    expect(discord.requests).toHaveLength(1);
  });
});

test('too few shards end the bot with 1 and one message', async () => {
  const { discord, bot } = await sharded(2);
  discord.closeGateway(GatewayCloseCodes.ShardingRequired);
  await bot.failsWith(/code 4011 \(ShardingRequired\)\. .+: set SHARDS=auto, or raise SHARD_COUNT\.\n$/);
});

describe('with SHARD_IDS and SHARD_COUNT, npm start', () => {
  test('runs some of the shards, and another process with the same data folder the others', async () => {
    const discord = await discordOf({ maxConcurrency: 16 });
    const servers = [0, 1, 2, 3].map((shard) => serverOf(discord, shard, 4));
    const folder = temporaryFolder();
    const bots = ['0-1', '1/2'].map(
      (SHARD_IDS) => new BotProcess({ ...settingsFor(discord), SHARD_COUNT: '4', SHARD_IDS }, folder),
    );
    await discord.ready;
    await discord.settled();
    expect(discord.shards).toEqual([0, 1, 2, 3]);
    const asked = servers.map(({ ask }) => ask());
    for (const question of asked) expect((await question.reply()).content).toContain('Dorfblatt');
    await discord.settled();
    expect(asked.map(({ replies }) => replies.length)).toEqual([1, 1, 1, 1]);
    expect(requestsTo(discord, '/commands')).toEqual(['PUT']);
    for (const bot of bots) {
      bot.signal('SIGTERM');
      expect(await bot.ended).toBe(0);
    }
    expect(bots.map(({ log }) => new Set(log.map(({ shards }) => shards)))).toEqual([
      new Set(['0-1']),
      new Set(['1/2']),
    ]);
    expect(bots.map((bot) => times(bot, 'invite the bot'))).toEqual([1, 0]);
  });

  test('set to nothing in .env, is one process with one shard', async () => {
    const discord = await discordOf();
    const { ask } = serverOf(discord);
    const folder = temporaryFolder();
    writeFileSync(join(folder, '.env'), 'SHARDS=\nSHARD_COUNT=\nSHARD_IDS=\n');
    new BotProcess(settingsFor(discord), folder);
    await discord.ready;
    expect((await ask().reply()).content).toContain('Dorfblatt');
    expect(discord.shards).toEqual([0]);
  });
});
