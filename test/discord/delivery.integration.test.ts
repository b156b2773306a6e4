import { GatewayCloseCodes, Options } from 'discord.js';
import { describe, expect, test, vi } from 'vitest';
import { FakeClock } from '../fake-clock.ts';
import { shippedEngine } from '../shipped-knowledge.ts';
import { ANSWERS, askedOfAll, DE, EN, scene, textOf } from './scene.ts';
import type { Discord } from './server/index.ts';

const QUESTION = 'was kostet Xiaomi Pay?';
const UNPROMPTED = askedOfAll(shippedEngine, 'fees');
/** discord.js itself drops what it has in its cache; without one the bot is on its own. */
const FORGETFUL = {
  client: { makeCache: Options.cacheWithLimits({ ...Options.DefaultMakeCacheSettings, MessageManager: 0 }) },
};

describe('what Discord delivers twice', () => {
  test.for([
    ['with a cache of messages', {}],
    ['without one', FORGETFUL],
  ] as const)('is answered once, %s', async ([, options]) => {
    const { discord, guild, general, anna, sets } = await scene(undefined, options);
    const forum = guild.forum('help');
    await sets(general, 'open');
    await sets(forum, 'open');
    discord.deliverTwice = true;
    const asked = [
      anna.says(general, `${discord.bot.mention} ${QUESTION}`),
      anna.says(general, UNPROMPTED),
      anna.directMessages(QUESTION),
      anna.posts(forum, 'Kosten', UNPROMPTED),
    ];
    await discord.settled();
    expect(asked.map(({ channel }) => channel.fromBot.length)).toEqual([2, 2, 1, 1]);
    expect(asked.map(({ replies }) => replies.length)).toEqual([1, 1, 1, 1]);
    const posts = discord.requests.filter(({ method, path }) => method === 'POST' && path.endsWith('/messages'));
    expect(posts).toHaveLength(4);
  });

  test('is edited and deleted once', async () => {
    const { discord, general, anna } = await scene();
    discord.deliverTwice = true;
    const asked = anna.says(general, `${discord.bot.mention} ${QUESTION}`);
    const reply = await asked.reply();
    anna.edits(asked, `${discord.bot.mention} wann startet Xiaomi Pay?`);
    await discord.settled();
    expect(reply.earlier).toHaveLength(1);
    anna.deletes(asked);
    await discord.settled();
    expect(discord.requests.filter(({ method }) => method === 'DELETE')).toHaveLength(1);
  });

  test('is shown once, if it is a command or a click', async () => {
    const { discord, general, anna, ben, logged } = await scene();
    discord.deliverTwice = true;
    const run = await anna.runs('xiaomipay ask', { question: QUESTION }, { channel: general });
    await anna.clicks(run.message, DE.share);
    await discord.settled();
    expect(general.visibleTo(ben)).toHaveLength(1);
    expect(general.visibleTo(anna)).toHaveLength(2);
    expect(logged.filter(({ level }) => level > 30)).toEqual([]);
  });

  test('is sent once by Discord too, should two instances of the bot answer', async () => {
    const { discord, asks } = await scene();
    const reply = await asks(QUESTION);
    const [request] = discord.requests.filter(({ path }) => path.endsWith('/messages'));
    expect(request?.body).toMatchObject({ nonce: reply.replyTo?.id, enforce_nonce: true });
  });
});

describe('a connection that is lost', () => {
  test.for<[string, (discord: Discord) => void]>([
    ['cut', (discord) => discord.drop()],
    ['closed with an unknown error', (discord) => discord.closeGateway(GatewayCloseCodes.UnknownError)],
    ['told that its session may be resumed', (discord) => discord.invalidateSession(true)],
  ])('is resumed and loses and doubles nothing: %s', async ([, lose]) => {
    const { discord, general, anna } = await scene();
    const say = (text: string) => anna.says(general, `${discord.bot.mention} ${text}`);
    const before = say(QUESTION);
    const edited = say('wann startet Xiaomi Pay?');
    const deleted = say('wer leitet Xiaomi eigentlich?');
    const [, changed, gone] = await Promise.all([before.reply(), edited.reply(), deleted.reply()]);
    await discord.settled();
    const unanswered = say('was ist MIUI?');
    lose(discord);
    const during = say('was ist China UnionPay?');
    anna.edits(edited, `${discord.bot.mention} und in Deutschland?`);
    anna.deletes(deleted);
    await discord.settled();
    const after = say('Wie sicher ist Xiaomi Pay?');
    await discord.settled();
    expect(discord.sessions).toEqual({ identified: 1, resumed: 1 });
    expect([before, edited, unanswered, during, after].map(({ replies }) => replies.length)).toEqual([1, 1, 1, 1, 1]);
    expect(changed.content).toContain(ANSWERS.germany.de);
    expect(gone.deleted).toBe(true);
    expect(general.fromBot).toHaveLength(5);
  });

  test.for<[string, (discord: Discord) => void]>([
    ['an invalid session', (discord) => discord.invalidateSession(false)],
    ['a session that timed out', (discord) => discord.closeGateway(GatewayCloseCodes.SessionTimedOut)],
    ['a wrong sequence number', (discord) => discord.closeGateway(GatewayCloseCodes.InvalidSeq)],
  ])('begins anew after %s, and doubles nothing', async ([, lose]) => {
    const { discord, general, anna, asks } = await scene();
    const before = await asks(QUESTION);
    await discord.settled();
    const registrations = discord.requests.filter(({ path }) => path.endsWith('/commands')).length;
    lose(discord);
    await discord.settled();
    expect(discord.sessions.identified).toBe(2);
    const after = await asks('wann startet Xiaomi Pay?');
    const question = before.replyTo;
    if (question) anna.deletes(question);
    await before.gone();
    await discord.settled();
    expect(general.fromBot).toEqual([after]);
    expect(discord.requests.filter(({ path }) => path.endsWith('/commands'))).toHaveLength(registrations);
    const run = await anna.runs('xiaomipay ask', { question: QUESTION }, { channel: general });
    expect(run.content).toContain(ANSWERS.cost.de);
  });
});

describe('many at once', () => {
  test('200 members in 50 channels are each answered once, with what they asked', async () => {
    const { discord, guild } = await scene();
    const channels = Array.from({ length: 50 }, (_, index) => guild.textChannel(`channel-${index}`));
    const asked = Array.from({ length: 200 }, (_, index) => {
      const channel = channels[index % channels.length] ?? guild.textChannel('one more');
      const [question, answer] =
        index % 2
          ? (['when does Xiaomi Pay start?', ANSWERS.launch.en] as const)
          : ([QUESTION, ANSWERS.cost.de] as const);
      const message = guild.member(`Member ${index}`).says(channel, `${discord.bot.mention} ${question}`);
      return { message, answer };
    });
    await discord.until(
      'every question to be answered',
      () => asked.every(({ message }) => message.replies.length > 0) || undefined,
    );
    await discord.settled();
    expect(asked.map(({ message }) => message.replies.length)).toEqual(Array(200).fill(1));
    for (const { message, answer } of asked) expect(message.replies[0]?.content).toContain(answer);
    expect(channels.map(({ fromBot }) => fromBot.length)).toEqual(Array(50).fill(4));
  });

  test('in one channel are each answered once within Discord’s own limits', async () => {
    const { discord, guild, general } = await scene(undefined, { discord: { rateLimits: 'discord' } });
    const asked = Array.from({ length: 8 }, (_, index) =>
      guild.member(`Member ${index}`).says(general, `${discord.bot.mention} ${QUESTION}`),
    );
    await discord.until(
      'every question to be answered',
      () => asked.every(({ replies }) => replies.length > 0) || undefined,
    );
    await discord.settled();
    expect(asked.map(({ replies }) => replies.length)).toEqual(Array(8).fill(1));
    expect(discord.requests.filter(({ status }) => status === 429)).toEqual([]);
  });
});

/** A text that names a number of seconds, of any number. */
const about = (text: (seconds: number) => string) => {
  const [before = '', after = ''] = text(0).split('0');
  return expect.stringMatching(new RegExp(`^${before}\\d+${after}$`));
};

describe('a member who asks very much', () => {
  const TOO_MANY = about(DE.slowDown.member);

  test('is told politely, once a minute, and answered again after it', async () => {
    const clock = new FakeClock();
    const { discord, general, anna, ben } = await scene(undefined, { clock, MEMBER_QUESTIONS_PER_MINUTE: 2 });
    const ask = (person = anna) => person.says(general, `${discord.bot.mention} ${QUESTION}`);
    const asked = [ask(), ask(), ask(), ask(), ask()];
    const other = ask(ben);
    await discord.settled();
    expect(asked.map(({ replies }) => replies.map(textOf))).toEqual([
      [ANSWERS.cost.de],
      [ANSWERS.cost.de],
      [TOO_MANY],
      [],
      [],
    ]);
    const [told] = asked[2]?.replies ?? [];
    expect([told?.pinged, told?.labels]).toEqual([[], []]);
    expect(other.replies[0]?.content).toContain(ANSWERS.cost.de);
    await clock.advance(60_000);
    expect((await ask().reply()).content).toContain(ANSWERS.cost.de);
  });

  test('takes back being told so with the question, or gets the answer instead by an edit a minute later', async () => {
    const clock = new FakeClock(new Date().toISOString());
    const { asks, discord, general, anna } = await scene(undefined, { clock, MEMBER_QUESTIONS_PER_MINUTE: 1 });
    const ask = () => anna.says(general, `${discord.bot.mention} ${QUESTION}`);
    await asks(QUESTION);
    const deleted = ask();
    const told = await deleted.reply();
    anna.deletes(deleted);
    await told.gone();
    await clock.advance(60_000);
    await asks(QUESTION);
    const edited = ask();
    const toldAgain = await edited.reply();
    await clock.advance(60_000);
    anna.edits(edited, `${discord.bot.mention} ${QUESTION}!`);
    await toldAgain.edited();
    expect([textOf(toldAgain), edited.replies]).toEqual([ANSWERS.cost.de, [toldAgain]]);
  });

  test('is told in the language of the question', async () => {
    const { general, anna, discord } = await scene(undefined, { MEMBER_QUESTIONS_PER_MINUTE: 1 });
    await anna.says(general, `${discord.bot.mention} ${QUESTION}`).reply();
    const english = anna.says(general, `${discord.bot.mention} what does Xiaomi Pay cost?`);
    expect((await english.reply()).content).toEqual(about(EN.slowDown.member));
  });

  test.for([
    [QUESTION, /in einer Sekunde wieder/],
    ['what does Xiaomi Pay cost?', /in a second\.$/],
  ] as const)('in the last second is told so in good grammar: %j', async ([question, told]) => {
    const clock = new FakeClock();
    const { asks } = await scene(undefined, { clock, MEMBER_QUESTIONS_PER_MINUTE: 1 });
    await asks(question);
    await clock.advance(59_500);
    expect((await asks(question)).content).toMatch(told);
  });

  test('is told with every command, for nobody else sees it, and commands count as questions', async () => {
    const { general, anna, asks } = await scene(undefined, { MEMBER_QUESTIONS_PER_MINUTE: 2 });
    const run = () => anna.runs('xiaomipay ask', { question: QUESTION }, { channel: general });
    await asks(QUESTION);
    expect((await run()).content).toContain(ANSWERS.cost.de);
    for (const refused of [await run(), await run()]) {
      expect(refused.content).toEqual(TOO_MANY);
      expect(refused.ephemeral).toBe(true);
    }
  });

  test('does not get around it in direct messages', async () => {
    const { anna, asks } = await scene(undefined, { MEMBER_QUESTIONS_PER_MINUTE: 1 });
    await asks(QUESTION);
    expect((await anna.directMessages(QUESTION).reply()).content).toEqual(TOO_MANY);
  });

  test('together with others in one channel is told there once a minute, and other channels go on', async () => {
    const clock = new FakeClock();
    const { discord, guild, general } = await scene(undefined, { clock, CHANNEL_ANSWERS_PER_MINUTE: 2 });
    const ask = (name: string, channel = general) =>
      guild.member(name).says(channel, `${discord.bot.mention} ${QUESTION}`);
    const asked = ['Carla', 'Dora', 'Emil', 'Fritz', 'Gerda'].map((name) => ask(name));
    const elsewhere = ask('Hans', guild.textChannel('other'));
    await discord.settled();
    expect(asked.map(({ replies }) => replies.length)).toEqual([1, 1, 1, 0, 0]);
    expect(asked[2]?.replies[0]?.content).toEqual(about(DE.slowDown.channel));
    expect(elsewhere.replies[0]?.content).toContain(ANSWERS.cost.de);
    await clock.advance(60_000);
    expect((await ask('Ida').reply()).content).toContain(ANSWERS.cost.de);
  });

  test('in a busy channel is not taken for one who asks much, and keeps their own allowance', async () => {
    const { discord, guild, general, anna, ben } = await scene(undefined, {
      MEMBER_QUESTIONS_PER_MINUTE: 2,
      CHANNEL_ANSWERS_PER_MINUTE: 1,
    });
    const ask = (person = anna, channel = general) => person.says(channel, `${discord.bot.mention} ${QUESTION}`);
    await ask(ben).reply();
    expect((await ask().reply()).content).toEqual(about(DE.slowDown.channel));
    for (const place of [guild.textChannel('one'), guild.textChannel('two')]) {
      expect(textOf(await ask(anna, place).reply())).toBe(ANSWERS.cost.de);
    }
  });

  test('is read only for the language in which to say so', async () => {
    const { asks, discord, general, anna, engine, logged } = await scene(undefined, { MEMBER_QUESTIONS_PER_MINUTE: 1 });
    await asks(QUESTION);
    const read = vi.spyOn(engine, 'read');
    await asks(QUESTION);
    expect(read).toHaveBeenCalledOnce();
    anna.says(general, `${discord.bot.mention} ${QUESTION}`);
    await discord.settled();
    expect(read).toHaveBeenCalledOnce();
    expect(logged.filter(({ msg }) => msg === 'reached the limit')).toMatchObject([{ limit: 'member' }]);
    read.mockRestore();
  });

  test('unasked gets no answer, and no word about it either', async () => {
    const { discord, general, anna, sets, engine } = await scene(undefined, { CHANNEL_ANSWERS_PER_MINUTE: 1 });
    await sets(general, 'open');
    await anna.says(general, UNPROMPTED).reply();
    anna.says(general, askedOfAll(engine, 'what-is-xiaomi-pay'));
    await discord.settled();
    expect(general.fromBot).toHaveLength(1);
  });

  test('cannot flood a channel with “show in channel” either', async () => {
    const { general, anna, ben } = await scene(undefined, { CHANNEL_ANSWERS_PER_MINUTE: 1 });
    const run = await anna.runs('xiaomipay ask', { question: QUESTION }, { channel: general });
    await anna.clicks(run.message, DE.share);
    const again = await anna.clicks(run.message, DE.share);
    expect([again.content, again.ephemeral]).toEqual([DE.sharedAlready, true]);
    const other = await anna.runs('xiaomipay ask', { question: QUESTION }, { channel: general });
    const third = await anna.clicks(other.message, DE.share);
    expect(third.content).toEqual(about(DE.slowDown.channel));
    expect([third.ephemeral, general.visibleTo(ben).length]).toEqual([true, 1]);
  });

  test('is slowed down with “show in channel” as with questions, so that nobody else has to wait', async () => {
    const { general, guild, anna, ben } = await scene(undefined, { MEMBER_QUESTIONS_PER_MINUTE: 2 });
    const run = await anna.runs('xiaomipay ask', { question: QUESTION }, { channel: general });
    await anna.clicks(run.message, DE.share);
    const other = await ben.runs('xiaomipay ask', { question: QUESTION }, { channel: general });
    expect((await anna.runs('xiaomipay ask', { question: QUESTION }, { channel: general })).content).toEqual(TOO_MANY);
    await ben.clicks(other.message, DE.share);
    expect(general.visibleTo(guild.member('Cleo'))).toHaveLength(2);
  });

  test('is not followed for ever with edits', async () => {
    const { discord, general, anna } = await scene(undefined, { MEMBER_QUESTIONS_PER_MINUTE: 3 });
    const asked = anna.says(general, `${discord.bot.mention} ${QUESTION}`);
    await asked.reply();
    for (let nth = 0; nth < 10; nth++) {
      anna.edits(asked, `${discord.bot.mention} ${nth % 2 === 0 ? 'wann startet Xiaomi Pay?' : QUESTION}`);
      await discord.settled();
    }
    expect(discord.requests.filter(({ method }) => method === 'PATCH')).toHaveLength(2);
  });

  test('has no limit where it is set to 0', async () => {
    const { discord, general, anna } = await scene(undefined, {
      MEMBER_QUESTIONS_PER_MINUTE: 0,
      CHANNEL_ANSWERS_PER_MINUTE: 0,
    });
    const asked = Array.from({ length: 40 }, () => anna.says(general, `${discord.bot.mention} ${QUESTION}`));
    await discord.settled();
    expect(asked.map(({ replies }) => replies[0]?.content.startsWith(ANSWERS.cost.de))).toEqual(Array(40).fill(true));
  });
});
