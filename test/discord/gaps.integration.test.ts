import { describe, expect, test } from 'vitest';
import type { Gap } from '../../src/storage/gaps.ts';
import { DE, DID_YOU_MEAN, EN, type Scene, scene, UNKNOWN, unclear } from './scene.ts';

/** Words that no topic knows, so that no answer can be right. */
const NOBODY_KNOWS = 'Wie backe ich einen Marmorkuchen?';
const FEES = 'Was kostet Xiaomi Pay?';

const recording = () => scene(undefined, { records: true });

async function recorded({ storage }: Scene): Promise<Omit<Gap, 'id'>[]> {
  return (await storage.gaps.all()).map(({ id, ...gap }) => gap);
}

const gap = (text: string, more: Partial<Gap> = {}) => ({
  text,
  language: 'de',
  topic: undefined,
  count: 1,
  firstDay: '2026-11-23',
  lastDay: '2026-11-23',
  ...more,
});

describe('a question that nobody could answer', () => {
  test('is recorded without who asked it, and once for all who ask the same', async () => {
    const here = await recording();
    const { discord, general, anna, ben, asks } = here;
    expect((await asks(`Sabine Müller und Anna: ${NOBODY_KNOWS}`)).content).toContain(UNKNOWN.de);
    await ben.says(general, `${discord.bot.mention} Ben: ${NOBODY_KNOWS}`).reply();
    await anna.runs('xiaomipay ask', { question: NOBODY_KNOWS.toUpperCase() });
    await discord.settled();
    expect(await recorded(here)).toEqual([
      gap('wie backe ich einen marmorkuchen', { count: 2 }),
      gap('und wie backe ich einen marmorkuchen'),
    ]);
  });

  test('is recorded by command, too, and counted', async () => {
    const here = await recording();
    await here.anna.runs('xiaomipay ask', { question: NOBODY_KNOWS });
    await here.ben.runs('xiaomipay ask', { question: `${NOBODY_KNOWS}!` });
    await here.discord.settled();
    expect(await recorded(here)).toEqual([gap('wie backe ich einen marmorkuchen', { count: 2 })]);
  });

  test('is not recorded when it was only overheard, or somebody else’s message', async () => {
    const here = await recording();
    here.sets(here.general, 'open');
    const said = here.anna.says(here.general, NOBODY_KNOWS);
    await here.ben.rightClicks('Xiaomi Pay: answer', said);
    await here.discord.settled();
    expect(await recorded(here)).toEqual([]);
  });

  test('is recorded once more when it was edited into another', async () => {
    const here = await recording();
    const asked = here.anna.says(here.general, `${here.discord.bot.mention} ${FEES}`);
    await asked.reply();
    here.anna.edits(asked, `${here.discord.bot.mention} ${NOBODY_KNOWS}`);
    await here.discord.settled();
    expect(await recorded(here)).toEqual([gap('wie backe ich einen marmorkuchen')]);
  });
});

describe('a question that is edited to and fro', () => {
  test('is one question', async () => {
    const here = await recording();
    const { discord, general, anna } = here;
    const asked = anna.says(general, `${discord.bot.mention} ${NOBODY_KNOWS}`);
    await asked.reply();
    for (const text of [FEES, NOBODY_KNOWS, FEES, NOBODY_KNOWS]) {
      anna.edits(asked, `${discord.bot.mention} ${text}`);
      await discord.settled();
    }
    expect((await recorded(here)).map(({ count }) => count)).toEqual([1]);
  });
});

describe('an answer that did not help', () => {
  test('is recorded with its question and topic, once for each answer', async () => {
    const here = await recording();
    const answer = await here.asks(FEES);
    await here.ben.clicks(answer, DE.unhelpful);
    await here.anna.clicks(answer, DE.unhelpful);
    await here.discord.settled();
    expect(await recorded(here)).toEqual([gap('was kostet xiaomi pay', { topic: 'fees' })]);
  });

  test('is recorded for a private answer, too', async () => {
    const here = await recording();
    const run = await here.anna.runs('xiaomipay ask', { question: FEES });
    await here.anna.clicks(run.message, DE.unhelpful);
    await here.discord.settled();
    expect(await recorded(here)).toEqual([gap('was kostet xiaomi pay', { topic: 'fees' })]);
  });

  test('is recorded with the first topic offered when none was right', async () => {
    const here = await recording();
    const { question } = unclear(here.engine, 2);
    const offer = await here.asks(question);
    expect(offer.content).toContain(DID_YOU_MEAN.de);
    await here.anna.clicks(offer, 'Nichts davon');
    await here.discord.settled();
    const [kept] = await recorded(here);
    const reply = here.engine.reply({ text: question });
    expect(kept?.topic).toBe(reply.outcome === 'suggest' ? reply.suggestions[0]?.topic : 'no offer');
  });

  test('is not recorded when somebody found it helpful', async () => {
    const here = await recording();
    await here.anna.clicks(await here.asks(FEES), DE.helpful);
    await here.discord.settled();
    expect(await recorded(here)).toEqual([]);
  });
});

describe('with RECORD_QUESTIONS off', () => {
  test('nothing is recorded, and moderators see that', async () => {
    const here = await scene();
    await here.asks(NOBODY_KNOWS);
    await here.ben.clicks(await here.asks(FEES), DE.unhelpful);
    await here.discord.settled();
    expect(await recorded(here)).toEqual([]);
    const mod = here.guild.member('Mona', { permissions: ['ManageMessages'], locale: 'en-GB' });
    const status = await mod.runs('xiaomipay status', {}, { channel: here.general });
    expect(status.content).toContain('are not recorded (RECORD_QUESTIONS is off)');
    const gaps = await mod.runs('xiaomipay gaps', {}, { channel: here.general });
    expect(gaps.content).toContain(EN.noGaps);
  });
});

describe('/xiaomipay gaps', () => {
  test('shows nothing to who manages messages on a server that the bot is not on', async () => {
    const here = await recording();
    await here.asks(NOBODY_KNOWS);
    const own = here.discord.guild({ withBot: false });
    const spy = own.member('Spy', { permissions: ['ManageMessages'] });
    spy.installsTheApp();
    const run = await spy.runs('xiaomipay gaps', {}, { channel: own.textChannel('own') });
    expect(run.content).toBe(EN.onlyWithTheBot);
  });

  test('shows moderators, and only them, the ten most asked, with the nearest topic', async () => {
    const here = await recording();
    const kinds = [
      'Apfel',
      'Birnen',
      'Kirsch',
      'Pflaumen',
      'Zitronen',
      'Mohn',
      'Nuss',
      'Quark',
      'Streusel',
      'Marmor',
      'Sand',
    ];
    for (const kind of kinds) {
      await here.storage.gaps.record(
        { text: `wie backe ich ${kind.toLowerCase()}kuchen`, language: 'de', topic: undefined },
        '2026-11-20',
      );
    }
    await here.storage.gaps.record({ text: 'gebühren', language: 'de', topic: 'fees' }, '2026-11-20');
    await here.storage.gaps.record({ text: 'gebühren', language: 'de', topic: 'fees' }, '2026-11-21');
    const mod = here.guild.member('Mona', { permissions: ['ManageMessages'], locale: 'de' });
    const run = await mod.runs('xiaomipay gaps', {}, { channel: here.general });
    expect(run.ephemeral).toBe(true);
    expect(run.content).toMatch(
      /^\*\*Was am häufigsten .*\*\*\n1\. gebühren \(2×\)\n-# am nächsten: Was kostet Xiaomi Pay\?/,
    );
    expect(run.content).toContain('kuchen (1×)\n-# kein Thema ist nah');
    expect(run.content).toContain('RECORD_QUESTIONS ist an');
    expect(run.content.match(/^\d+\. /gm)).toHaveLength(10);
    const refused = await here.anna.runs('xiaomipay gaps', {}, { channel: here.general });
    expect(refused.content).toContain('Nachrichten verwalten');
  });
});
