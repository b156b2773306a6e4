import { ExpectedError } from '../knowledge/expected-error.ts';
import type { ChannelSettingsStore } from './channel-settings.ts';
import type { GapStore } from './gaps.ts';
import type { IdentifyTurns } from './identify-turns.ts';

/** All that the bot keeps between two starts. */
export interface Storage {
  readonly channels: ChannelSettingsStore;
  readonly gaps: GapStore;
  readonly turns: IdentifyTurns;
  close(): Promise<void>;
}

/** The database cannot be used; the message says which, why, and what to do. Nothing was overwritten. */
export class StorageError extends ExpectedError {
  override readonly name = 'StorageError';
}
