import { afterEach, describe, expect, test, vi } from 'vitest';
import { load } from './load.ts';

const HOUR = 3_600_000;

// Of all clocks, the one that people and time servers set.
afterEach(() => {
  vi.useRealTimers();
});

describe('while many ask, a clock that is set', () => {
  test.for([
    ['a day forward', 24 * HOUR],
    ['an hour back', -HOUR],
    ['ten years back', -10 * 365 * 24 * HOUR],
  ] as const)('%s loses and doubles nothing: what is said is answered and deleted as before', async ([, by]) => {
    const playing = await load();
    const { discord, ask, anna, general } = playing;
    ask(16);
    await playing.expectAllAnsweredOnce();
    const asked = anna.says(general, `${discord.bot.mention} was kostet Xiaomi Pay?`);
    const reply = await asked.reply();
    vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + by });
    ask(16);
    await playing.expectAllAnsweredOnce();
    anna.deletes(asked);
    await reply.gone();
    await discord.settled();
    expect(playing.warnings()).toEqual([]);
  });
});
