import { describe } from 'vitest';
import { settingsOfChannels } from './channel-settings.ts';
import { sqliteDatabase } from './databases.ts';
import { recordedQuestions } from './gaps.ts';
import { turnsToConnect } from './identify-turns.ts';

describe('in SQLite,', () => {
  settingsOfChannels(sqliteDatabase);
  recordedQuestions(sqliteDatabase);
  turnsToConnect(sqliteDatabase);
});
