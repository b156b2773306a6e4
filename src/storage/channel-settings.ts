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

/**
 * What moderators have set, by channel or forum; threads have none of their own. Reading takes no time, as every message
 * in every channel leads to it; what is read may be a moment older than what another process has just written.
 */
export interface ChannelSettingsStore {
  /** The defaults where nothing is set. */
  get(channelId: string): ChannelSettings;
  /**
   * Resolves once it is kept for good; from then on, `get` knows it here. Takes at most 2.5 seconds: who answers a command
   * has three.
   */
  set(channelId: string, guildId: string, settings: ChannelSettings): Promise<void>;
  /** Forgets a channel that is gone. */
  forgetChannel(channelId: string): Promise<void>;
  /** Forgets a server that the bot has left. */
  forgetGuild(guildId: string): Promise<void>;
}
