import { DiscordAPIError, type REST, RESTJSONErrorCodes, Routes } from 'discord.js';
import type { Logger } from '../operation/log.ts';
import type { NoteStore } from '../storage/notes.ts';
import { COMMANDS } from './commands.ts';

/** The server that the commands were registered in last; empty for none. */
const LAST_GUILD = 'commands-guild';

/**
 * Registers the commands everywhere, or in one server, for development. Discord leaves those alone that haven't changed. What an
 * earlier start registered in another server is removed there, so that no command appears twice.
 */
export async function registerCommands(
  rest: REST,
  applicationId: string,
  guildId: string | undefined,
  notes: NoteStore,
  log: Logger,
): Promise<void> {
  const routeOf = (guild: string) => Routes.applicationGuildCommands(applicationId, guild);
  const route = guildId === undefined ? Routes.applicationCommands(applicationId) : routeOf(guildId);
  if (await isDone(rest.put(route, { body: COMMANDS }))) {
    log.info({ commands: COMMANDS.length, guild: guildId }, 'commands: registered');
  } else {
    log.warn(
      { guild: guildId },
      'registering the commands: the bot is not in the server that DISCORD_GUILD_ID names → invite it with the link above and start again, or leave DISCORD_GUILD_ID out',
    );
  }
  const before = await notes.get(LAST_GUILD);
  if (before && before !== guildId && (await isDone(rest.put(routeOf(before), { body: [] })))) {
    log.info({ guild: before }, 'commands: removed from the server that DISCORD_GUILD_ID named before');
  }
  if ((before ?? '') !== (guildId ?? '')) await notes.set(LAST_GUILD, guildId ?? '');
}

/** `false` if the bot is not a member of the server. */
async function isDone(request: Promise<unknown>): Promise<boolean> {
  try {
    await request;
    return true;
  } catch (error) {
    if (error instanceof DiscordAPIError && error.code === RESTJSONErrorCodes.MissingAccess) return false;
    throw error;
  }
}
