import { describe, expect, test } from 'vitest';
import { Engine } from '../../src/engine/engine.ts';
import { LiveKnowledge } from '../../src/operation/live-knowledge.ts';
import { bakeryKnowledge } from '../bakery.ts';
import { ANSWERS, DE, EN, GREETING, scene, TITLES, UNKNOWN } from './scene.ts';
import type { Channel, Guild, Person } from './server/index.ts';

describe('a mention', () => {
  test.for<[string, (guild: Guild, anna: Person) => Channel]>([
    ['a text channel', (guild) => guild.textChannel('chat')],
    ['an announcement channel', (guild) => guild.announcementChannel('news')],
    ['the chat of a voice channel', (guild) => guild.voiceChannel('lounge')],
    ['a thread', (guild, anna) => anna.startsThread(guild.textChannel('chat'), 'talk')],
    ['a thread of an announcement', (guild, anna) => anna.startsThread(guild.announcementChannel('news'), 'talk')],
    ['a thread from a message', (guild, anna) => anna.startsThread(anna.says(guild.textChannel('chat'), 'hm'), 'talk')],
    ['a forum post', (guild, anna) => anna.posts(guild.forum('help'), 'Plausch', 'Wie geht es euch?').channel],
  ])('is answered in %s', async ([, place]) => {
    const { discord, guild, anna } = await scene();
    const asked = anna.says(place(guild, anna), `${discord.bot.mention} wann startet Xiaomi Pay?`);
    const reply = await asked.reply();
    expect(reply.content).toContain(ANSWERS.launch.de);
    expect(reply.replyTo).toBe(asked);
    await discord.settled();
    expect(asked.replies).toHaveLength(1);
  });

  test('in the first message of a forum post is answered with the post’s title in mind', async () => {
    const { discord, guild, anna } = await scene();
    const post = anna.posts(guild.forum('help'), 'Wann startet Xiaomi Pay?', `${discord.bot.mention} weißt du das?`);
    expect((await post.reply()).content).toContain(ANSWERS.launch.de);
  });

  test.for([
    ['before the question', (bot: string) => `${bot} was kostet Xiaomi Pay?`],
    ['after the question', (bot: string) => `was kostet Xiaomi Pay? ${bot}`],
    ['in the middle, without spaces', (bot: string) => `was kostet${bot}Xiaomi Pay?`],
    ['twice', (bot: string) => `${bot}${bot} was kostet Xiaomi Pay?`],
    ['as old clients write it', (bot: string) => `${bot.replace('@', '@!')} was kostet Xiaomi Pay?`],
  ] as const)('may stand %s', async ([, write]) => {
    const { discord, general, anna } = await scene();
    const reply = await anna.says(general, write(discord.bot.mention)).reply();
    expect(reply.content).toContain(ANSWERS.cost.de);
  });

  test('of the bot’s own role is a mention too, one of another role is not', async () => {
    const { discord, guild, general, anna } = await scene();
    const own = [...guild.roles.values()].find(({ managed }) => managed);
    const other = guild.role('Helpers', []);
    const toTheBot = anna.says(general, `<@&${own?.id}> was kostet Xiaomi Pay?`);
    const toOthers = anna.says(general, `<@&${other.id}> was kostet Xiaomi Pay?`);
    expect((await toTheBot.reply()).content).toContain(ANSWERS.cost.de);
    await discord.settled();
    expect(toOthers.replies).toEqual([]);
  });

  test.for(['', '?', '🤔'])('without a question (%j) gets a greeting and topics to choose from', async (text) => {
    const { asks, anna, engine } = await scene();
    const reply = await asks(text);
    expect(reply.content).toBe(GREETING.de);
    expect(reply.menus[0]?.options).toHaveLength(Math.min(25, engine.knowledge.topics.length));
    await anna.chooses(reply, {}, TITLES.cost.de);
    expect(reply.content).toContain(ANSWERS.cost.de);
  });

  test('of somebody else is none of the bot’s business', async () => {
    const { discord, general, anna, ben } = await scene();
    anna.says(general, `${ben.mention} was kostet Xiaomi Pay?`);
    await discord.settled();
    expect(general.fromBot).toEqual([]);
  });

  test('is answered as an ordinary message where the bot may not read the history', async () => {
    const { discord, general, asks } = await scene();
    general.deny(discord.bot, 'ReadMessageHistory');
    expect((await asks('was kostet Xiaomi Pay?')).content).toContain(ANSWERS.cost.de);
  });
});

describe('direct messages', () => {
  test.for([
    ['with', []],
    ['without', ['MessageContent']],
  ] as const)('need no mention, %s the Message Content Intent', async ([, refused]) => {
    const { discord, anna } = await scene((world) => world.refuseIntents(refused));
    const reply = await anna.directMessages('was kostet Xiaomi Pay?').reply();
    expect(reply.content).toContain(ANSWERS.cost.de);
    expect((await anna.directMessages('Wie backe ich einen Apfelkuchen?').reply()).content).toContain(UNKNOWN.de);
    await discord.settled();
    expect(anna.directChannel.fromBot).toHaveLength(2);
  });

  test('are answered to people whom the bot knows from no server', async () => {
    const { discord } = await scene();
    const reply = await discord.person('Stranger').directMessages('who is lei jun').reply();
    expect(reply.content).toContain('Lei Jun');
  });
});

describe('a reply to the bot', () => {
  test.for([
    ['that notifies it', true],
    ['that notifies nobody', false],
  ] as const)('%s is a question to it', async ([, ping]) => {
    const { asks, general, anna } = await scene();
    const first = await asks('wann startet Xiaomi Pay?');
    const reply = await anna.says(general, 'und was kostet Xiaomi Pay?', { replyTo: first, ping }).reply();
    expect(reply.content).toContain(ANSWERS.cost.de);
  });

  test('may come from anybody, to anything that it said', async () => {
    const { asks, general, ben } = await scene();
    const unsure = await asks('Wie backe ich einen Apfelkuchen?');
    const reply = await ben.says(general, 'what does Xiaomi Pay cost?', { replyTo: unsure }).reply();
    expect(reply.content).toContain(ANSWERS.cost.en);
  });

  test('that mentions other members is for them, unless it mentions the bot as well', async () => {
    const { asks, discord, guild, general, anna, ben } = await scene();
    const first = await asks('wann startet Xiaomi Pay?');
    const say = (text: string) => anna.says(general, `${ben.mention} ${text}`, { replyTo: first });
    const passedOn = [say('stimmt das?'), say('nutzt du das eigentlich schon?'), say('was kostet Xiaomi Pay?')];
    const chief = guild.member('Chief', { permissions: ['MentionEveryone'] });
    passedOn.push(chief.says(general, '@everyone bitte lesen', { replyTo: first }));
    const shared = guild.role('Helpers', []);
    for (const member of [discord.bot, ben]) guild.give(member, shared);
    passedOn.push(anna.says(general, `<@&${shared.id}> stimmt das?`, { replyTo: first }));
    await discord.settled();
    expect(passedOn.flatMap(({ replies }) => replies)).toEqual([]);
    expect((await say(`${discord.bot.mention} was kostet Xiaomi Pay?`).reply()).content).toContain(ANSWERS.cost.de);
    const own = [...guild.roles.values()].find(({ managed }) => managed);
    expect((await say(`<@&${own?.id}> was kostet Xiaomi Pay?`).reply()).content).toContain(ANSWERS.cost.de);
  });

  test('is not a reply to somebody else', async () => {
    const { discord, general, anna, ben } = await scene();
    ben.says(general, 'was kostet Xiaomi Pay?', { replyTo: anna.says(general, 'hallo zusammen') });
    await discord.settled();
    expect(general.fromBot).toEqual([]);
  });
});

describe('/xiaomipay ask', () => {
  test('takes free text, by its German names too', async () => {
    const { general, anna, ben } = await scene();
    const german = await anna.runs('xiaomipay fragen', { frage: 'was kostet das?' }, { channel: general });
    expect(german.content).toContain(ANSWERS.cost.de);
    const english = await ben.runs('xiaomipay ask', { question: 'how much does it cost?' }, { channel: general });
    expect(english.content).toContain(ANSWERS.cost.en);
  });

  test('offers what fits the text so far, in the member’s language', async () => {
    const { general, anna, ben } = await scene();
    const offered = async (person: Person, text: string) =>
      (await person.types('xiaomipay ask', 'question', text, { channel: general })).map(({ name }) => name);
    expect((await offered(anna, 'gebü'))[0]).toBe(TITLES.cost.de);
    expect((await offered(ben, 'laun'))[0]).toBe(TITLES.launch.en);
    expect((await offered(anna, TITLES.germany.de.slice(0, 12)))[0]).toBe(TITLES.germany.de);
    expect(await offered(ben, 'fees')).toContain(TITLES.cost.en);
    expect(await offered(ben, 'when does xiaomi pay strat')).toContain(TITLES.launch.en);
    expect(await offered(anna, 'qqqqzzzz')).toEqual([]);
  });

  test.for([
    ['de', 'de'],
    ['en-US', 'en'],
    ['en-GB', 'en'],
    ['fr', 'de'],
  ] as const)(
    'offers as many questions as Discord takes before anything is typed, to somebody with Discord in %s',
    async ([locale, language]) => {
      const { guild, general, engine } = await scene();
      const choices = await guild
        .member('Carla', { locale })
        .types('xiaomipay ask', 'question', '', { channel: general });
      const titles = engine.knowledge.topics.map((topic) => topic[language].title);
      expect(choices.map(({ name }) => name)).toEqual(titles.slice(0, 25));
    },
  );

  test('answers the question that was chosen, whatever it is called', async () => {
    const { general, anna, ben } = await scene();
    for (const [person, text, language] of [
      [anna, 'startet', 'de'],
      [ben, 'start', 'en'],
    ] as const) {
      const choices = await person.types('xiaomipay ask', 'question', text, { channel: general });
      const chosen = choices.find(({ name }) => name === TITLES.launch[language]);
      const run = await person.runs('xiaomipay ask', { question: chosen?.value ?? '' }, { channel: general });
      expect(run.content).toContain(ANSWERS.launch[language]);
    }
  });

  test('never offers more than 25 questions', async () => {
    const [bread] = bakeryKnowledge.topics;
    if (!bread) throw new Error('The bakery has topics.');
    const copies = Array.from({ length: 40 }, (_, index) => ({ ...bread, id: `bread-${index}` }));
    const engine = new Engine({ ...bakeryKnowledge, topics: [...bakeryKnowledge.topics, ...copies] }, 'de');
    const { general, anna } = await scene(undefined, { live: new LiveKnowledge(engine) });
    for (const text of ['', 'roggenbrot']) {
      const choices = await anna.types('xiaomipay ask', 'question', text, { channel: general });
      expect(choices).toHaveLength(25);
    }
  });

  test('works in threads, in direct messages and without the Message Content Intent', async () => {
    const { general, anna } = await scene((discord) => discord.refuseIntents(['MessageContent']));
    const thread = anna.startsThread(general, 'talk');
    for (const place of [{ channel: thread }, {}]) {
      const run = await anna.runs('xiaomipay ask', { question: 'was kostet Xiaomi Pay?' }, place);
      expect(run.content).toContain(ANSWERS.cost.de);
    }
  });

  test('works where a moderator has switched the bot off: nobody else sees it', async () => {
    const { general, anna, ben, sets } = await scene();
    await sets(general, 'off');
    const run = await anna.runs('xiaomipay ask', { question: 'was kostet Xiaomi Pay?' }, { channel: general });
    expect(run.content).toContain(ANSWERS.cost.de);
    expect(general.visibleTo(ben)).toEqual([]);
  });
});

describe('the context menu of a message', () => {
  test.for([
    ['with', []],
    ['without', ['MessageContent']],
  ] as const)('answers what it says, %s the Message Content Intent', async ([, refused]) => {
    const { general, anna, ben } = await scene((discord) => discord.refuseIntents(refused));
    const said = ben.says(general, 'I wonder what Xiaomi Pay will cost');
    const run = await anna.rightClicks('Xiaomi Pay: beantworten', said);
    expect(run.content).toContain(ANSWERS.cost.en);
    expect(run.ephemeral).toBe(true);
    expect((await ben.rightClicks('Xiaomi Pay: answer', said)).content).toContain(ANSWERS.cost.en);
  });

  test('answers messages of bots and webhooks as well: a member asks', async () => {
    const { guild, general, anna } = await scene();
    const robot = guild.member('Robot', { bot: true });
    for (const said of [
      robot.says(general, 'was kostet Xiaomi Pay?'),
      general.webhook('N').says('xiaomi pay kosten?'),
    ]) {
      expect((await anna.rightClicks('Xiaomi Pay: beantworten', said)).content).toContain(ANSWERS.cost.de);
    }
  });

  test('of a message without words greets the member', async () => {
    const { general, anna, ben, engine } = await scene();
    const { content } = await anna.rightClicks('Xiaomi Pay: beantworten', ben.says(general, ''));
    expect(content).toBe(DE.greeting(engine.subject, true));
  });
});

describe('/xiaomipay topics and help', () => {
  test('are for everyone: all topics to read and choose from, privately', async () => {
    const { general, anna, ben, engine } = await scene();
    const { topics } = engine.knowledge;
    const run = await anna.runs('xiaomipay themen', {}, { channel: general });
    const pages = [run.content];
    while (run.message.labels.includes(DE.next)) {
      await anna.clicks(run.message, DE.next);
      pages.push(run.content);
    }
    expect(pages.map((page) => page.split('\n')[0])).toEqual(
      pages.map((_, index) => `**${DE.topicsHeading(index + 1, pages.length)}**`),
    );
    expect(pages.flatMap((page) => page.split('\n').slice(1))).toEqual(topics.map(({ de }) => `- ${de.title}`));
    await anna.clicks(run.message, DE.back);
    expect(run.content).toBe(pages.at(-2));
    const [first] = topics;
    await anna.chooses(run.message, {}, first?.de.title ?? '');
    expect(run.content).toContain(first?.de.answer);
    expect([run.ephemeral, general.visibleTo(ben)]).toEqual([true, []]);
  });

  test('say in the member’s language how to ask', async () => {
    const { discord, engine, anna, ben } = await scene();
    const { content } = await anna.runs('xiaomipay hilfe', {});
    expect(content).toBe(DE.help(engine.subject, discord.bot.mention));
    expect((await ben.runs('xiaomipay help', {})).content).toBe(EN.help(engine.subject, discord.bot.mention));
  });
});
