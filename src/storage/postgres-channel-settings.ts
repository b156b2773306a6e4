import { z } from 'zod';
import { LANGUAGES } from '../knowledge/knowledge.ts';
import type { Clock } from '../operation/clock.ts';
import { type Shards, shardOf } from '../operation/shards.ts';
import {
  CHANNEL_MODES,
  type ChannelSettings,
  type ChannelSettingsStore,
  DEFAULT_CHANNEL_SETTINGS,
} from './channel-settings.ts';
import type { Postgres, Row } from './postgres.ts';

/** Where the database tells of each change, with the server's id. */
export const CHANNEL_SETTINGS_CHANGED = 'xiaomi_pay_bot_channel_settings';

/** Whoever writes to it, by hand too: the database tells all processes of the bot which server it was for. */
export const CHANNEL_SETTINGS_TABLE = `
  CREATE TABLE xiaomi_pay_bot.channel_settings (
    channel_id BIGINT PRIMARY KEY,
    guild_id BIGINT NOT NULL,
    mode TEXT NOT NULL,
    language TEXT
  );
  CREATE INDEX ON xiaomi_pay_bot.channel_settings (guild_id);
  CREATE FUNCTION xiaomi_pay_bot.tell_of_channel_settings() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      PERFORM pg_notify('${CHANNEL_SETTINGS_CHANGED}', coalesce(NEW.guild_id, OLD.guild_id)::text);
      RETURN NULL;
    END
  $$;
  CREATE TRIGGER tell AFTER INSERT OR UPDATE OR DELETE ON xiaomi_pay_bot.channel_settings
    FOR EACH ROW EXECUTE FUNCTION xiaomi_pay_bot.tell_of_channel_settings();
`;

/** PostgreSQL writes what is too large for a number as text. */
const id = z.coerce.string();
const rowSchema = z.object({
  channel_id: id,
  guild_id: id,
  mode: z.enum(CHANNEL_MODES),
  language: z.enum(LANGUAGES).nullable(),
});

/** How long after a failed reading the next one is tried, in milliseconds. */
const PAUSE = 1_000;

interface Known {
  readonly guildId: string;
  readonly settings: ChannelSettings;
}

/**
 * Keeps in memory what is set for the servers of these shards. A notice says only for which server something has changed:
 * what is set there is then read anew, one reading after the other, so that the last word is the database's, in whatever
 * order notices and answers arrive.
 */
export class PostgresChannelSettings implements ChannelSettingsStore {
  readonly #postgres: Postgres;
  readonly #shards: Shards;
  readonly #clock: Clock;
  #known = new Map<string, Known>();
  /** Servers that have to be read anew. */
  readonly #changed = new Set<string>();
  #isReading = false;
  /** The latest reading: the next one waits for it. */
  #reading: Promise<void> = Promise.resolve();
  #closed = false;

  constructor(postgres: Postgres, shards: Shards, clock: Clock) {
    this.#postgres = postgres;
    this.#shards = shards;
    this.#clock = clock;
  }

  /**
   * Reads everything.
   *
   * @throws {StorageError} where that fails; what was known before is known on
   */
  readAll(): Promise<void> {
    return this.#inTurn(async () => {
      // What changes during the reading is read once more.
      this.#changed.clear();
      const { ids, count } = this.#shards;
      const rows = await this.#postgres.query(
        `SELECT channel_id, guild_id, mode, language FROM xiaomi_pay_bot.channel_settings
         WHERE (guild_id >> 22) % $1 = ANY($2)`,
        [count, ids],
      );
      this.#known = new Map(rows.flatMap(toKnown));
    });
  }

  /** Something has changed in a server. */
  changed(guildId: string): void {
    const { ids, count } = this.#shards;
    if (!/^\d+$/.test(guildId) || !ids.includes(shardOf(guildId, count))) return;
    this.#changed.add(guildId);
    if (!this.#isReading) void this.#readChanged();
  }

  async #readChanged(): Promise<void> {
    this.#isReading = true;
    // Also what is added meanwhile.
    for (const guildId of this.#changed) {
      if (this.#closed) break;
      try {
        await this.#inTurn(() => this.#read(guildId));
      } catch {
        // Who writes is told; that the database is out of reach is logged where that is noticed.
        this.#changed.add(guildId);
        await this.#clock.wait(PAUSE, { ref: false });
      }
    }
    this.#isReading = false;
  }

  async #read(guildId: string): Promise<void> {
    this.#changed.delete(guildId);
    const rows = await this.#postgres.query(
      'SELECT channel_id, guild_id, mode, language FROM xiaomi_pay_bot.channel_settings WHERE guild_id = $1',
      [guildId],
    );
    this.#drop(guildId);
    for (const [channelId, known] of rows.flatMap(toKnown)) this.#known.set(channelId, known);
  }

  #drop(guildId: string): void {
    for (const [channelId, known] of this.#known) if (known.guildId === guildId) this.#known.delete(channelId);
  }

  #inTurn(read: () => Promise<void>): Promise<void> {
    const done = this.#reading.then(read);
    this.#reading = done.catch(() => {});
    return done;
  }

  get(channelId: string): ChannelSettings {
    return this.#known.get(channelId)?.settings ?? DEFAULT_CHANNEL_SETTINGS;
  }

  async set(channelId: string, guildId: string, settings: ChannelSettings): Promise<void> {
    await this.#postgres.query(
      `INSERT INTO xiaomi_pay_bot.channel_settings (channel_id, guild_id, mode, language) VALUES ($1, $2, $3, $4)
       ON CONFLICT (channel_id) DO UPDATE SET mode = excluded.mode, language = excluded.language`,
      [channelId, guildId, settings.mode, settings.language ?? null],
    );
    this.#known.set(channelId, { guildId, settings });
    this.changed(guildId);
  }

  async forgetChannel(channelId: string): Promise<void> {
    await this.#postgres.query('DELETE FROM xiaomi_pay_bot.channel_settings WHERE channel_id = $1', [channelId]);
    const guildId = this.#known.get(channelId)?.guildId;
    this.#known.delete(channelId);
    if (guildId !== undefined) this.changed(guildId);
  }

  async forgetGuild(guildId: string): Promise<void> {
    await this.#postgres.query('DELETE FROM xiaomi_pay_bot.channel_settings WHERE guild_id = $1', [guildId]);
    this.#drop(guildId);
    this.changed(guildId);
  }

  /** Stops reading what has changed. */
  async close(): Promise<void> {
    this.#closed = true;
    await this.#reading;
  }
}

/** What nobody of ours wrote is taken as not set. */
function toKnown(row: Row): [string, Known][] {
  const { data } = rowSchema.safeParse(row);
  if (!data) return [];
  const { channel_id: channelId, guild_id: guildId, mode, language } = data;
  return [[channelId, { guildId, settings: { mode, language: language ?? undefined } }]];
}
