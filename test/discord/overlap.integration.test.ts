import { describe, expect, onTestFinished, test } from 'vitest';
import type { LogLine } from '../collect-log.ts';
import { collectLog, connectBot } from './bot.ts';
import { ANSWERS, askedOfAll, DE, HELPFUL, REMOVE, type Scene, scene } from './scene.ts';
import type { Message } from './server/index.ts';

const WARN = 40;

/** Two instances of the bot at once, as a restart leaves them for a while that lets nothing be missed. */
async function twoInstances(): Promise<Scene & { readonly loggedByOther: readonly LogLine[] }> {
  const one = await scene();
  const { discord } = one;
  const { logged: loggedByOther, log } = collectLog();
  const other = await connectBot(one, { log });
  onTestFinished(() => other.stop());
  await discord.settled();
  expect(discord.shards).toEqual([0, 0]);
  return { ...one, loggedByOther };
}

describe('two instances of the bot at once', () => {
  test('answer a message once, wherever it was written', async () => {
    const { discord, guild, general, anna, sets, engine } = await twoInstances();
    const forum = guild.forum('help');
    await sets(general, 'open');
    await sets(forum, 'open');
    const asked = [
      anna.says(general, `${discord.bot.mention} was kostet Xiaomi Pay?`),
      anna.says(general, askedOfAll(engine, 'fees')),
      anna.directMessages('was kostet Xiaomi Pay?'),
      anna.posts(forum, 'Kosten', askedOfAll(engine, 'fees')),
    ];
    await discord.settled();
    expect(asked.map(({ replies }) => replies.length)).toEqual([1, 1, 1, 1]);
    expect(asked.map(({ channel }) => channel.fromBot.length)).toEqual([2, 2, 1, 1]);
  });

  test('let an answer follow its question: edited with it, deleted with it', async () => {
    const { discord, general, anna, asks, logged, loggedByOther } = await twoInstances();
    const reply = await asks('was kostet Xiaomi Pay?');
    await discord.settled();
    const { replyTo: question } = reply;
    if (!question) throw new Error('The answer is no reply.');
    anna.edits(question, `${discord.bot.mention} und in Deutschland?`);
    await discord.settled();
    expect(reply.content).toContain(ANSWERS.germany.de);
    anna.deletes(question);
    await discord.settled();
    expect(reply.deleted).toBe(true);
    expect(general.fromBot).toEqual([]);
    expect([...logged, ...loggedByOther].filter(({ level }) => level >= WARN)).toEqual([]);
  });

  test('answer a command once, and say nothing of a failure', async () => {
    const { discord, general, anna, ben } = await twoInstances();
    const run = await anna.runs('xiaomipay ask', { question: 'was kostet Xiaomi Pay?' }, { channel: general });
    await discord.settled();
    expect(run.content).toContain(ANSWERS.cost.de);
    expect([run.ephemeral, run.followUps.length]).toEqual([true, 0]);
    expect(general.visibleTo(anna)).toEqual([run.message]);
    expect(general.visibleTo(ben)).toEqual([]);
  });

  test('obey a button once: shown, changed, shared, dismissed', async () => {
    const { discord, general, anna, ben, asks } = await twoInstances();
    const visible = (to = anna): readonly Message[] => general.visibleTo(to);
    const reply = await asks('was kostet Xiaomi Pay?');
    await discord.settled();
    await anna.clicks(reply, DE.otherLanguage);
    await discord.settled();
    expect(reply.content).toContain(ANSWERS.cost.en);
    const before = visible(ben).length;
    const thanked = await ben.clicks(reply, HELPFUL);
    await discord.settled();
    expect([thanked.ephemeral, visible(ben).length]).toEqual([true, before + 1]);
    const run = await anna.runs('xiaomipay ask', { question: 'was kostet Xiaomi Pay?' }, { channel: general });
    await anna.clicks(run.message, DE.share);
    await discord.settled();
    expect(general.fromBot.filter(({ ephemeral }) => !ephemeral)).toHaveLength(2);
    await anna.clicks(reply, REMOVE);
    await discord.settled();
    expect(reply.deleted).toBe(true);
  });

  test('do once what a moderator commands, and both know of it', async () => {
    const { discord, guild, general, anna, channels, engine } = await twoInstances();
    const mod = guild.member('Mona', { permissions: ['ManageMessages'], locale: 'de' });
    const set = await mod.runs('xiaomipay channel', { mode: 'open' }, { channel: general });
    await discord.settled();
    expect([set.followUps.length, general.visibleTo(mod).length]).toEqual([0, 1]);
    expect(channels.get(general.id).mode).toBe('open');
    await mod.runs('xiaomipay post', { topic: 'fees' }, { channel: general });
    await discord.settled();
    expect(general.visibleTo(anna).filter(({ ephemeral }) => !ephemeral)).toHaveLength(1);
    const overheard = anna.says(general, askedOfAll(engine, 'fees'));
    await discord.settled();
    expect(overheard.replies).toHaveLength(1);
  });
});
