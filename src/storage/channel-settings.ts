import { sql } from 'kysely';
import type { Logger } from 'pino';
import { type Clock, every } from '../clock.ts';
import { LANGUAGES, type Language } from '../knowledge/knowledge.ts';
import type { Shards } from '../shards.ts';
import type { Connection } from './connection.ts';
import type { Database } from './tables.ts';

/**
 * What a moderator allows in a channel: nothing but commands (`off`), answers to members who address the bot (`mentions`),
 * or answers to every question (`open`).
 */
export const CHANNEL_MODES = ['off', 'mentions', 'open'] as const;
export type ChannelMode = (typeof CHANNEL_MODES)[number];

export interface ChannelSettings {
  readonly mode: ChannelMode;
  /** For messages that have no language of their own; `undefined`: the server's. */
  readonly language: Language | undefined;
}

/** For channels without settings of their own. */
export const DEFAULT_CHANNEL_SETTINGS: ChannelSettings = { mode: 'mentions', language: undefined };

interface Entry {
  readonly guildId: string;
  readonly settings: ChannelSettings;
}

/** How old the copy in memory may get, in milliseconds. */
const REFRESH_EVERY = 60_000;

export type ChannelSettingsStore = Awaited<ReturnType<typeof openChannelSettings>>;

/**
 * The settings of channels and forums; threads have none of their own. Those of all servers of these shards are kept in
 * memory and reloaded every minute. While the database can't be read, the copy stays, and the log says so once.
 *
 * @param shards with no ids, nothing is loaded
 * @throws {StorageError} from here and from all methods that write, which then change nothing
 */
export async function openChannelSettings({ run }: Connection, { ids, count }: Shards, log: Logger, clock: Clock) {
  let known = new Map<string, Entry>();
  /** Counts changes of the copy: rows that were read before one are out of date. */
  let changes = 0;
  let failing = false;

  async function load(): Promise<void> {
    if (ids.length === 0) return;
    const before = changes;
    const rows = await run((db) =>
      db
        .selectFrom('channel_settings')
        .selectAll()
        // https://docs.discord.com/developers/events/gateway#sharding
        .where(({ ref }) => sql<number>`(cast(${ref('guild_id')} AS bigint) >> 22) % ${count}`, 'in', ids)
        .execute(),
    );
    if (changes !== before) return load();
    known = new Map(rows.flatMap(toEntry));
  }

  async function refresh(): Promise<void> {
    try {
      await load();
      if (failing) log.info('the database is back, and the channel settings were reloaded');
      failing = false;
    } catch (error) {
      const reason = error instanceof Error ? error.message : error;
      if (!failing) log.warn(`reloading the channel settings; the ones loaded last still apply: ${reason}`);
      failing = true;
    }
  }

  function drop(isGone: (channelId: string, entry: Entry) => boolean): void {
    changes++;
    for (const [channelId, entry] of known) if (isGone(channelId, entry)) known.delete(channelId);
  }

  await load();
  return {
    /** Stops reloading. */
    close: every(REFRESH_EVERY, clock, () => void refresh()),

    get(channelId: string): ChannelSettings {
      return known.get(channelId)?.settings ?? DEFAULT_CHANNEL_SETTINGS;
    },

    async set(channelId: string, guildId: string, settings: ChannelSettings): Promise<void> {
      const values = { mode: settings.mode, language: settings.language ?? null };
      await run((db) =>
        db
          .insertInto('channel_settings')
          .values({ channel_id: channelId, guild_id: guildId, ...values })
          .onConflict((conflict) => conflict.column('channel_id').doUpdateSet(values))
          .execute(),
      );
      changes++;
      known.set(channelId, { guildId, settings });
    },

    async forgetChannel(channelId: string): Promise<void> {
      await run((db) => db.deleteFrom('channel_settings').where('channel_id', '=', channelId).execute());
      drop((id) => id === channelId);
    },

    async forgetGuild(guildId: string): Promise<void> {
      await run((db) => db.deleteFrom('channel_settings').where('guild_id', '=', guildId).execute());
      drop((_, entry) => entry.guildId === guildId);
    },

    /**
     * Forgets servers and channels that disappeared while the bot was offline.
     *
     * @param present all servers of these shards, each with the ids of its channels and forums, or `undefined` while
     * Discord reports the server as unavailable
     * @returns how many channels were forgotten
     */
    async forgetAbsent(present: ReadonlyMap<string, ReadonlySet<string> | undefined>): Promise<number> {
      const absent = [...known].flatMap(([channelId, { guildId }]) =>
        present.has(guildId) && present.get(guildId)?.has(channelId) !== false ? [] : channelId,
      );
      if (absent.length === 0) return 0;
      await run((db) => db.deleteFrom('channel_settings').where('channel_id', 'in', absent).execute());
      drop((channelId) => absent.includes(channelId));
      return absent.length;
    },
  };
}

/** Ignores a row with an unknown mode or language. */
function toEntry(row: Database['channel_settings']): [string, Entry][] {
  const mode = CHANNEL_MODES.find((each) => each === row.mode);
  const language = LANGUAGES.find((each) => each === row.language);
  if (!mode || (row.language !== null && !language)) return [];
  return [[row.channel_id, { guildId: row.guild_id, settings: { mode, language } }]];
}
