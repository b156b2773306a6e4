import { expect, onTestFinished, test } from 'vitest';
import { type Clock, systemClock } from '../../src/operation/clock.ts';
import { randomFrom } from '../bench/random.ts';
import { BotProcess, discordOf, settingsFor } from './bot-process.ts';
import { connectedClient } from './connected-client.ts';
import { load, ownFailures } from './faults/load.ts';
import { mutate, pathsIn } from './mutations.ts';
import type { Channel, Discord, Fault, Message, Person } from './server/index.ts';

/** An event as Discord sends it. */
interface Sample {
  readonly name: string;
  readonly data: unknown;
}

/** One with a field changed. */
interface Mutant extends Sample {
  readonly label: string;
}

/** After so many, the bot has to answer a question. */
const PROBE_EVERY = 100;
/** How long an answer may take, in milliseconds; only a bot that is broken takes it up. */
const PROBE_PATIENCE = 20_000;

/** A bot as a process, in a server where events are recorded and changed, and in one that is left alone. */
async function fuzzed() {
  const discord = await discordOf({ patienceMs: PROBE_PATIENCE });
  const control = discord.guild();
  const probe = { channel: control.textChannel('control'), anna: control.member('Anna') };
  const bot = new BotProcess({
    ...settingsFor(discord),
    LOG_LEVEL: 'warn',
    MEMBER_QUESTIONS_PER_MINUTE: '0',
    CHANNEL_ANSWERS_PER_MINUTE: '0',
  });
  onTestFinished(() => void discord.takeViolations());
  await discord.ready;
  return { discord, bot, isAlive: () => isAlive(discord, bot, probe) };
}

type Fuzzed = Awaited<ReturnType<typeof fuzzed>>;

/** Does the bot still answer? */
async function isAlive(discord: Discord, bot: BotProcess, { channel, anna }: { channel: Channel; anna: Person }) {
  const answer = anna.says(channel, `${discord.bot.mention} Was kostet das Roggenbrot?`).reply();
  const ended = bot.ended.then(() => false);
  return Promise.race([answer.then(() => true).catch(() => false), ended]);
}

/** Everything that this Discord tells a bot, while members and moderators do all they can do. */
async function record(discord: Discord): Promise<Sample[]> {
  const samples = new Map<string, Sample>();
  discord.alterEvents = (name, data) => {
    // Events of one name differ in their fields.
    samples.set(`${name} ${pathsIn(data).join()}`, { name, data: structuredClone(data) });
    return data;
  };
  const guild = discord.guild({ locale: 'de' });
  const general = guild.textChannel('general');
  const anna = guild.member('Anna', { locale: 'de' });
  const mona = guild.member('Mona', { permissions: ['ManageMessages'] });
  const { mention } = discord.bot;
  const asked = anna.says(general, `${mention} Was kostet das Roggenbrot?`);
  const answer = await asked.reply();
  anna.says(general, `${mention} und wann ist offen?`, { replyTo: answer });
  await anna.directMessages('Was kostet das Roggenbrot?').reply();
  const forum = guild.forum('help');
  const post = anna.posts(forum, 'Brot', `${mention} was kostet das Roggenbrot?`);
  anna.startsThread(general, 'thread').delete();
  anna.forwards(asked, general);
  anna.polls(general, 'Was kostet das Roggenbrot?');
  await anna.runs('xiaomipay ask', { question: 'Was kostet das Roggenbrot?' }, { channel: general });
  await mona.runs('xiaomipay channel', { mode: 'open' }, { channel: general });
  await mona.runs('xiaomipay status', {}, { channel: general });
  await anna.types('xiaomipay ask', 'question', 'brot', { channel: general });
  await anna.rightClicks('Xiaomi Pay: answer', asked).catch(() => anna.rightClicks('Xiaomi Pay: beantworten', asked));
  await anna.clicks(answer, '👍');
  await anna.chooses(answer, {}, 'hours');
  anna.edits(asked, `${mention} Wann ist die Bäckerei offen?`);
  await discord.settled();
  general.purge(asked, post);
  anna.deletes(anna.says(general, 'weg'));
  guild.give(mona, guild.role('helpers', ['ManageMessages']));
  general.deny(anna, 'AddReactions');
  guild.textChannel('short-lived').delete();
  guild.becomesUnavailable();
  guild.returns();
  await discord.settled();
  guild.removeBot();
  await discord.settled();
  discord.alterEvents = undefined;
  return [...samples.values()];
}

/** Every field of every event: null, missing, and in turns of another type or huge. Messages and interactions have ids of their own, or they'd be taken for known. */
function mutantsOf(samples: readonly Sample[]): Mutant[] {
  let id = 1_600_000_000_000_000_000n;
  return samples.flatMap(({ name, data }) =>
    pathsIn(data).flatMap((path, nth) =>
      (['null', 'missing', nth % 2 ? 'another type' : 'huge'] as const).map((mutation): Mutant => {
        const fresh = /^(?:MESSAGE|INTERACTION)_CREATE$/.test(name) ? { ...(data as object), id: String(id++) } : data;
        return { name, data: mutate(fresh, path, mutation), label: `${name} with ${path.join('.')} ${mutation}` };
      }),
    ),
  );
}

/** Of events after which a bot is gone, the one that it takes; all of them if it takes several. */
async function culprits(mutants: readonly Mutant[]): Promise<readonly Mutant[]> {
  if (mutants.length === 1) return mutants;
  const half = Math.ceil(mutants.length / 2);
  for (const part of [mutants.slice(0, half), mutants.slice(half)]) {
    const fresh = await fuzzed();
    send(fresh, part);
    const survived = await fresh.isAlive();
    fresh.bot.signal('SIGKILL');
    if (!survived) return culprits(part);
  }
  return mutants;
}

function send({ discord }: Pick<Fuzzed, 'discord'>, mutants: readonly Mutant[]): void {
  for (const { name, data } of mutants) discord.dispatch(name, data);
}

test('every field of every event may be null, missing, of another type or huge: the bot goes on answering', async () => {
  const running = await fuzzed();
  const samples = await record(running.discord);
  const mutants = mutantsOf(samples);
  for (let from = 0; from < mutants.length; from += PROBE_EVERY) {
    const batch = mutants.slice(from, from + PROBE_EVERY);
    send(running, batch);
    if (await running.isAlive()) continue;
    const found = await culprits(batch);
    expect.fail(
      `The bot no longer answers after:\n${found.map(({ label, data }) => `- ${label}: ${JSON.stringify(data).slice(0, 2_000)}`).join('\n')}\n${running.bot.stderr}`,
    );
  }
  const events = new Set(samples.map(({ name }) => name));
  console.info(`${mutants.length} mutations of ${samples.length} events of ${events.size} types`);
  running.bot.signal('SIGTERM');
  expect(await running.bot.ended).toBe(0);
});

test('every field of READY may be null, missing, of another type or huge: the client is connected afterwards', async () => {
  const clock: Clock = { ...systemClock, wait: async () => {} };
  const { discord, login, goesOn, counts } = await connectedClient({}, clock);
  let ready: unknown;
  discord.alterEvents = (name, data) => {
    if (name === 'READY') ready = data;
    return data;
  };
  await login();
  discord.alterEvents = undefined;
  const mutants = mutantsOf([{ name: 'READY', data: ready }]);
  for (const mutant of mutants) {
    send({ discord }, [mutant]);
    await discord.settled();
    await goesOn();
    // The right bot again, whatever the changed event said.
    discord.dispatch('READY', ready);
  }
  expect(counts.length).toBeGreaterThan(0);
  expect(counts.every((type) => type === 'READY')).toBe(true);
});

/** What Discord's REST API may do instead of answering. */
const FAULTS: readonly Fault[] = [
  { status: 429, retryAfterMs: 100 },
  { status: 429, retryAfterMs: 100, global: true },
  { status: 500 },
  { status: 500, takesEffect: true },
  { status: 502 },
  { status: 403, code: 50013 },
  { status: 404, code: 10008 },
  { status: 400, code: 50035 },
  { html: true, status: 200 },
  { breaksOff: 'at once' },
  { breaksOff: 'at once', takesEffect: true },
  { breaksOff: 'half-way' },
  { breaksOff: 'half-way', takesEffect: true },
  { delayMs: 200 },
];

test('while ten members ask, REST fails in random order: nobody is answered twice, and all are in the end', async () => {
  const random = randomFrom(1);
  const playing = await load(undefined, { client: { rest: { timeout: 2_000 } } });
  const { discord, guild, logged, ask } = playing;
  const channels = Array.from({ length: 5 }, (_, index) => guild.textChannel(`fuzz-${index}`));
  const members = Array.from({ length: 10 }, (_, index) => guild.member(`Asker ${index}`));
  const asked: Message[] = [];
  for (let round = 0; round < 3; round++) {
    for (let nth = 0; nth < 12; nth++) {
      const fault = FAULTS[Math.floor(random() * FAULTS.length)];
      if (fault) discord.nextResponse('POST /channels/:id/messages', fault);
    }
    for (const [index, member] of members.entries()) {
      const channel = channels[Math.floor(random() * channels.length)] ?? channels[0];
      if (channel) asked.push(member.says(channel, `${discord.bot.mention} Was kostet Xiaomi Pay? (${index})`));
    }
    await discord.settled();
  }
  expect(asked.filter(({ replies }) => replies.length > 1)).toEqual([]);
  expect(ownFailures(logged)).toEqual([]);
  discord.forgetFaults();
  ask(10);
  await playing.expectAllAnsweredOnce();
  discord.takeViolations();
});
