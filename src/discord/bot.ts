import {
  Client,
  type ClientOptions,
  Events,
  GatewayCloseCodes,
  GatewayDispatchEvents,
  GatewayIntentBits,
  type Message,
  OAuth2Scopes,
  Options,
  Partials,
} from 'discord.js';
import type { GapRecorder } from '../gaps/recorder.ts';
import { ExpectedError } from '../knowledge/expected-error.ts';
import { Backoff } from '../operation/backoff.ts';
import { type Clock, systemClock } from '../operation/clock.ts';
import { logFailure, TokenRefused, UnexpectedResponse } from '../operation/failures.ts';
import type { ConnectionMonitor } from '../operation/health/connection-monitor.ts';
import type { Metrics } from '../operation/health/metrics.ts';
import type { LiveKnowledge } from '../operation/live-knowledge.ts';
import type { Logger } from '../operation/log.ts';
import { restOptions } from '../operation/rest.ts';
import { isFirst, ONE_SHARD, type Shards } from '../operation/shards.ts';
import type { ChannelSettingsStore } from '../storage/channel-settings.ts';
import type { FeedbackStore } from '../storage/feedback.ts';
import type { IdentifyTurns } from '../storage/identify-turns.ts';
import type { NoteStore } from '../storage/notes.ts';
import { steadyConnection, UnreadableEvents } from './connection.ts';
import type { BotContext } from './context.ts';
import { Conversation } from './conversation.ts';
import { Cooldown } from './cooldown.ts';
import { identifyInTurn } from './identify-in-turn.ts';
import { Interactions } from './interactions.ts';
import { INVITE_PERMISSIONS } from './permissions.ts';
import { registerCommands } from './register.ts';

export interface BotOptions {
  readonly token: string;
  /** Discord's API, or that of a server like it, without a version. */
  readonly api: string;
  /** Registers the commands only in this server, where they appear at once. */
  readonly guildId: string | undefined;
  readonly live: LiveKnowledge;
  readonly channels: ChannelSettingsStore;
  readonly feedback: FeedbackStore;
  readonly notes: NoteStore;
  /** `undefined`: questions without a good answer are not recorded. */
  readonly recorder: GapRecorder | undefined;
  /** The shards that run here; if left out, all of the bot as one shard. */
  readonly shards?: Shards;
  /** Whose turn it is to connect among several processes. */
  readonly turns?: IdentifyTurns;
  readonly log: Logger;
  readonly metrics?: Metrics | undefined;
  readonly monitor?: ConnectionMonitor | undefined;
  /** 0 for no limit. */
  readonly memberQuestionsPerMinute: number;
  readonly channelAnswersPerMinute: number;
  readonly clock?: Clock;
  /** Further options of discord.js, for tests. */
  readonly client?: Partial<ClientOptions>;
}

export interface Bot {
  /** Rejects if Discord rejects the token or ends the connection for good; never resolves. */
  readonly failed: Promise<never>;
  /** Finishes the answers under way and disconnects, within five seconds. */
  stop(): Promise<void>;
}

/** For mentions, replies and direct messages. */
const INTENTS = [GatewayIntentBits.Guilds, GatewayIntentBits.GuildMessages, GatewayIntentBits.DirectMessages];
/** How many members of a server are kept in memory. */
const MAX_MEMBERS = 10;
/** How long the bot's own messages stay in memory at least, in seconds. Later, one that is replied to is fetched. */
const OWN_MESSAGES = 300;
const PATIENCE_AT_STOP = 4_000;
/** Refused requests in ten minutes after which the log warns; at a hundred times as many, Discord bans the address. */
const REFUSALS_A_WARNING = 100;

/** Close codes after which Discord accepts no new connection: https://docs.discord.com/developers/topics/opcodes-and-status-codes */
const FINAL: ReadonlySet<number> = new Set([
  GatewayCloseCodes.AuthenticationFailed,
  GatewayCloseCodes.InvalidShard,
  GatewayCloseCodes.ShardingRequired,
  GatewayCloseCodes.InvalidAPIVersion,
  GatewayCloseCodes.InvalidIntents,
  GatewayCloseCodes.DisallowedIntents,
]);

/**
 * Connects the bot, retrying while Discord can't be reached. If Discord refuses the Message Content intent, now or later,
 * the bot connects without it.
 *
 * @param signal ends the attempts to connect
 * @throws {TokenRefused} if Discord rejects the token
 * @throws {ConnectionEnded} if Discord ends the connection for good
 */
export async function startBot(options: BotOptions, signal?: AbortSignal): Promise<Bot> {
  const stopping = new AbortController();
  const starting = AbortSignal.any([stopping.signal, ...(signal ? [signal] : [])]);
  let running = await open(options, true, starting);
  const failed = (async () => {
    for (;;) {
      const error = await running.failed.catch((reason: unknown) => reason);
      if (!running.withContent || !isIntentRefusal(error)) throw error;
      await running.stop();
      sayWhatIsOff(options);
      running = await open(options, false, starting);
    }
  })();
  // Nobody has to wait for it.
  failed.catch(() => {});
  return {
    failed,
    stop: async () => {
      stopping.abort();
      await running.stop();
    },
  };
}

/** A bot with one client. */
interface Connected extends Bot {
  readonly withContent: boolean;
}

async function open(options: BotOptions, content: boolean, signal: AbortSignal): Promise<Connected> {
  const { log, clock = systemClock } = options;
  let withContent = content;
  const backoff = new Backoff();
  for (;;) {
    signal.throwIfAborted();
    const unreadable = new UnreadableEvents(log, options.metrics);
    const client = createClient(options, withContent, signal, unreadable);
    unreadable.guard(client);
    const running = listen(client, options, withContent, unreadable);
    try {
      await connect(client, options.token, signal);
      return { ...running, withContent };
    } catch (error) {
      await running.stop();
      if (withContent && isIntentRefusal(error)) {
        withContent = false;
        sayWhatIsOff(options);
        continue;
      }
      if (error instanceof ExpectedError) throw error;
      signal.throwIfAborted();
      const { attempt, pause, isLogged } = backoff.failed();
      if (isLogged) logFailure(log, error, 'connecting', { attempt, retryInSeconds: pause / 1_000 });
      await clock.wait(pause, { signal });
    }
  }
}

const isIntentRefusal = (error: unknown) =>
  error instanceof ConnectionEnded && error.code === GatewayCloseCodes.DisallowedIntents;

function sayWhatIsOff({ log, shards = ONE_SHARD }: BotOptions): void {
  // One of several processes says it for all.
  log[isFirst(shards) ? 'warn' : 'debug'](
    'The Message Content Intent is off: mentions, replies, direct messages and commands are answered, but nothing is overheard, open channels or not → to change that: Developer Portal → your application → Bot → Message Content Intent, then start again.',
  );
}

const REMEDIES: Readonly<Record<number, string>> = {
  [GatewayCloseCodes.ShardingRequired]:
    'The bot is in more servers than its shards may serve, 2,500 each: set SHARDS=auto, or raise SHARD_COUNT.',
  [GatewayCloseCodes.InvalidShard]: 'See that SHARD_IDS and SHARD_COUNT belong together.',
};

/** Discord ended the connection for good. */
export class ConnectionEnded extends ExpectedError {
  override readonly name = 'ConnectionEnded';
  readonly code: number;

  constructor(code: number) {
    super(
      `Discord ended the connection for good, with code ${code} (${GatewayCloseCodes[code] ?? 'unknown'}). ${REMEDIES[code] ?? 'Look it up in Discord’s documentation of gateway close codes.'}`,
    );
    this.code = code;
  }
}

/** The shard that a line is about, for processes that run several. */
const whichIn =
  ({ ids }: Shards) =>
  (shard: number) =>
    ids.length > 1 ? { shard } : {};

function createClient(
  options: BotOptions,
  withContent: boolean,
  signal: AbortSignal,
  unreadable: UnreadableEvents,
): Client {
  const { api, client, shards = ONE_SHARD, turns, log, clock = systemClock } = options;
  return new Client({
    shards: [...shards.ids],
    shardCount: shards.count,
    intents: withContent ? [...INTENTS, GatewayIntentBits.MessageContent] : INTENTS,
    // For direct messages and deletions, whose channels and messages aren't in memory.
    partials: [Partials.Channel, Partials.Message],
    allowedMentions: { parse: [], repliedUser: false },
    // Everything that is sent already has the names of Discord's API. Searching it for others takes as long as answering.
    jsonTransformer: (sent: unknown) => sent,
    makeCache: Options.cacheWithLimits({
      ...Options.DefaultMakeCacheSettings,
      // Members reply to the bot's own answers; other messages aren't needed again.
      MessageManager: { maxSize: 0, keepOverLimit: ({ author, client }) => author?.id === client.user.id },
      GuildMemberManager: {
        maxSize: MAX_MEMBERS,
        keepOverLimit: (member) => member.id === member.client.user.id,
      },
      UserManager: { maxSize: 1_000, keepOverLimit: (user) => user.id === user.client.user.id },
      ReactionManager: 0,
      PresenceManager: 0,
      VoiceStateManager: 0,
      GuildEmojiManager: 0,
      GuildStickerManager: 0,
      GuildScheduledEventManager: 0,
      StageInstanceManager: 0,
      GuildInviteManager: 0,
      GuildBanManager: 0,
      AutoModerationRuleManager: 0,
    }),
    sweepers: { ...Options.DefaultSweeperSettings, messages: { interval: OWN_MESSAGES, lifetime: OWN_MESSAGES } },
    ...client,
    ws: {
      ...steadyConnection({ signal, clock, log, which: whichIn(shards), unreadable }),
      ...(turns && shards.count > 1 ? identifyInTurn(turns, log) : {}),
      ...client?.ws,
    },
    rest: { ...restOptions(api), invalidRequestWarningInterval: REFUSALS_A_WARNING, ...client?.rest },
  });
}

/** Resolves when connected; rejects if Discord refuses, or once the signal is aborted. */
async function connect(client: Client, token: string, signal: AbortSignal): Promise<void> {
  const { promise: ended, reject } = Promise.withResolvers<never>();
  const giveUp = () => reject(signal.reason);
  signal.addEventListener('abort', giveUp, { once: true });
  const { promise: ready, resolve } = Promise.withResolvers<void>();
  client.once(Events.ClientReady, () => resolve());
  client.once(Events.ShardDisconnect, ({ code }) => {
    if (code === GatewayCloseCodes.AuthenticationFailed) reject(new TokenRefused());
    else if (FINAL.has(code)) reject(new ConnectionEnded(code));
  });
  const login = client.login(token).catch((error: unknown) => {
    if (isInvalidToken(error)) throw new TokenRefused();
    // Of the answer to the only request so far.
    throw error instanceof TypeError
      ? new UnexpectedResponse('GET /gateway/bot in another form than documented')
      : error;
  });
  try {
    await Promise.race([Promise.all([login, ready]), ended]);
  } finally {
    signal.removeEventListener('abort', giveUp);
  }
}

/** The ids of channels, by the id of their server; `undefined` while it is unavailable. */
function channelsByServer({ guilds }: Client) {
  return new Map(
    guilds.cache.mapValues(({ available, channels }) => (available ? new Set(channels.cache.keys()) : undefined)),
  );
}

/** discord.js passes on messages that its types rule out: of unknown channels, or with fields of other types. */
function isComplete({ author, channel, content }: Message): boolean {
  return author !== null && typeof author.id === 'string' && channel !== null && typeof content === 'string';
}

function isInvalidToken(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'TokenInvalid';
}

function listen(client: Client, options: BotOptions, withContent: boolean, unreadable: UnreadableEvents): Bot {
  const {
    log,
    channels,
    feedback,
    notes,
    recorder,
    live,
    metrics,
    monitor,
    shards = ONE_SHARD,
    clock = systemClock,
  } = options;
  monitor?.follow(client);
  const context: BotContext = {
    live,
    channels,
    feedback,
    recorder,
    log,
    metrics,
    members: new Cooldown(options.memberQuestionsPerMinute, clock),
    places: new Cooldown(options.channelAnswersPerMinute, clock),
    readsContent: withContent,
    clock,
  };
  const conversation = new Conversation(context);
  const interactions = new Interactions(context);

  const underWay = new Set<Promise<void>>();
  let stopping = false;
  /** Logs a failure, and lets `stop` wait for what is under way. */
  const follow = (during: string, work: () => Promise<void>) => {
    if (stopping) return;
    const done = work()
      .catch((error: unknown) => logFailure(log, error, during))
      .finally(() => underWay.delete(done));
    underWay.add(done);
  };

  /** What was deleted during an absence is never reported. */
  const forgetAbsent = () =>
    follow('forgetting servers and channels that are gone', async () => {
      const forgotten = await channels.forgetAbsent(channelsByServer(client));
      if (forgotten > 0) log.info({ forgotten }, 'forgot the settings of channels that are gone');
    });
  client.once(Events.ClientReady, (ready) => {
    log.info({ guilds: ready.guilds.cache.size, user: ready.user.username }, 'connected');
    forgetAbsent();
    if (!isFirst(shards)) return;
    log.info(
      {
        url: ready.generateInvite({
          scopes: [OAuth2Scopes.Bot, OAuth2Scopes.ApplicationsCommands],
          permissions: [...INVITE_PERMISSIONS],
        }),
      },
      'invite the bot with this link',
    );
    follow('registering the commands', () =>
      registerCommands(ready.rest, ready.application.id, options.guildId, notes, log),
    );
  });
  client.on(Events.MessageCreate, (message) => {
    if (isComplete(message)) follow('answering a message', () => conversation.created(message));
    else unreadable.report(GatewayDispatchEvents.MessageCreate);
  });
  client.on(Events.MessageUpdate, (_, message) => {
    if (isComplete(message)) follow('following an edit', () => conversation.edited(message));
    else unreadable.report(GatewayDispatchEvents.MessageUpdate);
  });
  client.on(Events.MessageDelete, (message) => follow('following a deletion', () => conversation.deleted(message)));
  client.on(Events.MessageBulkDelete, (messages) => {
    for (const message of messages.values()) follow('following a deletion', () => conversation.deleted(message));
  });
  client.on(Events.InteractionCreate, (interaction) =>
    follow('answering an interaction', () => interactions.handle(interaction)),
  );
  client.on(Events.ChannelDelete, ({ id }) => follow('forgetting a channel', () => channels.forgetChannel(id)));
  client.on(Events.ShardReady, () => {
    // Before that, the servers of other shards would seem to be gone.
    if (client.isReady()) forgetAbsent();
  });
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
      'Discord’s rate limit: waiting → nothing to do; if it goes on, lower MEMBER_QUESTIONS_PER_MINUTE and CHANNEL_ANSWERS_PER_MINUTE',
    ),
  );
  client.rest.on('invalidRequestWarning', ({ count, remainingTime }) =>
    log.warn(
      { count, remainingTime },
      'Discord refuses many requests → see what it refuses above; at 10,000 in ten minutes it bans this address for a while',
    ),
  );

  const failed = Promise.withResolvers<never>();
  // Nobody has to wait for it. Nothing can be answered from then on.
  failed.promise.catch((error: unknown) => {
    stopping = true;
    if (monitor && error instanceof TokenRefused) monitor.tokenRefused = true;
  });
  client.rest.on('response', ({ path }, { status }) => {
    metrics?.restResponse(status);
    // discord.js forgets a token after one 401 and goes on without: https://github.com/discordjs/discord.js/issues/7492
    if (status === 401 && !/^\/(?:interactions|webhooks)\//.test(path)) failed.reject(new TokenRefused());
  });
  client.on(Events.ShardDisconnect, ({ code }) => {
    if (code === GatewayCloseCodes.AuthenticationFailed) failed.reject(new TokenRefused());
    else if (FINAL.has(code)) failed.reject(new ConnectionEnded(code));
  });

  return {
    failed: failed.promise,
    stop: async () => {
      stopping = true;
      const patience = new AbortController();
      await Promise.race([
        Promise.all(underWay),
        clock.wait(PATIENCE_AT_STOP, { signal: patience.signal }).catch(() => {}),
      ]);
      patience.abort();
      await client.destroy();
    },
  };
}
