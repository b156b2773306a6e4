import fc from 'fast-check';
import { expect, test } from 'vitest';
import { DISCORD_TEXTS } from '../../src/discord/texts.ts';
import { FOREIGN_TEXT, TEXTS } from '../../src/engine/texts.ts';
import { LANGUAGES } from '../../src/knowledge/knowledge.ts';
import { scene } from '../discord/scene.ts';
import { hostileMessage } from './hostile.ts';

/** Discord cuts white space off both ends, and takes no message without anything else. */
const message = hostileMessage.map((text) => text.toWellFormed().replaceAll('\0', '').slice(0, 3_900));
const option = (longest: number) => message.map((text) => `x${text}`.slice(0, longest).toWellFormed());

test('whatever is said to the bot on Discord is answered once at most, in its own words, and notifies nobody', async () => {
  const { discord, general, anna, engine, logged } = await scene();
  const { topics } = engine.knowledge;
  const own = [
    ...topics.flatMap((topic) =>
      LANGUAGES.flatMap((language) => [topic[language].answer, `**${topic[language].title}**\n`]),
    ),
    ...LANGUAGES.flatMap((language) => [
      ...[1, 2].map(TEXTS[language].didYouMean),
      TEXTS[language].unknown(engine.subject),
      DISCORD_TEXTS[language].greeting(engine.subject, false),
      DISCORD_TEXTS[language].greeting(engine.subject, true),
    ]),
    FOREIGN_TEXT,
  ];
  await fc.assert(
    fc.asyncProperty(message, async (text) => {
      const asked = anna.says(general, `${discord.bot.mention} ${text}`);
      await discord.settled();
      expect(asked.replies.length + asked.reactions.length).toBe(1);
      for (const reply of asked.replies) {
        expect(own.some((said) => reply.content.startsWith(said))).toBe(true);
        expect([reply.pinged, reply.pingedRoles, reply.pingsEveryone]).toEqual([[], [], false]);
      }
    }),
    { numRuns: 100 },
  );
  expect(discord.violations).toEqual([]);
  expect(logged.filter(({ level }) => level > 30)).toEqual([]);
});

test('whatever is overheard in an open channel is answered only where the engine would speak up', async () => {
  const { discord, general, anna, sets, engine, logged } = await scene();
  await sets(general, 'open');
  await fc.assert(
    fc.asyncProperty(message, async (text) => {
      const said = anna.says(general, text);
      await discord.settled();
      const { kind } = engine.decide(engine.read(text), { trigger: 'overheard' });
      expect(said.replies.length).toBeLessThanOrEqual(kind === 'answer' ? 1 : 0);
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
      if (!run.ephemeral) return;
      expect(run.content).toBe(DISCORD_TEXTS.en.noSuchTopic);
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
  expect(discord.violations).toEqual([]);
  expect(logged.filter(({ level }) => level > 30)).toEqual([]);
});
