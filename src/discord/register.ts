import { isDeepStrictEqual } from 'node:util';
import { DiscordAPIError, type REST, RESTJSONErrorCodes, Routes } from 'discord.js';
import { z } from 'zod';
import type { Logger } from '../operation/log.ts';
import { COMMANDS } from './commands.ts';

/**
 * Registers the commands, if Discord has others. In one server they appear at once, which is for development; without
 * one they appear everywhere.
 */
export async function registerCommands(
  rest: REST,
  applicationId: string,
  guildId: string | undefined,
  log: Logger,
): Promise<void> {
  try {
    await registerIfDifferent(rest, applicationId, guildId, log);
  } catch (error) {
    if (!guildId || !(error instanceof DiscordAPIError) || error.code !== RESTJSONErrorCodes.MissingAccess) throw error;
    log.warn(
      { guild: guildId, code: error.code },
      'registering the commands: the bot is not in the server that DISCORD_GUILD_ID names → invite it with the link above and start again, or leave DISCORD_GUILD_ID out',
    );
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

/** What of the commands was chosen by us, without what Discord adds or leaves out, in one order. */
function comparable(commands: unknown, inGuild: boolean): unknown {
  const parsed = z.array(commandSchema).safeParse(commands);
  if (!parsed.success) return undefined;
  return parsed.data
    .map((command) => withoutEmpty(inGuild ? { ...command, contexts: null, integration_types: null } : command))
    .sort((a, b) => JSON.stringify(a).localeCompare(JSON.stringify(b)));
}

/** Discord leaves out what is empty; so does this. Lists of numbers have no order. */
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
