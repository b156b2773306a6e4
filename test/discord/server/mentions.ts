import { AllowedMentionsTypes, type APIAllowedMentions } from 'discord.js';
import type { Channel } from './channel.ts';
import type { Message } from './message.ts';
import { may } from './permissions.ts';
import type { User } from './user.ts';
import type { World } from './world.ts';

/** Who is notified by a message. */
export interface Pings {
  readonly pinged: readonly User[];
  readonly pingedRoles: readonly string[];
  readonly pingsEveryone: boolean;
}

/** What a message says about pings; without `allowed`, everything in the text counts, and so does the reply. */
export interface PingWishes {
  readonly content: string;
  readonly allowed?: APIAllowedMentions | undefined;
  readonly replyTo?: Message | undefined;
}

/** Who is notified, by the text, `allowed_mentions` and what the author may do. */
export function pingsOf(world: World, channel: Channel, author: User, wishes: PingWishes): Pings {
  const { content, allowed, replyTo } = wishes;
  const parses = (type: AllowedMentionsTypes) => !allowed || (allowed.parse ?? []).includes(type);
  const userIds = new Set([...content.matchAll(/<@!?(\d+)>/g)].map(([, id]) => id ?? ''));
  const roleIds = new Set([...content.matchAll(/<@&(\d+)>/g)].map(([, id]) => id ?? ''));
  const pinged = new Set<User>();
  for (const id of userIds) {
    const user = world.users.get(id);
    if (user && (parses(AllowedMentionsTypes.User) || allowed?.users?.includes(id))) pinged.add(user);
  }
  if (replyTo && (allowed ? allowed.replied_user === true : true)) pinged.add(replyTo.author);
  return {
    pinged: [...pinged],
    pingedRoles: [...roleIds].filter(
      (id) =>
        channel.guild?.roles.has(id) && (parses(AllowedMentionsTypes.Role) || allowed?.roles?.includes(id) === true),
    ),
    pingsEveryone:
      /@(everyone|here)\b/.test(content) &&
      parses(AllowedMentionsTypes.Everyone) &&
      may(author, channel, 'MentionEveryone'),
  };
}
