import { describe, expect, test } from 'vitest';
import { ANSWERS } from '../scene.ts';
import type { Fault } from '../server/index.ts';
import { load, ownFailures } from './load.ts';

/** After which discord.js takes a request for lost, in milliseconds; it tries four times. */
const TIMEOUT = 2_000;

const POST = 'POST /channels/:id/messages';
const UNREACHABLE =
  /^answering: Discord could not be reached or failed → nothing to do if it passes; if it goes on, see https/;

describe('while many ask, a Discord that', () => {
  test.for<readonly [string, Fault]>([
    ['limits the route', { status: 429, retryAfterMs: 300, times: 5 }],
    ['limits the whole bot', { status: 429, global: true, retryAfterMs: 300, times: 2 }],
    ['fails with 500', { status: 500, times: 3 }],
    ['fails with 500 after it has posted the answer', { status: 500, takesEffect: true, times: 3 }],
    ['answers 502 with HTML', { status: 502, times: 3 }],
    ['answers 503 after it has posted the answer', { status: 503, takesEffect: true, times: 3 }],
    ['cuts the line instead of answering', { breaksOff: 'at once', times: 3 }],
    ['cuts the line after it has posted the answer', { breaksOff: 'at once', takesEffect: true, times: 3 }],
    ['ends in the middle of its answer', { breaksOff: 'half-way', times: 3 }],
    ['ends in the middle of its answer after it has posted', { breaksOff: 'half-way', takesEffect: true, times: 3 }],
    ['leaves requests without an answer', { breaksOff: 'never', times: 3 }],
    ['leaves requests without an answer after it has posted', { breaksOff: 'never', takesEffect: true, times: 3 }],
  ])('%s has everybody answered once all the same', async ([, fault]) => {
    const playing = await load(undefined, { client: { rest: { timeout: TIMEOUT } } });
    const { discord, ask } = playing;
    discord.nextResponse(POST, fault);
    ask(24);
    await playing.expectAllAnsweredOnce();
  });

  test.for<readonly [string, Fault, number]>([
    ['cuts the line again and again', { breaksOff: 'at once' }, 2],
    ['fails with 500 again and again', { status: 500 }, 4],
    ['is never heard of again', { breaksOff: 'never' }, 4],
  ])('%s leaves one question unanswered, says so, and answers all others once', async ([, fault, times]) => {
    const playing = await load(undefined, { client: { rest: { timeout: TIMEOUT } } });
    const { discord, ask, asked } = playing;
    // One question by itself: all attempts of one request fail.
    discord.nextResponse(POST, { ...fault, times });
    const [lost] = ask(1);
    await discord.until('the failure to be said', () => playing.warnings()[0]);
    ask(23);
    const answered = () => asked.slice(1).every(({ message }) => message.replies.length > 0);
    await discord.until('all others to be answered', () => answered() || undefined);
    expect(lost?.message.replies).toEqual([]);
    expect(asked.slice(1).map(({ message }) => message.replies.length)).toEqual(asked.slice(1).map(() => 1));
    expect(playing.warnings()).toEqual([expect.stringMatching(UNREACHABLE)]);
    expect(ownFailures(playing.logged)).toEqual([]);
  });
});

describe('whose question is edited, then deleted, while the line breaks', () => {
  test.for<readonly [string, Fault]>([
    ['before Discord has the request', { breaksOff: 'at once' }],
    ['after Discord has the request', { breaksOff: 'at once', takesEffect: true }],
  ])('%s: the answer follows', async ([, fault]) => {
    const { discord, general, anna } = await load();
    const asked = anna.says(general, `${discord.bot.mention} was kostet Xiaomi Pay?`);
    const reply = await asked.reply();
    discord.nextResponse('PATCH /channels/:id/messages/:id', fault);
    anna.edits(asked, `${discord.bot.mention} wann startet Xiaomi Pay?`);
    await discord.settled();
    expect(reply.content).toContain(ANSWERS.launch.de);
    discord.nextResponse('DELETE /channels/:id/messages/:id', fault);
    anna.deletes(asked);
    await discord.settled();
    expect(general.fromBot).toEqual([]);
  });
});

describe('who runs a command while the line breaks', () => {
  const CALLBACK = 'POST /interactions/:id/:token/callback';

  test.for<readonly [string, Fault, string]>([
    ['before Discord has the answer: is told to try again', { breaksOff: 'at once' }, 'Da ist etwas schiefgegangen.'],
    ['after Discord has the answer: sees it', { breaksOff: 'at once', takesEffect: true }, ANSWERS.cost.de],
    [
      'in the middle of what Discord says: sees the answer',
      { breaksOff: 'half-way', takesEffect: true },
      ANSWERS.cost.de,
    ],
  ])('%s', async ([, fault, shown]) => {
    const { discord, general, anna } = await load();
    discord.nextResponse(CALLBACK, fault);
    const run = await anna.runs('xiaomipay ask', { question: 'was kostet Xiaomi Pay?' }, { channel: general });
    await discord.settled();
    expect([run.ephemeral, run.followUps.length]).toEqual([true, 0]);
    expect(run.content).toContain(shown);
  });
});
