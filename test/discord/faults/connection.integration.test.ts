import { describe, expect, test } from 'vitest';
import type { Discord } from '../server/index.ts';
import { type Load, load } from './load.ts';

// A client comes back after one second, or after up to five where its session is gone.

const POST = 'POST /channels/:id/messages';

/** Resolves when the bot has resumed its session so many times. */
const resumed = (discord: Discord, times: number) =>
  discord.until(`session ${times} to be resumed`, () => discord.sessions.resumed >= times || undefined);

describe('while many ask, a connection that', () => {
  test.for<readonly [string, (load: Load) => void | Promise<void>]>([
    [
      'is cut again and again before HELLO',
      ({ discord }) => {
        discord.cutAt('before HELLO', 2);
        discord.drop();
      },
    ],
    [
      'is cut again and again before its session is resumed',
      ({ discord }) => {
        discord.cutAt('before RESUMED', 2);
        discord.drop();
      },
    ],
    [
      'is cut while answers are on their way',
      async ({ discord, ask }) => {
        discord.nextResponse(POST, { delayMs: 300, times: 8 });
        // With all that is asked, fewer than the 50 requests a second that discord.js itself keeps to.
        ask(4);
        const sent = () =>
          discord.requests.filter(({ method, path }) => method === 'POST' && path.endsWith('/messages'));
        await discord.until('answers on their way', () => sent().length >= 18 || undefined);
        discord.drop();
      },
    ],
    [
      'is asked to reconnect three times in a row',
      async ({ discord, ask }) => {
        for (const times of [1, 2]) {
          discord.requestReconnect();
          ask(4);
          await resumed(discord, times);
        }
        discord.requestReconnect();
      },
    ],
  ])('%s loses and doubles nothing', async ([, strike]) => {
    const playing = await load();
    const { discord, ask } = playing;
    ask(16);
    await strike(playing);
    ask(16);
    await resumed(discord, 1);
    ask(8);
    await playing.expectAllAnsweredOnce();
    expect(discord.sessions.identified).toBe(1);
    expect(playing.warnings()).toEqual([]);
  });

  test('leaves heartbeats without an answer is taken for dead and resumed: nothing is lost or doubled', async () => {
    const playing = await load(undefined, { discord: { heartbeatIntervalMs: 700 } });
    const { discord, ask } = playing;
    ask(16);
    discord.acknowledgesHeartbeats = false;
    await resumed(discord, 1);
    discord.acknowledgesHeartbeats = true;
    ask(16);
    await playing.expectAllAnsweredOnce();
    expect(discord.sessions.identified).toBe(1);
  });

  test.for<readonly [string, (discord: Discord) => void]>([
    ['loses its session, and is cut before it can identify', (discord) => discord.cutAt('before IDENTIFY', 1)],
    ['loses its session, and is cut before READY', (discord) => discord.cutAt('before READY', 1)],
    ['loses its session, and is cut before the first server', (discord) => discord.cutAt('before the first guild', 1)],
  ])('%s begins anew: who asks before and after is answered once', async ([, strike]) => {
    const playing = await load();
    const { discord, ask } = playing;
    ask(16);
    await playing.expectAllAnsweredOnce();
    strike(discord);
    discord.invalidateSession(false);
    await discord.until('a new session', () => discord.sessions.identified >= 2 || undefined);
    await discord.settled();
    ask(16);
    await playing.expectAllAnsweredOnce();
    expect(playing.warnings()).toEqual([]);
  });
});
