import { RESTJSONErrorCodes } from 'discord.js';

/** One thing wrong with a request body, and where. */
export interface Problem {
  readonly path: readonly (string | number)[];
  /** Discord's own code where known, such as BASE_TYPE_MAX_LENGTH. */
  readonly code: string;
  readonly message: string;
}

/** An answer of Discord's that is a refusal: HTTP status, JSON error code, text. */
export class DiscordError extends Error {
  readonly status: number;
  readonly code: number;
  readonly errors: unknown;

  constructor(status: number, code: number, message: string, errors?: unknown) {
    super(message);
    this.name = 'DiscordError';
    this.status = status;
    this.code = code;
    this.errors = errors;
  }

  /** The body as Discord sends it. */
  toJSON(): object {
    return { message: this.message, code: this.code, ...(this.errors === undefined ? {} : { errors: this.errors }) };
  }
}

const refusal = (status: number, code: number, message: string) => () => new DiscordError(status, code, message);

/** 401: the token is missing or wrong. */
export const unauthorized = refusal(401, 0, '401: Unauthorized');
/** 404 without a code of its own: no such route. */
export const routeNotFound = refusal(404, 0, '404: Not Found');
export const unknownChannel = refusal(404, RESTJSONErrorCodes.UnknownChannel, 'Unknown Channel');
export const unknownGuild = refusal(404, RESTJSONErrorCodes.UnknownGuild, 'Unknown Guild');
export const unknownMember = refusal(404, RESTJSONErrorCodes.UnknownMember, 'Unknown Member');
export const unknownMessage = refusal(404, RESTJSONErrorCodes.UnknownMessage, 'Unknown Message');
export const unknownUser = refusal(404, RESTJSONErrorCodes.UnknownUser, 'Unknown User');
export const unknownWebhook = refusal(404, RESTJSONErrorCodes.UnknownWebhook, 'Unknown Webhook');
export const unknownApplication = refusal(404, RESTJSONErrorCodes.UnknownApplication, 'Unknown Application');
export const unknownCommand = refusal(404, RESTJSONErrorCodes.UnknownApplicationCommand, 'Unknown application command');
export const unknownInteraction = refusal(404, RESTJSONErrorCodes.UnknownInteraction, 'Unknown interaction');
export const alreadyAcknowledged = refusal(
  400,
  RESTJSONErrorCodes.InteractionHasAlreadyBeenAcknowledged,
  'Interaction has already been acknowledged.',
);
export const invalidWebhookToken = refusal(401, RESTJSONErrorCodes.InvalidWebhookToken, 'Invalid Webhook Token');
export const missingAccess = refusal(403, RESTJSONErrorCodes.MissingAccess, 'Missing Access');
export const missingPermissions = refusal(403, RESTJSONErrorCodes.MissingPermissions, 'Missing Permissions');
export const notInDirectMessages = refusal(
  403,
  RESTJSONErrorCodes.CannotExecuteActionOnDMChannel,
  'Cannot execute action on a DM channel',
);
export const notYourMessage = refusal(
  403,
  RESTJSONErrorCodes.CannotEditMessageAuthoredByAnotherUser,
  'Cannot edit a message authored by another user',
);
export const emptyMessage = refusal(400, RESTJSONErrorCodes.CannotSendAnEmptyMessage, 'Cannot send an empty message');
export const cannotMessageUser = refusal(
  403,
  RESTJSONErrorCodes.CannotSendMessagesToThisUser,
  'Cannot send messages to this user',
);
export const notATextChannel = refusal(
  400,
  RESTJSONErrorCodes.CannotSendMessagesInNonTextChannel,
  'Cannot send messages in a non-text channel',
);
export const replyNeedsHistory = refusal(
  400,
  RESTJSONErrorCodes.CannotReplyWithoutPermissionToReadMessageHistory,
  'Cannot reply without permission to read message history',
);
export const threadIsLocked = refusal(400, RESTJSONErrorCodes.ThreadLocked, 'Thread is locked');
export const threadAlreadyThere = refusal(
  400,
  RESTJSONErrorCodes.ThreadAlreadyCreatedForMessage,
  'A thread has already been created for this message',
);

/** 400/50035: Discord's nested account of what is wrong with a body. */
export function invalidFormBody(problems: readonly Problem[]): DiscordError {
  const errors: Record<string, unknown> = {};
  for (const problem of problems) {
    let place = errors;
    for (const key of problem.path) {
      const inner = (place[key] as Record<string, unknown> | undefined) ?? {};
      place[key] = inner;
      place = inner;
    }
    const list = (place['_errors'] as unknown[] | undefined) ?? [];
    list.push({ code: problem.code, message: problem.message });
    place['_errors'] = list;
  }
  return new DiscordError(400, RESTJSONErrorCodes.InvalidFormBodyOrContentType, 'Invalid Form Body', errors);
}
