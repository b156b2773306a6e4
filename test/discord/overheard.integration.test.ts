import { MessageType } from 'discord.js';
import { describe, expect, test } from 'vitest';
import { shippedEngine } from '../shipped-knowledge.ts';
import { ANSWERS, askedOfAll, type Scene, scene, textOf, UNKNOWN } from './scene.ts';
import type { Message } from './server/index.ts';

const QUESTION = askedOfAll(shippedEngine, 'fees');
const OTHER = askedOfAll(shippedEngine, 'what-is-xiaomi-pay');
const OTHER_ANSWER = shippedEngine.answer(['what-is-xiaomi-pay'], 'de').text;

describe('in a channel that a moderator has opened', () => {
  test('a question to everyone is answered unasked', async () => {
    const { general, anna, sets, engine } = await scene();
    await sets(general, 'open');
    expect((await anna.says(general, askedOfAll(engine, 'fees')).reply()).content).toContain(ANSWERS.cost.de);
  });

  test.for<[string, (scene: Scene, question: string) => Message]>([
    ['mentions a member', ({ general, anna, ben }, text) => anna.says(general, `${ben.mention} ${text}`)],
    [
      'mentions a role',
      ({ guild, general, anna }, text) => anna.says(general, `<@&${guild.role('Helpers', []).id}> ${text}`),
    ],
    [
      'replies to a member',
      ({ general, anna, ben }, text) => anna.says(general, text, { replyTo: ben.says(general, 'hi'), ping: false }),
    ],
    ['is a poll', ({ general, anna }, text) => anna.polls(general, text)],
  ])('a question that %s is for them', async ([, ask]) => {
    const here = await scene();
    await here.sets(here.general, 'open');
    const asked = ask(here, askedOfAll(here.engine, 'fees'));
    await here.discord.settled();
    expect([asked.replies, here.general.fromBot]).toEqual([[], []]);
  });

  test('a question in reply to one’s own message is for everyone', async () => {
    const { general, anna, sets, engine } = await scene();
    await sets(general, 'open');
    const asked = anna.says(general, askedOfAll(engine, 'fees'), { replyTo: anna.says(general, 'hm') });
    expect((await asked.reply()).content).toContain(ANSWERS.cost.de);
  });

  test.for([
    'Das Wetter ist heute schön.',
    'Was kostet das?',
    'Xiaomi Pay ist toll.',
    'hallo zusammen',
    'Wie backe ich einen Apfelkuchen?',
    'Welche Banken?',
    '',
  ])('%j is left alone', async (text) => {
    const { discord, general, anna, sets } = await scene();
    await sets(general, 'open');
    anna.says(general, text);
    await discord.settled();
    expect(general.fromBot).toEqual([]);
  });

  test('a member who does address the bot gets a reply in any case', async () => {
    const { general, asks, sets } = await scene();
    await sets(general, 'open');
    expect((await asks('Wie backe ich einen Apfelkuchen?')).content).toContain(UNKNOWN.de);
  });

  test('the same answer is not given twice in a row, for whoever can read can scroll up', async () => {
    const { discord, general, anna, ben, sets } = await scene();
    await sets(general, 'open');
    const first = anna.says(general, QUESTION);
    await first.reply();
    const second = ben.says(general, QUESTION);
    const other = ben.says(general, OTHER);
    await other.reply();
    await discord.settled();
    expect([first, second, other].map(({ replies }) => replies.length)).toEqual([1, 0, 1]);
  });

  test('an answer that a member was just given who asked the bot is not given unprompted', async () => {
    const { asks, discord, general, ben, sets } = await scene();
    await sets(general, 'open');
    await asks(QUESTION);
    const again = ben.says(general, QUESTION);
    await discord.settled();
    expect(again.replies).toEqual([]);
  });

  test.for<[string, (scene: Scene, asked: Message) => void]>([
    ['went with its question', ({ anna }, asked) => anna.deletes(asked)],
    ['became another with it', ({ anna }, asked) => anna.edits(asked, OTHER)],
  ])('an answer that %s is given to who asks next', async ([, change]) => {
    const here = await scene();
    const { discord, general, anna, ben } = here;
    await here.sets(general, 'open');
    const asked = anna.says(general, QUESTION);
    await asked.reply();
    change(here, asked);
    await discord.settled();
    const again = ben.says(general, QUESTION);
    expect((await again.reply()).content).toContain(ANSWERS.cost.de);
  });

  test('an answer that changed with its question is not given to the next one either', async () => {
    const { discord, general, anna, ben, sets } = await scene();
    await sets(general, 'open');
    const asked = anna.says(general, OTHER);
    const reply = await asked.reply();
    anna.edits(asked, QUESTION);
    await reply.edited();
    const again = ben.says(general, QUESTION);
    await discord.settled();
    expect([reply.content.includes(ANSWERS.cost.de), again.replies]).toEqual([true, []]);
  });

  test('an edit does not bring the answer that another question just got', async () => {
    const { general, anna, ben, sets } = await scene();
    await sets(general, 'open');
    const first = await anna.says(general, QUESTION).reply();
    const asked = ben.says(general, OTHER);
    const reply = await asked.reply();
    ben.edits(asked, QUESTION);
    await reply.gone();
    expect(general.fromBot).toEqual([first]);
  });

  test('an answer that could not be given is given once it can', async () => {
    const { discord, general, anna, ben, sets } = await scene();
    await sets(general, 'open');
    general.deny(discord.bot, 'SendMessages');
    anna.says(general, QUESTION);
    await discord.settled();
    general.allow(discord.bot, 'SendMessages');
    const again = ben.says(general, QUESTION);
    expect((await again.reply()).content).toContain(ANSWERS.cost.de);
  });

  test('voice chats, announcements and threads of it are open as well', async () => {
    const { guild, general, anna, sets } = await scene();
    const voice = guild.voiceChannel('lounge');
    const news = guild.announcementChannel('news');
    for (const channel of [general, voice, news]) await sets(channel, 'open');
    for (const channel of [voice, news, anna.startsThread(general, 'one'), anna.startsThread(news, 'two')]) {
      expect((await anna.says(channel, QUESTION).reply()).content).toContain(ANSWERS.cost.de);
    }
  });
});

describe('elsewhere', () => {
  test('nothing is overheard where nobody has opened the channel', async () => {
    const { discord, guild, general, anna, sets } = await scene();
    await sets(guild.textChannel('other'), 'open');
    anna.says(general, QUESTION);
    anna.says(anna.startsThread(general, 'talk'), QUESTION);
    const post = anna.posts(guild.forum('help'), 'Kosten', QUESTION);
    await discord.settled();
    expect([...general.fromBot, ...post.replies]).toEqual([]);
  });

  test('mentions and replies are not answered where the bot is off, threads included', async () => {
    const { discord, general, anna, asks, sets } = await scene();
    const before = await asks(QUESTION);
    await sets(general, 'off');
    const thread = anna.startsThread(general, 'talk');
    anna.says(general, `${discord.bot.mention} ${QUESTION}`);
    anna.says(general, QUESTION, { replyTo: before });
    anna.says(thread, `${discord.bot.mention} ${QUESTION}`);
    await discord.settled();
    expect(general.fromBot).toEqual([before]);
    expect(thread.fromBot).toEqual([]);
  });
});

describe('in a forum that a moderator has opened', () => {
  test('a new post is answered once: what follows is among people', async () => {
    const { discord, guild, anna, ben, sets } = await scene();
    const forum = guild.forum('help');
    await sets(forum, 'open');
    const post = anna.posts(forum, 'Eine Frage', QUESTION);
    expect((await post.reply()).content).toContain(ANSWERS.cost.de);
    ben.says(post.channel, OTHER);
    anna.says(post.channel, 'Wie sicher ist Xiaomi Pay?');
    await discord.settled();
    expect(post.channel.fromBot).toHaveLength(1);
  });

  test('the title belongs to the question', async () => {
    const { guild, anna, sets } = await scene();
    const forum = guild.forum('help');
    await sets(forum, 'open');
    const post = anna.posts(forum, OTHER, '.');
    expect(textOf(await post.reply())).toBe(OTHER_ANSWER);
  });

  test('two posts with the same question are both answered: they are two places', async () => {
    const { guild, anna, ben, sets } = await scene();
    const forum = guild.forum('help');
    await sets(forum, 'open');
    for (const person of [anna, ben]) await person.posts(forum, 'Kosten', QUESTION).reply();
  });

  test('a post about something else is left alone, and a mention in it is answered', async () => {
    const { discord, guild, anna, sets } = await scene();
    const forum = guild.forum('help');
    await sets(forum, 'open');
    const post = anna.posts(forum, 'Kuchen', 'Wie backe ich einen Apfelkuchen?');
    await discord.settled();
    expect(post.channel.fromBot).toEqual([]);
    const asked = anna.says(post.channel, `${discord.bot.mention} ${QUESTION}`);
    expect((await asked.reply()).content).toContain(ANSWERS.cost.de);
  });
});

describe('never answered', () => {
  test('are other bots, webhooks and Discord itself, even with a mention', async () => {
    const { discord, guild, general, anna, sets } = await scene();
    await sets(general, 'open');
    const text = `${discord.bot.mention} ${QUESTION}`;
    guild.member('Robot', { bot: true }).says(general, text);
    guild.member('Robot 2', { bot: true }).directMessages(QUESTION);
    general.webhook('News').says(text);
    general.webhook('News').says(QUESTION);
    for (const type of [MessageType.UserJoin, MessageType.ChannelPinnedMessage, MessageType.GuildBoost]) {
      general.systemMessage(anna, type, text);
    }
    await discord.settled();
    expect(general.fromBot).toEqual([]);
    expect(discord.requests.filter(({ method, path }) => method === 'POST' && path.endsWith('/messages'))).toEqual([]);
  });

  test('is the bot itself: its answers lead to no further ones', async () => {
    const { discord, general, anna, asks, sets } = await scene();
    await sets(general, 'open');
    await asks(QUESTION);
    await anna.directMessages(QUESTION).reply();
    await discord.settled();
    expect(general.fromBot).toHaveLength(1);
    expect(anna.directChannel.fromBot).toHaveLength(1);
  });

  test.for(['@everyone', '@here'])('is %s as if it were a mention', async (everybody) => {
    const { discord, guild, general } = await scene();
    const chief = guild.member('Chief', { permissions: ['MentionEveryone'] });
    chief.says(general, `${everybody} ${QUESTION}`);
    await discord.settled();
    expect(general.fromBot).toEqual([]);
  });
});

describe('without the Message Content Intent', () => {
  test('nothing is overheard, and whoever addresses the bot is answered all the same', async () => {
    const { discord, general, anna, asks, sets, logged } = await scene((world) =>
      world.refuseIntents(['MessageContent']),
    );
    await sets(general, 'open');
    anna.says(general, QUESTION);
    await discord.settled();
    expect(general.fromBot).toEqual([]);
    const answer = await asks(QUESTION);
    expect(answer.content).toContain(ANSWERS.cost.de);
    const reply = await anna.says(general, 'und in Deutschland?', { replyTo: answer }).reply();
    expect(reply.content).toContain(ANSWERS.germany.de);
    expect(logged.map(({ msg }) => msg).join()).toContain('The Message Content Intent is off');
  });

  test('a reply that notifies nobody cannot be read, and gets no answer to what it may have been', async () => {
    const { discord, general, anna, asks } = await scene((world) => world.refuseIntents(['MessageContent']));
    const answer = await asks(QUESTION);
    const quiet = anna.says(general, 'und in Deutschland?', { replyTo: answer, ping: false });
    await discord.settled();
    expect(quiet.replies).toEqual([]);
  });
});
