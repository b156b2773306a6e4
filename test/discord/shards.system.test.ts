import { cpSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { GatewayCloseCodes } from 'discord.js';
import { describe, expect, test } from 'vitest';
import { temporaryFolder } from '../temporary-folder.ts';
import { BotProcess, discordOf, KNOWLEDGE_DIR, type Settings, serverOf, settingsFor } from './bot-process.ts';
import type { Discord, DiscordOptions } from './server/index.ts';

/** The bot in so many processes, connected, with a server for each shard. */
async function sharded(count: number, settings: Settings = {}, options: DiscordOptions = {}) {
  const discord = await discordOf({ maxConcurrency: 16, ...options });
  const servers = Array.from({ length: count }, (_, shard) => serverOf(discord, shard, count));
  const bot = new BotProcess({ ...settingsFor(discord), SHARDS: String(count), ...settings });
  await discord.ready;
  await discord.settled();
  return { discord, servers, bot };
}

/** The process of each shard that was started, the latest ones too. */
function processesOf({ log }: BotProcess, shard?: number): number[] {
  return log
    .filter(({ msg, ...line }) => msg === 'shard started' && (shard === undefined || line['shard'] === shard))
    .map(({ pid }) => Number(pid));
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

/** How often all servers were there; a connection refused before logs “connected again” as well. */
const connections = (bot: BotProcess) => bot.log.filter(({ msg }) => msg === 'connected').length;

const times = (bot: BotProcess, text: string) => bot.log.filter(({ msg }) => msg.startsWith(text)).length;

const requestsTo = ({ requests }: Discord, end: string) =>
  requests.filter(({ path }) => path.endsWith(end)).map(({ method }) => method);

describe('with SHARDS, npm start', () => {
  test('runs a process for each shard: every server is answered once, and all end with 0 on SIGTERM', async () => {
    const { discord, servers, bot } = await sharded(3);
    expect(discord.shards).toEqual([0, 1, 2]);
    const asked = servers.map(({ ask }) => ask());
    for (const question of asked) expect((await question.reply()).content).toContain('Dorfblatt');
    await discord.settled();
    expect(asked.map(({ replies }) => replies.length)).toEqual([1, 1, 1]);
    bot.signal('SIGTERM');
    expect(await bot.ended).toBe(0);
    expect(bot.stderr).toBe('');
    expect(processesOf(bot).filter(isRunning)).toEqual([]);
    for (const said of ['connected', 'answered', 'stopped']) {
      const by = bot.log.filter(({ msg }) => msg === said).map(({ shard }) => shard);
      expect(by.sort()).toEqual([0, 1, 2]);
    }
    expect(bot.log.filter(({ level }) => level > 30)).toEqual([]);
    expect(bot.stdout).not.toContain(discord.token);
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
    const { discord, bot } = await sharded(2, { SHARDS: 'auto' }, { shards: 2 });
    expect(discord.shards).toEqual([0, 1]);
    expect(processesOf(bot)).toHaveLength(2);
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

  test.skipIf(!existsSync('/proc'))('shows no secret among the processes of the machine', async () => {
    const { discord, bot } = await sharded(2);
    const commands = [bot.pid, ...processesOf(bot)].map((pid) => readFileSync(`/proc/${pid}/cmdline`, 'utf8'));
    expect(commands).toHaveLength(3);
    for (const command of commands) {
      expect(command).toContain('node');
      expect(command).not.toContain(discord.token);
    }
  });

  test('takes over changed knowledge in every shard, by itself and on SIGHUP', async () => {
    const folder = temporaryFolder();
    cpSync(KNOWLEDGE_DIR, folder, { recursive: true });
    const { discord, servers, bot } = await sharded(2, { KNOWLEDGE_DIR: folder });
    const topic = join(folder, 'topics', 'bread.yaml');
    writeFileSync(topic, readFileSync(topic, 'utf8').replace('kostet laut', 'kostet heute laut'));
    await discord.until('both to notice', () => times(bot, 'knowledge: replaced') === 2 || undefined);
    for (const { ask } of servers) expect((await ask().reply()).content).toContain('kostet heute laut Artikel');
    bot.signal('SIGHUP');
    await discord.until('both to look', () => times(bot, 'knowledge: nothing has changed') === 2 || undefined);
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

describe('the shards of a bot that stops', () => {
  test.for([
    ['tells them alone', (bot: BotProcess) => bot.signal('SIGTERM')],
    [
      'tells every process at once, as a terminal and systemd do',
      (bot: BotProcess) => {
        for (const pid of processesOf(bot)) process.kill(pid, 'SIGTERM');
        bot.signal('SIGTERM');
        for (const pid of processesOf(bot)) process.kill(pid, 'SIGTERM');
      },
    ],
  ] as const)('finish what they are answering: who stops it %s', async ([, stop]) => {
    const { discord, servers, bot } = await sharded(2);
    discord.nextResponse('POST /channels/:id/messages', { delayMs: 700, times: 2 });
    const asked = servers.map(({ ask }) => ask());
    const sent = () => discord.requests.filter(({ path, method }) => method === 'POST' && path.endsWith('/messages'));
    await discord.until('both answers on their way', () => sent().length === 2 || undefined);
    stop(bot);
    expect(await bot.ended).toBe(0);
    expect(asked.map(({ replies }) => replies.length)).toEqual([1, 1]);
    expect(times(bot, 'stopped')).toBe(2);
    expect(bot.log.at(-1)?.msg).toBe('all shards stopped');
  });

  test('end too when it is killed', async () => {
    const { discord, bot } = await sharded(2);
    const processes = processesOf(bot);
    bot.signal('SIGKILL');
    await discord.until('them to end', () => (processes.some(isRunning) ? undefined : true));
  });

  test('end while Discord cannot be reached', async () => {
    const discord = await discordOf();
    discord.nextResponse('GET /gateway/bot', { status: 500, times: 100 });
    const bot = new BotProcess({ ...settingsFor(discord), SHARDS: '2' });
    await bot.says('"retryInSeconds":2');
    bot.signal('SIGTERM');
    expect(await bot.ended).toBe(0);
    expect(bot.stderr).toBe('');
  });
});

describe('a shard that ends by itself', () => {
  test('is started again, and the others go on', async () => {
    const { discord, servers, bot } = await sharded(2);
    const [, second] = servers;
    process.kill(processesOf(bot, 1)[0] ?? 0, 'SIGKILL');
    await discord.until('it to connect again', () => connections(bot) === 3 || undefined);
    for (const { ask } of servers) expect((await ask().reply()).content).toContain('Dorfblatt');
    expect(second?.general.fromBot).toHaveLength(1);
    expect(times(bot, 'a shard exited')).toBe(1);
    expect([processesOf(bot, 0).length, processesOf(bot, 1).length]).toEqual([1, 2]);
    bot.signal('SIGTERM');
    expect(await bot.ended).toBe(0);
  });
});

test('asked to reload before there are shards, the bot goes on', async () => {
  const discord = await discordOf();
  discord.nextResponse('GET /gateway/bot', { status: 500, times: 100 });
  const bot = new BotProcess({ ...settingsFor(discord), SHARDS: '2' });
  await bot.says('"retryInSeconds":1');
  bot.signal('SIGHUP');
  await bot.says('"retryInSeconds":2');
  bot.signal('SIGTERM');
  expect(await bot.ended).toBe(0);
});

describe('what holds for all shards ends the bot with 1 and one message', () => {
  const REFUSED = /^Discord refused the token\. Copy a new one \(.+\) into DISCORD_TOKEN\.\n$/;

  test('a token that is refused at start', async () => {
    const discord = await discordOf();
    const bot = new BotProcess({ ...settingsFor(discord), SHARDS: '2', DISCORD_TOKEN: 'MTIz.Gwrong.token-of-nobody' });
    await bot.failsWith(REFUSED);
    expect(discord.requests).toHaveLength(1);
  });

  test('a token that is refused in mid-life', async () => {
    const { discord, servers, bot } = await sharded(3);
    discord.nextResponse('POST /channels/:id/messages', { status: 401, times: 3 });
    for (const { ask } of servers) ask();
    await bot.failsWith(REFUSED);
    expect(processesOf(bot).filter(isRunning)).toEqual([]);
  });

  test('too few shards', async () => {
    const { discord, bot } = await sharded(2);
    discord.closeGateway(GatewayCloseCodes.ShardingRequired);
    await bot.failsWith(/code 4011 \(ShardingRequired\)\. .+: set SHARDS=auto, or raise SHARD_COUNT\.\n$/);
  });

  test('knowledge with errors', async () => {
    const discord = await discordOf();
    const bot = new BotProcess({ ...settingsFor(discord), SHARDS: '2', KNOWLEDGE_DIR: '/no/such/folder' });
    expect(await bot.ended).toBe(1);
    expect(bot.stderr.match(/The knowledge has errors:/g)).toHaveLength(1);
  });

  test('a HEALTH_PORT that leaves no room for all of them', async () => {
    const discord = await discordOf();
    const bot = new BotProcess({ ...settingsFor(discord), SHARDS: '3', HEALTH_PORT: '65534' });
    await bot.failsWith(/^HEALTH_PORT leaves no room for 3 shards, .+: choose one up to 65533; found 65534\.\n$/);
  });

  test('a database that cannot be used', async () => {
    const discord = await discordOf();
    const folder = temporaryFolder();
    writeFileSync(join(folder, 'data'), '');
    const bot = new BotProcess({ ...settingsFor(discord), SHARDS: '2' }, folder);
    await bot.failsWith(/bot\.sqlite cannot be used: .+\. Check its folder, or set DATA_DIR to another one\.$/m);
  });
});

describe('with SHARD_IDS and SHARD_COUNT, npm start', () => {
  test('runs some of the shards, and another process on another machine the others', async () => {
    const discord = await discordOf({ maxConcurrency: 16 });
    const servers = [0, 1, 2, 3].map((shard) => serverOf(discord, shard, 4));
    const bots = ['0-1', '1/2'].map(
      (SHARD_IDS) => new BotProcess({ ...settingsFor(discord), SHARD_COUNT: '4', SHARD_IDS }),
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
      new Set(['0,1']),
      new Set(['2,3']),
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
