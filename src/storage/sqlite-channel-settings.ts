import { z } from 'zod';
import { LANGUAGES } from '../knowledge/knowledge.ts';
import {
  CHANNEL_MODES,
  type ChannelSettings,
  type ChannelSettingsStore,
  DEFAULT_CHANNEL_SETTINGS,
} from './channel-settings.ts';
import type { Database } from './node-sqlite.ts';
import type { Explained } from './sqlite.ts';

export const CHANNEL_SETTINGS_TABLE = `
  CREATE TABLE channel_settings (
    channel_id TEXT PRIMARY KEY,
    guild_id TEXT NOT NULL,
    mode TEXT NOT NULL,
    language TEXT
  ) STRICT;
  CREATE INDEX channel_settings_by_guild ON channel_settings (guild_id);
`;

const rowSchema = z.object({ mode: z.enum(CHANNEL_MODES), language: z.enum(LANGUAGES).nullable() });

export function sqliteChannelSettings(database: Database, explained: Explained): ChannelSettingsStore {
  const select = database.prepare('SELECT mode, language FROM channel_settings WHERE channel_id = ?');
  const upsert = database.prepare(
    `INSERT INTO channel_settings (channel_id, guild_id, mode, language) VALUES (?, ?, ?, ?)
     ON CONFLICT (channel_id) DO UPDATE SET mode = excluded.mode, language = excluded.language`,
  );
  const deleteChannel = database.prepare('DELETE FROM channel_settings WHERE channel_id = ?');
  const deleteGuild = database.prepare('DELETE FROM channel_settings WHERE guild_id = ?');
  return {
    get(channelId): ChannelSettings {
      const row = rowSchema.safeParse(explained(() => select.get(channelId)));
      if (!row.success) return DEFAULT_CHANNEL_SETTINGS;
      return { mode: row.data.mode, language: row.data.language ?? undefined };
    },
    set: async (channelId, guildId, { mode, language }) =>
      void explained(() => upsert.run(channelId, guildId, mode, language ?? null)),
    forgetChannel: async (channelId) => void explained(() => deleteChannel.run(channelId)),
    forgetGuild: async (guildId) => void explained(() => deleteGuild.run(guildId)),
  };
}
