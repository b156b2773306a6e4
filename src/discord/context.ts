import type { GapRecorder } from '../gaps/recorder.ts';
import { LANGUAGES, type Language } from '../knowledge/knowledge.ts';
import type { Clock } from '../operation/clock.ts';
import type { Metrics } from '../operation/health/metrics.ts';
import type { LiveKnowledge } from '../operation/live-knowledge.ts';
import type { Logger } from '../operation/log.ts';
import type { ChannelSettingsStore } from '../storage/channel-settings.ts';
import type { GapStore } from '../storage/gaps.ts';
import type { Cooldown } from './cooldown.ts';

/** What everything that answers on Discord works with. Nothing in it is made by who uses it. */
export interface BotContext {
  /** What answers now: ask it anew each time, as it is replaced while the bot runs. */
  readonly live: LiveKnowledge;
  readonly channels: ChannelSettingsStore;
  readonly gaps: GapStore;
  /** `undefined` where questions without a good answer are not recorded. */
  readonly recorder: GapRecorder | undefined;
  readonly log: Logger;
  /** `undefined` where nobody measures. */
  readonly metrics: Metrics | undefined;
  /** Questions a minute, by member. */
  readonly members: Cooldown;
  /** Answers a minute, by channel. */
  readonly places: Cooldown;
  /** Does Discord show the bot what is not said to it (the Message Content Intent)? */
  readonly readsContent: boolean;
  readonly clock: Clock;
}

/** "de-AT", "de" and "en-GB" as languages of ours; `undefined` for all others. */
export function languageOfLocale(locale: string | null | undefined): Language | undefined {
  return LANGUAGES.find((language) => locale === language || locale?.startsWith(`${language}-`));
}
