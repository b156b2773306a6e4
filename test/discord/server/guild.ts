import { ChannelType, type Locale } from 'discord.js';
import { Channel } from './channel.ts';
import {
  channelCreated,
  guildCreated,
  guildDeleted,
  guildUnavailable,
  memberAdded,
  memberUpdated,
  roleChanged,
} from './events.ts';
import { bitsOf, EVERYONE_BY_DEFAULT, type PermissionName } from './permissions.ts';
import { Person, type PersonTraits } from './person.ts';
import type { User } from './user.ts';
import type { World } from './world.ts';

/** Permissions with a name, given to members. */
export interface Role {
  readonly id: string;
  readonly name: string;
  permissions: bigint;
  readonly position: number;
  /** Whether it was made for a bot. */
  readonly managed: boolean;
}

/** Somebody's place in a guild. */
export interface Membership {
  readonly user: User;
  readonly roles: Set<Role>;
  readonly joinedAt: number;
}

/** What a test may say about a guild. */
export interface GuildTraits {
  readonly name?: string;
  readonly locale?: `${Locale}`;
  /** Permissions of a role of the bot's own, beyond everyone's. */
  readonly botPermissions?: readonly PermissionName[];
  /** False for a guild in which the bot is no member (user-installed commands still run there). */
  readonly withBot?: boolean;
  /** Which shard is told of it, of how many; any, if left out. */
  readonly shard?: readonly [shard: number, count: number];
}

/** A server with its channels, roles and members. */
export class Guild {
  readonly id: string;
  readonly name: string;
  readonly locale: `${Locale}`;
  readonly ownerId: string;
  readonly everyone: Role;
  readonly roles = new Map<string, Role>();
  readonly members = new Map<string, Membership>();
  readonly channels = new Map<string, Channel>();
  /** False during an outage. */
  available = true;
  readonly #world: World;

  constructor(world: World, traits: GuildTraits) {
    this.#world = world;
    this.id = traits.shard ? world.ids.nextOf(...traits.shard) : world.ids.next();
    this.name = traits.name ?? 'A server';
    this.locale = traits.locale ?? 'en-US';
    this.everyone = {
      id: this.id,
      name: '@everyone',
      permissions: bitsOf(EVERYONE_BY_DEFAULT),
      position: 0,
      managed: false,
    };
    this.roles.set(this.id, this.everyone);
    const owner = world.account(`Owner of ${this.name}`, false);
    this.ownerId = owner.id;
    this.#admit(owner);
    world.guilds.set(this.id, this);
    if (traits.withBot ?? true) {
      this.#admit(world.bot, this.#role(world.bot.name, traits.botPermissions ?? [], true));
      guildCreated(world, this);
    }
  }

  get hasBot(): boolean {
    return this.members.has(this.#world.bot.id);
  }

  textChannel(name: string): Channel {
    return this.#channel(ChannelType.GuildText, name);
  }

  announcementChannel(name: string): Channel {
    return this.#channel(ChannelType.GuildAnnouncement, name);
  }

  /** A voice channel, whose chat is a channel like any other. */
  voiceChannel(name: string): Channel {
    return this.#channel(ChannelType.GuildVoice, name);
  }

  forum(name: string): Channel {
    return this.#channel(ChannelType.GuildForum, name);
  }

  /** A role with these permissions. */
  role(name: string, permissions: readonly PermissionName[]): Role {
    const role = this.#role(name, permissions, false);
    roleChanged(this.#world, this, role, 'create');
    return role;
  }

  /** A new person (or another bot) who is a member here. */
  member(name: string, traits: PersonTraits = {}): Person {
    const person = new Person(this.#world, name, traits);
    this.admit(person, traits.permissions);
    return person;
  }

  /** Lets somebody in who is on Discord already. */
  admit(person: User, permissions: readonly PermissionName[] = []): void {
    const role = permissions.length ? [this.role(`${person.name}'s role`, permissions)] : [];
    this.#admit(person, ...role);
    if (person.id === this.#world.bot.id) guildCreated(this.#world, this);
    else memberAdded(this.#world, this, person);
  }

  /** Gives somebody a role. */
  give(person: User, role: Role): void {
    this.members.get(person.id)?.roles.add(role);
    memberUpdated(this.#world, this, person);
  }

  /** Takes permissions away from everyone and every role that somebody has. */
  revoke(person: User, ...names: readonly PermissionName[]): void {
    for (const role of [this.everyone, ...(this.members.get(person.id)?.roles ?? [])]) {
      role.permissions &= ~bitsOf(names);
      roleChanged(this.#world, this, role, 'update');
    }
  }

  /** Adds permissions to what everyone may do. */
  allowEveryone(...names: readonly PermissionName[]): void {
    this.everyone.permissions |= bitsOf(names);
    roleChanged(this.#world, this, this.everyone, 'update');
  }

  /** Removes the bot from this guild. */
  removeBot(): void {
    guildDeleted(this.#world, this);
    this.members.delete(this.#world.bot.id);
  }

  /** Deletes the guild. */
  delete(): void {
    if (this.hasBot) guildDeleted(this.#world, this);
    for (const id of this.channels.keys()) this.#world.channels.delete(id);
    for (const channel of [...this.#world.channels.values()]) {
      if (channel.guild === this) this.#world.channels.delete(channel.id);
    }
    this.#world.guilds.delete(this.id);
  }

  /** An outage of Discord's: the guild goes, and is not lost. */
  becomesUnavailable(): void {
    this.available = false;
    guildUnavailable(this.#world, this);
  }

  /** The end of the outage. */
  returns(): void {
    this.available = true;
    guildCreated(this.#world, this);
  }

  #admit(user: User, ...roles: readonly Role[]): void {
    this.members.set(user.id, { user, roles: new Set(roles), joinedAt: Date.now() });
  }

  #role(name: string, permissions: readonly PermissionName[], managed: boolean): Role {
    const role = {
      id: this.#world.ids.next(),
      name,
      permissions: bitsOf(permissions),
      position: this.roles.size,
      managed,
    };
    this.roles.set(role.id, role);
    return role;
  }

  #channel(type: ChannelType, name: string): Channel {
    const channel = new Channel(this.#world, { id: this.#world.ids.next(), type, name, guild: this });
    this.channels.set(channel.id, channel);
    this.#world.channels.set(channel.id, channel);
    channelCreated(this.#world, channel);
    return channel;
  }
}
