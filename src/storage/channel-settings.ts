import type { Language } from '../knowledge/knowledge.ts';

/**
 * What a moderator allows in a channel: nothing but commands (`off`), answers to those who address the bot
 * (`mentions`), or answers to whoever asks (`open`).
 */
export const CHANNEL_MODES = ['off', 'mentions', 'open'] as const;
export type ChannelMode = (typeof CHANNEL_MODES)[number];

export interface ChannelSettings {
  readonly mode: ChannelMode;
  /** For messages that have no language of their own; `undefined`: the server's. */
  readonly language: Language | undefined;
}

/** Where nobody has set anything. */
export const DEFAULT_CHANNEL_SETTINGS: ChannelSettings = { mode: 'mentions', language: undefined };

/** What moderators have set, by channel or forum; threads have none of their own. */
export interface ChannelSettingsStore {
  /** The defaults where nothing is set. */
  get(channelId: string): ChannelSettings;
  set(channelId: string, guildId: string, settings: ChannelSettings): void;
  /** Forgets a channel that is gone. */
  forgetChannel(channelId: string): void;
  /** Forgets a server that the bot has left. */
  forgetGuild(guildId: string): void;
}
