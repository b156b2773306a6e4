import { afterAll, describe } from 'vitest';
import { settingsOfChannels } from './channel-settings.ts';
import { postgresDatabase, stopPostgres } from './databases.ts';
import { recordedQuestions } from './gaps.ts';
import { turnsToConnect } from './identify-turns.ts';
import { noPostgres } from './postgres-server.ts';

if (noPostgres) console.warn(`Not tested: what is stored in PostgreSQL. ${noPostgres}.`);
describe.skipIf(noPostgres)('in PostgreSQL,', () => {
  afterAll(stopPostgres);
  settingsOfChannels(postgresDatabase);
  recordedQuestions(postgresDatabase);
  turnsToConnect(postgresDatabase);
});
