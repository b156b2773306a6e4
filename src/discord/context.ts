import type { Interaction, RepliableInteraction } from 'discord.js';
import type { GapRecorder } from '../gaps/recorder.ts';
import { LANGUAGES, type Language } from '../knowledge/knowledge.ts';
import type { Clock } from '../operation/clock.ts';
import type { Metrics } from '../operation/health/metrics.ts';
import type { LiveKnowledge } from '../operation/live-knowledge.ts';
import type { Logger } from '../operation/log.ts';
import { TtlCache } from '../operation/ttl-cache.ts';
import type { ChannelSettingsStore } from '../storage/channel-settings.ts';
import type { FeedbackStore } from '../storage/feedback.ts';
import { asEphemeral, plainMessage } from './reply.ts';

/** What everything that answers on Discord works with. */
export interface BotContext {
  /** Read its `engine` for every question: it is replaced while the bot runs. */
  readonly live: LiveKnowledge;
  readonly channels: ChannelSettingsStore;
  readonly feedback: FeedbackStore;
  /** `undefined`: unanswered questions are not recorded. */
  readonly recorder: GapRecorder | undefined;
  readonly log: Logger;
  readonly metrics: Metrics | undefined;
  readonly members: Cooldown;
  readonly places: Cooldown;
  /** Was the Message Content intent granted? */
  readonly readsContent: boolean;
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

const MINUTE = 60_000;
/** With more members or channels at once, the ones limited first are let off. */
const MAX_KEYS = 20_000;

/** Limits how often a member or channel is answered per minute. */
export class Cooldown {
  readonly #perMinute: number;
  readonly #clock: Clock;
  readonly #uses: TtlCache<string, readonly number[]>;

  /** @param perMinute 0 for no limit */
  constructor(perMinute: number, clock: Clock) {
    this.#perMinute = perMinute;
    this.#clock = clock;
    this.#uses = new TtlCache(MINUTE, MAX_KEYS, clock);
  }

  /** The milliseconds until the next use is allowed, 0 if it is now. */
  wait(key: string): number {
    const uses = this.#usesOf(key);
    const [oldest] = uses;
    return oldest !== undefined && uses.length >= this.#perMinute ? oldest + MINUTE - this.#clock.now() : 0;
  }

  charge(key: string): void {
    if (this.#perMinute > 0) this.#uses.set(key, [...this.#usesOf(key), this.#clock.now()]);
  }

  #usesOf(key: string): readonly number[] {
    const since = this.#clock.now() - MINUTE;
    return (this.#uses.get(key) ?? []).filter((at) => at > since);
  }
}

/** The limit that a member or, where given, their channel has reached; the member's own goes first. */
export function limitOf({ members, places }: BotContext, member: string, channel?: string) {
  const memberWaits = members.wait(member);
  const wait = memberWaits || (channel === undefined ? 0 : places.wait(channel));
  const of = memberWaits > 0 ? ('member' as const) : ('channel' as const);
  return wait > 0 ? { of, seconds: Math.ceil(wait / 1_000) } : undefined;
}

export function whereIs({
  guildId,
  channelId,
}: {
  readonly guildId: string | null;
  readonly channelId: string | null;
}) {
  return { guild: guildId, channel: channelId };
}
