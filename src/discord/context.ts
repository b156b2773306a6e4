import type { Interaction, Message, RepliableInteraction } from 'discord.js';
import type { Logger } from 'pino';
import type { GapRecorder } from '../gaps/recorder.ts';
import { LANGUAGES, type Language } from '../knowledge/knowledge.ts';
import type { Clock } from '../operation/clock.ts';
import { logFailure } from '../operation/failures.ts';
import type { Metrics } from '../operation/health/metrics.ts';
import type { LiveKnowledge } from '../operation/live-knowledge.ts';
import { ttlCache } from '../operation/ttl-cache.ts';
import type { Storage } from '../storage/storage.ts';
import { asEphemeral, plainMessage } from './reply.ts';

/** What is needed to answer anything on Discord. */
export interface BotContext extends Pick<Storage, 'channels' | 'feedback'> {
  /** Read its `engine` for every question: it is replaced while the bot runs. */
  readonly live: LiveKnowledge;
  /** `undefined`: unanswered questions are not recorded. */
  readonly recorder: GapRecorder | undefined;
  readonly log: Logger;
  readonly metrics?: Metrics | undefined;
  readonly limits: ReturnType<typeof answerLimits>;
  readonly clock: Clock;
}

/** "de-AT", "de" and "en-GB" as languages of the bot; `undefined` for all others. */
export function languageOfLocale(locale: string | null | undefined): Language | undefined {
  return LANGUAGES.find((language) => locale === language || locale?.startsWith(`${language}-`));
}

/** The language of the member who uses an interaction, or else of the server. */
export function languageOf({ locale, guildLocale }: Interaction, { live }: BotContext): Language {
  return languageOfLocale(locale) ?? languageOfLocale(guildLocale) ?? live.engine.defaultLanguage;
}

/** Answers an interaction so that only the member who used it sees it. */
export async function tell(interaction: RepliableInteraction, ...lines: readonly string[]): Promise<void> {
  await interaction.reply(asEphemeral(plainMessage(lines.join('\n'))));
}

/** Logs a failure that needs no reply, and returns `undefined`. */
export async function attempt<T>(log: Logger, during: string, where: object, action: () => Promise<T>) {
  try {
    return await action();
  } catch (error) {
    logFailure(log, error, during, where);
    return undefined;
  }
}

export const MINUTE = 60_000;
/** Beyond this many members and channels, the earliest are forgotten, and so no longer limited. */
const MAX_KEYS = 40_000;

/**
 * Limits how often each member and each channel is answered.
 *
 * @param perMinute 0 for no limit
 */
export function answerLimits(perMinute: Readonly<Record<'member' | 'channel', number>>, clock: Clock) {
  /** The latest uses by member or channel, as many as are allowed per minute. */
  const uses = ttlCache<string, readonly number[]>(MINUTE, MAX_KEYS, clock);
  /** The seconds until the next use is allowed, 0 if it is now. */
  const wait = (of: keyof typeof perMinute, id: string) => {
    const oldest = uses.get(id)?.at(-perMinute[of]);
    return oldest === undefined ? 0 : Math.max(0, Math.ceil((oldest + MINUTE - clock.now()) / 1_000));
  };
  return {
    /** The limit that a member or, where given, their channel has reached; the member's own goes first. */
    reached(member: string, channel = '') {
      const limits = [
        { of: 'member', seconds: wait('member', member) },
        { of: 'channel', seconds: wait('channel', channel) },
      ] as const;
      return limits.find(({ seconds }) => seconds > 0);
    },

    charge(of: keyof typeof perMinute, id: string): void {
      if (perMinute[of] > 0) uses.set(id, [...(uses.get(id) ?? []), clock.now()].slice(-perMinute[of]));
    },
  };
}

export function whereIs({ guildId, channelId }: Pick<Interaction, 'guildId' | 'channelId'>) {
  return { guild: guildId, channel: channelId };
}

export function placeOf(message: Pick<Message, 'guildId' | 'channelId' | 'id'>) {
  return { ...whereIs(message), message: message.id };
}
