import {
  type ChannelSettings,
  type ChannelSettingsStore,
  DEFAULT_CHANNEL_SETTINGS,
} from '../storage/channel-settings.ts';
import type { BotContext } from './context.ts';
import { logFailure } from './failures.ts';

/** A database that cannot be read is complained of this often, in milliseconds: it is read for every message. */
const COMPLAINS_EVERY = 60_000;

/**
 * What moderators have set, as messages need it: while it cannot be read, what was read last goes on, and the defaults
 * where that was nothing. Whoever addresses the bot is answered, a broken disk or not.
 */
export class LastKnownSettings implements Pick<ChannelSettingsStore, 'get'> {
  readonly #context: Pick<BotContext, 'channels' | 'log' | 'now'>;
  /** By channel, where moderators have set anything. */
  readonly #known = new Map<string, ChannelSettings>();
  #silentUntil = Number.NEGATIVE_INFINITY;

  constructor(context: Pick<BotContext, 'channels' | 'log' | 'now'>) {
    this.#context = context;
  }

  get(channelId: string): ChannelSettings {
    try {
      const settings = this.#context.channels.get(channelId);
      if (settings === DEFAULT_CHANNEL_SETTINGS) this.#known.delete(channelId);
      else this.#known.set(channelId, settings);
      return settings;
    } catch (error) {
      this.#complain(error);
      return this.#known.get(channelId) ?? DEFAULT_CHANNEL_SETTINGS;
    }
  }

  #complain(error: unknown): void {
    const { log, now } = this.#context;
    if (now() < this.#silentUntil) return;
    this.#silentUntil = now() + COMPLAINS_EVERY;
    logFailure(log, error, 'reading what moderators have set; what was read last goes on');
  }
}
