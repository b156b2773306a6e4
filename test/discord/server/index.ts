/** A Discord of our own for tests: start it with `startDiscord`, and let people do things there. */
export type { Channel, Webhook } from './channel.ts';
export { Discord, type DiscordOptions, type IntentName, startDiscord } from './discord.ts';
export type { Fault } from './faults.ts';
export type { Guild, GuildTraits, Role } from './guild.ts';
export type { Choice } from './interaction.ts';
export { ApplicationDidNotRespond, type InteractionRun } from './interaction-run.ts';
export type { Message } from './message.ts';
export type { PermissionName } from './permissions.ts';
export type { Control, Manner, Person, PersonTraits, Place } from './person.ts';
export type { Limit } from './rate-limits.ts';
export { describeRequest, type RequestRecord, type Violation } from './request-log.ts';
export type { User } from './user.ts';
export { WaitedInVain } from './waiting.ts';
