import { describe, expect, test } from 'vitest';
import { FakeClock } from '../fake-clock.ts';
import { connectedClient } from './connected-client.ts';

const AGAIN = 'connected again, with a new session → nothing to do';
const RESUMED = 'connected again, session resumed → nothing to do';
const FAILING =
  /^connecting: no connection to Discord’s gateway \(.+\) → nothing to do if it passes; if it goes on, see /;

describe('an event that discord.js can’t read', () => {
  test.for<readonly [string, unknown]>([
    ['INTERACTION_CREATE', { id: '1', type: 3, data: { component_type: 2 } }],
    ['INTERACTION_CREATE', null],
    ['MESSAGE_CREATE', null],
    ['THREAD_CREATE', null],
    ['GUILD_CREATE', { id: '1', channels: 3 }],
    ['GUILD_MEMBER_UPDATE', { guild_id: 7, user: null }],
  ])('is dropped, counted and logged by type: %s', async ([type, data]) => {
    const { discord, login, lines, counts, goesOn } = await connectedClient();
    await login();
    discord.dispatch(type, data);
    await discord.settled();
    await goesOn();
    expect(counts).toEqual([type]);
    expect(lines).toEqual([
      expect.objectContaining({ type, count: 1, error: 'TypeError', at: expect.stringContaining('discord.js/src/') }),
    ]);
    expect(discord.sessions.identified).toBe(1);
  });

  test('takes a handful of lines, however often it comes', async () => {
    const { discord, login, lines, counts } = await connectedClient();
    await login();
    for (let nth = 0; nth < 100; nth++) discord.dispatch('MESSAGE_CREATE', null);
    await discord.settled();
    expect(counts).toHaveLength(100);
    expect(lines.map(({ count }) => count)).toEqual([1, 2, 4, 8, 16, 32, 64]);
  });

  test('and whose type is none of Discord’s is counted among all such', async () => {
    const { discord, login, lines, counts, goesOn } = await connectedClient();
    await login();
    discord.dispatch('error', { message: 'not listened for' });
    await discord.settled();
    await goesOn();
    expect(counts).toEqual(['unknown']);
    expect(JSON.stringify(lines)).not.toContain('listened');
  });

  test.for<readonly [string, object]>([
    ['an invalid session that doesn’t say whether it can be resumed', { op: 9 }],
    ['READY without a session', { op: 0, t: 'READY', s: 99, d: null }],
    [
      'READY without servers',
      { op: 0, t: 'READY', s: 99, d: { session_id: 'x', resume_gateway_url: 'x', guilds: null } },
    ],
    ['HELLO without an interval', { op: 10 }],
  ])('and without which there is no connection leads to a new one: %s', async ([, payload]) => {
    const { discord, login, said, goesOn } = await connectedClient();
    await login();
    discord.sendRaw(payload);
    await expect.poll(() => discord.sessions.identified).toBe(2);
    await goesOn();
    expect(said()).toContain('connection lost (an unreadable message), reconnecting → nothing to do');
    expect(said()).toContain(AGAIN);
  });

  test('and that is the first READY doesn’t keep the client from starting', async () => {
    const { discord, login, goesOn } = await connectedClient();
    discord.alterEvents = (name, data) => {
      if (name !== 'READY') return data;
      discord.alterEvents = undefined;
      return { ...(data as object), user: null };
    };
    await login();
    await goesOn();
  });
});

describe('an outage', () => {
  test('is logged with its cause, and in one line when it is over', async () => {
    const { discord, login, lines, said, goesOn } = await connectedClient();
    await login();
    discord.refuseGateway(4);
    discord.drop();
    await goesOn();
    expect(said()).toEqual([
      'connection lost (code 1006), reconnecting → nothing to do',
      expect.stringMatching(FAILING),
      expect.stringMatching(FAILING),
      expect.stringContaining('the session can’t be resumed, opening a new one'),
      AGAIN,
    ]);
    expect(said()[1]).toContain('(Unexpected server response: 503)');
    expect(lines.at(-1)).toMatchObject({ awaySeconds: expect.any(Number), level: 40 });
  });

  test('is bridged ever less often, once every thirty seconds in the end, in a handful of lines', async () => {
    const clock = new FakeClock();
    const { discord, login, lines } = await connectedClient({}, clock);
    await login();
    discord.refuseGateway();
    discord.drop();
    for (const seconds of [1, 2, 4, 16, 30, 30, 30, 30, 30, 30, 30, 30]) {
      await expect.poll(() => clock.waits).toEqual([seconds * 1_000]);
      await clock.advance(seconds * 1_000);
    }
    await expect.poll(() => clock.waits).toEqual([30_000]);
    expect(lines.map(({ attempt }) => attempt)).toEqual([undefined, 2, 4, undefined, 8]);
  });

  test('that begins before the first connection is retried as well', async () => {
    const { discord, login, said, goesOn } = await connectedClient();
    discord.refuseGateway(2);
    await login();
    await goesOn();
    expect(said()).toEqual([expect.stringMatching(FAILING), expect.stringMatching(FAILING), AGAIN]);
  });

  test.for<readonly [string, string]>([
    ['no longer resolves', 'ws://gateway.invalid'],
    ['nobody listens at', 'ws://127.0.0.1:9'],
    ['is none', 'resume here'],
  ])('whose address for resuming %s ends with a new session, and the log says why', async ([, url]) => {
    const { discord, login, said, goesOn } = await connectedClient();
    discord.resumeUrl = url;
    await login();
    discord.drop();
    await expect.poll(() => discord.sessions.identified).toBe(2);
    await goesOn();
    expect(said().length).toBeLessThan(8);
    expect(said().join('\n')).toMatch(
      /ENOTFOUND|EAI_AGAIN|ECONNREFUSED|address can’t be used|new one is opened|opening a new one/,
    );
    expect(said().at(-1)).toBe(AGAIN);
  });

  test('whose connections break before they are set up ends with the session resumed', async () => {
    const { discord, login, said, goesOn } = await connectedClient();
    await login();
    discord.cutAt('before RESUMED', 2);
    discord.drop();
    await goesOn();
    expect(discord.sessions).toEqual({ identified: 1, resumed: 1 });
    expect(said().at(-1)).toBe(RESUMED);
  });

  test('after which RESUME stays unanswered ends with a new session, a few minutes later', async () => {
    const clock = new FakeClock();
    const { discord, login, said } = await connectedClient({}, clock);
    await login();
    discord.ignoresResume = true;
    discord.drop();
    for (let attempt = 0; attempt < 4; attempt++) {
      await expect.poll(() => clock.waits.includes(60_000), { timeout: 10_000 }).toBe(true);
      await clock.advance(60_000);
      await expect.poll(() => discord.sessions.identified === 2 || clock.waits.length > 0).toBe(true);
      await clock.advance(30_000);
    }
    await expect.poll(() => discord.sessions.identified).toBe(2);
    await expect.poll(said).toContain(AGAIN);
  });

  test('that Discord asks for is logged as such', async () => {
    const { discord, login, said, goesOn } = await connectedClient();
    await login();
    discord.requestReconnect();
    await goesOn();
    expect(said()).toEqual(['connection lost (Told to reconnect by Discord), reconnecting → nothing to do', RESUMED]);
  });

  test('isn’t bridged by a client that was destroyed meanwhile', async () => {
    const { discord, login, client, said } = await connectedClient();
    await login();
    discord.refuseGateway(2);
    discord.drop();
    await expect.poll(said).toHaveLength(2);
    await client.destroy();
    await new Promise((resolve) => setTimeout(resolve, 2_000));
    expect([discord.sessions.identified, discord.sessions.resumed]).toEqual([1, 0]);
  });
});

test('a client whose sessions are used up doesn’t connect, and says until when', async () => {
  const { client, discord } = await connectedClient({ sessionsLeft: 0 });
  const login = client.login(discord.token);
  await expect(login).rejects.toThrow(/^Not enough sessions remaining .+ resets at \d{4}-\d\d-\d\dT/);
});
