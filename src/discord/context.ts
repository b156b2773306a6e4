import type { Interaction, RepliableInteraction } from 'discord.js';
import type { GapRecorder } from '../gaps/recorder.ts';
import { LANGUAGES, type Language } from '../knowledge/knowledge.ts';
import type { Clock } from '../operation/clock.ts';
import type { Metrics } from '../operation/health/metrics.ts';
import type { LiveKnowledge } from '../operation/live-knowledge.ts';
import type { Logger } from '../operation/log.ts';
import type { ChannelSettingsStore } from '../storage/channel-settings.ts';
import type { FeedbackStore } from '../storage/feedback.ts';
import type { Cooldown } from './cooldown.ts';
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
  /** Answers per minute and member. */
  readonly members: Cooldown;
  /** Answers per minute and channel. */
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

/** For the log. */
export function whereIs({
  guildId,
  channelId,
}: {
  readonly guildId: string | null;
  readonly channelId: string | null;
}) {
  return { guild: guildId, channel: channelId };
}
