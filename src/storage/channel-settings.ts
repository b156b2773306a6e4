import { sql } from 'kysely';
import type { Logger } from 'pino';
import { LANGUAGES, type Language } from '../knowledge/knowledge.ts';
import { type Clock, every } from '../operation/clock.ts';
import type { Shards } from '../operation/shards.ts';
import type { Connection, Tables } from './database.ts';

/**
 * What a moderator allows in a channel: nothing but commands (`off`), answers to members who address the bot
 * (`mentions`), or answers to every question (`open`).
 */
export const CHANNEL_MODES = ['off', 'mentions', 'open'] as const;
export type ChannelMode = (typeof CHANNEL_MODES)[number];

export interface ChannelSettings {
  readonly mode: ChannelMode;
  /** For messages that have no language of their own; `undefined` for the server's. */
  readonly language: Language | undefined;
}

/** For channels without settings of their own. */
const DEFAULT_CHANNEL_SETTINGS: ChannelSettings = { mode: 'mentions', language: undefined };

type Row = Tables['channel_settings'];

/** How old the copy in memory may get, in milliseconds. */
const REFRESH_EVERY = 60_000;

/**
 * The settings of channels and forums; threads have none of their own. Those of all servers of these shards are kept in
 * memory and reloaded every minute. While the database can't be read, the copy stays, and the log says so once.
 *
 * @throws {StorageError} from here and from all methods that write, which then change nothing
 */
export async function openChannelSettings({ db, run }: Connection, { ids, count }: Shards, log: Logger, clock: Clock) {
  let known: ReadonlyMap<string, Row> = new Map();
  let failing = false;

  async function load(): Promise<void> {
    if (ids.length === 0) return;
    const before = known;
    // As Discord computes it: https://docs.discord.com/developers/events/gateway#sharding
    const shard = sql<number>`(cast(guild_id AS bigint) >> 22) % ${count}`;
    const rows = await run(db.selectFrom('channel_settings').selectAll().where(shard, 'in', ids));
    // Rows that were read before a change are out of date.
    if (known !== before) return load();
    known = new Map(rows.map((row) => [row.channel_id, row]));
  }

  async function refresh(): Promise<void> {
    try {
      await load();
      if (failing) log.info('the database is back, and the channel settings were reloaded');
      failing = false;
    } catch (error) {
      const reason = error instanceof Error ? error.message : error;
      if (!failing) log.warn(`the channel settings could not be reloaded; the ones loaded last still apply: ${reason}`);
      failing = true;
    }
  }

  /** @returns how many channels were forgotten */
  async function forget(isGone: (row: Row) => boolean): Promise<number> {
    const ids = [...known.values()].filter(isGone).map(({ channel_id }) => channel_id);
    if (ids.length > 0) {
      await run(db.deleteFrom('channel_settings').where('channel_id', 'in', ids));
      known = new Map([...known].filter(([, row]) => !isGone(row)));
    }
    return ids.length;
  }

  await load();
  return {
    /** Stops reloading. */
    close: every(REFRESH_EVERY, clock, () => void refresh()),

    /** The defaults also apply if someone wrote an unknown mode or language into the database. */
    get(channelId: string | undefined): ChannelSettings {
      const row = known.get(channelId ?? '');
      const mode = CHANNEL_MODES.find((each) => each === row?.mode);
      const language = LANGUAGES.find((each) => each === row?.language);
      return mode && (language || row?.language === null) ? { mode, language } : DEFAULT_CHANNEL_SETTINGS;
    },

    async set(channelId: string, guildId: string, settings: ChannelSettings): Promise<void> {
      const { mode, language = null } = settings;
      const row = { channel_id: channelId, guild_id: guildId, mode, language };
      const insert = db.insertInto('channel_settings').values(row);
      await run(insert.onConflict((conflict) => conflict.column('channel_id').doUpdateSet({ mode, language })));
      known = new Map(known).set(channelId, row);
    },

    forgetChannel: (channelId: string) => forget(({ channel_id }) => channel_id === channelId),

    forgetGuild: (guildId: string) => forget(({ guild_id }) => guild_id === guildId),

    /**
     * Forgets servers and channels that disappeared while the bot was offline.
     *
     * @param present all servers of these shards, each with the ids of its channels and forums, or `undefined` while
     * Discord reports the server as unavailable
     */
    forgetAbsent: (present: ReadonlyMap<string, ReadonlySet<string> | undefined>) =>
      forget((row) => !present.has(row.guild_id) || present.get(row.guild_id)?.has(row.channel_id) === false),
  };
}
