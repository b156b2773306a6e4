import {
  type APIApplicationCommand,
  type APIApplicationCommandOption,
  ApplicationCommandOptionType,
  ApplicationCommandType,
  ApplicationIntegrationType,
} from 'discord.js';
import { Channel } from './channel.ts';
import type { Role } from './guild.ts';
import { channelPayload } from './payloads/channel.ts';
import { rolePayload } from './payloads/guild.ts';
import { contextOf, installationOwners } from './payloads/interaction.ts';
import { partialMemberPayload, userPayload } from './payloads/people.ts';
import { may, permissionsIn } from './permissions.ts';
import { User } from './user.ts';
import type { World } from './world.ts';

/** What somebody enters into an option. */
export type OptionValue = string | number | boolean | User | Channel | Role;

/** What somebody enters, by the option's name in either language. */
export type OptionValues = Readonly<Record<string, OptionValue>>;

/** Whether a thing with translations is called this by somebody. */
function isCalled(
  thing: { readonly name: string; readonly name_localizations?: object | null | undefined },
  name: string,
  person: User,
): boolean {
  const localized = (thing.name_localizations as Record<string, string> | null | undefined)?.[person.locale];
  return thing.name === name || localized === name;
}

/** The commands that Discord shows to somebody in a place: by context, installation and permissions. */
export function commandsShown(world: World, person: User, channel: Channel, forced = false): APIApplicationCommand[] {
  const owners = installationOwners(world, { channel, person });
  const context = contextOf(world, { channel });
  const ofGuild = channel.guild ? (world.commands.get(channel.guild.id) ?? []) : [];
  const all = [...ofGuild, ...(world.commands.get('global') ?? [])];
  if (!may(person, channel, 'ViewChannel', 'UseApplicationCommands')) return [];
  return all.filter((command) => {
    if (command.contexts && !command.contexts.includes(context)) return false;
    const types = command.integration_types ?? [ApplicationIntegrationType.GuildInstall];
    if (!types.some((type) => owners[type] !== undefined)) return false;
    if (forced || !channel.guild || command.default_member_permissions == null) return true;
    const needed = BigInt(command.default_member_permissions);
    const has = permissionsIn(channel, person);
    return needed === 0n ? (has & 8n) !== 0n : (has & needed) === needed;
  });
}

/** A command, and which of its subcommands. */
export interface FoundCommand {
  readonly command: APIApplicationCommand;
  /** The subcommand group and subcommand, outermost first. */
  readonly path: readonly APIApplicationCommandOption[];
}

/**
 * Finds a command by what somebody types, such as `xiaomipay ask`, in their language or as it is named.
 * @throws if Discord does not show it to them there
 */
export function findCommand(
  world: World,
  person: User,
  channel: Channel,
  line: string,
  type: ApplicationCommandType,
  forced = false,
): FoundCommand {
  const shown = commandsShown(world, person, channel, forced).filter((command) => command.type === type);
  const [first = '', ...rest] = type === ApplicationCommandType.ChatInput ? line.split(' ') : [line];
  const command = shown.find((candidate) => isCalled(candidate, first, person));
  const path: APIApplicationCommandOption[] = [];
  let options = command?.options ?? [];
  for (const word of rest) {
    const option = options.find((candidate) => isCalled(candidate, word, person));
    if (!option) break;
    path.push(option);
    options = 'options' in option ? (option.options ?? []) : [];
  }
  if (!command || path.length < rest.length || options.some(({ type: kind }) => kind <= 2)) {
    const names = shown.map(({ name, options: inner }) => [name, ...(inner ?? []).map((o) => o.name)].join(' '));
    throw new Error(
      `Discord shows no command “${line}” to ${person.name} in ${channel.label}. Shown: ${names.join(', ') || 'none'}.`,
    );
  }
  return { command, path };
}

/** Collects what options refer to, as Discord's `resolved` does. */
interface Resolved {
  users: Record<string, object>;
  members: Record<string, object>;
  roles: Record<string, object>;
  channels: Record<string, object>;
}

/** Turns what was entered into the API's value, and notes what it refers to. */
function valueFor(
  world: World,
  channel: Channel,
  option: APIApplicationCommandOption,
  entered: OptionValue,
  resolved: Resolved,
): string | number | boolean {
  const { guild } = channel;
  if (entered instanceof User) {
    resolved.users[entered.id] = userPayload(entered);
    if (guild?.members.has(entered.id)) {
      const { deaf: _, mute: __, ...member } = partialMemberPayload(guild, entered);
      resolved.members[entered.id] = { ...member, permissions: permissionsIn(channel, entered).toString() };
    }
    return entered.id;
  }
  if (entered instanceof Channel) {
    const permissions = permissionsIn(entered, world.bot).toString();
    resolved.channels[entered.id] = { ...channelPayload(entered, world.bot), permissions };
    return entered.id;
  }
  if (typeof entered === 'object') {
    resolved.roles[entered.id] = rolePayload(entered, world.bot.id);
    return entered.id;
  }
  const choices = 'choices' in option ? (option.choices ?? []) : [];
  if (choices.length) {
    const chosen = choices.find(
      ({ name, value, name_localizations }) =>
        value === entered || name === entered || Object.values(name_localizations ?? {}).includes(String(entered)),
    );
    if (!chosen) throw new Error(`“${entered}” is no choice of the option ${option.name}.`);
    return chosen.value;
  }
  return entered;
}

/** Refuses what Discord's client would not let anybody send. */
function checkEntered(option: APIApplicationCommandOption, value: string | number | boolean): void {
  const wrong = (problem: string) =>
    new Error(`Nobody can enter ${JSON.stringify(value)} into ${option.name}: ${problem}.`);
  switch (option.type) {
    case ApplicationCommandOptionType.String: {
      if (typeof value !== 'string') throw wrong('it takes a text');
      if (option.min_length !== undefined && value.length < option.min_length) throw wrong('it is too short');
      if (value.length > (option.max_length ?? 6000)) throw wrong('it is too long');
      break;
    }
    case ApplicationCommandOptionType.Integer:
    case ApplicationCommandOptionType.Number: {
      if (typeof value !== 'number') throw wrong('it takes a number');
      if (option.min_value !== undefined && value < option.min_value) throw wrong('it is too small');
      if (option.max_value !== undefined && value > option.max_value) throw wrong('it is too large');
      break;
    }
    case ApplicationCommandOptionType.Boolean: {
      if (typeof value !== 'boolean') throw wrong('it takes true or false');
      break;
    }
    default:
      if (typeof value !== 'string') throw wrong('it takes somebody or something');
  }
}

/**
 * The `data` of a command interaction with what was entered.
 * @param focused the option in which somebody is typing, for autocomplete; then nothing else need be complete
 * @throws if Discord would not let anybody enter this
 */
export function commandData(
  world: World,
  person: User,
  channel: Channel,
  { command, path }: FoundCommand,
  values: OptionValues,
  focused?: string,
): object {
  const resolved: Resolved = { users: {}, members: {}, roles: {}, channels: {} };
  const innermost = path.at(-1) ?? command;
  const known = ('options' in innermost ? (innermost.options ?? []) : []) as APIApplicationCommandOption[];
  const entered = Object.entries(values).map(([name, value]) => {
    const option = known.find((candidate) => isCalled(candidate, name, person));
    if (!option)
      throw new Error(`/${command.name} has no option ${name}; it has: ${known.map((o) => o.name).join(', ')}.`);
    const sent = valueFor(world, channel, option, value, resolved);
    const isFocused = focused !== undefined && isCalled(option, focused, person);
    if (isFocused && !('autocomplete' in option && option.autocomplete)) {
      throw new Error(`The option ${option.name} of /${command.name} has no autocomplete.`);
    }
    if (!isFocused) checkEntered(option, sent);
    return { name: option.name, type: option.type, value: sent, ...(isFocused ? { focused: true } : {}) };
  });
  const missing = known.filter((o) => 'required' in o && o.required && !entered.some(({ name }) => name === o.name));
  if (missing.length && focused === undefined) {
    throw new Error(`/${command.name} needs ${missing.map(({ name }) => name).join(', ')}.`);
  }
  const options = [...path]
    .reverse()
    .reduce<object[]>((inner, { name, type }) => [{ name, type, options: inner }], entered);
  const referred = Object.fromEntries(Object.entries(resolved).filter(([, found]) => Object.keys(found).length));
  return {
    id: command.id,
    name: command.name,
    type: command.type,
    ...(command.guild_id ? { guild_id: command.guild_id } : {}),
    ...(options.length ? { options } : {}),
    ...(Object.keys(referred).length ? { resolved: referred } : {}),
  };
}
