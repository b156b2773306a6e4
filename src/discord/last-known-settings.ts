import type { Clock } from '../operation/clock.ts';
import { logFailure } from '../operation/failures.ts';
import type { Logger } from '../operation/log.ts';
import {
  type ChannelSettings,
  type ChannelSettingsStore,
  DEFAULT_CHANNEL_SETTINGS,
} from '../storage/channel-settings.ts';

/** A database that cannot be read is complained of this often, in milliseconds: it is read for every message. */
const COMPLAINS_EVERY = 60_000;

/**
 * What moderators have set, as answering needs it: while it cannot be read, what was read last goes on, and the defaults
 * where that was nothing. Whoever addresses the bot is answered, a broken disk or not. To write fails as it does.
 */
export function lastKnownSettings(store: ChannelSettingsStore, log: Logger, clock: Clock): ChannelSettingsStore {
  /** By channel, where moderators have set anything. */
  const known = new Map<string, ChannelSettings>();
  let silentUntil = Number.NEGATIVE_INFINITY;
  return {
    get(channelId) {
      try {
        const settings = store.get(channelId);
        if (settings === DEFAULT_CHANNEL_SETTINGS) known.delete(channelId);
        else known.set(channelId, settings);
        return settings;
      } catch (error) {
        if (clock.now() >= silentUntil) {
          silentUntil = clock.now() + COMPLAINS_EVERY;
          logFailure(log, error, 'reading what moderators have set; what was read last goes on');
        }
        return known.get(channelId) ?? DEFAULT_CHANNEL_SETTINGS;
      }
    },
    set: (channelId, guildId, settings) => store.set(channelId, guildId, settings),
    forgetChannel: (channelId) => store.forgetChannel(channelId),
    forgetGuild: (guildId) => store.forgetGuild(guildId),
  };
}
