import { isDeepStrictEqual } from 'node:util';
import { DiscordAPIError, type REST, RESTJSONErrorCodes, Routes } from 'discord.js';
import { z } from 'zod';
import type { Logger } from '../operation/log.ts';
import type { NoteStore } from '../storage/notes.ts';
import { COMMANDS } from './commands.ts';

/** The server that the commands were registered in last; empty for none. */
const LAST_GUILD = 'commands-guild';

/**
 * Registers the commands, if Discord has others: everywhere, or in one server, where they appear at once, for development. What an
 * earlier start registered in another server is removed there, so that no command appears twice.
 */
export async function registerCommands(
  rest: REST,
  applicationId: string,
  guildId: string | undefined,
  notes: NoteStore,
  log: Logger,
): Promise<void> {
  await ifMember(registerIfDifferent(rest, applicationId, guildId, log), ({ code }) => {
    log.warn(
      { guild: guildId, code },
      'registering the commands: the bot is not in the server that DISCORD_GUILD_ID names → invite it with the link above and start again, or leave DISCORD_GUILD_ID out',
    );
  });
  const before = await notes.get(LAST_GUILD);
  if (before && before !== guildId) {
    await ifMember(rest.put(Routes.applicationGuildCommands(applicationId, before), { body: [] }), () => {});
    log.info({ guild: before }, 'commands: removed from the server that DISCORD_GUILD_ID named before');
  }
  if ((before ?? '') !== (guildId ?? '')) await notes.set(LAST_GUILD, guildId ?? '');
}

/** @param otherwise called where the bot isn't a member of the server */
async function ifMember(request: Promise<unknown>, otherwise: (error: DiscordAPIError) => void): Promise<void> {
  try {
    await request;
  } catch (error) {
    if (!(error instanceof DiscordAPIError) || error.code !== RESTJSONErrorCodes.MissingAccess) throw error;
    otherwise(error);
  }
}

async function registerIfDifferent(
  rest: REST,
  applicationId: string,
  guildId: string | undefined,
  log: Logger,
): Promise<void> {
  const route = guildId
    ? Routes.applicationGuildCommands(applicationId, guildId)
    : Routes.applicationCommands(applicationId);
  const registered = await rest.get(route, { query: new URLSearchParams({ with_localizations: 'true' }) });
  if (isDeepStrictEqual(comparable(registered, guildId !== undefined), comparable(COMMANDS, guildId !== undefined))) {
    log.debug('commands: nothing to register');
    return;
  }
  await rest.put(route, { body: COMMANDS });
  log.info({ commands: COMMANDS.length, guild: guildId }, 'commands: registered');
}

const optionSchema = z.object({
  type: z.number(),
  name: z.string(),
  name_localizations: z.record(z.string(), z.string()).nullish(),
  description: z.string().nullish(),
  description_localizations: z.record(z.string(), z.string()).nullish(),
  required: z.boolean().default(false),
  autocomplete: z.boolean().default(false),
  max_length: z.number().nullish(),
  choices: z
    .array(
      z.object({ name: z.string(), name_localizations: z.record(z.string(), z.string()).nullish(), value: z.string() }),
    )
    .default([]),
  get options() {
    return z.array(optionSchema).default([]);
  },
});

const commandSchema = optionSchema.extend({
  contexts: z.array(z.number()).nullish(),
  integration_types: z.array(z.number()).nullish(),
  default_member_permissions: z.string().nullish(),
});

/** Commands in one order, without what Discord adds or leaves out. */
function comparable(commands: unknown, inGuild: boolean): unknown {
  const parsed = z.array(commandSchema).safeParse(commands);
  if (!parsed.success) return undefined;
  return parsed.data
    .map((command) => withoutEmpty(inGuild ? { ...command, contexts: null, integration_types: null } : command))
    .sort((a, b) => JSON.stringify(a).localeCompare(JSON.stringify(b)));
}

/** Discord leaves out what is empty, and lists of numbers have no order. */
function withoutEmpty(value: unknown): unknown {
  if (Array.isArray(value))
    return value.every((item) => typeof item === 'number') ? value.toSorted() : value.map(withoutEmpty);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(
        ([, item]) => item !== null && item !== undefined && item !== '' && !(Array.isArray(item) && item.length === 0),
      )
      .map(([key, item]) => [key, withoutEmpty(item)]),
  );
}
