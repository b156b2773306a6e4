import { cpSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { describe, expect, onTestFinished, test } from 'vitest';
import { noTerminal, run } from '../cli/run.ts';
import { temporaryFolder } from '../temporary-folder.ts';
import { BotProcess, discordOf, KNOWLEDGE_DIR, type Settings, serverOf, settingsFor } from './bot-process.ts';
import { startDiscord } from './server/index.ts';

/** The bot, connected, in a server with a channel and a member. */
async function connected(settings: Settings = {}) {
  const discord = await discordOf();
  const server = serverOf(discord);
  const bot = new BotProcess({ ...settingsFor(discord), ...settings });
  await discord.ready;
  await discord.settled();
  return { discord, bot, ...server };
}

describe('with a token, npm start', () => {
  test.for(['SIGTERM', 'SIGINT'] as const)('is the bot: it answers, and ends with 0 on %s', async (signal) => {
    const { discord, bot, ask } = await connected();
    const asked = ask();
    expect((await asked.reply()).content).toContain('Dorfblatt');
    bot.signal(signal);
    expect(await bot.ended).toBe(0);
    expect(bot.stderr).toBe('');
    const lines = bot.log.map(({ msg }) => msg);
    expect(lines).toEqual(
      expect.arrayContaining(['knowledge loaded', 'connected', 'invite the bot with this link', 'answered', 'stopped']),
    );
    expect(bot.log.filter(({ level }) => level > 30)).toEqual([]);
    expect(bot.stdout).not.toContain(discord.token);
    expect(bot.stdout).not.toContain('kostet');
  });

  test('takes over changed knowledge by itself and on SIGHUP', async () => {
    const folder = temporaryFolder();
    cpSync(KNOWLEDGE_DIR, folder, { recursive: true });
    const { bot, ask } = await connected({ KNOWLEDGE_DIR: folder });
    const topic = join(folder, 'topics', 'bread.yaml');
    const before = readFileSync(topic, 'utf8');
    writeFileSync(topic, before.replace('kostet laut', 'kostet heute laut'));
    await bot.says('knowledge: replaced');
    expect((await ask().reply()).content).toContain('kostet heute laut Artikel');
    bot.signal('SIGHUP');
    await bot.says('knowledge: nothing has changed');
    bot.signal('SIGTERM');
    expect(await bot.ended).toBe(0);
  });

  test('keeps what moderators set in data/ of its folder, beyond its end', async () => {
    const { discord, open, status, bot } = await connected();
    await open();
    bot.signal('SIGTERM');
    await bot.ended;
    expect(existsSync(join(bot.folder, 'data', 'bot.sqlite'))).toBe(true);
    const again = new BotProcess(settingsFor(discord), bot.folder);
    await discord.ready;
    expect(await status()).toMatch(/: \*\*open\*\*/);
    again.signal('SIGTERM');
    expect(await again.ended).toBe(0);
  });

  test('ends with 0 even while Discord leaves it without an answer', async () => {
    const { discord, bot, ask } = await connected();
    discord.nextResponse('POST /channels/:id/messages', { delayMs: 10_000 });
    ask();
    await discord.until('the answer on its way', () => (discord.requests.at(-1)?.method === 'POST' ? true : undefined));
    bot.signal('SIGTERM');
    expect(await bot.ended).toBe(0);
  });

  test('says nothing at LOG_LEVEL=warn while all is well', async () => {
    const { bot } = await connected({ LOG_LEVEL: 'warn' });
    bot.signal('SIGTERM');
    expect(await bot.ended).toBe(0);
    expect([bot.stdout, bot.stderr]).toEqual(['', '']);
  });

  test.skipIf(noTerminal)('logs for people where a terminal looks on', async () => {
    const discord = await discordOf();
    const bot = new BotProcess({ ...settingsFor(discord), TERM: 'xterm', SHELL: '/bin/sh' }, undefined, 'terminal');
    await bot.says('invite the bot with this link');
    await discord.ready;
    bot.types('\x03');
    expect(await bot.ended).toBe(0);
    const screen = stripVTControlCharacters(bot.stdout);
    expect(screen).toMatch(/\[\d\d:\d\d:\d\d\] INFO: connected\r?\n\s+guilds: 0/);
    expect(screen).toContain('INFO: stopped');
    expect(screen).not.toContain('{"level"');
  });
});

describe('a log that can’t be written', () => {
  /** Nobody reads the other end of this pipe, which is full. */
  const UNREAD = 'mkfifo pipe; sleep 600 <pipe >/dev/null 2>&1 & echo $! >reader; exec >pipe; head -c 65536 /dev/zero;';

  test.for<readonly [string, string]>([
    ['a full disk', 'exec >/dev/full;'],
    ['a pipe that nobody reads', UNREAD],
  ])('stops no answer, and SIGTERM ends the bot: %s', async ([, shell]) => {
    const discord = await discordOf();
    const guild = discord.guild();
    const [general, anna] = [guild.textChannel('general'), guild.member('Anna')];
    const bot = new BotProcess({ ...settingsFor(discord), LOG_LEVEL: 'trace' }, undefined, { shell });
    onTestFinished(() => {
      const reader = join(bot.folder, 'reader');
      if (existsSync(reader)) process.kill(Number(readFileSync(reader, 'utf8')));
    });
    await discord.ready;
    for (const _ of [1, 2]) {
      const asked = anna.says(general, `${discord.bot.mention} Was kostet das Roggenbrot?`);
      expect((await asked.reply()).content).toContain('Dorfblatt');
    }
    bot.signal('SIGTERM');
    expect(await bot.ended).toBe(0);
    expect(bot.stderr).toBe('');
  });

  test('stops no answer either when its reader goes away', async () => {
    const { bot, ask } = await connected();
    bot.stopReading();
    for (const _ of [1, 2]) expect((await ask().reply()).content).toContain('Dorfblatt');
    bot.signal('SIGTERM');
    expect(await bot.ended).toBe(0);
  });
});

describe('SIGHUP', () => {
  test.skipIf(!existsSync('/proc/self/status'))('doesn’t end a bot that is only starting', async () => {
    const discord = await discordOf();
    const bot = new BotProcess(settingsFor(discord));
    const caught = () => /^SigCgt:\s*([0-9a-f]+)$/m.exec(readFileSync(`/proc/${bot.pid}/status`, 'utf8'))?.[1] ?? '0';
    await expect.poll(() => BigInt(`0x${caught()}`) & 1n, { interval: 1 }).toBe(1n);
    bot.signal('SIGHUP');
    await discord.ready;
    bot.signal('SIGTERM');
    expect(await bot.ended).toBe(0);
  });

  test.skipIf(noTerminal)('of a terminal that is closed ends the bot', async () => {
    const discord = await discordOf();
    const settings = { ...settingsFor(discord), TERM: 'xterm', SHELL: '/bin/sh' };
    const bot = new BotProcess(settings, undefined, 'terminal');
    await discord.ready;
    bot.signal('SIGKILL');
    await discord.until('the bot to leave', () => discord.shards.length === 0 || undefined);
  });
});

describe('a token that Discord refuses', () => {
  const REFUSED = /^Discord refused the token\. Copy a new one \(.+\) into DISCORD_TOKEN\.\n$/;

  test('ends it with 1 at start', async () => {
    const discord = await discordOf();
    const token = 'MTIz.Gwrong.token-of-nobody';
    const bot = new BotProcess({ ...settingsFor(discord), DISCORD_TOKEN: token });
    await bot.failsWith(REFUSED);
    expect(bot.stdout + bot.stderr).not.toContain(token);
  });

  test('ends it with 1 in mid-life', async () => {
    const { discord, bot, ask } = await connected();
    discord.nextResponse('POST /channels/:id/messages', { status: 401 });
    ask();
    await bot.failsWith(REFUSED);
    expect(bot.stdout + bot.stderr).not.toContain(discord.token);
  });
});

describe('a Discord that cannot be reached', () => {
  test('is tried again and again, until SIGTERM ends it with 0', async () => {
    const nobody = await startDiscord();
    await nobody.close();
    const bot = new BotProcess(settingsFor(nobody));
    await bot.says('"retryInSeconds":2');
    bot.signal('SIGTERM');
    expect(await bot.ended).toBe(0);
    expect(bot.stderr).toBe('');
    const attempts = bot.log.filter(({ msg }) =>
      msg.startsWith('connecting: Discord could not be reached or failed → '),
    );
    expect(attempts).toMatchObject([{ attempt: 1, cause: expect.stringContaining('ECONNREFUSED') }, { attempt: 2 }]);
    expect(bot.stdout).not.toMatch(/\\n\s+at /);
  });
});

describe('a database that cannot be used', () => {
  test('for damage ends it with 1 and is left byte for byte as it is, in DATA_DIR', async () => {
    const discord = await discordOf();
    const folder = temporaryFolder();
    const file = join(folder, 'elsewhere', 'bot.sqlite');
    mkdirSync(join(folder, 'elsewhere'));
    writeFileSync(file, `SQLite format 3\0${'damaged '.repeat(1_000)}`);
    const before = readFileSync(file);
    const bot = new BotProcess({ ...settingsFor(discord), DATA_DIR: 'elsewhere' }, folder);
    await bot.failsWith(/bot\.sqlite is damaged or not a database\. It was left as it is: restore it from a backup/);
    expect(readFileSync(file).equals(before)).toBe(true);
    expect(discord.requests).toEqual([]);
  });
});

test('with RECORD_QUESTIONS, npm run gaps lists what several members asked and the bot couldn’t answer', async () => {
  const { discord, guild, general, bot } = await connected({ RECORD_QUESTIONS: 'true' });
  for (const name of ['Anna', 'Ben', 'Cem']) {
    await guild.member(name).says(general, `${discord.bot.mention} Sabine asks: zzyyx qwxz vbnm?`).reply();
  }
  await discord.settled();
  bot.signal('SIGTERM');
  expect(await bot.ended).toBe(0);
  const { stdout } = run('gaps', ['--knowledge', KNOWLEDGE_DIR], { folder: bot.folder });
  expect(stdout).toContain('zzyyx qwxz vbnm');
});

describe('with HEALTH_PORT', () => {
  test('it says how it is, and where', async () => {
    const { bot } = await connected({ HEALTH_PORT: '0' });
    const { port } = bot.log.find(({ msg }) => msg.includes('/healthz')) as unknown as { port: number };
    const response = await fetch(`http://127.0.0.1:${port}/healthz`);
    expect(response.status).toBe(200);
    expect(await response.json()).toMatchObject({ well: true, gateway: { connected: true } });
    bot.signal('SIGTERM');
    expect(await bot.ended).toBe(0);
  });
});
