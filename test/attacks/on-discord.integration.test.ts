import fc from 'fast-check';
import { expect, test } from 'vitest';
import { TEXTS } from '../../src/engine/texts.ts';
import { LANGUAGES } from '../../src/knowledge/knowledge.ts';
import { scene } from '../discord/scene.ts';
import { hostileMessage, STEERS } from './hostile.ts';

/** Discord cuts white space off both ends, and takes no message without anything else. */
const message = hostileMessage.map((text) => text.toWellFormed().replaceAll('\0', '').slice(0, 3_900));
const option = (longest: number) => message.map((text) => `x${text}`.slice(0, longest).toWellFormed());

test('whatever is said to the bot on Discord is answered once, in its own words, and notifies nobody', async () => {
  const { discord, general, anna, engine, logged } = await scene();
  const { topics } = engine.knowledge;
  const own = [
    ...topics.flatMap((topic) => LANGUAGES.map((language) => topic[language].answer)),
    ...LANGUAGES.flatMap((language) => [TEXTS[language].didYouMean, TEXTS[language].unknown(engine.subject)]),
  ];
  await fc.assert(
    fc.asyncProperty(message, async (text) => {
      const asked = anna.says(general, `${discord.bot.mention} ${text}`);
      const reply = await asked.reply();
      await discord.settled();
      expect(asked.replies).toHaveLength(1);
      expect(own.some((said) => reply.content === said || reply.content.startsWith(`${said}\n-# `))).toBe(true);
      expect([reply.pinged, reply.pingedRoles, reply.pingsEveryone]).toEqual([[], [], false]);
    }),
    { numRuns: 100 },
  );
  expect(discord.violations).toEqual([]);
  expect(logged.filter(({ level }) => level > 30)).toEqual([]);
});

test('whatever is overheard in an open channel is answered only where it asks about the subject by name', async () => {
  const { discord, general, anna, sets, engine, logged } = await scene();
  sets(general, 'open');
  await fc.assert(
    fc.asyncProperty(message, async (text) => {
      const said = anna.says(general, text);
      await discord.settled();
      expect(said.replies.length).toBeLessThanOrEqual(engine.reply({ text }).interject ? 1 : 0);
    }),
    { numRuns: 100 },
  );
  expect(discord.violations).toEqual([]);
  expect(logged.filter(({ level }) => level > 30)).toEqual([]);
});

test('whatever is given to a command is answered to who gave it alone, on one line, without markup of theirs', async () => {
  const { discord, general, guild, logged } = await scene();
  const mod = guild.member('Mona', { locale: 'en-GB', permissions: ['ManageMessages'] });
  await fc.assert(
    fc.asyncProperty(option(100), async (topic) => {
      const run = await mod.runs('xiaomipay post', { topic }, { channel: general });
      expect(run.content).toMatch(/^There is no topic “[^`*_~|\\<>@#:[\]()]*”\. Choose one of those offered/);
      expect(run.content).not.toMatch(STEERS);
      expect([...run.content].length).toBeLessThan(200);
    }),
    { numRuns: 50 },
  );
  await fc.assert(
    fc.asyncProperty(option(300), async (question) => {
      const run = await mod.runs('xiaomipay ask', { question }, { channel: general });
      expect(run.content).not.toBe('');
    }),
    { numRuns: 50 },
  );
  expect(general.fromBot).toEqual([]);
  expect(discord.violations).toEqual([]);
  expect(logged.filter(({ level }) => level > 30)).toEqual([]);
});

test('whatever is asked in vain is shown to moderators as words, each question on a line of its own', async () => {
  const { discord, general, anna, guild, storage, logged } = await scene(undefined, { records: true });
  const mod = guild.member('Mona', { locale: 'en-GB', permissions: ['ManageMessages'] });
  await fc.assert(
    fc.asyncProperty(message, async (text) => {
      await anna.says(general, `${discord.bot.mention} ${text}`).reply();
      await discord.settled();
    }),
    { numRuns: 100 },
  );
  const recorded = await storage.gaps.all();
  expect(recorded.length).toBeGreaterThan(0);
  const { content } = await mod.runs('xiaomipay gaps', {}, { channel: general });
  const lines = content.split('\n');
  expect([...content].length).toBeLessThanOrEqual(2_000);
  for (const line of lines) expect(line).not.toMatch(STEERS);
  const others = lines
    .slice(1, -1)
    .filter((line) => !/^(?:\d+\. [\p{L}\p{M}' …]+ \(\d+×\)|-# (?:no topic is near|nearest: .+))$/u.test(line));
  expect(others).toEqual([]);
  expect(discord.violations).toEqual([]);
  expect(logged.filter(({ level }) => level > 30)).toEqual([]);
});
