import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { GatewayCloseCodes, PermissionsBitField } from 'discord.js';
import { describe, expect, onTestFinished, test } from 'vitest';
import { COMMANDS } from '../../src/discord/commands.ts';
import { ExpectedError } from '../../src/knowledge/expected-error.ts';
import { TokenRefused } from '../../src/operation/failures.ts';
import type { LogLine } from '../collect-log.ts';
import { FakeClock } from '../fake-clock.ts';
import { openSqlite } from '../storage/open-sqlite.ts';
import { collectLog, connectBot, type Playground, play } from './bot.ts';
import { askedOfAll, EN, REMOVE } from './scene.ts';
import {
  ApplicationDidNotRespond,
  type Channel,
  type Discord,
  type Fault,
  type Person,
  startDiscord,
} from './server/index.ts';

const WARN = 40;
const ERROR = 50;

/** A server with a channel, and somebody who asks there. */
function furnish(discord: Discord) {
  const guild = discord.guild();
  return { guild, general: guild.textChannel('general'), anna: guild.member('Anna') };
}

async function open(...options: Parameters<typeof play>) {
  const playground = await play(...options);
  return { ...playground, ...furnish(playground.discord) };
}

const ask = (discord: Discord, person: Person, channel: Channel) =>
  person.says(channel, `${discord.bot.mention} Was kostet Xiaomi Pay?`);

/** The bot still answers. */
async function goesOn({ discord }: Pick<Playground, 'discord'>): Promise<void> {
  const { general, anna } = furnish(discord);
  expect(await ask(discord, anna, general).reply()).toBeDefined();
}

/** The lines that say what is to be done, all of them one line without a stack trace. */
function remedies(logged: readonly LogLine[]): string[] {
  const said = logged.filter(({ msg }) => msg.includes(' → ')).map(({ msg }) => msg);
  expect(said.filter((line) => line.includes('\n'))).toEqual([]);
  expect(logged.filter(({ level, err, stack }) => level > ERROR || err !== undefined || stack !== undefined)).toEqual(
    [],
  );
  expect(JSON.stringify(logged)).not.toMatch(/\\n\s+at /);
  return said;
}

const puts = ({ requests }: Discord) => requests.filter(({ method }) => method === 'PUT').map(({ path }) => path);

describe('the commands', () => {
  test('are registered at the first start, for all servers', async () => {
    const { discord, logged } = await play();
    expect(discord.commands().map(({ name }) => name)).toEqual(COMMANDS.map(({ name }) => name));
    expect(puts(discord)).toEqual([`/applications/${discord.applicationId}/commands`]);
    expect(logged.map(({ msg }) => msg)).toContain('commands: registered');
  });

  test('of an older version are replaced', async () => {
    const { discord, engine, storage } = await play();
    await put(discord, [{ name: 'old', description: 'Of an older version', type: 1 }]);
    const again = await connectBot({ discord, engine, storage });
    await discord.settled();
    expect(discord.commands().map(({ name }) => name)).toEqual(COMMANDS.map(({ name }) => name));
    await again.stop();
  });

  test('that cannot be registered because the bot is not in DISCORD_GUILD_ID: it says so and goes on', async () => {
    const playground = await play(undefined, { DISCORD_GUILD_ID: '123456789012345678' });
    expect(remedies(playground.logged)).toEqual([
      expect.stringMatching(/the bot is not in the server that DISCORD_GUILD_ID names → invite it/),
    ]);
    await goesOn(playground);
  });

  test.for([
    [500, /Discord could not be reached or failed → .*discordstatus\.com/],
    [400, /^registering the commands: Discord refused it \(PUT \/api\/v10\/applications\/:id\/commands\) → /],
  ] as const)('that cannot be registered because of a %d: it tries again', async ([status, text]) => {
    const clock = new FakeClock();
    const fault = { status, times: status === 500 ? 4 : 1 };
    const playground = await play((discord) => discord.nextResponse('PUT /applications/:id/commands', fault), {
      clock,
    });
    expect(remedies(playground.logged)).toEqual([expect.stringMatching(text)]);
    await goesOn(playground);
    expect(playground.discord.commands()).toEqual([]);
    await clock.advance(1_000);
    await playground.discord.until('the commands', () => playground.discord.commands()[0]);
  });

  test('that are to be registered again do not hold up the end, and the log says nothing about it', async () => {
    const { bot, logged } = await play(
      (discord) => discord.nextResponse('PUT /applications/:id/commands', { status: 400 }),
      { clock: new FakeClock() },
    );
    await bot.stop();
    expect(remedies(logged)).toHaveLength(1);
  });
});

/** Registers other commands than the bot's, as an older version of it would have. */
async function put(discord: Discord, commands: readonly object[]): Promise<void> {
  const response = await fetch(`${discord.api}/v10/applications/${discord.applicationId}/commands`, {
    method: 'PUT',
    headers: {
      Authorization: `Bot ${discord.token}`,
      'Content-Type': 'application/json',
      'User-Agent': 'DiscordBot (https://example.com, 1)',
    },
    body: JSON.stringify(commands),
  });
  expect(response.status).toBe(200);
}

describe('at start', () => {
  test('the invite link is logged, with exactly the permissions that the bot needs', async () => {
    const { discord, logged } = await play();
    const line = logged.find(({ msg }) => msg === 'invite the bot with this link');
    const url = new URL(String(line?.['url']));
    expect(`${url.origin}${url.pathname}`).toBe(`${discord.api}/oauth2/authorize`);
    expect(url.searchParams.get('client_id')).toBe(discord.applicationId);
    expect(url.searchParams.get('scope')?.split(' ').sort()).toEqual(['applications.commands', 'bot']);
    const permissions = new PermissionsBitField(BigInt(url.searchParams.get('permissions') ?? 0));
    expect(permissions.toArray().sort()).toEqual([
      'AddReactions',
      'ReadMessageHistory',
      'SendMessages',
      'SendMessagesInThreads',
      'ViewChannel',
    ]);
  });

  test('nothing is amiss, and nothing is said to be', async () => {
    const { logged } = await play();
    expect(logged.filter(({ level }) => level >= WARN)).toEqual([]);
  });

  test('a token that Discord does not accept ends it', async () => {
    const { discord, engine, storage } = await play();
    const wrong = connectBot({ discord, engine, storage }, { token: 'MTIz.Gwrong.token' });
    await expect(wrong).rejects.toThrow(TokenRefused);
    await expect(wrong).rejects.toThrow(
      /^Discord refused the token\. Copy a new one \(Developer Portal → .+DISCORD_TOKEN\.$/,
    );
  });

  test.for<readonly [string, Fault, RegExp]>([
    ['fails', { status: 502, times: 4 }, /^connecting: Discord could not be reached or failed → /],
    ['breaks off', { breaksOff: 'at once' }, /^connecting: Discord could not be reached or failed → /],
    [
      'is replaced by a login page',
      { html: true, status: 200 },
      /^connecting: Discord’s API answered 200 with text\/html → /,
    ],
    [
      'answers something else',
      { status: 200 },
      /^connecting: .+ GET \/gateway\/bot in another form .+ → check that DISCORD_API/,
    ],
  ])('a Discord that %s is tried again, and the log says in one line why and when', async ([, fault, line]) => {
    const { logged, discord } = await play((fresh) => fresh.nextResponse('GET /gateway/bot', fault));
    expect(remedies(logged)).toEqual([expect.stringMatching(line)]);
    expect(logged).toContainEqual(expect.objectContaining({ attempt: 1, retryInSeconds: 1 }));
    await goesOn({ discord });
  });

  test('a Discord that cannot be reached is tried ever less often, once a minute in the end', async () => {
    const playground = await play();
    const clock = new FakeClock();
    const ending = new AbortController();
    const nowhere = await startDiscord();
    await nowhere.close();
    const starting = connectBot(playground, { DISCORD_API: nowhere.api, clock }, ending.signal);
    for (const seconds of [1, 2, 4, 8, 16, 32, 60, 60]) {
      await expect.poll(() => clock.waits).toEqual([seconds * 1_000]);
      await clock.advance(seconds * 1_000);
    }
    ending.abort();
    await expect(starting).rejects.toThrow();
  });

  test('a Discord that tells where to connect only when the bot is ending is not connected to', async () => {
    const { discord, engine, storage } = await play();
    const asked = () => discord.requests.filter(({ path }) => path.endsWith('/gateway/bot')).length;
    const before = asked();
    discord.nextResponse('GET /gateway/bot', { delayMs: 300 });
    const ending = new AbortController();
    const starting = connectBot({ discord, engine, storage }, {}, ending.signal);
    await discord.until('the question where to connect', () => asked() > before || undefined);
    ending.abort();
    await expect(starting).rejects.toThrow();
    await discord.settled();
    expect(discord.sessions.identified).toBe(1);
  });
});

describe('a refused Message Content Intent', () => {
  const WHAT_IS_OFF =
    /^The Message Content Intent is off: mentions, replies, direct messages and commands are answered, but nothing else, .+ → .+Developer Portal → your application → Bot → Message Content Intent/;

  async function hearsOnlyWhatIsSaidToIt({
    discord,
    channels,
    engine,
  }: Pick<Playground, 'discord' | 'channels' | 'engine'>) {
    const { guild, general, anna } = furnish(discord);
    await channels.set(general.id, guild.id, { mode: 'open', language: undefined });
    const overheard = anna.says(general, askedOfAll(engine, 'fees'));
    expect(await ask(discord, anna, general).reply()).toBeDefined();
    expect(await anna.directMessages('Was kostet Xiaomi Pay?').reply()).toBeDefined();
    const run = await anna.runs('xiaomipay ask', { question: 'What does it cost?' }, { channel: general });
    expect(run.content).toContain('KKJ');
    await discord.settled();
    expect(overheard.replies).toEqual([]);
  }

  test('at start: the bot goes on without, and says what is off and how to change that', async () => {
    const playground = await play((discord) => discord.refuseIntents(['MessageContent']));
    expect(remedies(playground.logged)).toEqual([expect.stringMatching(WHAT_IS_OFF)]);
    await hearsOnlyWhatIsSaidToIt(playground);
  });

  test('later, when an operator has switched it off: the bot goes on without, and says so', async () => {
    const playground = await play();
    const { discord, logged, bot } = playground;
    discord.refuseIntents(['MessageContent']);
    discord.closeGateway(GatewayCloseCodes.DisallowedIntents);
    await discord.until('a second session', () => (discord.sessions.identified === 2 ? true : undefined));
    await discord.settled();
    expect(remedies(logged)).toEqual([expect.stringMatching(WHAT_IS_OFF)]);
    await hearsOnlyWhatIsSaidToIt(playground);
    await bot.stop();
  });

  test('of all intents, which no bot can do without, ends it with what to look up', async () => {
    const { discord, bot } = await play();
    discord.closeGateway(GatewayCloseCodes.InvalidIntents);
    const failure: unknown = await bot.failed.catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(ExpectedError);
    expect(failure).toMatchObject({ message: expect.stringMatching(/with code 4013 \(InvalidIntents\)\. Look it up/) });
  });
});

const MESSAGE = 'POST /channels/:id/messages';
const LIMITED = 'POST /channels/{channel_id}/messages';
const CALLBACK = 'POST /interactions/:id/:token/callback';

describe('a message that cannot be answered', () => {
  test.for([
    ['no permission', { status: 403, code: 50013 }, /^answering: the bot lacks a permission .+ → .+\/xiaomipay status/],
    ['no access', { status: 403, code: 50001 }, /^answering: the bot cannot see this channel → grant .+"View Channel"/],
    ['no history', { status: 400, code: 160002 }, /^answering: .+message history.+ → grant .+"Read Message History"/],
    ['a locked thread', { status: 400, code: 160005 }, /^answering: the thread is locked → nothing to do/],
    ['a message that is gone', { status: 404, code: 10008 }, /^answering: the message is gone → nothing to do/],
    ['a channel that is gone', { status: 404, code: 10003 }, /^answering: the channel is gone → nothing to do/],
    ['a server that is gone', { status: 404, code: 10004 }, /^answering: the server is gone → nothing to do/],
    ['a failure of Discord’s', { status: 500, times: 4 }, /^answering: Discord could not be reached or failed → /],
    ['a proxy that answers HTML', { status: 502, times: 4 }, /^answering: Discord could not be reached or failed → /],
    ['something new', { status: 400, code: 99999 }, /^answering: Discord refused it \(POST \S+\) → .+look the code up/],
  ] as const)('because of %s: one line says why and what to do, and the bot goes on', async ([, fault, text]) => {
    const playground = await open();
    const { discord, general, anna, logged } = playground;
    discord.nextResponse(MESSAGE, fault);
    const asked = ask(discord, anna, general);
    await discord.settled();
    expect(asked.replies).toEqual([]);
    expect(remedies(logged)).toEqual([expect.stringMatching(text)]);
    expect(logged.find(({ msg }) => msg.includes(' → '))).toMatchObject({ channel: general.id, message: asked.id });
    await goesOn(playground);
  });

  test('because the bot may not write there: nothing is sent, one line says so', async () => {
    const playground = await open();
    const { discord, general, anna, logged } = playground;
    general.deny(discord.bot, 'SendMessages');
    ask(discord, anna, general);
    await discord.settled();
    expect(general.fromBot).toEqual([]);
    expect(discord.requests.filter(({ path }) => path.endsWith('/messages'))).toEqual([]);
    expect(remedies(logged)).toEqual([expect.stringContaining('lacks a permission')]);
    await goesOn(playground);
  });

  test('a hundred times: the log warns of what Discord does to who goes on', async () => {
    const { discord, general, guild, logged } = await open(undefined, {
      CHANNEL_ANSWERS_PER_MINUTE: 0,
      client: { rest: { globalRequestsPerSecond: 1_000 } },
    });
    discord.nextResponse(MESSAGE, { status: 403, code: 50001, times: 100 });
    for (let member = 0; member < 100; member++) ask(discord, guild.member(`Member ${member}`), general);
    await discord.settled();
    expect(remedies(logged)).toContainEqual(expect.stringMatching(/^Discord is rejecting many requests → .+ it bans/));
  });

  test('because its channel is deleted at that moment: one line says so', async () => {
    const playground = await open();
    const { discord, general, anna, logged } = playground;
    ask(discord, anna, general);
    general.delete();
    await discord.settled();
    expect(remedies(logged)).toEqual([expect.stringContaining('the channel is gone → nothing to do')]);
    await goesOn(playground);
  });

  test('and is deleted or edited, whose channel is then deleted: nothing is made of it', async () => {
    const playground = await open();
    const { discord, general, anna, logged } = playground;
    discord.nextResponse(MESSAGE, { delayMs: 200, times: 2 });
    const [deleted, edited] = [ask(discord, anna, general), ask(discord, anna, general)];
    const sent = () => discord.requests.filter(({ method, path }) => method === 'POST' && path.endsWith('/messages'));
    await discord.until('both answers on their way', () => sent().length === 2 || undefined);
    anna.deletes(deleted);
    anna.edits(edited, `${discord.bot.mention} Wann startet Xiaomi Pay?`);
    general.delete();
    await discord.settled();
    expect(logged.filter(({ level }) => level >= ERROR)).toEqual([]);
    await goesOn(playground);
  });

  test('because its server removes the bot at that moment: one line says so', async () => {
    const playground = await open();
    const { discord, guild, general, anna, logged } = playground;
    ask(discord, anna, general);
    guild.removeBot();
    await discord.settled();
    expect(remedies(logged)).toHaveLength(1);
    await goesOn(playground);
  });

  test('is answered all the same when it is deleted at that moment, or not at all', async () => {
    const playground = await open();
    const { discord, general, anna, logged } = playground;
    const asked = ask(discord, anna, general);
    anna.deletes(asked);
    await discord.settled();
    expect(general.fromBot).toEqual([]);
    expect(logged.filter(({ level }) => level >= WARN)).toEqual([]);
    await goesOn(playground);
  });

  test('because a member takes no direct messages: one line says so', async () => {
    const playground = await open();
    const { discord, anna, logged } = playground;
    const asked = anna.directMessages('Was kostet Xiaomi Pay?');
    anna.blocksDirectMessages = true;
    await discord.settled();
    expect(asked.replies).toEqual([]);
    expect(remedies(logged)).toEqual([
      expect.stringContaining('takes no direct messages from the bot → nothing to do'),
    ]);
    await goesOn(playground);
  });
});

describe('a rate limit', () => {
  test.for([
    [
      'that Discord tells of in advance',
      { discord: { rateLimits: { [LIMITED]: { requests: 1, perMs: 1_000 } } } },
      undefined,
    ],
    ['of the whole bot', {}, { status: 429, retryAfterMs: 100, global: true }],
  ] as const)(
    '%s is waited for, said in one line with the remedy, and the answers come',
    async ([, options, fault]) => {
      const { discord, general, anna, logged } = await open(undefined, options);
      if (fault) discord.nextResponse(MESSAGE, fault);
      const asked = [ask(discord, anna, general), ask(discord, anna, general)];
      for (const question of asked) await question.reply();
      await discord.settled();
      expect(asked.map(({ replies }) => replies.length)).toEqual([1, 1]);
      const said = remedies(logged);
      expect(said.length).toBeGreaterThan(0);
      for (const line of said)
        expect(line).toMatch(/^rate-limited by Discord, waiting → .*lower MEMBER_QUESTIONS_PER_MINUTE/);
    },
  );

  test('that comes out of the blue is waited for', async () => {
    const { discord, general, anna, logged } = await open();
    discord.nextResponse(MESSAGE, { status: 429, retryAfterMs: 100 });
    const asked = ask(discord, anna, general);
    expect(await asked.reply()).toBeDefined();
    await discord.settled();
    expect(asked.replies).toHaveLength(1);
    remedies(logged);
  });
});

describe('an interaction', () => {
  const question = { question: 'What does it cost?' };

  test('that Discord no longer knows, for lateness, is said in one line with the remedy', async () => {
    const playground = await open(undefined, { discord: { interactionDeadlineMs: 100 } });
    const { discord, general, anna, logged } = playground;
    discord.nextResponse(CALLBACK, { delayMs: 150 });
    await expect(anna.runs('xiaomipay ask', question, { channel: general })).rejects.toThrow(ApplicationDidNotRespond);
    await discord.settled();
    expect(remedies(logged)).toEqual([
      expect.stringMatching(
        /^answering an interaction: the answer came too late .+ → make sure that only one instance/,
      ),
    ]);
    await goesOn(playground);
  });

  test('that another instance has answered is said in one line with the remedy', async () => {
    const playground = await open();
    const { discord, general, anna, logged } = playground;
    discord.nextResponse(CALLBACK, { status: 400, code: 40060, takesEffect: true });
    await anna.runs('xiaomipay ask', question, { channel: general });
    await discord.settled();
    expect(remedies(logged)).toEqual([
      expect.stringMatching(/another instance of the bot answered first → make sure that/),
    ]);
    await goesOn(playground);
  });

  test.for([
    ['500', { status: 500, times: 4 }],
    ['502 with HTML', { status: 502, times: 4 }],
    ['something that Discord refuses', { status: 400, code: 50035 }],
  ] as const)('that fails with %s is apologised for, and said in one line', async ([, fault]) => {
    const playground = await open();
    const { discord, general, anna, logged } = playground;
    discord.nextResponse(CALLBACK, fault);
    const run = await anna.runs('xiaomipay ask', question, { channel: general });
    expect(run.ephemeral).toBe(true);
    expect(run.content).toContain(EN.failed);
    expect(remedies(logged)).toHaveLength(1);
    await goesOn(playground);
  });

  test('whose message is gone is said in one line', async () => {
    const playground = await open();
    const { discord, general, anna, logged } = playground;
    const answer = await ask(discord, anna, general).reply();
    discord.nextResponse('DELETE /webhooks/:id/:token/messages/:id', { status: 404, code: 10008 });
    await anna.clicks(answer, REMOVE);
    await discord.settled();
    expect(remedies(logged)).toEqual([expect.stringContaining('the message is gone → nothing to do')]);
    expect(general.visibleTo(anna).filter(({ ephemeral }) => ephemeral)).toEqual([]);
    await goesOn(playground);
  });

  test('that fails to remove an answer is apologised for in private, and the answer stays as it is', async () => {
    const playground = await open();
    const { discord, general, anna } = playground;
    const answer = await ask(discord, anna, general).reply();
    const { content } = answer;
    discord.nextResponse('DELETE /webhooks/:id/:token/messages/:id', { status: 500, times: 4 });
    await anna.clicks(answer, REMOVE);
    await discord.settled();
    expect([answer.content, answer.deleted]).toEqual([content, false]);
    const [apology] = general.visibleTo(anna).filter(({ content }) => content === EN.failed);
    expect(apology?.ephemeral).toBe(true);
    await goesOn(playground);
  });

  test('that cannot keep what it is to set is apologised for, and the remedy logged', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'operation-'));
    onTestFinished(() => rmSync(folder, { recursive: true }));
    const storage = await openSqlite(folder);
    const { general, guild, logged } = await open(undefined, { channels: storage.channels });
    const mod = guild.member('Mona', { permissions: ['ManageMessages'] });
    await storage.close();
    const run = await mod.runs('xiaomipay channel', { mode: 'open' }, { channel: general });
    expect(run.content).toContain(EN.failed);
    expect(logged.filter(({ level }) => level >= ERROR).map(({ msg }) => msg)).toContainEqual(
      expect.stringMatching(/^answering an interaction: .+bot\.sqlite cannot be used: .+DATA_DIR/),
    );
  });
});

describe('a token that Discord refuses in mid-life', () => {
  test.for([
    ['a message', MESSAGE],
    ['an answer being deleted', 'DELETE /channels/:id/messages/:id'],
  ])('fails the bot, so that it ends: %s', async ([, route = '']) => {
    const { discord, bot, general, anna, logged } = await open();
    discord.nextResponse(route, { status: 401 });
    const asked = ask(discord, anna, general);
    await discord.settled();
    if (!asked.deleted) anna.deletes(asked);
    await expect(bot.failed).rejects.toThrow(TokenRefused);
    await discord.settled();
    remedies(logged);
  });

  test('fails the bot when the connection is refused for it', async () => {
    const { discord, bot } = await play();
    discord.closeGateway(GatewayCloseCodes.AuthenticationFailed);
    await expect(bot.failed).rejects.toThrow(TokenRefused);
  });

  test('is no matter of an interaction that has expired', async () => {
    const playground = await open();
    const { discord, bot, general, anna, logged } = playground;
    const answer = await ask(discord, anna, general).reply();
    discord.nextResponse('DELETE /webhooks/:id/:token/messages/:id', { status: 401, code: 50027 });
    await anna.clicks(answer, REMOVE);
    await discord.settled();
    expect(remedies(logged)).toEqual([expect.stringContaining('the interaction has ended → nothing to do')]);
    await goesOn(playground);
    expect(await Promise.race([bot.failed, 'still running'])).toBe('still running');
  });
});

describe('what moderators have set', () => {
  const OPEN = { mode: 'open', language: 'de' } as const;
  const DEFAULT = { mode: 'mentions', language: undefined };

  async function two() {
    const playground = await open();
    const { discord, guild, general, channels } = playground;
    const other = guild.textChannel('other');
    const elsewhere = discord.guild();
    const far = elsewhere.textChannel('far');
    channels.set(general.id, guild.id, OPEN);
    channels.set(other.id, guild.id, OPEN);
    channels.set(far.id, elsewhere.id, OPEN);
    const settings = async () => {
      await discord.settled();
      return [general, other, far].map(({ id }) => channels.get(id));
    };
    return { ...playground, settings };
  }

  test('in a channel is forgotten when the channel is deleted', async () => {
    const { general, settings } = await two();
    general.delete();
    expect(await settings()).toEqual([DEFAULT, OPEN, OPEN]);
  });

  test.for(['removes the bot', 'is deleted'] as const)('on a server is forgotten when the server %s', async (how) => {
    const { guild, settings } = await two();
    if (how === 'is deleted') guild.delete();
    else guild.removeBot();
    expect(await settings()).toEqual([DEFAULT, DEFAULT, OPEN]);
  });

  test('is kept through an outage of the server', async () => {
    const { guild, settings } = await two();
    guild.becomesUnavailable();
    expect(await settings()).toEqual([OPEN, OPEN, OPEN]);
    guild.returns();
    expect(await settings()).toEqual([OPEN, OPEN, OPEN]);
  });

  test('is forgotten at the start if its server or channel disappeared meanwhile', async () => {
    const playground = await two();
    const { guild, channels, settings } = playground;
    const [goneChannel, goneServer] = ['100000000000000001', '100000000000000002'];
    await channels.set(goneChannel, guild.id, OPEN);
    await channels.set('100000000000000003', goneServer, OPEN);
    const again = await connectBot(playground);
    onTestFinished(() => again.stop());
    await expect.poll(() => channels.get('100000000000000003')).toEqual(DEFAULT);
    expect(channels.get(goneChannel)).toEqual(DEFAULT);
    expect(await settings()).toEqual([OPEN, OPEN, OPEN]);
  });

  test('is kept if another bot, which is on other servers, uses the same database', async () => {
    const playground = await two();
    const { channels, storage } = playground;
    const { logged, log } = collectLog();
    await channels.set('100000000000000003', '100000000000000002', OPEN);
    await storage.notes.set('application', '100000000000000004');
    const again = await connectBot(playground, { log });
    onTestFinished(() => again.stop());
    await expect
      .poll(() => logged.map(({ msg }) => msg))
      .toContainEqual(expect.stringMatching(/belongs to another bot/));
    expect(channels.get('100000000000000003')).toEqual(OPEN);
  });

  test('is forgotten if its channel disappeared while the session was lost', async () => {
    const { discord, guild, channels, settings } = await two();
    await channels.set('100000000000000001', guild.id, OPEN);
    discord.invalidateSession(false);
    await discord.ready;
    await expect.poll(() => channels.get('100000000000000001')).toEqual(DEFAULT);
    expect(await settings()).toEqual([OPEN, OPEN, OPEN]);
  });

  test('is kept when a thread of the channel is deleted', async () => {
    const { general, anna, settings } = await two();
    anna.startsThread(general, 'costs').delete();
    expect(await settings()).toEqual([OPEN, OPEN, OPEN]);
  });

  test('is kept through a lost connection and a new session', async () => {
    const { discord, settings } = await two();
    discord.drop();
    await discord.ready;
    expect(await settings()).toEqual([OPEN, OPEN, OPEN]);
    discord.invalidateSession(false);
    await discord.ready;
    expect(await settings()).toEqual([OPEN, OPEN, OPEN]);
  });
});

test('joining and leaving a server are logged', async () => {
  const { discord, guild, logged } = await open();
  guild.removeBot();
  await discord.settled();
  const lines = logged.filter(({ msg }) => msg.endsWith(' a server'));
  expect(lines).toMatchObject([
    { msg: 'joined a server', guild: guild.id },
    { msg: 'left a server', guild: guild.id },
  ]);
});

test('an event that discord.js can’t read is dropped, and the bot goes on', async () => {
  const playground = await open();
  playground.discord.dispatch('INTERACTION_CREATE', { id: '1', type: 3, message: null });
  await playground.discord.settled();
  expect(remedies(playground.logged)).toEqual([expect.stringMatching(/^an event of Discord’s was dropped/)]);
  await goesOn(playground);
});

describe('stopping', () => {
  test('finishes what is being answered, hears nothing new, and leaves', async () => {
    const { discord, bot, general, anna } = await open();
    discord.nextResponse(MESSAGE, { delayMs: 300 });
    const asked = ask(discord, anna, general);
    await discord.until('the answer on its way', () => (discord.requests.at(-1)?.method === 'POST' ? true : undefined));
    const stopped = bot.stop();
    const late = ask(discord, anna, general);
    await stopped;
    expect(asked.replies).toHaveLength(1);
    expect(late.replies).toEqual([]);
  });

  test('finishes a command that is being answered', async () => {
    const { discord, bot, general, anna } = await open();
    discord.nextResponse(CALLBACK, { delayMs: 300 });
    const run = anna.runs('xiaomipay ask', { question: 'What does it cost?' }, { channel: general });
    await discord.until('the answer on its way', () => (discord.requests.at(-1)?.method === 'POST' ? true : undefined));
    await bot.stop();
    expect((await run).content).toContain('KKJ');
  });

  test('does not wait longer than four seconds for Discord', async () => {
    const clock = new FakeClock();
    const { discord, bot, general, anna } = await open(undefined, { clock });
    discord.nextResponse(MESSAGE, { breaksOff: 'never' });
    ask(discord, anna, general);
    await discord.until('the answer on its way', () => (discord.requests.at(-1)?.method === 'POST' ? true : undefined));
    let hasStopped = false;
    const stopped = bot.stop().then(() => {
      hasStopped = true;
    });
    await clock.advance(3_999);
    expect(hasStopped).toBe(false);
    await clock.advance(1);
    await stopped;
    // The request that has no answer ends.
    await discord.close();
  });

  test('can be asked for twice', async () => {
    const { bot } = await play();
    await Promise.all([bot.stop(), bot.stop()]);
    await bot.stop();
  });
});

test('nothing that is logged contains the token, an interaction’s token, or what anybody wrote', async () => {
  const { discord, general, anna, logged } = await open();
  const SECRET = 'hunter2';
  for (const fault of [
    {},
    { status: 403, code: 50013 },
    { status: 400, code: 50035 },
    { status: 500, times: 4 },
    { status: 502, times: 4 },
    { status: 429 },
  ]) {
    for (const route of [MESSAGE, CALLBACK]) if ('status' in fault) discord.nextResponse(route, fault);
    const asked = anna.says(general, `${discord.bot.mention} Was kostet Xiaomi Pay? ${SECRET}`);
    await anna.runs('xiaomipay ask', { question: `What does it cost? ${SECRET}` }, { channel: general });
    await anna.types('xiaomipay ask', 'question', SECRET, { channel: general });
    await discord.settled();
    anna.edits(asked, `${discord.bot.mention} Wann kommt Xiaomi Pay? ${SECRET}`);
    await discord.settled();
    anna.deletes(asked);
    await discord.settled();
  }
  const text = JSON.stringify(logged);
  expect(logged.length).toBeGreaterThan(10);
  expect(text).not.toContain(SECRET);
  expect(text).not.toContain(discord.token);
  expect(text).not.toContain('kostet');
  // Tokens of interactions, as this Discord writes them.
  expect(text).not.toContain(Buffer.from('interaction:').toString('base64url').slice(0, 12));
  expect(text).not.toContain(general.name);
  expect(text).not.toContain(anna.name);
});
