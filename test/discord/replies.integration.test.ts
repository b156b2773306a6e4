import {
  type APIApplicationCommandOption,
  ApplicationCommandOptionType,
  ApplicationIntegrationType,
  InteractionContextType,
  Options,
} from 'discord.js';
import { describe, expect, test, vi } from 'vitest';
import { Engine } from '../../src/engine/engine.ts';
import { LiveKnowledge } from '../../src/operation/live-knowledge.ts';
import { StorageError } from '../../src/storage/database.ts';
import { bakeryKnowledge } from '../bakery.ts';
import { FakeClock } from '../fake-clock.ts';
import {
  ANSWERS,
  askedOfAll,
  DE,
  DID_YOU_MEAN,
  EN,
  HELPFUL,
  REMOVE,
  scene,
  TITLES,
  TWO_QUESTIONS,
  textOf,
  UNHELPFUL,
  UNKNOWN,
  unclear,
} from './scene.ts';
import type { Message } from './server/index.ts';

const MINUTE = 60_000;
const CAKE = 'Wie backe ich einen Apfelkuchen?';

/** An id that Discord gave some minutes ago. */
const idOf = (minutesAgo: number) => String(BigInt(Date.now() - minutesAgo * MINUTE - 1_420_070_400_000) << 22n);

/** An answer as the engine gives it, in German. */
function answerOf(engine: Engine, id: string) {
  const reply = engine.answer([id], 'de');
  if (reply.kind !== 'answer') throw new Error('An answer is an answer.');
  return reply;
}

const codePoints = ({ content }: Pick<Message, 'content'>) => [...content].length;

describe('an answer', () => {
  test('is the text, one small line with the source, a menu and one row of short buttons', async () => {
    const { asks, engine } = await scene();
    const answer = await asks('wann startet Xiaomi Pay?');
    const { content, labels, embeds, menus, components } = answer;
    const { suggestions: related, sourceLine } = answerOf(engine, 'launch-date');
    expect(content).toBe(`${ANSWERS.launch.de}\n-# ${sourceLine}`);
    expect(labels).toEqual([HELPFUL, UNHELPFUL, DE.otherLanguage, REMOVE]);
    expect(components).toHaveLength(2);
    const [menu] = menus;
    expect(menu?.placeholder).toBe('Dazu passt …');
    const others = engine.knowledge.topics.map(({ id }) => id).filter((id) => id !== 'launch-date');
    const offered = menu?.options.map(({ value }) => value) ?? [];
    expect(offered.slice(0, related.length)).toEqual(related.map(({ topic }) => topic));
    expect(offered.toSorted()).toEqual(others.toSorted());
    expect(embeds).toEqual([]);
  });

  test('is in the language of the question, with all that is around it', async () => {
    const { asks } = await scene();
    const { content, labels, menus } = await asks('when does Xiaomi Pay start?');
    expect(content).toContain(ANSWERS.launch.en);
    expect(content).toMatch(/\n-# Source: KKJ/);
    expect(labels).toEqual([HELPFUL, UNHELPFUL, EN.otherLanguage, REMOVE]);
    expect(menus[0]?.placeholder).toBe('Related …');
  });

  test('holds both answers where two questions were asked', async () => {
    const { asks } = await scene();
    const { content, labels, components } = await asks(TWO_QUESTIONS);
    for (const topic of ['cost', 'launch'] as const) {
      const [heading, answer] = content.slice(content.indexOf(`**${TITLES[topic].de}`)).split('\n');
      expect(heading).toMatch(/\*\*$/);
      expect(answer).toBe(ANSWERS[topic].de);
    }
    expect([labels.length, components.length]).toEqual([4, 2]);
  });

  test.for([
    ['de', 'Quelle: KKJ'],
    ['en-US', 'Source: KKJ'],
    ['fr', 'Quelle: KKJ'],
  ] as const)('to a question without a language is in the server’s: %s', async ([locale, source]) => {
    const { discord } = await scene();
    const guild = discord.guild({ locale });
    const asked = guild.member('Carla').says(guild.textChannel('chat'), `${discord.bot.mention} Xiaomi Pay?`);
    expect((await asked.reply()).content).toContain(source);
  });

  test('says how sure the article is', async () => {
    const { asks, engine } = await scene();
    for (const id of ['fees', 'lei-jun']) {
      const { sourceLine, topics } = answerOf(engine, id);
      expect((await asks(topics[0]?.de.title ?? '')).content).toContain(`\n-# ${sourceLine}`);
    }
  });

  test('pings nobody and shows no link previews, whatever the question mentions', async () => {
    const { discord, guild, general, ben, engine } = await scene();
    const chief = guild.member('Chief', { permissions: ['MentionEveryone'] });
    const role = guild.role('Helpers', []);
    const mentions = `@everyone @here ${ben.mention} <@&${role.id}> https://example.com`;
    for (const question of ['wann startet Xiaomi Pay?', CAKE, unclear(engine).question]) {
      const { pinged, pingedRoles, pingsEveryone, suppressesEmbeds, embeds, content } = await chief
        .says(general, `${discord.bot.mention} ${mentions} ${question}`)
        .reply();
      expect({ pinged, pingedRoles, pingsEveryone, suppressesEmbeds, embeds }).toEqual({
        pinged: [],
        pingedRoles: [],
        pingsEveryone: false,
        suppressesEmbeds: true,
        embeds: [],
      });
      expect(content).not.toMatch(/@|https/);
    }
  });

  test('needs no permission to embed links', async () => {
    const { discord, general, asks } = await scene();
    general.deny(discord.bot, 'EmbedLinks', 'AttachFiles', 'UseExternalEmojis');
    expect((await asks('wann startet Xiaomi Pay?')).content).toContain(ANSWERS.launch.de);
  });

  test('has less than 2,000 code points for every topic, in both languages', async () => {
    const { general, anna, ben, engine } = await scene();
    for (const { id } of engine.knowledge.topics) {
      for (const person of [anna, ben]) {
        const run = await person.runs('xiaomipay ask', { question: `topic:${id}` }, { channel: general });
        expect(codePoints(run)).toBeLessThan(2_000);
        expect(run.content).toMatch(/\n-# (?:Quelle|Source): KKJ/);
      }
    }
  });

  test.for([
    ['as long as the knowledge allows', 1_600, /-# Quelle: KKJ/],
    ['longer than it allows', 5_000, /🥖…$/u],
  ] as const)('has less than 2,000 code points where the text is %s', async ([, length, end]) => {
    const { knowledge } = (await scene()).engine;
    const topics = knowledge.topics.map((topic) => ({ ...topic, de: { ...topic.de, answer: '🥖'.repeat(length) } }));
    const { asks } = await scene(undefined, { live: new LiveKnowledge(new Engine({ ...knowledge, topics }, 'de')) });
    const reply = await asks('wann startet Xiaomi Pay?');
    expect(codePoints(reply)).toBeLessThanOrEqual(2_000);
    expect(reply.content).toMatch(end);
  });

  test('is given to a question of any length, markup and all', async () => {
    const { asks } = await scene();
    const long = `${'😀 '.repeat(1_000)}\n> quoted\n\`\`\`code\`\`\`\nwann startet Xiaomi Pay?`;
    expect((await asks(long)).content).toContain(ANSWERS.launch.de);
  });
});

describe('“did you mean”', () => {
  test('lists the questions, with a number to click for each', async () => {
    const { asks, engine } = await scene();
    const { question, topics } = unclear(engine);
    const { content, labels, components } = await asks(question);
    expect(content.split('\n')).toEqual([
      DID_YOU_MEAN.de,
      ...topics.map(({ de }, index) => `${index + 1}. ${de.title}`),
    ]);
    expect(labels).toEqual([...topics.map((_, index) => `${index + 1}`), DE.none, REMOVE]);
    expect(components).toHaveLength(1);
  });

  test('becomes the answer that the asker chooses', async () => {
    const { asks, general, anna, engine } = await scene();
    const { question, topics } = unclear(engine);
    const offer = await asks(question);
    const run = await anna.clicks(offer, '2');
    expect(run.message).toBe(offer);
    expect(offer.content).toContain(topics[1]?.de.answer);
    expect(offer.labels).toContain(REMOVE);
    expect(general.fromBot).toHaveLength(1);
  });

  test('becomes an honest sentence and a menu of topics after “none”', async () => {
    const { asks, anna, engine } = await scene();
    const offer = await asks(unclear(engine).question);
    await anna.clicks(offer, DE.none);
    expect(offer.content).toContain(UNKNOWN.de);
    expect(offer.labels).toEqual([REMOVE]);
    await anna.chooses(offer, {}, TITLES.cost.de);
    expect(offer.content).toContain(ANSWERS.cost.de);
  });
});

describe('the number of an offered question', () => {
  test('in reply to the offer, or next in direct messages, gets its answer', async () => {
    const { general, anna, ben, asks, engine } = await scene();
    const { question } = unclear(engine);
    const answers = async (offer: Message, choose: (number: string) => Message) => {
      const [, second = ''] = offer.content.split('\n2. ');
      const { de } = engine.knowledge.topics.find((topic) => second.startsWith(topic.de.title)) ?? {};
      expect(textOf(await choose('2.').reply())).toBe(de?.answer);
    };
    const offer = await asks(question);
    await answers(offer, (number) => anna.says(general, number, { replyTo: offer }));
    await answers(offer, (number) => ben.says(general, number, { replyTo: offer, ping: false }));
    await answers(await anna.directMessages(question).reply(), (number) => anna.directMessages(number));
  });

  test('that is not on the list, or in reply to something else, gets none', async () => {
    const { general, anna, asks, engine } = await scene();
    const offer = await asks(unclear(engine).question);
    const answer = await asks(TITLES.cost.de);
    for (const [number, replyTo] of [
      ['0', offer],
      ['4', offer],
      ['2 3', offer],
      ['1', answer],
    ] as const) {
      expect((await anna.says(general, number, { replyTo }).reply()).content).not.toContain('Quelle: ');
    }
  });
});

describe('what the bot does not know', () => {
  test('gets an honest sentence and a menu of all topics, in the language of the question', async () => {
    const { asks, engine } = await scene();
    for (const [language, question] of [
      ['de', CAKE],
      ['en', 'How do I bake an apple pie?'],
    ] as const) {
      const { content, menus, labels } = await asks(question);
      expect(content).toContain(UNKNOWN[language]);
      expect(content).toContain('Xiaomi Pay');
      const titles = engine.knowledge.topics.map((topic) => topic[language].title);
      const options = titles.length <= 25 ? titles : [...titles.slice(0, 24), { de: DE, en: EN }[language].allTopics];
      expect(menus[0]?.options.map(({ label }) => label)).toEqual(options);
      expect(labels).toEqual([REMOVE]);
    }
  });

  test('becomes the answer on the topic that the asker chooses', async () => {
    const { asks, anna } = await scene();
    const reply = await asks(CAKE);
    const run = await anna.chooses(reply, {}, TITLES.launch.de);
    expect(run.message).toBe(reply);
    expect(reply.content).toContain(ANSWERS.launch.de);
    expect(reply.labels).toContain(HELPFUL);
  });
});

describe('the controls under an answer', () => {
  test('lead to a related question, in place', async () => {
    const { asks, anna, general } = await scene();
    const reply = await asks('wann startet Xiaomi Pay?');
    await anna.chooses(reply, {}, TITLES.germany.de);
    expect(reply.content).toContain(ANSWERS.germany.de);
    expect(general.fromBot).toEqual([reply]);
  });

  test('translate it, and back, also two answers in one reply', async () => {
    const { asks, anna } = await scene();
    for (const [question, de, en] of [
      ['wann startet Xiaomi Pay?', [ANSWERS.launch.de], [ANSWERS.launch.en]],
      [TWO_QUESTIONS, [ANSWERS.cost.de, ANSWERS.launch.de], [ANSWERS.cost.en, ANSWERS.launch.en]],
    ] as const) {
      const reply = await asks(question);
      await anna.clicks(reply, DE.otherLanguage);
      for (const answer of en) expect(reply.content).toContain(answer);
      await anna.clicks(reply, EN.otherLanguage);
      for (const answer of de) expect(reply.content).toContain(answer);
    }
  });

  test('show others what they want to see privately: the answer stays the asker’s', async () => {
    const { asks, ben, anna, general } = await scene();
    const reply = await asks('wann startet Xiaomi Pay?');
    const before = reply.content;
    for (const [run, shown] of [
      [await ben.clicks(reply, DE.otherLanguage), ANSWERS.launch.en],
      [await ben.chooses(reply, {}, TITLES.germany.de), ANSWERS.germany.de],
    ] as const) {
      expect(run.ephemeral).toBe(true);
      expect(run.content).toContain(shown);
    }
    expect(reply.content).toBe(before);
    expect(general.visibleTo(anna).filter(({ ephemeral }) => ephemeral)).toEqual([]);
  });

  test('on messages that an earlier version posted still work', async () => {
    const { asks, anna } = await scene();
    const reply = await asks('wann startet Xiaomi Pay?');
    const topic = 'fees';
    const forged = (customId: string) => ({ customId, forged: true });
    expect((await anna.clicks(reply, forged(`xp1|topic|de|${anna.id}|${topic}`))).content).toContain(ANSWERS.cost.de);
    expect((await anna.clicks(reply, forged(`xp1|translate|en|${anna.id}|${topic}`))).content).toContain(
      ANSWERS.cost.en,
    );
    expect((await anna.clicks(reply, forged(`xp1|helpful|de|${anna.id}|${topic}`))).content).toBe(DE.thanks);
    expect((await anna.chooses(reply, forged(`xp1|menu|de|${anna.id}|`), 'lei-jun')).content).toContain('Lei Jun');
  });

  test('let the asker dismiss it', async () => {
    const { asks, anna, general } = await scene();
    const reply = await asks('wann startet Xiaomi Pay?');
    await anna.clicks(reply, REMOVE);
    expect(reply.deleted).toBe(true);
    expect(general.fromBot).toEqual([]);
  });

  test('let whoever may manage messages dismiss it, and replace it', async () => {
    const { asks, guild } = await scene();
    const moderator = guild.member('Mod', { permissions: ['ManageMessages'] });
    const reply = await asks('wann startet Xiaomi Pay?');
    await moderator.clicks(reply, DE.otherLanguage);
    expect(reply.content).toContain(ANSWERS.launch.en);
    await moderator.clicks(reply, REMOVE);
    expect(reply.deleted).toBe(true);
  });

  test('let nobody else dismiss it', async () => {
    const { asks, ben } = await scene();
    const reply = await asks('wann startet Xiaomi Pay?');
    const run = await ben.clicks(reply, REMOVE);
    expect(reply.deleted).toBe(false);
    expect([run.content, run.ephemeral]).toEqual([EN.notYours, true]);
  });

  test.for([
    'nonsense',
    'xp1|topic|en|1|no-such-topic',
    'xp1|topic|fr|1|fees',
    'xp0|dismiss|en|1|',
    'xp1|share|en|1|gone',
  ])('that are not there, like %j, are answered all the same', async (customId) => {
    const { asks, ben } = await scene();
    const reply = await asks('wann startet Xiaomi Pay?');
    const run = await ben.clicks(reply, { customId, forged: true });
    expect([run.content, run.ephemeral]).toEqual([EN.topicGone, true]);
  });
});

describe('a vote', () => {
  test('is thanked for privately, and counted by topic and language', async () => {
    const { discord, asks, anna, ben, logged, storage } = await scene();
    const reply = await asks('wann startet Xiaomi Pay?');
    const thanks = await ben.clicks(reply, HELPFUL);
    expect([thanks.content, thanks.ephemeral]).toEqual([EN.thanks, true]);
    expect((await anna.clicks(reply, HELPFUL)).content).toBe(DE.thanks);
    expect(logged.filter(({ msg }) => msg === 'feedback')).toMatchObject([
      { topics: ['launch-date'], language: 'de', helpful: true },
      { topics: ['launch-date'], language: 'de', helpful: true },
    ]);
    await discord.settled();
    expect(await storage.feedback.all()).toEqual([{ topic: 'launch-date', language: 'de', helpful: 2, unhelpful: 0 }]);
  });

  test('against an answer leads to other topics', async () => {
    const { asks, anna } = await scene();
    const reply = await asks('wann startet Xiaomi Pay?');
    const run = await anna.clicks(reply, UNHELPFUL);
    expect([run.content, run.ephemeral]).toEqual([DE.sorry, true]);
    expect((await anna.chooses(run.message, {}, TITLES.cost.de)).content).toContain(ANSWERS.cost.de);
    expect(reply.content).toContain(ANSWERS.launch.de);
  });

  test('counts once per member, answer and language; another one moves it', async () => {
    const { discord, asks, anna, ben, storage } = await scene();
    const reply = await asks('wann startet Xiaomi Pay?');
    for (const label of [HELPFUL, HELPFUL, UNHELPFUL, UNHELPFUL]) await anna.clicks(reply, label);
    await discord.settled();
    expect(await storage.feedback.all()).toEqual([{ topic: 'launch-date', language: 'de', helpful: 0, unhelpful: 1 }]);
    await anna.clicks(reply, DE.otherLanguage);
    for (const label of [UNHELPFUL, HELPFUL, HELPFUL]) await anna.clicks(reply, label);
    await ben.clicks(reply, HELPFUL);
    await discord.settled();
    expect(await storage.feedback.all()).toEqual([
      { topic: 'launch-date', language: 'de', helpful: 0, unhelpful: 1 },
      { topic: 'launch-date', language: 'en', helpful: 2, unhelpful: 0 },
    ]);
  });

  test('that the database did not take is neither taken back by the next one nor in its way', async () => {
    let isAway = true;
    const changes: unknown[] = [];
    const vote = async (_topic: string, _language: string, change: unknown) => {
      if (isAway) throw new StorageError('The database is away.');
      changes.push(change);
    };
    const { discord, asks, anna } = await scene(undefined, { feedback: { all: async () => [], vote } });
    const reply = await asks('wann startet Xiaomi Pay?');
    await anna.clicks(reply, HELPFUL);
    isAway = false;
    await anna.clicks(reply, UNHELPFUL);
    isAway = true;
    await anna.clicks(reply, HELPFUL);
    isAway = false;
    await anna.clicks(reply, HELPFUL);
    await discord.settled();
    expect(changes).toEqual([
      { helpful: 0, unhelpful: 1 },
      { helpful: 1, unhelpful: -1 },
    ]);
  });

  test('under two answers is for both', async () => {
    const { discord, asks, anna, storage } = await scene();
    const reply = await asks(TWO_QUESTIONS);
    for (const label of [UNHELPFUL, HELPFUL, HELPFUL]) await anna.clicks(reply, label);
    await discord.settled();
    expect(await storage.feedback.all()).toEqual([
      { topic: 'fees', language: 'de', helpful: 1, unhelpful: 0 },
      { topic: 'launch-date', language: 'de', helpful: 1, unhelpful: 0 },
    ]);
  });
});

describe('with more topics than a menu holds', () => {
  test('the last option opens the list of all, page by page, to choose from', async () => {
    const [bread] = bakeryKnowledge.topics;
    if (!bread) throw new Error('The bakery has topics.');
    const more = Array.from({ length: 30 }, (_, index) => ({
      ...bread,
      id: `zz-${index}`,
      de: { ...bread.de, title: `Sorte ${index}?`, answer: `Antwort ${index}.` },
    }));
    const engine = new Engine({ ...bakeryKnowledge, topics: [...bakeryKnowledge.topics, ...more] }, 'de');
    const { asks, anna } = await scene(undefined, { live: new LiveKnowledge(engine) });
    const reply = await asks('');
    const options = reply.menus[0]?.options ?? [];
    expect([options.length, options.at(-1)?.label]).toEqual([25, DE.allTopics]);
    const run = await anna.chooses(reply, {}, DE.allTopics);
    expect([run.ephemeral, run.content.split('\n')[0]]).toEqual([true, `**${DE.topicsHeading(1, 2)}**`]);
    await anna.clicks(run.message, DE.next);
    expect(run.content).toContain('- Sorte 29?');
    await anna.chooses(run.message, {}, 'Sorte 29?');
    expect(run.content).toContain('Antwort 29.');
    expect(reply.menus).toHaveLength(1);
  });
});

describe('a private answer', () => {
  test('to /xiaomipay ask or the context menu is seen by nobody else', async () => {
    const { general, anna, ben } = await scene();
    const said = ben.says(general, 'was kostet Xiaomi Pay?');
    for (const run of [
      await anna.runs('xiaomipay ask', { question: 'was kostet Xiaomi Pay?' }, { channel: general }),
      await anna.rightClicks('Xiaomi Pay: beantworten', said),
    ]) {
      expect(run.ephemeral).toBe(true);
      expect(run.content).toContain(ANSWERS.cost.de);
      expect(run.message.labels).toEqual([HELPFUL, UNHELPFUL, DE.otherLanguage, DE.share]);
    }
    expect(general.visibleTo(ben)).toEqual([said]);
  });

  test('is shown in the channel on request, with who showed it, pinging nobody', async () => {
    const { general, anna, ben } = await scene();
    const run = await anna.runs('xiaomipay ask', { question: 'was kostet Xiaomi Pay?' }, { channel: general });
    await anna.clicks(run.message, DE.share);
    const [shown, ...more] = general.visibleTo(ben);
    expect(shown?.content).toContain(ANSWERS.cost.de);
    expect(shown?.content).toMatch(new RegExp(`\\n-# Quelle: KKJ.*\\n-# Geteilt von ${anna.mention}$`));
    expect([shown?.pinged, shown?.embeds, shown?.suppressesEmbeds, more]).toEqual([[], [], true, []]);
  });

  test('that was shown can be dismissed by who showed it, and not by others', async () => {
    const { general, anna, ben } = await scene();
    const run = await anna.runs('xiaomipay ask', { question: 'was kostet Xiaomi Pay?' }, { channel: general });
    const shown = (await anna.clicks(run.message, DE.share)).message;
    await ben.clicks(shown, REMOVE);
    expect(shown.deleted).toBe(false);
    await anna.clicks(shown, REMOVE);
    expect(shown.deleted).toBe(true);
  });

  test('that was shown and dismissed can be shown again', async () => {
    const { discord, general, anna, ben } = await scene();
    const run = await anna.runs('xiaomipay ask', { question: 'was kostet Xiaomi Pay?' }, { channel: general });
    await anna.clicks((await anna.clicks(run.message, DE.share)).message, REMOVE);
    await discord.settled();
    await anna.clicks(run.message, DE.share);
    expect(general.visibleTo(ben).map(textOf)).toEqual([ANSWERS.cost.de]);
  });

  test('counts as shown only once Discord has shown it', async () => {
    const { discord, general, anna, ben } = await scene();
    const run = await anna.runs('xiaomipay ask', { question: 'was kostet Xiaomi Pay?' }, { channel: general });
    discord.nextResponse('POST /interactions/:id/:token/callback', { status: 400, code: 50035 });
    await anna.clicks(run.message, DE.share);
    expect(general.visibleTo(ben)).toEqual([]);
    await anna.clicks(run.message, DE.share);
    expect(general.visibleTo(ben)).toHaveLength(1);
    expect((await anna.clicks(run.message, DE.share)).content).toBe(DE.sharedAlready);
  });

  test('that another topic was chosen in is shown, too', async () => {
    const { general, anna, ben } = await scene();
    const run = await anna.runs('xiaomipay ask', { question: 'was kostet Xiaomi Pay?' }, { channel: general });
    await anna.clicks(run.message, DE.share);
    await anna.chooses(run.message, {}, TITLES.launch.de);
    await anna.clicks(run.message, DE.share);
    expect(general.visibleTo(ben).map(textOf)).toEqual([ANSWERS.cost.de, ANSWERS.launch.de]);
    expect((await anna.clicks(run.message, DE.share)).content).toBe(DE.sharedAlready);
  });

  test('that Discord shows to the member alone is not taken for shown, and they are told why', async () => {
    const { discord } = await scene();
    const foreign = discord.guild({ withBot: false });
    const square = foreign.textChannel('square');
    const [carla, dora] = [foreign.member('Carla', { locale: 'de' }), foreign.member('Dora')];
    carla.installsTheApp();
    square.deny(carla, 'UseExternalApps');
    const run = await carla.runs('xiaomipay ask', { question: 'was kostet Xiaomi Pay?' }, { channel: square });
    const shared = await carla.clicks(run.message, DE.share);
    await discord.settled();
    expect(shared.followUps.map(({ content }) => content)).toEqual([DE.sharedPrivately]);
    square.allow(carla, 'UseExternalApps');
    await carla.clicks(run.message, DE.share);
    expect(square.visibleTo(dora)).toHaveLength(1);
  });

  test('in a thread is shown by who may write in threads', async () => {
    const { general, anna, ben } = await scene();
    const thread = anna.startsThread(general, 'talk');
    general.deny('everyone', 'SendMessages');
    const run = await anna.runs('xiaomipay ask', { question: 'was kostet Xiaomi Pay?' }, { channel: thread });
    await anna.clicks(run.message, DE.share);
    expect(thread.visibleTo(ben).at(-1)?.content).toContain(ANSWERS.cost.de);
  });

  test('changes in place with its buttons, and stays private', async () => {
    const { general, anna, ben, engine } = await scene();
    const { question } = unclear(engine);
    const run = await anna.runs('xiaomipay ask', { question }, { channel: general });
    expect(run.content).toContain(DID_YOU_MEAN.de);
    await anna.clicks(run.message, DE.none);
    expect(run.content).toContain(UNKNOWN.de);
    await anna.chooses(run.message, {}, TITLES.cost.de);
    expect(run.content).toContain(ANSWERS.cost.de);
    await anna.clicks(run.message, DE.otherLanguage);
    expect(run.content).toContain(ANSWERS.cost.en);
    expect(run.message.labels.at(-1)).toBe(EN.share);
    expect([run.ephemeral, general.visibleTo(ben)]).toEqual([true, []]);
  });

  test.for([
    ['Xiaomi Pay?', 'de', 'Quelle: KKJ'],
    ['Xiaomi Pay?', 'en-US', 'Source: KKJ'],
    ['Xiaomi Pay?', 'fr', 'Quelle: KKJ'],
    ['when does Xiaomi Pay start?', 'de', 'Source: KKJ'],
    [TITLES.launch.de, 'en-US', 'Quelle: KKJ'],
  ] as const)('to %j, for a member with Discord in %s, says “%s”', async ([question, locale, source]) => {
    const { guild, general } = await scene();
    const run = await guild.member('Carla', { locale }).runs('xiaomipay ask', { question }, { channel: general });
    expect(run.content).toContain(source);
  });
});

describe('an edited question', () => {
  test('takes its answer with it', async () => {
    const { discord, general, anna } = await scene();
    const asked = anna.says(general, `${discord.bot.mention} wann startet Xiaomi Pay?`);
    const reply = await asked.reply();
    anna.edits(asked, `${discord.bot.mention} what does Xiaomi Pay cost?`);
    await reply.edited();
    expect(reply.content).toContain(ANSWERS.cost.en);
    expect(reply.labels).toContain(EN.otherLanguage);
    expect(reply.pinged).toEqual([]);
    expect(general.fromBot).toEqual([reply]);
  });

  test('of an offer or an unknown one as well, with buttons for menus', async () => {
    const { discord, general, anna, engine } = await scene();
    const asked = anna.says(general, `${discord.bot.mention} ${CAKE}`);
    const reply = await asked.reply();
    for (const [text, answer, menus] of [
      [unclear(engine).question, DID_YOU_MEAN.de, 0],
      [TITLES.cost.de, ANSWERS.cost.de, 1],
      [CAKE, UNKNOWN.de, 1],
    ] as const) {
      anna.edits(asked, `${discord.bot.mention} ${text}`);
      await reply.edited();
      expect(reply.content).toContain(answer);
      expect([reply.menus.length, reply.labels.at(-1)]).toEqual([menus, REMOVE]);
    }
  });

  test.for([
    [4, 'follows', ANSWERS.cost.de],
    [6, 'stays', ANSWERS.launch.de],
  ] as const)('that is %i minutes old: the answer %s', async ([minutes, , answer]) => {
    const { discord, general, anna } = await scene();
    const asked = anna.says(general, `${discord.bot.mention} wann startet Xiaomi Pay?`, { id: idOf(minutes) });
    const reply = await asked.reply();
    anna.edits(asked, `${discord.bot.mention} was kostet Xiaomi Pay?`);
    await discord.settled();
    expect(reply.content).toContain(answer);
  });

  test('that asks the same as before changes nothing', async () => {
    const { discord, general, anna } = await scene();
    const asked = anna.says(general, `${discord.bot.mention} wann startet Xiaomi Pay`);
    const reply = await asked.reply();
    anna.edits(asked, `${discord.bot.mention} Wann startet Xiaomi Pay?`);
    await discord.settled();
    expect(reply.earlier).toEqual([]);
  });

  test('that no longer mentions the bot loses its answer', async () => {
    const { discord, general, anna } = await scene();
    const asked = anna.says(general, `${discord.bot.mention} wann startet Xiaomi Pay?`);
    const reply = await asked.reply();
    anna.edits(asked, 'ach, egal');
    await reply.gone();
    expect(general.fromBot).toEqual([]);
  });

  test('that was overheard and is no question any more loses its answer', async () => {
    const { general, anna, sets, engine } = await scene();
    await sets(general, 'open');
    const asked = anna.says(general, askedOfAll(engine, 'fees'));
    const reply = await asked.reply();
    anna.edits(asked, 'Das Wetter ist heute schön.');
    await reply.gone();
    expect(general.fromBot).toEqual([]);
  });

  test('in a forum post that asks nothing any more loses its answer', async () => {
    const { guild, anna, sets, engine } = await scene();
    const forum = guild.forum('help');
    await sets(forum, 'open');
    const post = anna.posts(forum, 'Xiaomi Pay', askedOfAll(engine, 'fees'));
    const reply = await post.reply();
    anna.edits(post, 'Hat sich erledigt.');
    await reply.gone();
  });

  test('follows in direct messages, and where the bot has long forgotten the message', async () => {
    const { anna } = await scene(undefined, {
      client: { makeCache: Options.cacheWithLimits({ ...Options.DefaultMakeCacheSettings, MessageManager: 0 }) },
    });
    const asked = anna.directMessages('wann startet Xiaomi Pay?');
    const reply = await asked.reply();
    anna.edits(asked, 'was kostet Xiaomi Pay?');
    await reply.edited();
    expect(reply.content).toContain(ANSWERS.cost.de);
    anna.deletes(asked);
    await reply.gone();
  });
});

describe('a question that gets a mention by an edit', () => {
  test('is answered', async () => {
    const { discord, general, anna } = await scene();
    const asked = anna.says(general, TITLES.cost.de);
    await discord.settled();
    anna.edits(asked, `${discord.bot.mention} ${TITLES.cost.de}`);
    expect((await asked.reply()).content).toContain(ANSWERS.cost.de);
  });

  test('is left alone if it is from before the start: it may have been answered then', async () => {
    const { discord, general, anna } = await scene();
    const asked = anna.says(general, TITLES.cost.de, { id: idOf(4) });
    anna.edits(asked, `${discord.bot.mention} ${TITLES.cost.de}`);
    await discord.settled();
    expect(asked.replies).toEqual([]);
  });

  test('is left alone if it is older than five minutes', async () => {
    const { discord, general, anna } = await scene(undefined, { clock: new FakeClock() });
    const asked = anna.says(general, TITLES.cost.de, { id: idOf(6) });
    anna.edits(asked, `${discord.bot.mention} ${TITLES.cost.de}`);
    await discord.settled();
    expect(asked.replies).toEqual([]);
  });
});

describe('a question that was edited', () => {
  test('keeps its answer when a thread is started from it much later', async () => {
    const clock = new FakeClock(new Date().toISOString());
    const { asks, discord, general, anna } = await scene(undefined, { clock });
    const first = await asks('when does Xiaomi Pay start?');
    const asked = anna.says(general, 'auf deutsch bitte', { replyTo: first });
    const reply = await asked.reply();
    anna.edits(asked, 'auf deutsch, bitte');
    await anna.clicks(first, REMOVE);
    await discord.settled();
    await clock.advance(6 * MINUTE);
    anna.startsThread(asked, 'Start');
    await discord.settled();
    expect([reply.earlier, textOf(reply)]).toEqual([[], ANSWERS.launch.de]);
  });
});

describe('a question whose answer is long forgotten', () => {
  test('is not answered again when a thread is started from it', async () => {
    const clock = new FakeClock(new Date().toISOString());
    const { discord, general, anna } = await scene(undefined, { clock });
    const asked = anna.says(general, `${discord.bot.mention} was kostet`);
    await asked.reply();
    anna.edits(asked, `${discord.bot.mention} ${TITLES.cost.de}`);
    await discord.settled();
    await clock.advance(25 * 60 * MINUTE);
    anna.startsThread(asked, 'Kosten');
    await discord.settled();
    expect(general.fromBot).toHaveLength(1);
  });
});

describe('an answer that was removed', () => {
  test.for([
    ['by the asker', false],
    ['by a moderator', true],
  ] as const)('is not touched again, removed %s', async ([, moderated]) => {
    const { discord, guild, general, anna, logged } = await scene();
    const asked = anna.says(general, `${discord.bot.mention} ${TITLES.cost.de}`);
    const reply = await asked.reply();
    await discord.settled();
    if (moderated) guild.member('Mod', { permissions: ['ManageMessages'] }).deletes(reply);
    else await anna.clicks(reply, REMOVE);
    await discord.settled();
    const before = discord.requests.length;
    anna.edits(asked, `${discord.bot.mention} ${TITLES.launch.de}`);
    await discord.settled();
    anna.deletes(asked);
    await discord.settled();
    expect(discord.requests.slice(before)).toEqual([]);
    expect([general.fromBot, logged.filter(({ level }) => level >= 40)]).toEqual([[], []]);
  });
});

describe('a question that is edited while its first answer fails', () => {
  test('gets the second answer, which goes with the question', async () => {
    const { discord, general, anna } = await scene();
    discord.nextResponse('POST /channels/:id/messages', { status: 400, code: 50035, delayMs: 100 });
    const asked = anna.says(general, `${discord.bot.mention} ${TITLES.cost.de}`);
    anna.edits(asked, `${discord.bot.mention} ${TITLES.launch.de}`);
    const reply = await asked.reply();
    expect(reply.content).toContain(ANSWERS.launch.de);
    anna.deletes(asked);
    await reply.gone();
  });
});

test.for([
  ['after it failed', true],
  ['at once', false],
] as const)('a question at which the bot failed is answered if it is edited %s', async ([, isOver]) => {
  const { discord, engine, general, anna } = await scene();
  const read = vi.spyOn(engine, 'read').mockImplementationOnce(() => {
    throw new Error('a bug');
  });
  const asked = anna.says(general, `${discord.bot.mention} ${TITLES.cost.de}`);
  if (isOver) await discord.settled();
  anna.edits(asked, `${discord.bot.mention} ${TITLES.launch.de}`);
  expect(textOf(await asked.reply())).toBe(ANSWERS.launch.de);
  read.mockRestore();
});

describe('a deleted question', () => {
  test.for([
    ['by its author', false],
    ['by a moderator', true],
  ] as const)('takes its answer with it, deleted %s', async ([, moderated]) => {
    const { discord, guild, general, anna } = await scene();
    const moderator = guild.member('Mod', { permissions: ['ManageMessages'] });
    const asked = anna.says(general, `${discord.bot.mention} wann startet Xiaomi Pay?`);
    const other = anna.says(general, `${discord.bot.mention} was kostet Xiaomi Pay?`);
    const reply = await asked.reply();
    const stays = await other.reply();
    (moderated ? moderator : anna).deletes(asked);
    await reply.gone();
    expect(general.fromBot).toEqual([stays]);
  });

  test('takes its answer with it even before it was given', async () => {
    const { discord, general, anna } = await scene();
    anna.deletes(anna.says(general, `${discord.bot.mention} wann startet Xiaomi Pay?`));
    await discord.settled();
    expect(general.fromBot).toEqual([]);
  });

  test('among many that are deleted together takes its answer with it', async () => {
    const { discord, general, anna, ben } = await scene();
    const asked = [anna, ben].map((person) => person.says(general, `${discord.bot.mention} was kostet Xiaomi Pay?`));
    const chat = ben.says(general, 'hm');
    const replies = await Promise.all(asked.map((message) => message.reply()));
    general.purge(...asked, chat);
    await Promise.all(replies.map((reply) => reply.gone()));
    expect(general.fromBot).toEqual([]);
  });

  test('that was overheard takes its answer with it, in a thread too', async () => {
    const { general, anna, sets, engine } = await scene();
    await sets(general, 'open');
    const thread = anna.startsThread(general, 'talk');
    const asked = anna.says(thread, askedOfAll(engine, 'fees'));
    const reply = await asked.reply();
    anna.deletes(asked);
    await reply.gone();
  });

  test('does not make a fuss where the answer is gone already', async () => {
    const { discord, guild, general, anna, logged } = await scene();
    const asked = anna.says(general, `${discord.bot.mention} wann startet Xiaomi Pay?`);
    guild.member('Mod', { permissions: ['ManageMessages'] }).deletes(await asked.reply());
    anna.deletes(asked);
    await discord.settled();
    expect(logged.filter(({ level }) => level >= 40)).toEqual([]);
  });
});

describe('a reply that is too short to stand alone', () => {
  test.for([
    ['wann startet Xiaomi Pay?', 'und in Deutschland?', ANSWERS.germany.de],
    ['when does Xiaomi Pay start?', 'and in Germany?', ANSWERS.germany.en],
    ['mit wem entwickelt Xiaomi den Bezahldienst?', 'warum?', ANSWERS.whyUnionPay.de],
    ['who is Xiaomi’s partner for Xiaomi Pay?', 'why?', ANSWERS.whyUnionPay.en],
    ['who is Xiaomi’s partner for Xiaomi Pay?', 'and why', ANSWERS.whyUnionPay.en],
    ['kommt Xiaomi Pay nach Deutschland?', 'warum nicht?', ANSWERS.germany.de],
    ['kommt Xiaomi Pay nach Deutschland?', 'in english please', ANSWERS.germany.en],
    ['will Xiaomi Pay come to Germany?', 'auf deutsch bitte', ANSWERS.germany.de],
  ] as const)('is read together with what it replies to: %j, %j', async ([question, reply, answer]) => {
    const { asks, general, anna, ben } = await scene();
    const first = await asks(question);
    expect((await anna.says(general, reply, { replyTo: first }).reply()).content).toContain(answer);
    expect((await ben.says(general, reply, { replyTo: first }).reply()).content).toContain(answer);
  });

  test('is read so in direct messages, and after a private answer was shown to all', async () => {
    const { general, anna } = await scene();
    const direct = await anna.directMessages('wer ist der Partner von Xiaomi?').reply();
    expect((await anna.directMessages('warum?', { replyTo: direct }).reply()).content).toContain(
      ANSWERS.whyUnionPay.de,
    );
    const run = await anna.runs('xiaomipay ask', { question: 'wer ist der Partner von Xiaomi?' }, { channel: general });
    const shown = (await anna.clicks(run.message, DE.share)).message;
    expect((await anna.says(general, 'warum?', { replyTo: shown }).reply()).content).toContain(ANSWERS.whyUnionPay.de);
  });

  test('follows the latest answer of the last minutes in direct messages', async () => {
    const { anna } = await scene();
    const ask = (text: string) => anna.directMessages(text).reply();
    const askIn = (minutes: number, text: string) => anna.directMessages(text, { id: idOf(-minutes) }).reply();
    await ask('who is Xiaomi’s partner for Xiaomi Pay?');
    expect((await askIn(4, 'warum?')).content).toContain(ANSWERS.whyUnionPay.de);
    await ask('who is Xiaomi’s partner for Xiaomi Pay?');
    expect((await askIn(4, 'Xiaomi Pay?')).content).toContain('Source: KKJ');
    expect((await askIn(6, 'Xiaomi Pay?')).content).toContain('Quelle: KKJ');
  });

  test('in direct messages follows what the answer shows now, not what was only offered', async () => {
    const { anna, engine } = await scene();
    const ask = (text: string) => anna.directMessages(text).reply();
    await ask('Wer ist der Partner von Xiaomi?');
    const { question } = unclear(engine, { previous: ['partner'] });
    expect((await ask(question)).content).toContain(DID_YOU_MEAN.de);
    expect((await ask('warum?')).content).toContain(ANSWERS.whyUnionPay.de);
    const fees = await ask('Was kostet Xiaomi Pay?');
    await anna.clicks(fees, DE.otherLanguage);
    expect((await ask('Xiaomi Pay?')).content).toContain('Source: KKJ');
  });

  test('in direct messages follows the answer before it, even when it is edited', async () => {
    const { anna } = await scene();
    await anna.directMessages('wer ist der Partner von Xiaomi?').reply();
    const followUp = anna.directMessages('und in Deutschland?');
    const reply = await followUp.reply();
    expect(reply.content).toContain(ANSWERS.germany.de);
    anna.edits(followUp, 'warum?');
    await reply.edited();
    expect(reply.content).toContain(ANSWERS.whyUnionPay.de);
  });

  test('follows the answer that is there now, after a related question was chosen', async () => {
    const { asks, general, anna } = await scene();
    const reply = await asks('Was ist China UnionPay?');
    const before = reply.content;
    await anna.clicks(reply, DE.otherLanguage);
    expect(reply.content).not.toBe(before);
    const further = await anna.says(general, 'MIUI?', { replyTo: reply }).reply();
    expect(further.content).toContain('MIUI');
  });

  test('is answered in the language of what it replies to, be that no answer', async () => {
    const { asks, general, anna } = await scene();
    const unknown = await asks('How do I bake an apple pie?');
    expect(unknown.content).toContain(UNKNOWN.en);
    expect((await anna.says(general, 'Xiaomi Pay?', { replyTo: unknown }).reply()).content).toContain('Source: KKJ');
  });

  test('does not get the same answer again for being no question', async () => {
    const { asks, general, anna } = await scene();
    const first = await asks('was kostet Xiaomi Pay?');
    const reply = await anna.says(general, 'mein Hund schläft gerade auf dem Sofa', { replyTo: first }).reply();
    expect(reply.content).not.toContain(ANSWERS.cost.de);
  });

  test.for(['👍', '?'])('%s gets none', async (text) => {
    const { asks, discord, general, anna } = await scene();
    const noted = anna.says(general, text, { replyTo: await asks('was kostet Xiaomi Pay?') });
    await discord.settled();
    expect([noted.replies, noted.reactions]).toEqual([[], []]);
  });

  test('stands alone where it can', async () => {
    const { asks, general, anna } = await scene();
    const first = await asks('was kostet Xiaomi Pay?');
    const reply = await anna.says(general, 'und wann startet Xiaomi Pay?', { replyTo: first }).reply();
    expect(reply.content).toContain(ANSWERS.launch.de);
  });
});

describe('a question that is edited into none and back', () => {
  test('is answered again', async () => {
    const { discord, general, anna } = await scene();
    const asked = anna.says(general, `${discord.bot.mention} was kostet Xiaomi Pay?`);
    const first = await asked.reply();
    anna.edits(asked, 'was kostet Xiaomi Pay?');
    await first.gone();
    anna.edits(asked, `${discord.bot.mention} wann startet Xiaomi Pay?`);
    const again = await discord.until('another answer', () => asked.replies.find(({ deleted }) => !deleted));
    expect(again.content).toContain(ANSWERS.launch.de);
  });

  test('keeps its answer until Discord has taken another', async () => {
    const { discord, general, anna } = await scene();
    const asked = anna.says(general, `${discord.bot.mention} was kostet Xiaomi Pay?`);
    const reply = await asked.reply();
    discord.nextResponse('PATCH /channels/:id/messages/:id', { status: 500, times: 4 });
    anna.edits(asked, `${discord.bot.mention} wann startet Xiaomi Pay?`);
    await discord.settled();
    anna.edits(asked, `${discord.bot.mention} wann startet Xiaomi Pay denn?`);
    await discord.until('the answer to follow', () => reply.content.includes(ANSWERS.launch.de) || undefined);
  });
});

describe('for who installed the bot for themselves', () => {
  test('commands, buttons and the context menu work in servers without the bot', async () => {
    const { discord } = await scene();
    const foreign = discord.guild({ withBot: false, locale: 'fr' });
    const square = foreign.textChannel('square');
    const [carla, dora] = [foreign.member('Carla', { locale: 'de' }), foreign.member('Dora')];
    carla.installsTheApp();
    const run = await carla.runs('xiaomipay ask', { question: 'was kostet Xiaomi Pay?' }, { channel: square });
    expect([run.ephemeral, run.content]).toEqual([true, expect.stringContaining(ANSWERS.cost.de)]);
    await carla.clicks(run.message, DE.otherLanguage);
    expect(run.content).toContain(ANSWERS.cost.en);
    await carla.clicks(run.message, EN.share);
    const [shown] = square.visibleTo(dora);
    expect(shown?.content).toContain(ANSWERS.cost.en);
    const said = dora.says(square, 'when does xiaomi pay start?');
    expect((await carla.rightClicks('Xiaomi Pay: beantworten', said)).content).toContain(ANSWERS.launch.en);
  });

  test('what they showed there can be used by others, and dismissed by themselves', async () => {
    const { discord } = await scene();
    const foreign = discord.guild({ withBot: false });
    const square = foreign.textChannel('square');
    const [carla, dora] = [foreign.member('Carla', { locale: 'de' }), foreign.member('Dora')];
    carla.installsTheApp();
    const run = await carla.runs('xiaomipay ask', { question: 'was kostet Xiaomi Pay?' }, { channel: square });
    const shown = (await carla.clicks(run.message, DE.share)).message;
    expect((await dora.clicks(shown, DE.otherLanguage)).ephemeral).toBe(true);
    await dora.clicks(shown, REMOVE);
    expect(shown.deleted).toBe(false);
    await carla.clicks(shown, REMOVE);
    expect(shown.deleted).toBe(true);
  });

  test('commands work in direct messages with the bot and among people', async () => {
    const { discord, anna, ben } = await scene();
    anna.installsTheApp();
    const chat = discord.privateChannel(anna, ben);
    for (const place of [{ channel: chat }, {}]) {
      const run = await anna.runs('xiaomipay ask', { question: 'was kostet Xiaomi Pay?' }, place);
      expect([run.ephemeral, run.content]).toEqual([true, expect.stringContaining(ANSWERS.cost.de)]);
    }
    const said = ben.says(chat, 'when does xiaomi pay start?');
    const run = await anna.rightClicks('Xiaomi Pay: beantworten', said);
    await anna.clicks(run.message, EN.share);
    expect(chat.visibleTo(ben).at(-1)?.content).toContain(ANSWERS.launch.en);
  });

  test('autocomplete works there too', async () => {
    const { discord } = await scene();
    const foreign = discord.guild({ withBot: false });
    const carla = foreign.member('Carla', { locale: 'de' });
    carla.installsTheApp();
    const choices = await carla.types('xiaomipay ask', 'question', 'gebühr', {
      channel: foreign.textChannel('square'),
    });
    expect(choices[0]?.name).toBe(TITLES.cost.de);
  });
});

describe('the commands', () => {
  test('can be installed by servers and by single users, and run everywhere', async () => {
    const { discord } = await scene();
    expect(discord.commands().map(({ name }) => name)).toEqual(['xiaomipay', 'Xiaomi Pay: answer']);
    for (const { contexts, integration_types } of discord.commands()) {
      expect(integration_types).toEqual([
        ApplicationIntegrationType.GuildInstall,
        ApplicationIntegrationType.UserInstall,
      ]);
      expect(contexts).toEqual([
        InteractionContextType.Guild,
        InteractionContextType.BotDM,
        InteractionContextType.PrivateChannel,
      ]);
    }
  });

  test('are named and described in German and English, with every option and choice', async () => {
    const { discord } = await scene();
    const germanOf = ({ name, name_localizations }: Named) => name_localizations?.['de'] ?? name;
    const lines = (options: readonly APIApplicationCommandOption[], indent = ''): string[] =>
      options.flatMap((option) => {
        expect(option.description_localizations?.de, option.name).toBeTruthy();
        expect(option.description_localizations?.de, option.name).not.toBe(option.description);
        const inner = 'options' in option ? (option.options ?? []) : [];
        const choices = option.type === ApplicationCommandOptionType.String ? (option.choices ?? []) : [];
        return [
          `${indent}${option.name} = ${germanOf(option)}`,
          ...lines(inner, `${indent}  `),
          ...choices.map((choice) => `${indent}  “${choice.name}” = “${germanOf(choice)}”`),
        ];
      });
    const [slash, menu] = discord.commands();
    expect(slash?.description_localizations?.de).toBe('Fragen und Antworten zu Xiaomi Pay');
    expect(menu?.name_localizations?.de).toBe('Xiaomi Pay: beantworten');
    expect(lines(slash?.options ?? [])).toEqual([
      'ask = fragen',
      '  question = frage',
      'post = posten',
      '  topic = thema',
      '  member = mitglied',
      '  language = sprache',
      '    “Deutsch” = “Deutsch”',
      '    “English” = “English”',
      '  reply-to = antwort-auf',
      'channel = kanal',
      '  mode = modus',
      '    “off: only commands” = “off: nur Befehle”',
      '    “mentions: when I’m mentioned” = “mentions: wenn ich erwähnt werde”',
      '    “open: also unprompted” = “open: auch unaufgefordert”',
      '  language = sprache',
      '    “Deutsch” = “Deutsch”',
      '    “English” = “English”',
      '    “the server’s” = “die des Servers”',
      'status = status',
      'topics = themen',
      'help = hilfe',
    ]);
  });
});

interface Named {
  readonly name: string;
  readonly name_localizations?: Partial<Record<string, string | null>> | null | undefined;
}
