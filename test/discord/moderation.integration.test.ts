import { describe, expect, test } from 'vitest';
import { type Control, toCustomId } from '../../src/discord/custom-id.ts';
import { play } from './bot.ts';
import { askedOfAll, DE, EN, HELPFUL, REMOVE, TITLES, UNHELPFUL, UNKNOWN } from './scene.ts';
import type { Channel, Discord, Guild, GuildTraits, Person } from './server/index.ts';

/** A server with a channel, a moderator and a member, both of whom read English. */
function furnish(discord: Discord, traits: GuildTraits = {}) {
  const guild = discord.guild(traits);
  return {
    guild,
    general: guild.textChannel('general'),
    mod: guild.member('Mona', { permissions: ['ManageMessages'] }),
    anna: guild.member('Anna'),
    ben: guild.member('Ben'),
  };
}

/** The same with a bot in it. */
async function open(traits?: GuildTraits) {
  const playground = await play();
  return { ...playground, ...furnish(playground.discord, traits) };
}

const { noSuchMessage: NO_SUCH_MESSAGE, otherChannel: OTHER_CHANNEL } = EN;

/** A question that the bot surely answers, with a mention. */
const ask = (discord: Discord, person: Person, channel: Channel) =>
  person.says(channel, `${discord.bot.mention} Was kostet Xiaomi Pay?`);

describe('/xiaomipay post', () => {
  test('posts an answer with its source for everybody, and pings nobody', async () => {
    const { general, mod, anna, engine } = await open();
    const { message } = await mod.runs('xiaomipay post', { topic: 'fees' }, { channel: general });
    expect(general.visibleTo(anna)).toEqual([message]);
    expect(message.content).toContain(engine.answer(['fees'], 'en').text);
    expect(message.content).toMatch(/\n-# Source: KKJ · not in the article/);
    expect(message.pinged).toEqual([]);
    expect(message.labels).toEqual([HELPFUL, UNHELPFUL, EN.otherLanguage, REMOVE]);
  });

  test.for([
    ['its id', 'fees'],
    ['its German title', 'Was kostet Xiaomi Pay?'],
    ['its English title in small letters', 'what does xiaomi pay cost?'],
    ['a word that only it goes by', 'gebühren'],
    ['a question', 'ist Xiaomi Pay kostenlos?'],
  ])('takes %s as the topic', async ([, topic = '']) => {
    const { general, mod, engine } = await open();
    const { content } = await mod.runs('xiaomipay post', { topic }, { channel: general });
    expect(content).toContain(engine.answer(['fees'], 'en').text);
  });

  test('offers the topics by their titles while somebody types', async () => {
    const { general, mod, engine } = await open();
    const choices = await mod.types('xiaomipay post', 'topic', 'cost', { channel: general });
    const [first] = choices;
    expect(first?.name).toBe(TITLES.cost.en);
    const { content } = await mod.runs('xiaomipay post', { topic: first?.value ?? '' }, { channel: general });
    expect(content).toContain(engine.answer(['fees'], 'en').text);
  });

  test('pings the member whom it is for, and nobody else', async () => {
    const { general, mod, anna } = await open();
    const { message } = await mod.runs('xiaomipay post', { topic: 'fees', member: anna }, { channel: general });
    expect(message.pinged).toEqual([anna]);
    expect(message.content).toMatch(new RegExp(`^<@${anna.id}>\n`));
  });

  test('still names the member after they translated it', async () => {
    const { general, mod, anna, engine } = await open();
    const { message } = await mod.runs('xiaomipay post', { topic: 'fees', member: anna }, { channel: general });
    await anna.clicks(message, EN.otherLanguage);
    expect(message.content).toContain(`<@${anna.id}>\n${engine.answer(['fees'], 'de').text}`);
  });

  test('lets the member whom it is for dismiss it', async () => {
    const { general, mod, anna, ben } = await open();
    const { message } = await mod.runs('xiaomipay post', { topic: 'fees', member: anna }, { channel: general });
    await ben.clicks(message, REMOVE);
    expect(message.deleted).toBe(false);
    await anna.clicks(message, REMOVE);
    expect(message.deleted).toBe(true);
  });

  test.for([
    ['the one that was chosen', { language: 'Deutsch' }, undefined, 'en-US', 'de'],
    ['that of the channel', {}, 'de', 'en-US', 'de'],
    ['that of the server', {}, undefined, 'de', 'de'],
    ['the default of the bot where the server speaks another one', {}, undefined, 'fr', 'de'],
    ['the chosen one before all others', { language: 'en' }, 'de', 'de', 'en'],
  ] as const)('answers in %s', async ([, chosen, ofChannel, locale, expected]) => {
    const { guild, general, mod, channels, engine } = await open({ locale });
    if (ofChannel) await channels.set(general.id, guild.id, { mode: 'mentions', language: ofChannel });
    const { content } = await mod.runs('xiaomipay post', { topic: 'fees', ...chosen }, { channel: general });
    expect(content).toContain(engine.answer(['fees'], expected).text);
  });

  test.for<[string, (link: { url: string; id: string; channel: { id: string } }) => string]>([
    ['its link', ({ url }) => url],
    ['its link in angle brackets', ({ url }) => `<${url}>`],
    ['its link of the test client', ({ url }) => url.replace('discord.com', 'ptb.discord.com')],
    ['its link of old', ({ url }) => url.replace('discord.com', 'discordapp.com')],
    [
      'its link on a server that speaks Discord’s language',
      ({ url }) => url.replace('discord.com', 'chat.example:8080'),
    ],
    ['its id', ({ id }) => id],
    ['its id with blanks around it', ({ id }) => ` ${id} `],
    ['its id with that of its channel', ({ id, channel }) => `${channel.id}-${id}`],
  ])('replies to a message named by %s, and tells the moderator alone', async ([, name]) => {
    const { general, mod, anna, engine } = await open();
    const asked = anna.says(general, 'what does it cost?');
    const run = await mod.runs('xiaomipay post', { topic: 'fees', 'reply-to': name(asked) }, { channel: general });
    const [posted, ...more] = general.fromBot;
    expect(posted?.replyTo).toBe(asked);
    expect(posted?.content).toContain(engine.answer(['fees'], 'en').text);
    expect(posted?.pinged).toEqual([]);
    expect(more).toEqual([]);
    expect(run.ephemeral).toBe(true);
    expect(run.content).toBe(`Posted: ${posted?.url}`);
  });

  test('pings the member and not the author of the message that it replies to', async () => {
    const { general, mod, anna, ben } = await open();
    const asked = anna.says(general, `@everyone ${mod.mention} what does it cost?`);
    await mod.runs('xiaomipay post', { topic: 'fees', member: ben, 'reply-to': asked.id }, { channel: general });
    expect(general.fromBot.map(({ pinged, pingsEveryone }) => [pinged, pingsEveryone])).toEqual([[[ben], false]]);
  });

  test('replies in threads and forum posts too', async () => {
    const { guild, general, mod, anna } = await open();
    const inThread = anna.says(anna.startsThread(general, 'costs'), 'what does it cost?');
    const inForum = anna.posts(guild.forum('help'), 'Costs', 'what are they?');
    for (const asked of [inThread, inForum]) {
      await mod.runs('xiaomipay post', { topic: 'fees', 'reply-to': asked.url }, { channel: asked.channel });
      expect(asked.replies).toHaveLength(1);
    }
  });

  type Place = { general: Channel; other: Channel; elsewhere: Channel; anna: Person; discord: Discord };
  test.for<[string, (place: Place) => string, string]>([
    ['no link and no id', () => 'the one above', NO_SUCH_MESSAGE],
    ['the id of no message', () => '123456789012345678', NO_SUCH_MESSAGE],
    ['a message that was deleted', gone, NO_SUCH_MESSAGE],
    ['the id of a message in another channel', ({ other, anna }) => anna.says(other, '?').id, NO_SUCH_MESSAGE],
    ['a message in another channel', ({ other, anna }) => anna.says(other, '?').url, OTHER_CHANNEL],
    ['a message on another server', ({ elsewhere, anna }) => anna.says(elsewhere, '?').url, OTHER_CHANNEL],
    ['a direct message', ({ anna }) => anna.directMessages('thank you').url, OTHER_CHANNEL],
    [
      'a link to the channel',
      ({ general }) => `https://discord.com/channels/123456789012345678/${general.id}`,
      NO_SUCH_MESSAGE,
    ],
    ['a link to anything else', () => 'https://example.com/channels/1/2/3', NO_SUCH_MESSAGE],
  ])('posts nothing in reply to %s, and says why', async ([, name, reason]) => {
    const { discord, guild, general, mod, anna } = await open();
    const other = guild.textChannel('other');
    const otherGuild = discord.guild();
    otherGuild.admit(anna);
    const elsewhere = otherGuild.textChannel('elsewhere');
    const replyTo = name({ general, other, elsewhere, anna, discord });
    const run = await mod.runs('xiaomipay post', { topic: 'fees', 'reply-to': replyTo }, { channel: general });
    expect(run.ephemeral).toBe(true);
    expect(run.content).toBe(reason);
    await discord.settled();
    expect([general, other, elsewhere].flatMap(({ fromBot }) => fromBot)).toEqual([]);
  });

  function gone({ general, anna }: Place): string {
    const message = anna.says(general, 'never mind');
    anna.deletes(message);
    return message.id;
  }

  test('says that there is no such topic', async () => {
    const { general, mod } = await open();
    const run = await mod.runs('xiaomipay post', { topic: `**zzyzx** ${'la '.repeat(500)}` }, { channel: general });
    expect([run.ephemeral, run.content, general.fromBot]).toEqual([true, EN.noSuchTopic, []]);
  });

  test.for([
    ['en-US', 'SendMessages', EN.missing('Send Messages')],
    ['de', 'SendMessages', DE.missing('Nachrichten senden')],
    ['en-US', 'ReadMessageHistory', EN.missing('Read Message History')],
  ] as const)('says to who reads %s that the bot lacks %s for a reply', async ([locale, permission, reason]) => {
    const { discord, guild, general, anna } = await open();
    const mod = guild.member('Moritz', { permissions: ['ManageMessages'], locale });
    const asked = anna.says(general, 'what does it cost?');
    general.deny(discord.bot, permission);
    const run = await mod.runs('xiaomipay post', { topic: 'fees', 'reply-to': asked.id }, { channel: general });
    expect(run.ephemeral).toBe(true);
    expect(run.content).toBe(reason);
    expect(general.fromBot).toEqual([]);
  });

  test.for([1, 2])('tells the moderator, or at least not the contrary, if %i confirmations fail', async (failures) => {
    const { discord, general, mod, anna, logged } = await open();
    const asked = anna.says(general, 'what does it cost?');
    for (const route of ['PATCH /webhooks/:id/:token/messages/:id', 'POST /webhooks/:id/:token'].slice(0, failures)) {
      discord.nextResponse(route, { status: 400, code: 50035 });
    }
    const running = mod.runs('xiaomipay post', { topic: 'fees', 'reply-to': asked.id }, { channel: general });
    if (failures === 1) expect((await running).content).toBe(EN.posted(general.fromBot[0]?.url ?? ''));
    else running.catch(() => {});
    await discord.settled();
    expect(general.fromBot).toHaveLength(1);
    const failed = general.visibleTo(mod).filter(({ content }) => content === EN.failed);
    expect([failed, logged.filter(({ level }) => level > 30).length]).toEqual([[], failures - 1]);
  });
});

describe('/xiaomipay channel', () => {
  test.for([
    ['off', { mention: 0, overheard: 0 }],
    ['mentions', { mention: 1, overheard: 0 }],
    ['open', { mention: 1, overheard: 1 }],
  ] as const)('%s: says so, and does so', async ([mode, replies]) => {
    const { discord, general, mod, anna, engine } = await open();
    const run = await mod.runs('xiaomipay channel', { mode }, { channel: general });
    expect(run.ephemeral).toBe(true);
    expect(run.content).toContain(`${EN.setting(general.mention, mode)}\n${EN.modes(engine.subject)[mode]}`);
    const mention = ask(discord, anna, general);
    const overheard = anna.says(general, askedOfAll(engine, 'launch-date'));
    await discord.settled();
    expect({ mention: mention.replies.length, overheard: overheard.replies.length }).toEqual(replies);
  });

  test('offers its modes in the language of who runs it', async () => {
    const { guild, general, channels } = await open();
    const mod = guild.member('Moritz', { permissions: ['ManageMessages'], locale: 'de' });
    const run = await mod.runs('xiaomipay kanal', { modus: 'open: auch unaufgefordert' }, { channel: general });
    expect(run.content).toContain(DE.setting(general.mention, 'open'));
    expect(channels.get(general.id).mode).toBe('open');
  });

  test.for([
    ['de', /Quelle: KKJ/],
    ['en', /Source: KKJ/],
  ] as const)('%s: answers messages without a language of their own in it', async ([language, source]) => {
    const { discord, general, mod, anna } = await open({ locale: language === 'de' ? 'en-US' : 'de' });
    const run = await mod.runs('xiaomipay channel', { mode: 'mentions', language }, { channel: general });
    expect(run.content).toContain(EN.languageSet(language));
    await mod.runs('xiaomipay post', { topic: 'fees' }, { channel: general });
    expect(general.fromBot[0]?.content).toMatch(source);
    const unclear = await anna.says(general, `${discord.bot.mention} xyzzy`).reply();
    expect(unclear.content).toBe(UNKNOWN[language]);
  });

  test('keeps the language where only the mode is set', async () => {
    const { general, mod, channels } = await open();
    await mod.runs('xiaomipay channel', { mode: 'open', language: 'de' }, { channel: general });
    await mod.runs('xiaomipay channel', { mode: 'mentions' }, { channel: general });
    expect(channels.get(general.id)).toEqual({ mode: 'mentions', language: 'de' });
    await mod.runs('xiaomipay channel', { mode: 'mentions', language: 'server' }, { channel: general });
    expect(channels.get(general.id)).toEqual({ mode: 'mentions', language: undefined });
  });

  test('applies to the threads of the channel, wherever in it it is run', async () => {
    const { discord, general, mod, anna } = await open();
    const thread = anna.startsThread(general, 'costs');
    const run = await mod.runs('xiaomipay channel', { mode: 'off' }, { channel: thread });
    expect(run.content).toContain(EN.setting(general.mention, 'off'));
    const later = anna.startsThread(general, 'more costs');
    const asked = [general, thread, later].map((channel) => ask(discord, anna, channel));
    await discord.settled();
    expect(asked.flatMap(({ replies }) => replies)).toEqual([]);
    await mod.runs('xiaomipay channel', { mode: 'mentions' }, { channel: general });
    expect(await ask(discord, anna, thread).reply()).toBeDefined();
  });

  test('applies to a whole forum when run in one of its posts', async () => {
    const { discord, guild, mod, anna, engine } = await open();
    const forum = guild.forum('help');
    const { channel: post } = anna.posts(forum, 'Hello', 'Is anybody here?');
    const run = await mod.runs('xiaomipay channel', { mode: 'open' }, { channel: post });
    expect(run.content).toContain(EN.setting(forum.mention, 'open'));
    const asked = anna.posts(forum, 'Start', askedOfAll(engine, 'launch-date'));
    expect((await asked.reply()).channel.parent).toBe(forum);
    await discord.settled();
    expect(asked.replies).toHaveLength(1);
  });

  test('says which permissions are missing for it', async () => {
    const { discord, general, mod } = await open();
    general.deny(discord.bot, 'SendMessages');
    const run = await mod.runs('xiaomipay channel', { mode: 'open' }, { channel: general });
    expect(run.content).toContain(EN.missing('Send Messages'));
  });
});

describe('/xiaomipay status', () => {
  test('shows, to the moderator alone, what applies where nobody has set anything', async () => {
    const { general, mod } = await open();
    const run = await mod.runs('xiaomipay status', {}, { channel: general });
    expect(run.ephemeral).toBe(true);
    expect(run.content).toContain(EN.setting(general.mention, 'mentions'));
    expect(run.content).toContain(EN.languageSet(undefined));
    expect(run.content).toContain(EN.nothingMissing);
    expect(run.content).not.toContain('⚠️');
  });

  test('shows the votes of all members, and the answers that did not help, the lowest rated first', async () => {
    const { discord, general, mod, anna, ben } = await open();
    const status = async () => (await mod.runs('xiaomipay status', {}, { channel: general })).content;
    expect(await status()).not.toContain('👍');
    const launch = await anna.says(general, `${discord.bot.mention} ${TITLES.launch.de}`).reply();
    await anna.clicks(launch, HELPFUL);
    await discord.settled();
    const [votes] = (await status()).split(EN.votes(1, 0)).slice(1);
    expect(votes).toBe('');
    const partner = await anna.says(general, `${discord.bot.mention} ${TITLES.partner.de}`).reply();
    const answer = await ask(discord, anna, general).reply();
    for (const member of [anna, ben]) await member.clicks(answer, UNHELPFUL);
    for (const reply of [answer, partner]) await mod.clicks(reply, HELPFUL);
    await anna.clicks(partner, UNHELPFUL);
    const lowest = [`- ${TITLES.cost.de} (👍 1 · 👎 2)`, `- ${TITLES.partner.de} (👍 1 · 👎 1)`];
    await discord.settled();
    expect((await status()).split(`${EN.votes(3, 3)}\n`)[1]).toBe([EN.lowestRated, ...lowest].join('\n'));
  });

  test('shows which knowledge is loaded: how many topics, which version, since when', async () => {
    const { general, mod, engine } = await open();
    const { content } = await mod.runs('xiaomipay status', {}, { channel: general });
    const { topics, version } = engine.knowledge;
    expect(content).toMatch(
      new RegExp(`Knowledge: ${topics.length} topics, version ${version}, loaded <t:\\d{10}:R>\\.$`, 'm'),
    );
  });

  test.for([
    ['de', 'SendMessages', DE.missing('Nachrichten senden')],
    ['de', 'ReadMessageHistory', DE.missing('Nachrichtenverlauf anzeigen')],
    ['en-GB', 'SendMessages', EN.missing('Send Messages')],
    ['en-GB', 'ReadMessageHistory', EN.missing('Read Message History')],
  ] as const)('says to who reads %s that %s is missing, and how to grant it', async ([locale, permission, text]) => {
    const { discord, guild, general } = await open();
    const mod = guild.member('Moritz', { permissions: ['ManageMessages'], locale });
    general.deny(discord.bot, permission);
    const { content } = await mod.runs('xiaomipay status', {}, { channel: general });
    expect(content).toContain(text);
    general.allow(discord.bot, permission);
    const after = await mod.runs('xiaomipay status', {}, { channel: general });
    expect(after.content).not.toContain('⚠️');
  });

  test('in a thread names what threads need', async () => {
    const { discord, general, mod, anna } = await open();
    const thread = anna.startsThread(general, 'costs');
    general.deny(discord.bot, 'SendMessagesInThreads');
    const { content } = await mod.runs('xiaomipay status', {}, { channel: thread });
    expect(content).toContain(EN.missing('Send Messages in Threads'));
  });

  test('in a thread that the bot cannot see still says what is missing', async () => {
    const { discord, general, mod, anna } = await open();
    general.deny(discord.bot, 'ViewChannel');
    const thread = anna.startsThread(general, 'costs');
    const { content } = await mod.runs('xiaomipay status', {}, { channel: thread });
    expect(content).toContain('View Channel');
  });

  test('says that the bot may not read along where the Message Content Intent is off', async () => {
    const { discord } = await play((fresh) => fresh.refuseIntents(['MessageContent']));
    const { general, mod } = furnish(discord);
    const { content } = await mod.runs('xiaomipay status', {}, { channel: general });
    expect(content).toContain(EN.contentOff);
    const { content: set } = await mod.runs('xiaomipay channel', { mode: 'open' }, { channel: general });
    expect(set).toContain(EN.contentOff);
  });
});

/** Every way of a moderator's, as somebody without the permission may try it. */
const MODERATORS_COMMANDS = [
  ['post', { topic: 'fees' }],
  ['post', { topic: 'fees', 'reply-to': '123456789012345678' }],
  ['channel', { mode: 'open', language: 'de' }],
  ['channel', { mode: 'off' }],
  ['status', {}],
] as const;

describe('a member who may not manage messages in a channel', () => {
  type Server = { guild: Guild; general: Channel; anna: Person };
  const WITHOUT: readonly (readonly [string, (server: Server) => void])[] = [
    ['has no such permission at all', () => {}],
    [
      'may manage them in another channel',
      ({ guild, anna }) => guild.textChannel('other').allow(anna, 'ManageMessages'),
    ],
    [
      'may manage them in all others',
      ({ guild, general, anna }) => {
        guild.give(anna, guild.role('Moderators', ['ManageMessages']));
        general.deny(anna, 'ManageMessages');
      },
    ],
    [
      'may do everything but that',
      ({ guild, anna }) =>
        guild.give(anna, guild.role('Helpers', ['ManageGuild', 'ManageChannels', 'ManageRoles', 'ModerateMembers'])),
    ],
  ];
  const tries = WITHOUT.flatMap(([how, arrange]) =>
    MODERATORS_COMMANDS.map(([command, options]) => [command, how, options, arrange] as const),
  );

  test.for(tries)('is refused %s, also when forced, who %s', async ([command, , options, arrange]) => {
    const { discord, guild, general, anna, channels } = await open();
    arrange({ guild, general, anna });
    for (const channel of [general, anna.startsThread(general, 'a thread')]) {
      const run = await anna.runs(`xiaomipay ${command}`, options, { channel, forced: true });
      expect(run.ephemeral).toBe(true);
      expect(run.content).toBe(EN.needsManageMessages);
      expect(run.message.labels).toEqual([]);
      await discord.settled();
      expect(channel.fromBot).toEqual([]);
    }
    expect(channels.get(general.id)).toEqual({ mode: 'mentions', language: undefined });
  });

  test('is refused in their own language', async () => {
    const { guild, general } = await open();
    const anna = guild.member('Anja', { locale: 'de' });
    const { content } = await anna.runs('xiaomipay status', {}, { channel: general });
    expect(content).toBe(DE.needsManageMessages);
  });

  test.for(MODERATORS_COMMANDS)('cannot run %s in direct messages', async ([command, options]) => {
    const { mod } = await open();
    const run = await mod.runs(`xiaomipay ${command}`, options, { forced: true });
    expect(run.content).toBe(EN.onlyOnServers);
  });

  test.for(MODERATORS_COMMANDS)('cannot run %s once the permission is taken away', async ([command, options]) => {
    const { guild, general, mod, channels } = await open();
    await mod.runs('xiaomipay status', {}, { channel: general });
    guild.revoke(mod, 'ManageMessages');
    const run = await mod.runs(`xiaomipay ${command}`, options, { channel: general });
    expect(run.content).toContain(EN.needsManageMessages);
    expect(channels.get(general.id).mode).toBe('mentions');
    expect(general.fromBot).toEqual([]);
  });

  /** What a tampered client may send, by whoever clicks. */
  const FORGED: readonly (readonly [string, (own: string) => Control])[] = [
    ['a page of topics', (asker) => ({ action: 'page', page: 1, language: 'en', asker })],
    ['dismissing', (asker) => ({ action: 'dismiss', language: 'en', asker })],
    ['another topic', (asker) => ({ action: 'topic', topics: ['lei-jun'], language: 'en', asker })],
    ['the other language', (asker) => ({ action: 'translate', topics: ['fees'], language: 'en', asker })],
    ['none of these', (asker) => ({ action: 'none', language: 'en', asker })],
    ['feedback', (asker) => ({ action: 'unhelpful', topics: ['fees'], language: 'en', asker })],
    ['feedback on no topic', (asker) => ({ action: 'helpful', topics: ['<@1> secret'], language: 'en', asker })],
    ['a topic that there is not', (asker) => ({ action: 'topic', topics: ['__proto__'], language: 'en', asker })],
  ];

  test.for(FORGED)('changes nothing of another’s answer by a forged custom id: %s', async ([, control]) => {
    const { discord, general, anna, ben, logged } = await open();
    const answer = await ask(discord, anna, general).reply();
    const before = { content: answer.content, labels: answer.labels };
    for (const asker of [ben.id, anna.id, '0']) {
      const run = await ben.clicks(answer, { customId: toCustomId(control(asker)), forged: true });
      expect(run.message).not.toBe(answer);
      expect(run.ephemeral).toBe(true);
    }
    await discord.settled();
    expect(answer.deleted).toBe(false);
    expect({ content: answer.content, labels: answer.labels }).toEqual(before);
    expect(general.fromBot).toEqual([answer]);
    expect(JSON.stringify(logged)).not.toContain('secret');
  });

  test.for(['page', 'menu'] as const)('gets no further with a forged menu: %s', async (action) => {
    const { discord, general, anna, ben } = await open();
    const answer = await ask(discord, anna, general).reply();
    const before = answer.content;
    const control: Control =
      action === 'page'
        ? { action, page: 1, language: 'en', asker: ben.id }
        : { action, language: 'en', asker: ben.id };
    for (const chosen of ['lei-jun', 'no-such-topic', '']) {
      const run = await ben.chooses(answer, { customId: toCustomId(control), forged: true }, chosen);
      expect(run.ephemeral).toBe(true);
    }
    expect(answer.content).toBe(before);
  });

  test('cannot dismiss once the permission is taken away', async () => {
    const { discord, guild, general, mod, anna } = await open();
    const answer = await ask(discord, anna, general).reply();
    guild.revoke(mod, 'ManageMessages');
    expect((await mod.clicks(answer, REMOVE)).content).toBe(EN.notYours);
    expect(answer.deleted).toBe(false);
  });

  test('cannot make a moderator’s post their own', async () => {
    const { discord, general, mod, anna, ben } = await open();
    const { message } = await mod.runs('xiaomipay post', { topic: 'fees', member: anna }, { channel: general });
    const before = message.content;
    await ben.clicks(message, EN.otherLanguage);
    await ben.clicks(message, {
      customId: toCustomId({ action: 'none', language: 'en', asker: ben.id }),
      forged: true,
    });
    await discord.settled();
    expect([message.content, message.deleted]).toEqual([before, false]);
  });
});

describe('an administrator', () => {
  test('may do what moderators may', async () => {
    const { guild, general } = await open();
    const chief = guild.member('Chief', { permissions: ['Administrator'] });
    const { content } = await chief.runs('xiaomipay status', {}, { channel: general });
    expect(content).toContain(EN.setting(general.mention, 'mentions'));
  });
});

describe('showing a private answer in the channel', () => {
  const share = (asker: string): Control => ({ action: 'share', topics: ['fees'], language: 'en', asker });

  type Server = { guild: Guild; general: Channel; thread: Channel; anna: Person; set: (mode: 'off') => Promise<void> };
  test.for<[string, (server: Server) => Channel | Promise<Channel>]>([
    [
      'they may not write',
      ({ general, anna }) => {
        general.deny(anna, 'SendMessages');
        return general;
      },
    ],
    [
      'they lost the permission to write',
      ({ guild, general, anna }) => {
        guild.revoke(anna, 'SendMessages');
        return general;
      },
    ],
    [
      'they may write in the channel but not in its threads',
      ({ general, thread, anna }) => {
        general.deny(anna, 'SendMessagesInThreads');
        return thread;
      },
    ],
    [
      'a moderator has switched the bot off',
      async ({ general, set }) => {
        await set('off');
        return general;
      },
    ],
    [
      'a moderator has switched the bot off, and its threads with it',
      async ({ thread, set }) => {
        await set('off');
        return thread;
      },
    ],
  ])('is refused where %s, by its button or a forged one', async ([, forbid]) => {
    const { discord, guild, general, anna, channels } = await open();
    const thread = anna.startsThread(general, 'a thread');
    const places = [general, thread];
    const answers = await Promise.all(
      places.map((channel) => anna.runs('xiaomipay ask', { question: 'What does it cost?' }, { channel })),
    );
    const public_ = await Promise.all(places.map((channel) => ask(discord, anna, channel).reply()));
    const place = await forbid({
      guild,
      general,
      thread,
      anna,
      set: (mode) => channels.set(general.id, guild.id, { mode, language: undefined }),
    });
    const index = places.indexOf(place);
    const [answer, publicAnswer] = [answers[index]?.message, public_[index]];
    if (!answer || !publicAnswer) throw new Error('There is an answer in each place.');
    const runs = [
      await anna.clicks(answer, EN.share),
      await anna.clicks(publicAnswer, { customId: toCustomId(share(anna.id)), forged: true }),
    ];
    for (const run of runs) {
      expect(run.ephemeral).toBe(true);
      expect(run.content).toBe(EN.notAllowedHere);
    }
    await discord.settled();
    expect(place.fromBot).toEqual([publicAnswer]);
  });
});
