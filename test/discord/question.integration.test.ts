import { describe, expect, test, vi } from 'vitest';
import { ANSWERS, askedOfAll, DE, GREETING, type Scene, scene, TITLES, textOf, UNKNOWN } from './scene.ts';
import type { Message } from './server/index.ts';

const QUESTION = TITLES.cost.de;
/** What a member writes who means somebody else's question. */
const POINTING = ['', '?', 'kannst du das beantworten?', 'weißt du das?', 'can you answer this?'] as const;

const withoutContent = () => scene((world) => world.refuseIntents(['MessageContent']));

describe('a mention that asks nothing itself is about', () => {
  test.for(POINTING)('the message that it replies to: %j', async (text) => {
    const { discord, general, anna, ben } = await scene();
    const asked = ben.says(general, QUESTION);
    const pointing = anna.says(general, `${discord.bot.mention} ${text}`, { replyTo: asked });
    expect(textOf(await pointing.reply())).toBe(ANSWERS.cost.de);
  });

  test.for(POINTING)('what it quotes: %j', async (text) => {
    const { asks } = await scene();
    expect(textOf(await asks(`${text}\n> ${QUESTION}`))).toBe(ANSWERS.cost.de);
    expect(textOf(await asks(`${text}\n>>> hm\n${QUESTION}`))).toBe(ANSWERS.cost.de);
  });

  test.for(POINTING)('the beginning of the forum post or thread: %j', async (text) => {
    const { discord, guild, general, anna, ben } = await scene();
    const forum = guild.forum('help');
    for (const begun of [ben.posts(forum, 'Kosten', QUESTION), ben.posts(forum, QUESTION, 'Danke!')]) {
      const pointing = anna.says(begun.channel, `${discord.bot.mention} ${text}`);
      expect(textOf(await pointing.reply())).toBe(ANSWERS.cost.de);
    }
    const thread = anna.startsThread(ben.says(general, QUESTION), 'Kosten');
    expect(textOf(await anna.says(thread, `${discord.bot.mention} ${text}`).reply())).toBe(ANSWERS.cost.de);
  });

  test.for<[string, (here: Scene) => Message]>([
    ['forwards', ({ guild, general, ben }) => ben.forwards(ben.says(guild.textChannel('other'), QUESTION), general)],
    ['asks as a poll', ({ general, ben }) => ben.polls(general, QUESTION)],
  ])('what the message that it replies to %s', async ([, said]) => {
    const here = await scene();
    const { discord, general, anna } = here;
    const pointing = anna.says(general, discord.bot.mention, { replyTo: said(here) });
    expect(textOf(await pointing.reply())).toBe(ANSWERS.cost.de);
  });
});

describe('a mention in reply to somebody', () => {
  test('is answered itself if it asks something', async () => {
    const { discord, general, anna, ben } = await scene();
    const replyTo = ben.says(general, 'Xiaomi Pay startet bald');
    const asked = anna.says(general, `${discord.bot.mention} ${QUESTION}`, { replyTo });
    expect(textOf(await asked.reply())).toBe(ANSWERS.cost.de);
  });

  test('is about what it replies to if the bot does not understand it', async () => {
    const { discord, general, anna, ben } = await scene();
    const asked = anna.says(general, `${discord.bot.mention} hilf dem Kollegen aus Bottrop`, {
      replyTo: ben.says(general, QUESTION),
    });
    expect(textOf(await asked.reply())).toBe(ANSWERS.cost.de);
  });

  test('says that it does not know either where the message asks about something else', async () => {
    const { discord, general, anna, ben } = await scene();
    const cake = ben.says(general, 'Wie backe ich einen Apfelkuchen?');
    const asked = anna.says(general, `${discord.bot.mention} ?`, { replyTo: cake });
    expect(textOf(await asked.reply())).toBe(UNKNOWN.de);
  });

  test('to the bot itself is greeted if it says nothing', async () => {
    const { asks, discord, general, anna } = await scene();
    const asked = anna.says(general, discord.bot.mention, { replyTo: await asks('?') });
    expect((await asked.reply()).content).toBe(GREETING.de);
  });

  test('to a picture is greeted', async () => {
    const { discord, general, anna, ben } = await scene();
    const asked = anna.says(general, discord.bot.mention, { replyTo: ben.says(general, '') });
    expect((await asked.reply()).content).toBe(GREETING.de);
  });
});

describe('direct messages', () => {
  test('may be forwarded messages and polls', async () => {
    const { general, anna, ben } = await scene();
    const forwarded = anna.forwards(ben.says(general, QUESTION), anna.directChannel);
    expect(textOf(await forwarded.reply())).toBe(ANSWERS.cost.de);
    expect(textOf(await anna.polls(anna.directChannel, TITLES.launch.de).reply())).toBe(ANSWERS.launch.de);
  });
});

describe('a forwarded question', () => {
  test('in an open channel is read', async () => {
    const { guild, general, anna, ben, sets, engine } = await scene();
    await sets(general, 'open');
    const forwarded = anna.forwards(ben.says(guild.textChannel('other'), askedOfAll(engine, 'fees')), general);
    expect(textOf(await forwarded.reply())).toBe(ANSWERS.cost.de);
  });

  test('and a poll are answered by the context menu', async () => {
    const { guild, general, anna, ben } = await scene();
    const forwarded = ben.forwards(ben.says(guild.textChannel('other'), QUESTION), general);
    for (const said of [forwarded, ben.polls(general, QUESTION)]) {
      expect((await anna.rightClicks('Xiaomi Pay: beantworten', said)).content).toContain(ANSWERS.cost.de);
    }
  });
});

describe('where Discord withholds the message that is meant', () => {
  test('the bot says so and points to the context menu', async () => {
    const { discord, guild, general, anna, ben } = await withoutContent();
    const post = ben.posts(guild.forum('help'), 'Frage', QUESTION);
    for (const pointing of [
      anna.says(general, `${discord.bot.mention} ?`, { replyTo: ben.says(general, QUESTION) }),
      anna.says(general, `${discord.bot.mention} ?`, { replyTo: ben.polls(general, QUESTION) }),
    ]) {
      expect((await pointing.reply()).content).toBe(DE.cannotRead);
    }
    // Of a forum post, the title is there to read.
    expect((await anna.says(post.channel, `${discord.bot.mention} ?`).reply()).content).not.toBe(GREETING.de);
  });

  test('a title that asks and a quote are answered', async () => {
    const { discord, guild, anna, ben, asks } = await withoutContent();
    const post = ben.posts(guild.forum('help'), QUESTION, 'Danke!');
    expect(textOf(await anna.says(post.channel, discord.bot.mention).reply())).toBe(ANSWERS.cost.de);
    expect(textOf(await asks(`?\n> ${QUESTION}`))).toBe(ANSWERS.cost.de);
  });
});

describe('thanks', () => {
  test.for(['danke!', 'ok', 'haha nice', 'Alles klar!'])('get a quiet reaction: %s', async (text) => {
    const { asks, discord, general, anna } = await scene();
    const thanks = anna.says(general, text, { replyTo: await asks(QUESTION) });
    const direct = anna.directMessages(text);
    await discord.settled();
    for (const { replies, reactions } of [thanks, direct]) expect([replies, reactions]).toEqual([[], ['👍']]);
  });

  test.for(['AddReactions', 'ReadMessageHistory'] as const)('get nothing without %s', async (permission) => {
    const { discord, general, anna, logged } = await scene();
    general.deny(discord.bot, permission);
    const thanks = anna.says(general, `${discord.bot.mention} danke!`);
    await discord.settled();
    expect([thanks.replies, thanks.reactions, logged.filter(({ level }) => level > 30)]).toEqual([[], [], []]);
  });
});

describe('each message is read once', () => {
  test.for<[string, (here: Scene, unprompted: string) => unknown]>([
    ['a mention', ({ asks }) => asks(QUESTION)],
    ['a direct message', ({ anna }) => anna.directMessages(QUESTION).reply()],
    ['a command', ({ anna }) => anna.runs('xiaomipay ask', { question: QUESTION })],
    ['overheard and answered', ({ anna, general }, unprompted) => anna.says(general, unprompted).reply()],
    ['overheard and left alone', ({ anna, general }) => anna.says(general, 'Das Wetter ist heute schön.')],
  ])('%s', async ([, say]) => {
    const here = await scene();
    await here.sets(here.general, 'open');
    const unprompted = askedOfAll(here.engine, 'fees');
    const read = vi.spyOn(here.engine, 'read');
    await say(here, unprompted);
    await here.discord.settled();
    expect(read).toHaveBeenCalledOnce();
    read.mockRestore();
  });

  test('and so is each edit', async () => {
    const { discord, general, anna, engine } = await scene();
    const asked = anna.says(general, `${discord.bot.mention} ${QUESTION}`);
    const reply = await asked.reply();
    await discord.settled();
    const read = vi.spyOn(engine, 'read');
    anna.edits(asked, `${discord.bot.mention} ${TITLES.launch.de}`);
    await reply.edited();
    await discord.settled();
    expect(read).toHaveBeenCalledOnce();
    read.mockRestore();
  });

  test('and the reasons of the decision are logged for debugging', async () => {
    const { asks, logged } = await scene();
    await asks(QUESTION);
    const [line] = logged.filter(({ msg }) => msg === 'decided');
    expect(line).toMatchObject({
      level: 20,
      kind: 'answer',
      reasons: expect.arrayContaining([{ name: expect.any(String), passed: true }]),
    });
  });
});
