import {
  RESTJSONErrorCodes as Codes,
  DiscordAPIError,
  DiscordjsError,
  DiscordjsErrorCodes,
  HTTPError,
} from 'discord.js';
import type { Logger } from 'pino';
import { ExpectedError } from '../knowledge/expected-error.ts';

/** Discord rejected the token; the bot can only end. */
export class TokenRefused extends ExpectedError {
  constructor() {
    super(
      'Discord refused the token. Copy a new one (Developer Portal → your application → Bot → Reset Token) into DISCORD_TOKEN.',
    );
  }
}

/** Discord, or a proxy in front of it, answered in a way that Discord doesn't document. */
export class UnexpectedResponse extends Error {}

const MISSING_PERMISSION =
  'the bot lacks a permission in this channel → a moderator sees which one with /xiaomipay status';
const CHANNEL_GONE = 'the channel is gone → nothing to do';
const ENDED = 'the interaction has ended → nothing to do';

/** Refusals that only people on Discord can fix, by Discord's error code. */
const REFUSALS: Readonly<Record<number | string, string>> = {
  [Codes.MissingPermissions]: MISSING_PERMISSION,
  [Codes.MissingAccess]: 'the bot cannot see this channel → grant its role "View Channel" there',
  [Codes.CannotReplyWithoutPermissionToReadMessageHistory]:
    'the bot may not read the message history of this channel → grant its role "Read Message History" there',
  [Codes.UnknownMessage]: 'the message is gone → nothing to do',
  [Codes.UnknownChannel]: CHANNEL_GONE,
  [Codes.UnknownGuild]: 'the server is gone → nothing to do',
  [Codes.UnknownWebhook]: ENDED,
  [Codes.InvalidWebhookToken]: ENDED,
  [Codes.ThreadLocked]: 'the thread is locked → nothing to do',
  [Codes.InvalidActionOnArchivedThread]:
    'the thread is archived → nothing to do; what the bot posted there stays as it is until somebody reopens the thread',
  [Codes.MessageWasBlockedByAutomaticModeration]:
    'the server’s AutoMod blocked the message → a moderator can exempt the bot’s role or the channel under Server Settings → AutoMod → the rule’s exceptions',
  [Codes.CannotSendMessagesToThisUser]: 'this member takes no direct messages from the bot → nothing to do',
  [Codes.UnknownInteraction]:
    'the answer came too late for Discord, or another instance gave it → make sure that only one instance of the bot runs, and that its machine is not overloaded',
  [Codes.InteractionHasAlreadyBeenAcknowledged]:
    'another instance of the bot answered first → make sure that only one instance of the bot runs',
};

/**
 * Logs a failure in one line, with the remedy. Only a bug in the bot has a stack trace.
 *
 * @param where ids and numbers that help to find the place; never what a member wrote
 */
export function logFailure(log: Logger, error: unknown, during: string, where: object = {}): void {
  const [level, what, details] = describe(error);
  log[level]({ ...where, ...details }, `${during}: ${what}`);
}

/** Logs a missing permission as if Discord had refused the request, which wasn't sent. */
export function logMissingPermission(log: Logger, during: string, where: object): void {
  log.info(where, `${during}: ${MISSING_PERMISSION}`);
}

function describe(thrown: unknown): ['info' | 'warn' | 'error', string, object?] {
  const error = thrown instanceof Error ? thrown : new Error(String(thrown));
  if (error instanceof DiscordAPIError) {
    const { code, status } = error;
    return REFUSALS[code] ? ['info', REFUSALS[code], { code }] : ['warn', refusal(error), { code, status }];
  }
  const { name: type, message, stack } = error;
  if (error instanceof ExpectedError) return ['error', message];
  if (message.startsWith('Not enough sessions remaining')) {
    return ['error', `${message} → wait until then, and see in the log why the bot connects so often`];
  }
  // discord.js throws this without a request if the channel was deleted while a question there was being answered.
  if (error instanceof DiscordjsError && error.code === DiscordjsErrorCodes.ChannelNotCached) {
    return ['info', CHANNEL_GONE];
  }
  if (error instanceof HTTPError) return ['warn', UNREACHABLE, { status: error.status }];
  // Only requests to Discord are aborted.
  if (isConnectionError(error) || type === 'AbortError') return ['warn', UNREACHABLE, { cause: message }];
  if (error instanceof UnexpectedResponse || error instanceof SyntaxError) {
    return [
      'warn',
      `Discord’s API answered ${message} → check that DISCORD_API is right, and that no proxy or login page answers in its place`,
    ];
  }
  if (isFromDiscordJs(error)) return ['warn', BEYOND_DISCORD_JS, { err: { type, message, stack } }];
  if (/^E(?!RR_)[A-Z_0-9]+$/.test(errorCode(error))) return ['error', `${message} → ${CHECK_MACHINE}`];
  return ['error', 'an error in the bot → please report it with this line', { err: { type, message, stack } }];
}

const UNREACHABLE =
  'Discord could not be reached or failed → nothing to do if it passes; if it goes on, see https://discordstatus.com and the network of this machine';
const BEYOND_DISCORD_JS =
  'discord.js can’t handle what Discord sent → nothing to do if it is rare; otherwise report it with this line';
const CHECK_MACHINE = 'check the disk, the files and the network of this machine';

function refusal({ rawError, url, method }: DiscordAPIError): string {
  const rejected = 'errors' in rawError ? fieldsIn(rawError.errors, '') : [];
  // Without interaction tokens and message ids.
  const { pathname } = new URL(url);
  const path = pathname.replace(/\/(?:interactions|webhooks)\/.*/, '/interactions/…').replace(/\d{15,}/g, ':id');
  return `Discord refused ${rejected.join(', ') || 'it'} (${method} ${path}) → if it goes on, look the code up in Discord’s documentation of JSON error codes`;
}

/** The fields that Discord rejects, with the reason as a code: `data.content (BASE_TYPE_MAX_LENGTH)`. */
function fieldsIn(errors: unknown, path: string): string[] {
  if (typeof errors !== 'object' || errors === null) return [];
  return Object.entries(errors).flatMap(([name, value]) => {
    if (name !== '_errors') return fieldsIn(value, path === '' ? name : `${path}.${name}`);
    const codes = Array.isArray(value) ? value.map((each) => String(each?.code)) : [];
    return [`${path || 'the request'} (${codes.join(', ')})`];
  });
}

/** discord.js throws errors of its own for what it can't do, and any kind for data that it didn't expect. */
function isFromDiscordJs({ stack }: Error): boolean {
  const frame = stack?.split('\n').find((line) => /^\s+at /.test(line));
  return /[\\/]node_modules[\\/](?:discord\.js|@discordjs)[\\/]/.test(frame ?? '');
}

/**
 * Did the connection break before Discord answered, so that the request may or may not have had an effect? Nothing else
 * fails with these codes: the storage explains its failures itself.
 */
export function isConnectionError(error: unknown): boolean {
  return /^UND_ERR_|^ECONN|^ENOTFOUND$|^EAI_|^E(?:NET|HOST)|^EPIPE$|^ETIMEDOUT$/.test(errorCode(error));
}

/** The code of a system call or of undici that an error carries, or its cause: `ECONNRESET`; empty if there is none. */
function errorCode(error: unknown): string {
  if (!(error instanceof Error)) return '';
  return 'code' in error && typeof error.code === 'string' ? error.code : errorCode(error.cause);
}
