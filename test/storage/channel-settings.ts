import { describe, expect, test } from 'vitest';
import type { FreshDatabase } from './databases.ts';

/** Describes what holds for every kind of database. */
export const settingsOfChannels = (fresh: FreshDatabase) =>
  describe('settings of channels', () => {
    test('are the defaults where nobody has set anything', async () => {
      const { channels } = await (await fresh()).open();
      expect(channels.get('1')).toEqual({ mode: 'mentions', language: undefined });
    });

    test.for([
      ['off', 'de'],
      ['mentions', 'en'],
      ['open', undefined],
    ] as const)('are known at once, and survive closing and opening again: %s, %s', async ([mode, language]) => {
      const database = await fresh();
      const before = await database.open();
      await before.channels.set('1', '10', { mode, language });
      expect(before.channels.get('1')).toEqual({ mode, language });
      await before.close();
      expect((await database.open()).channels.get('1')).toEqual({ mode, language });
    });

    test('are replaced by the next ones, and each channel has its own', async () => {
      const { channels } = await (await fresh()).open();
      await channels.set('1', '10', { mode: 'open', language: 'de' });
      await channels.set('2', '10', { mode: 'off', language: 'en' });
      await channels.set('1', '10', { mode: 'mentions', language: undefined });
      expect([channels.get('1'), channels.get('2')]).toEqual([
        { mode: 'mentions', language: undefined },
        { mode: 'off', language: 'en' },
      ]);
    });

    test('are forgotten with their channel, and with their server, for good', async () => {
      const database = await fresh();
      const { channels } = await database.open();
      for (const [channel, guild] of [
        ['1', '10'],
        ['2', '10'],
        ['3', '20'],
      ] as const) {
        await channels.set(channel, guild, { mode: 'open', language: undefined });
      }
      const modes = (settings = channels) => ['1', '2', '3'].map((id) => settings.get(id).mode);
      await channels.forgetChannel('1');
      expect(modes()).toEqual(['mentions', 'open', 'open']);
      await channels.forgetGuild('10');
      expect(modes()).toEqual(['mentions', 'mentions', 'open']);
      expect(modes((await database.open()).channels)).toEqual(['mentions', 'mentions', 'open']);
    });

    test('that one process sets or forgets are soon known to another', async () => {
      const database = await fresh();
      const [one, two] = [await database.open(), await database.open()];
      const OPEN = { mode: 'open', language: 'de' } as const;
      for (const channel of ['1', '2', '3']) await one.channels.set(channel, '10', OPEN);
      await expect.poll(() => ['1', '2', '3'].map((id) => two.channels.get(id))).toEqual([OPEN, OPEN, OPEN]);
      await two.channels.forgetChannel('2');
      await expect.poll(() => one.channels.get('2').mode).toBe('mentions');
      await two.channels.forgetGuild('10');
      await expect.poll(() => ['1', '3'].map((id) => one.channels.get(id).mode)).toEqual(['mentions', 'mentions']);
    });

    test('that many set at once are the same for all in the end', async () => {
      const database = await fresh();
      const processes = [await database.open(), await database.open()];
      const modes = ['off', 'mentions', 'open'] as const;
      await Promise.all(
        Array.from({ length: 60 }, (_, turn) =>
          processes[turn % 2]?.channels.set(String(turn % 5), '10', {
            mode: modes[turn % 3] ?? 'off',
            language: undefined,
          }),
        ),
      );
      const known = ({ channels } = processes[0] ?? { channels: undefined }) =>
        ['0', '1', '2', '3', '4'].map((id) => channels?.get(id).mode);
      const kept = await database.open();
      await expect.poll(() => processes.map((storage) => known(storage))).toEqual([known(kept), known(kept)]);
    });

    test('that nobody of ours wrote are taken as not set', async () => {
      const database = await fresh();
      await database.open();
      await database.write(
        (table) => `INSERT INTO ${table} VALUES ('1', '10', 'loud', NULL), ('2', '10', 'open', 'fr')`,
      );
      const { channels } = await database.open();
      expect([channels.get('1'), channels.get('2')].map(({ mode }) => mode)).toEqual(['mentions', 'mentions']);
    });

    test('that are written by hand are soon known', async () => {
      const database = await fresh();
      const { channels } = await database.open();
      await database.write((table) => `INSERT INTO ${table} VALUES ('1', '10', 'open', 'en')`);
      await expect.poll(() => channels.get('1')).toEqual({ mode: 'open', language: 'en' });
    });
  });
