import { describe, expect, test } from 'vitest';
import type { Gap } from '../../src/storage/gaps.ts';
import { DE, EN, HELPFUL, type Scene, scene, TITLES, TWO_QUESTIONS, UNHELPFUL, unclear } from './scene.ts';

/** What no topic answers. */
const UNKNOWABLE = 'Wie backe ich einen Marmorkuchen?';

const recording = () => scene(undefined, { records: true });

/** What was recorded; what exactly is kept of a question is tested with the recorder. */
async function recorded({ discord, storage }: Scene): Promise<Pick<Gap, 'topic' | 'count'>[]> {
  await discord.settled();
  return (await storage.gaps.all()).map(({ topic, count }) => ({ topic, count }));
}

describe('a question that nobody could answer', () => {
  test('is recorded once for all members who ask the same, by message or command', async () => {
    const here = await recording();
    await here.asks(UNKNOWABLE);
    await here.ben.runs('xiaomipay ask', { question: UNKNOWABLE.toUpperCase() });
    expect(await recorded(here)).toEqual([{ topic: undefined, count: 2 }]);
  });

  test('is not recorded when it was only overheard, or is somebody else’s message', async () => {
    const here = await recording();
    await here.sets(here.general, 'open');
    const said = here.anna.says(here.general, UNKNOWABLE);
    await here.ben.rightClicks('Xiaomi Pay: answer', said);
    await here.ben.says(here.general, here.discord.bot.mention, { replyTo: said }).reply();
    await here.ben.forwards(said, here.ben.directChannel).reply();
    expect(await recorded(here)).toEqual([]);
  });

  test('is one question, however often it is edited to and fro', async () => {
    const here = await recording();
    const asked = here.anna.says(here.general, `${here.discord.bot.mention} ${TITLES.cost.de}`);
    await asked.reply();
    for (const text of [UNKNOWABLE, TITLES.cost.de, UNKNOWABLE]) {
      here.anna.edits(asked, `${here.discord.bot.mention} ${text}`);
      await here.discord.settled();
    }
    expect(await recorded(here)).toEqual([{ topic: undefined, count: 1 }]);
  });
});

describe('an answer that did not help', () => {
  test('is recorded with its topic, once for each answer', async () => {
    const here = await recording();
    const answer = await here.asks(TITLES.cost.de);
    await here.ben.clicks(answer, UNHELPFUL);
    await here.anna.clicks(answer, UNHELPFUL);
    expect(await recorded(here)).toEqual([{ topic: 'fees', count: 1 }]);
  });

  test('is recorded for a private answer, too', async () => {
    const here = await recording();
    const run = await here.anna.runs('xiaomipay ask', { question: TITLES.cost.de });
    await here.anna.clicks(run.message, UNHELPFUL);
    expect(await recorded(here)).toEqual([{ topic: 'fees', count: 1 }]);
  });

  test('is recorded with both topics where it was two', async () => {
    const here = await recording();
    await here.anna.clicks(await here.asks(TWO_QUESTIONS), UNHELPFUL);
    const [kept] = await recorded(here);
    expect(kept?.topic?.split(' ').toSorted()).toEqual(['fees', 'launch-date']);
  });

  test('is recorded with the topics offered when none was right', async () => {
    const here = await recording();
    const { question, topics } = unclear(here.engine);
    await here.anna.clicks(await here.asks(question), DE.none);
    const [kept] = await recorded(here);
    expect(kept?.topic).toContain(topics[0]?.id);
  });

  test('is not recorded when a member found it helpful', async () => {
    const here = await recording();
    await here.anna.clicks(await here.asks(TITLES.cost.de), HELPFUL);
    expect(await recorded(here)).toEqual([]);
  });
});

test('with RECORD_QUESTIONS off, nothing is recorded, and moderators see that', async () => {
  const here = await scene();
  await here.asks(UNKNOWABLE);
  await here.ben.clicks(await here.asks(TITLES.cost.de), UNHELPFUL);
  expect(await recorded(here)).toEqual([]);
  const mod = here.guild.member('Mona', { permissions: ['ManageMessages'], locale: 'en-GB' });
  const status = await mod.runs('xiaomipay status', {}, { channel: here.general });
  expect(status.content).toContain(EN.recording(false));
});
