import {
  DiscordAPIError,
  DiscordjsError,
  DiscordjsErrorCodes,
  HTTPError,
  RateLimitError,
  RESTJSONErrorCodes,
} from 'discord.js';
import { ExpectedError } from '../knowledge/expected-error.ts';
import type { Logger } from './log.ts';

/** Discord rejected the token; the bot can only end. */
export class TokenRefused extends ExpectedError {
  override readonly name = 'TokenRefused';

  constructor() {
    super(
      'Discord refused the token. Copy it anew (Developer Portal → your application → Bot → Reset Token) into DISCORD_TOKEN.',
    );
  }
}

/** A request got no answer from Discord, so it may or may not have had an effect. */
export class DiscordUnreachable extends Error {
  override readonly name = 'DiscordUnreachable';
  /** discord.js decides by it whether to repeat the request. */
  readonly code: string | undefined;

  constructor(cause: Error) {
    super(cause.message, { cause });
    this.code = errorCode(cause);
  }
}

/** Discord, or a proxy in front of it, answered something that Discord's documentation doesn't provide for. */
export class UnexpectedResponse extends Error {
  override readonly name = 'UnexpectedResponse';
}

/** The bot has opened as many sessions today as Discord allows. */
export class NoSessionsLeft extends Error {
  override readonly name = 'NoSessionsLeft';
}

interface Failure {
  readonly level: 'info' | 'warn';
  readonly what: string;
  readonly remedy: string;
}

const MISSING_PERMISSION: Failure = {
  level: 'info',
  what: 'the bot lacks a permission in this channel',
  remedy: 'a moderator sees which one with /xiaomipay status',
};

const FAILURES: Readonly<Record<number, Failure>> = {
  [RESTJSONErrorCodes.MissingPermissions]: MISSING_PERMISSION,
  [RESTJSONErrorCodes.MissingAccess]: {
    level: 'info',
    what: 'the bot cannot see this channel',
    remedy: 'grant its role "View Channel" there',
  },
  [RESTJSONErrorCodes.CannotReplyWithoutPermissionToReadMessageHistory]: {
    level: 'info',
    what: 'the bot may not read the message history of this channel',
    remedy: 'grant its role "Read Message History" there',
  },
  [RESTJSONErrorCodes.UnknownMessage]: { level: 'info', what: 'the message is gone', remedy: 'nothing to do' },
  [RESTJSONErrorCodes.UnknownChannel]: { level: 'info', what: 'the channel is gone', remedy: 'nothing to do' },
  [RESTJSONErrorCodes.UnknownGuild]: { level: 'info', what: 'the server is gone', remedy: 'nothing to do' },
  [RESTJSONErrorCodes.UnknownInteraction]: {
    level: 'warn',
    what: 'the answer came too late for Discord, or another instance gave it',
    remedy: 'see that only one instance of the bot runs, and that its machine is not overloaded',
  },
  [RESTJSONErrorCodes.UnknownWebhook]: { level: 'info', what: 'the interaction has ended', remedy: 'nothing to do' },
  [RESTJSONErrorCodes.InvalidWebhookToken]: {
    level: 'info',
    what: 'the interaction has ended',
    remedy: 'nothing to do',
  },
  [RESTJSONErrorCodes.ThreadLocked]: { level: 'info', what: 'the thread is locked', remedy: 'nothing to do' },
  [RESTJSONErrorCodes.InteractionHasAlreadyBeenAcknowledged]: {
    level: 'warn',
    what: 'another instance of the bot answered first',
    remedy: 'see that only one instance of the bot runs',
  },
  [RESTJSONErrorCodes.InvalidActionOnArchivedThread]: {
    level: 'info',
    what: 'the thread is archived',
    remedy: 'nothing to do; what the bot posted there stays as it is until somebody reopens the thread',
  },
  [RESTJSONErrorCodes.MessageWasBlockedByAutomaticModeration]: {
    level: 'info',
    what: 'the server’s AutoMod blocked the message',
    remedy:
      'a moderator can exempt the bot’s role or the channel under Server Settings → AutoMod → the rule’s exceptions',
  },
  [RESTJSONErrorCodes.CannotSendMessagesToThisUser]: {
    level: 'info',
    what: 'this member takes no direct messages from the bot',
    remedy: 'nothing to do',
  },
};

const UNREACHABLE =
  'Discord could not be reached or failed → nothing to do if it passes; if it goes on, see https://discordstatus.com and the network of this machine';

/**
 * Logs a failure in one line, with the remedy. Only a bug in the bot has a stack trace.
 *
 * @param during what was being done
 * @param where ids and numbers that help to find the place; never what a member wrote
 */
export function logFailure(
  log: Logger,
  error: unknown,
  during: string,
  where: Readonly<Record<string, unknown>> = {},
): void {
  const failure = failureOf(error);
  if (failure) {
    const code = error instanceof DiscordAPIError ? { code: error.code } : {};
    log[failure.level]({ ...where, ...code }, `${during}: ${failure.what} → ${failure.remedy}`);
  } else if (error instanceof DiscordAPIError) {
    const rejected = rejectedFields(error);
    const what = `Discord refused ${rejected.length > 0 ? rejected.join(', ') : 'it'}`;
    const remedy =
      error.status === 401
        ? new TokenRefused().message
        : 'if it goes on, look the code up in Discord’s documentation of JSON error codes';
    log.warn(
      { ...where, code: error.code, status: error.status },
      `${during}: ${what} (${error.method} ${pathOf(error)}) → ${remedy}`,
    );
  } else if (error instanceof RateLimitError) {
    log.warn(
      { ...where, retryAfter: error.retryAfter },
      `${during}: Discord’s rate limit → wait; if it goes on, lower MEMBER_QUESTIONS_PER_MINUTE and CHANNEL_ANSWERS_PER_MINUTE`,
    );
  } else if (error instanceof HTTPError) {
    log.warn({ ...where, status: error.status }, `${during}: ${UNREACHABLE}`);
  } else if (isUnreachable(error)) {
    log.warn({ ...where, cause: error.message }, `${during}: ${UNREACHABLE}`);
  } else if (error instanceof UnexpectedResponse) {
    log.warn(
      where,
      `${during}: Discord’s API answered ${error.message} → see that DISCORD_API is right, and that no proxy or login page answers in its place`,
    );
  } else if (isFromDiscordJs(error)) {
    log.warn(
      { ...where, err: bareError(error) },
      `${during}: discord.js can’t do it with what Discord sent → nothing to do if it is rare; otherwise report it with this line`,
    );
  } else if (error instanceof ExpectedError || error instanceof NoSessionsLeft) {
    log.error(where, `${during}: ${error.message}`);
  } else if (error instanceof Error && isSystemError(error)) {
    log.error(where, `${during}: ${error.message} → ${SYSTEM_REMEDIES[errorCode(error) ?? ''] ?? SEE_TO_MACHINE}`);
  } else {
    log.error({ ...where, err: bareError(error) }, `${during}: an error in the bot → please report it with this line`);
  }
}

const SEE_TO_MACHINE = 'see to the disk, the files and the network of this machine';

/** By the code of a failed system call. */
const SYSTEM_REMEDIES: Readonly<Record<string, string>> = {
  ENOSPC: 'the disk is full: free some space on it',
  EDQUOT: 'the disk quota is used up: free some space, or raise it',
  EACCES: 'let the user that runs the bot read and write there',
  EPERM: 'let the user that runs the bot read and write there',
  EROFS: 'the disk may only be read: mount it for writing, or set DATA_DIR to another one',
  EMFILE: 'too many files are open: raise the limit (ulimit -n)',
  ENFILE: 'too many files are open on this machine: close other programs',
  ENOMEM: 'the machine has no memory left: give the bot more',
};

/** Logs a missing permission as if Discord had refused the request, which wasn't sent. */
export function logMissingPermission(log: Logger, during: string, where: Readonly<Record<string, unknown>>): void {
  const { level, what, remedy } = MISSING_PERMISSION;
  log[level](where, `${during}: ${what} → ${remedy}`);
}

function failureOf(error: unknown): Failure | undefined {
  if (error instanceof DiscordAPIError) return FAILURES[Number(error.code)];
  // discord.js knows without a request that the channel was deleted while its question was being answered.
  if (error instanceof DiscordjsError && error.code === DiscordjsErrorCodes.ChannelNotCached)
    return FAILURES[RESTJSONErrorCodes.UnknownChannel];
  return undefined;
}

/** Without other properties of an error, such as a request with a member's words or a token. */
function bareError(error: unknown): object {
  if (!(error instanceof Error)) return { message: String(error) };
  const { name, message, stack } = error;
  return { type: name, message, stack };
}

/** Without interaction tokens and message ids. */
function pathOf({ url }: DiscordAPIError): string {
  return url
    .replace(/^https?:\/\/[^/]+/, '')
    .replace(/\?.*/, '')
    .replace(/\/(?:interactions|webhooks)\/.*/, '/interactions/…')
    .replace(/\d{15,}/g, ':id');
}

/** discord.js complains of what it can't do with errors of its own, and of data that it didn't expect with any. */
function isFromDiscordJs(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const frame = error.stack?.split('\n').find((line) => /^\s+at /.test(line));
  return /[\\/]node_modules[\\/](?:discord\.js|@discordjs)[\\/]/.test(frame ?? '');
}

/** The fields that Discord rejects, with the reason as a code: `data.content (BASE_TYPE_MAX_LENGTH)`. */
function rejectedFields({ rawError }: DiscordAPIError): string[] {
  return 'errors' in rawError ? fieldsIn(rawError.errors, '') : [];
}

function fieldsIn(errors: unknown, path: string): string[] {
  if (typeof errors !== 'object' || errors === null) return [];
  return Object.entries(errors).flatMap(([name, value]) => {
    if (name !== '_errors') return fieldsIn(value, path === '' ? name : `${path}.${name}`);
    const codes = Array.isArray(value) ? value.map((each) => String(each?.code)) : [];
    return [`${path || 'the request'} (${codes.join(', ')})`];
  });
}

function isUnreachable(error: unknown): error is Error {
  return error instanceof DiscordUnreachable || (error instanceof Error && isLostRequest(error));
}

/** Only undici's requests, all of which go to Discord, fail with these. */
function isLostRequest(error: Error): boolean {
  return error.name === 'AbortError' || errorCode(error)?.startsWith('UND_ERR_') === true;
}

function isSystemError(error: Error): boolean {
  return /^E(?!RR_)[A-Z_0-9]+$/.test(errorCode(error) ?? '');
}

/** Did the connection break before Discord answered, so that the request may or may not have had an effect? */
export function isBrokenLine(error: unknown): boolean {
  return (
    error instanceof DiscordUnreachable || (error instanceof Error && errorCode(error)?.startsWith('UND_ERR_') === true)
  );
}

/** The code of a system call or of undici that an error carries, or its cause: `ECONNRESET`. */
export function errorCode(error: Error): string | undefined {
  if ('code' in error && typeof error.code === 'string') return error.code;
  return error.cause instanceof Error ? errorCode(error.cause) : undefined;
}
