import {
  Client,
  type ClientOptions,
  Events,
  GatewayCloseCodes,
  type Message,
  OAuth2Scopes,
  Options,
  Partials,
} from 'discord.js';
import { ExpectedError } from '../knowledge/expected-error.ts';
import { logFailure, TokenRefused, UnexpectedResponse } from '../operation/failures.ts';
import type { ConnectionMonitor } from '../operation/health/connection-monitor.ts';
import { restOptions } from '../operation/rest.ts';
import { retry } from '../operation/retry.ts';
import type { Settings } from '../operation/settings.ts';
import { isFirst, type Shards } from '../operation/shards.ts';
import type { Storage } from '../storage/storage.ts';
import { registerCommands } from './commands.ts';
import { identifyInTurn, steadyConnection, unreadableEvents } from './connection.ts';
import { answerLimits, attempt, type BotContext } from './context.ts';
import { answerMessages } from './conversation.ts';
import { answerInteractions } from './interactions.ts';
import { INVITE_PERMISSIONS } from './permissions.ts';

type BotSettings = Pick<
  Settings,
  'DISCORD_API' | 'DISCORD_GUILD_ID' | 'MEMBER_QUESTIONS_PER_MINUTE' | 'CHANNEL_ANSWERS_PER_MINUTE'
>;

export interface BotOptions extends BotSettings, Omit<BotContext, 'limits'>, Pick<Storage, 'notes' | 'turns'> {
  readonly token: string;
  /** The shards that run here. */
  readonly shards: Shards;
  readonly monitor?: ConnectionMonitor | undefined;
  /** More discord.js options, for tests. */
  readonly client?: Partial<ClientOptions>;
}

export interface Bot {
  /** Rejects if Discord rejects the token or ends the connection for good; never resolves. */
  readonly failed: Promise<never>;
  /** Finishes the answers under way and disconnects, within five seconds. */
  stop(): Promise<void>;
}

/** For mentions, replies and direct messages. */
const INTENTS = ['Guilds', 'GuildMessages', 'DirectMessages'] as const;
/** The bot's own messages stay in memory at least this long, in seconds; after that, they are fetched when needed. */
const OWN_MESSAGE_LIFETIME = 300;
const STOP_TIMEOUT = 4_000;
/** Warn after this many invalid requests in 10 minutes; Discord bans an IP address at 10,000. */
const REFUSALS_PER_WARNING = 100;

/**
 * Connects the bot, retrying while Discord can't be reached. If Discord refuses the Message Content Intent, now or
 * later, the bot connects without it.
 *
 * @param signal ends the attempts to connect
 * @throws {TokenRefused} if Discord rejects the token
 * @throws {ConnectionEnded} if Discord ends the connection for good
 */
export async function startBot(options: BotOptions, signal: AbortSignal): Promise<Bot> {
  const { log, clock, shards } = options;
  const stopping = new AbortController();
  const starting = AbortSignal.any([stopping.signal, signal]);
  const logAttempt = (error: unknown, next: object) => logFailure(log, error, 'connecting', next);
  const start = (withContent: boolean) =>
    retry(() => connect(options, withContent, starting), { clock, signal: starting, failed: logAttempt });
  const startWithout = (error: unknown) => {
    if (!(error instanceof ConnectionEnded && error.code === GatewayCloseCodes.DisallowedIntents)) throw error;
    // It is enough if one process says so.
    log[isFirst(shards) ? 'warn' : 'debug'](
      'The Message Content Intent is off: mentions, replies, direct messages and commands are answered, but nothing else, not even in open channels → to change that: Developer Portal → your application → Bot → Message Content Intent, then start again.',
    );
    return start(false);
  };
  let running = await start(true).catch(startWithout);
  const failed = running.failed.catch(async (error: unknown) => {
    await running.stop();
    running = await startWithout(error);
    return running.failed;
  });
  // Otherwise, a rejection that nobody awaits yet would end the process.
  failed.catch(() => {});
  return {
    failed,
    stop: async () => {
      stopping.abort();
      await running.stop();
    },
  };
}

const REMEDIES: Readonly<Record<number, string>> = {
  [GatewayCloseCodes.ShardingRequired]:
    'The bot is in more servers than its shards may serve, 2,500 each: set SHARDS=auto, or raise SHARD_COUNT.',
  [GatewayCloseCodes.InvalidShard]: 'Check that SHARD_IDS and SHARD_COUNT match.',
};

/** Discord ended the connection for good. */
export class ConnectionEnded extends ExpectedError {
  readonly code: number;

  constructor(code: number) {
    super(
      `Discord ended the connection for good, with code ${code} (${GatewayCloseCodes[code] ?? 'unknown'}). ${REMEDIES[code] ?? 'Look it up in Discord’s documentation of gateway close codes.'}`,
    );
    this.code = code;
  }
}

/** Resolves when connected; rejects once the signal is aborted. */
async function connect(options: BotOptions, withContent: boolean, signal: AbortSignal): Promise<Bot> {
  const client = createClient(options, withContent, signal);
  const bot = listen(client, options, signal);
  const { promise: ready, resolve, reject } = Promise.withResolvers<void>();
  const giveUp = () => reject(signal.reason);
  signal.addEventListener('abort', giveUp, { once: true });
  client.once(Events.ClientReady, () => resolve());
  try {
    await Promise.race([Promise.all([client.login(options.token), ready]), bot.failed]);
    return bot;
  } catch (error) {
    await bot.stop();
    // discord.js misread the response to the only request so far.
    if (error instanceof TypeError) throw new UnexpectedResponse('GET /gateway/bot in another form than documented');
    throw error;
  } finally {
    signal.removeEventListener('abort', giveUp);
  }
}

function createClient(options: BotOptions, withContent: boolean, signal: AbortSignal): Client {
  const { DISCORD_API: api, client: further, shards, turns, log, clock, metrics } = options;
  const unreadable = unreadableEvents(log, metrics);
  const client = new Client({
    shards: [...shards.ids],
    shardCount: shards.count,
    intents: withContent ? [...INTENTS, 'MessageContent'] : INTENTS,
    // For direct messages and deletions, whose channels and messages aren't in memory.
    partials: [Partials.Channel, Partials.Message],
    allowedMentions: { parse: [], repliedUser: false },
    makeCache: Options.cacheWithLimits({
      // Members reply to the bot's own answers; other messages aren't needed again.
      MessageManager: { maxSize: 0, keepOverLimit: ({ author, client }) => author?.id === client.user.id },
      GuildMemberManager: { maxSize: 10, keepOverLimit: ({ id, client }) => id === client.user.id },
      UserManager: { maxSize: 1_000, keepOverLimit: ({ id, client }) => id === client.user.id },
      GuildEmojiManager: 0,
      GuildStickerManager: 0,
    }),
    sweepers: {
      ...Options.DefaultSweeperSettings,
      messages: { interval: OWN_MESSAGE_LIFETIME, lifetime: OWN_MESSAGE_LIFETIME },
    },
    ...further,
    ws: {
      buildStrategy: steadyConnection({ signal, clock, log, unreadable }),
      ...(shards.count > 1 && { buildIdentifyThrottler: identifyInTurn(turns, log) }),
      ...further?.ws,
    },
    rest: { ...restOptions(api), invalidRequestWarningInterval: REFUSALS_PER_WARNING, ...further?.rest },
  });
  unreadable.guard(client);
  return client;
}

/** The note that names the bot whose settings the database holds. */
const OWNER = 'application';

/** Do the settings in the database belong to this bot? The first bot to use a database owns it. */
async function ownsDatabase(application: string, { notes, log }: BotOptions): Promise<boolean> {
  const owner = await notes.get(OWNER);
  if (owner === undefined) await notes.set(OWNER, application);
  if (owner === undefined || owner === application) return true;
  log.warn(
    { owner, application },
    'the database belongs to another bot, so settings of servers that this one is not in are kept → give each bot a DATA_DIR or DATABASE_URL of its own',
  );
  return false;
}

/**
 * discord.js passes on messages that its types rule out: of unknown channels, or with fields of other types. What a
 * listener throws counts as an event that can't be read.
 */
function requireComplete({ author, channel, content }: Message): void {
  if (typeof author?.id !== 'string' || channel === null || typeof content !== 'string') throw new TypeError();
}

function listen(client: Client, options: BotOptions, signal: AbortSignal): Bot {
  const { log, channels, notes, metrics, monitor, clock } = options;
  monitor?.follow(client);
  const perMinute = { member: options.MEMBER_QUESTIONS_PER_MINUTE, channel: options.CHANNEL_ANSWERS_PER_MINUTE };
  const context: BotContext = { ...options, limits: answerLimits(perMinute, clock) };
  const messages = answerMessages(context);
  const answerInteraction = answerInteractions(context);

  const inFlight = new Set<Promise<unknown>>();
  let stopping = false;
  /** Logs a failure, and lets `stop` wait for what is under way. */
  const follow = (during: string, work: () => Promise<unknown>) => {
    if (stopping) return;
    const done = attempt(log, during, {}, work).finally(() => inFlight.delete(done));
    inFlight.add(done);
  };

  let isOwner: boolean | undefined;
  /** Discord never reports what was deleted while the bot was offline. */
  const forgetAbsent = () =>
    follow('forgetting servers and channels that are gone', async () => {
      // Before the client is ready, the servers of other shards would seem to be gone.
      if (!client.isReady()) return;
      isOwner ??= await ownsDatabase(client.application.id, options);
      if (!isOwner) return;
      const present = client.guilds.cache.mapValues((guild) =>
        guild.available ? new Set(guild.channels.cache.keys()) : undefined,
      );
      const forgotten = await channels.forgetAbsent(present);
      if (forgotten > 0) log.info({ forgotten }, 'forgot the settings of channels that are gone');
    });
  client.on(Events.ShardReady, forgetAbsent);
  client.once(Events.ClientReady, (ready) => {
    log.info({ guilds: ready.guilds.cache.size, user: ready.user.username }, 'connected');
    forgetAbsent();
    if (!isFirst(options.shards)) return;
    const scopes = [OAuth2Scopes.Bot, OAuth2Scopes.ApplicationsCommands];
    const url = ready.generateInvite({ scopes, permissions: INVITE_PERMISSIONS });
    log.info({ url }, 'invite the bot with this link');
    const during = 'registering the commands';
    const register = () => registerCommands(ready.rest, ready.application.id, options.DISCORD_GUILD_ID, notes, log);
    const failed = (error: unknown, next: object) => logFailure(log, error, during, next);
    follow(during, () =>
      retry(register, { clock, signal, failed }).catch((error: unknown) => {
        if (!signal.aborted) throw error;
      }),
    );
  });
  client.on(Events.MessageCreate, (message) => {
    requireComplete(message);
    follow('answering a message', () => messages.created(message));
  });
  client.on(Events.MessageUpdate, (_, message) => {
    requireComplete(message);
    follow('following an edit', () => messages.edited(message));
  });
  client.on(Events.MessageDelete, (message) => follow('following a deletion', () => messages.deleted(message)));
  client.on(Events.MessageBulkDelete, (deleted) => {
    for (const message of deleted.values()) follow('following a deletion', () => messages.deleted(message));
  });
  client.on(Events.InteractionCreate, (interaction) =>
    follow('answering an interaction', () => answerInteraction(interaction)),
  );
  client.on(Events.ChannelDelete, ({ id }) => follow('forgetting a channel', () => channels.forgetChannel(id)));
  client.on(Events.GuildCreate, ({ id }) => log.info({ guild: id }, 'joined a server'));
  // An outage of a server isn't reported as this event.
  client.on(Events.GuildDelete, ({ id }) => {
    log.info({ guild: id }, 'left a server');
    follow('forgetting a server', () => channels.forgetGuild(id));
  });
  client.on(Events.Error, (error) => logFailure(log, error, 'in the connection'));
  client.rest.on('rateLimited', ({ route, timeToReset, global }) =>
    log.warn(
      { route, timeToReset, global },
      'rate-limited by Discord, waiting → nothing to do; if it goes on, lower MEMBER_QUESTIONS_PER_MINUTE and CHANNEL_ANSWERS_PER_MINUTE',
    ),
  );
  client.rest.on('invalidRequestWarning', ({ count, remainingTime }) =>
    log.warn(
      { count, remainingTime },
      'Discord is rejecting many requests → see the log lines above; at 10,000 in ten minutes it bans this address for a while',
    ),
  );

  const failed = Promise.withResolvers<never>();
  // Nothing can be answered from then on.
  failed.promise.catch(() => {
    stopping = true;
  });
  client.rest.on('response', ({ path }, { status }) => {
    metrics?.restResponse(status);
    // discord.js forgets a token after one 401 and goes on without: https://github.com/discordjs/discord.js/issues/7492
    if (status === 401 && !/^\/(?:interactions|webhooks)\//.test(path)) failed.reject(new TokenRefused());
  });
  // discord.js emits this only when it won't reconnect.
  client.on(Events.ShardDisconnect, ({ code }) =>
    failed.reject(code === GatewayCloseCodes.AuthenticationFailed ? new TokenRefused() : new ConnectionEnded(code)),
  );

  return {
    failed: failed.promise,
    stop: async () => {
      stopping = true;
      if (inFlight.size > 0) await Promise.race([Promise.all(inFlight), clock.wait(STOP_TIMEOUT, { ref: false })]);
      await client.destroy();
    },
  };
}
