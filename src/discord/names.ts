import type { Guild, GuildMember, Interaction, Message, User } from 'discord.js';

/** By which names the people around a message are known: whoever wrote it, whom it mentions, members known there. */
export function namesAround({ author, member, mentions, guild }: Message): string[] {
  const people = [author, ...mentions.users.values()];
  const members = [member, ...(mentions.members?.values() ?? [])];
  return [...people.flatMap(namesOfUser), ...members.flatMap(namesOfMember), ...namesIn(guild)];
}

/** By which names the people around a command are known. */
export function namesAroundCommand({ user, guild }: Interaction): string[] {
  return [...namesOfUser(user), ...namesIn(guild)];
}

function namesIn(guild: Guild | null): string[] {
  return guild?.members.cache.map(({ displayName }) => displayName) ?? [];
}

function namesOfUser({ username, globalName }: User): string[] {
  return globalName === null ? [username] : [username, globalName];
}

function namesOfMember(member: GuildMember | null): string[] {
  return member?.nickname ? [member.nickname] : [];
}
