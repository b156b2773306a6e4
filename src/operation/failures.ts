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

/** Discord no longer accepts the token: there is nothing left to do but to end. */
export class TokenRefused extends ExpectedError {
  override readonly name = 'TokenRefused';

  constructor() {
    super(
      'Discord refused the token. Copy it anew (Developer Portal → your application → Bot → Reset Token) into DISCORD_TOKEN.',
    );
  }
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
  [RESTJSONErrorCodes.CannotSendMessagesToThisUser]: {
    level: 'info',
    what: 'this member takes no direct messages from the bot',
    remedy: 'nothing to do',
  },
};

/**
 * Logs what went wrong in one line, with the remedy. Expected failures carry no stack trace.
 *
 * @param during what was being done, for the line
 * @param where ids that help to find it; never what anybody wrote
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
    const remedy =
      error.status === 401
        ? new TokenRefused().message
        : 'if it goes on, look the code up in Discord’s documentation of JSON error codes';
    log.warn(
      { ...where, code: error.code, status: error.status },
      `${during}: Discord refused it (${error.method} ${pathOf(error)}) → ${remedy}`,
    );
  } else if (error instanceof RateLimitError) {
    log.warn(
      { ...where, retryAfter: error.retryAfter },
      `${during}: Discord’s rate limit → wait; lower the cooldown settings if it goes on`,
    );
  } else if (error instanceof HTTPError || isNetworkError(error)) {
    const status = error instanceof HTTPError ? { status: error.status } : {};
    log.warn(
      { ...where, ...status },
      `${during}: Discord could not be reached or failed → nothing to do if it passes; if it goes on, see https://discordstatus.com and the network of this machine`,
    );
  } else if (error instanceof ExpectedError) {
    log.error(where, `${during}: ${error.message}`);
  } else {
    log.error({ ...where, err: bareError(error) }, `${during}: an error in the bot → please report it with this line`);
  }
}

/** Logs the same as where Discord refuses something for want of a permission, without having asked Discord. */
export function logMissingPermission(log: Logger, during: string, where: Readonly<Record<string, unknown>>): void {
  const { level, what, remedy } = MISSING_PERMISSION;
  log[level](where, `${during}: ${what} → ${remedy}`);
}

function failureOf(error: unknown): Failure | undefined {
  if (error instanceof DiscordAPIError) return FAILURES[Number(error.code)];
  // discord.js knows without asking Discord that a channel went while it was being answered there.
  if (error instanceof DiscordjsError && error.code === DiscordjsErrorCodes.ChannelNotCached)
    return FAILURES[RESTJSONErrorCodes.UnknownChannel];
  return undefined;
}

/** Without what else an error may carry: requests, and with them what somebody wrote, or a token. */
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

function isNetworkError(error: unknown): boolean {
  return isBrokenLine(error) || (error instanceof Error && error.name === 'AbortError');
}

/** Did the line break before Discord's answer was there, so that nobody knows whether the request arrived? */
export function isBrokenLine(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const code =
    'code' in error
      ? String(error.code)
      : error.cause instanceof Error && 'code' in error.cause
        ? String(error.cause.code)
        : '';
  return /^(?:E(?!RR_)[A-Z_]+|UND_ERR_\w+)$/.test(code);
}
