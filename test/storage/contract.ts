import { type Logger, pino } from 'pino';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import type { Shards } from '../../src/operation/shards.ts';
import { StorageError } from '../../src/storage/database.ts';
import { MAX_GAPS, type RecordedQuestion } from '../../src/storage/gaps.ts';
import { BETWEEN_TURNS } from '../../src/storage/identify-turns.ts';
import type { Storage } from '../../src/storage/storage.ts';
import { FakeClock } from '../fake-clock.ts';
import { ONE_SHARD } from '../one-shard.ts';

/** An empty database, which processes of the bot open. */
export interface TestDatabase {
  open(shards: Shards, log: Logger, clock: FakeClock): Promise<Storage>;
  /** Runs SQL without the bot's code. */
  execute(sql: string): Promise<unknown>;
  /** Lets time pass for the database, which has a clock of its own. */
  passTime(milliseconds: number): Promise<unknown>;
}

const OPEN = { mode: 'open', language: 'de' } as const;
const MINUTE = 60_000;
/** A server of shard 0 of 2, and one of shard 1. */
const [EVEN, ODD] = [String(2n << 22n), String(3n << 22n)];
const never = new AbortController().signal;

const question = (text: string, more: Partial<RecordedQuestion> = {}): RecordedQuestion => ({
  text,
  language: 'en',
  topic: undefined,
  ...more,
});
const textsIn = async (gaps: Storage['gaps']) => (await gaps.all()).map(({ text }) => text);

/** What holds for every kind of database. */
export function describeStorage(create: () => Promise<TestDatabase>): void {
  async function start() {
    const database = await create();
    const clock = new FakeClock();
    const logged: string[] = [];
    const log = pino({ base: null }, { write: (line: string) => void logged.push(JSON.parse(line).msg) });
    const open = async (shards: Shards = ONE_SHARD) => {
      const storage = await database.open(shards, log, clock);
      onTestFinished(() => storage.close());
      return storage;
    };
    return { database, clock, logged, open };
  }

  describe('channel settings', () => {
    test('have defaults', async () => {
      const { channels } = await (await start()).open();
      expect(channels.get('1')).toEqual({ mode: 'mentions', language: undefined });
    });

    test.for([
      ['off', 'de'],
      ['mentions', 'en'],
      ['open', undefined],
    ] as const)('apply at once and survive a restart: %s, %s', async ([mode, language]) => {
      const { open } = await start();
      const before = await open();
      await before.channels.set('1', '10', { mode, language });
      expect(before.channels.get('1')).toEqual({ mode, language });
      await before.close();
      expect((await open()).channels.get('1')).toEqual({ mode, language });
    });

    test('are separate for each channel, and can be changed', async () => {
      const { channels } = await (await start()).open();
      await channels.set('1', '10', OPEN);
      await channels.set('2', '10', { mode: 'off', language: 'en' });
      await channels.set('1', '10', { mode: 'mentions', language: undefined });
      expect(channels.get('1')).toEqual({ mode: 'mentions', language: undefined });
      expect(channels.get('2')).toEqual({ mode: 'off', language: 'en' });
    });

    test('are forgotten with their channel and with their server', async () => {
      const { open } = await start();
      const { channels } = await open();
      await channels.set('1', '10', OPEN);
      await channels.set('2', '10', OPEN);
      await channels.set('3', '20', OPEN);
      const modes = (settings = channels) => ['1', '2', '3'].map((id) => settings.get(id).mode);
      await channels.forgetChannel('1');
      expect(modes()).toEqual(['mentions', 'open', 'open']);
      await channels.forgetGuild('10');
      expect(modes()).toEqual(['mentions', 'mentions', 'open']);
      expect(modes((await open()).channels)).toEqual(['mentions', 'mentions', 'open']);
    });

    test('are forgotten if their channel or server disappeared while the bot was offline', async () => {
      const { open } = await start();
      const { channels } = await open();
      for (const [channel, guild] of [
        ['1', '10'],
        ['2', '10'],
        ['3', '20'],
        ['4', '30'],
      ] as const) {
        await channels.set(channel, guild, OPEN);
      }
      const present = new Map([
        ['10', new Set(['1', '5'])],
        ['30', undefined],
      ]);
      expect(await channels.forgetAbsent(present)).toBe(2);
      expect(await channels.forgetAbsent(present)).toBe(0);
      const kept = (await open()).channels;
      for (const settings of [channels, kept]) {
        expect(['1', '2', '3', '4'].map((id) => settings.get(id).mode)).toEqual([
          'open',
          'mentions',
          'mentions',
          'open',
        ]);
      }
    });

    test('of other shards’ servers are neither loaded nor taken for absent', async () => {
      const { open } = await start();
      const all = await open();
      await all.channels.set('1', EVEN, OPEN);
      await all.channels.set('2', ODD, OPEN);
      const { channels } = await open({ ids: [1], count: 2 });
      expect(['1', '2'].map((id) => channels.get(id).mode)).toEqual(['mentions', 'open']);
      expect(await channels.forgetAbsent(new Map())).toBe(1);
      expect((await open()).channels.get('1')).toEqual(OPEN);
    });

    test('changed elsewhere apply within a minute', async () => {
      const { open, clock, database } = await start();
      const [one, two] = [await open(), await open()];
      await one.channels.set('1', '10', OPEN);
      await database.execute("INSERT INTO channel_settings VALUES ('2', '10', 'off', 'en')");
      await clock.advance(MINUTE);
      await vi.waitFor(() => expect(two.channels.get('1')).toEqual(OPEN));
      await vi.waitFor(() => expect(one.channels.get('2')).toEqual({ mode: 'off', language: 'en' }));
      await two.channels.forgetChannel('1');
      await clock.advance(MINUTE);
      await vi.waitFor(() => expect(one.channels.get('1').mode).toBe('mentions'));
    });

    test('in which someone wrote an unknown mode or language are ignored', async () => {
      const { open, database } = await start();
      await open();
      await database.execute(
        "INSERT INTO channel_settings VALUES ('1', '10', 'loud', NULL), ('2', '10', 'open', 'fr')",
      );
      const { channels } = await open();
      expect(['1', '2'].map((id) => channels.get(id).mode)).toEqual(['mentions', 'mentions']);
    });

    test('stay as they are while they can’t be read, which the log says once, and recover', async () => {
      const { open, clock, database, logged } = await start();
      const { channels } = await open();
      await channels.set('1', '10', OPEN);
      await database.execute('ALTER TABLE channel_settings RENAME TO elsewhere');
      for (let minutes = 0; minutes < 3; minutes++) await clock.advance(MINUTE);
      await vi.waitFor(() => expect(logged).toHaveLength(1));
      await expect(channels.set('1', '10', { mode: 'off', language: 'en' })).rejects.toThrow(StorageError);
      expect(channels.get('1')).toEqual(OPEN);
      expect(logged).toEqual([expect.stringContaining('the ones loaded last still apply')]);
      await database.execute('ALTER TABLE elsewhere RENAME TO channel_settings');
      await database.execute("UPDATE channel_settings SET mode = 'off'");
      await clock.advance(MINUTE);
      await vi.waitFor(() => expect(channels.get('1').mode).toBe('off'));
      expect(logged.at(-1)).toContain('the database is back');
    });
  });

  describe('unanswered questions', () => {
    test('with the same text are one, with its days, its count and the topic offered last', async () => {
      const { gaps } = await (await start()).open();
      await gaps.record(question('pay with the band'), '2026-01-30');
      await gaps.record(question('pay with the band', { topic: 'other-devices' }), '2026-02-01');
      await gaps.record(question('pay with the band'), '2026-02-02');
      expect(await gaps.all()).toEqual([
        {
          id: 1,
          text: 'pay with the band',
          language: 'en',
          topic: 'other-devices',
          count: 3,
          firstDay: '2026-01-30',
          lastDay: '2026-02-02',
        },
      ]);
    });

    test('are separate for each language', async () => {
      const { gaps } = await (await start()).open();
      await gaps.record(question('band'), '2026-01-01');
      await gaps.record(question('band', { language: 'de' }), '2026-01-01');
      expect((await gaps.all()).map(({ language, count }) => [language, count])).toEqual([
        ['en', 1],
        ['de', 1],
      ]);
    });

    test('are listed from the most asked to the least', async () => {
      const { gaps } = await (await start()).open();
      for (const text of ['once', 'twice', 'twice', 'once too']) await gaps.record(question(text), '2026-01-01');
      expect(await textsIn(gaps)).toEqual(['twice', 'once', 'once too']);
    });

    test('are forgotten by id or by age', async () => {
      const { gaps } = await (await start()).open();
      await gaps.record(question('old'), '2026-01-01');
      await gaps.record(question('asked again'), '2026-01-01');
      await gaps.record(question('asked again'), '2026-01-03');
      await gaps.record(question('new'), '2026-01-02');
      await gaps.forgetBefore('2026-01-02');
      expect(await textsIn(gaps)).toEqual(['asked again', 'new']);
      const [first] = await gaps.all();
      expect(await gaps.forget([first?.id ?? 0, 4711])).toBe(1);
      expect(await gaps.forget([])).toBe(0);
      expect(await textsIn(gaps)).toEqual(['new']);
    });

    test('are limited in number: the ones asked least and longest ago make room, but not new ones', async () => {
      const { open, database } = await start();
      const { gaps } = await open();
      await gaps.record(question('old'), '2026-01-01');
      await gaps.record(question('frequent'), '2026-01-01');
      await gaps.record(question('frequent'), '2026-01-01');
      const rows = Array.from({ length: MAX_GAPS - 2 }, (_, n) => `('en', 'spam ${n}', 2, '2026-01-02', '2026-01-02')`);
      await database.execute(`INSERT INTO gaps (language, text, count, first_day, last_day) VALUES ${rows.join()}`);
      for (const text of ['new', 'newer', 'new', 'new']) await gaps.record(question(text), '2026-01-03');
      const texts = await textsIn(gaps);
      expect(texts).toHaveLength(MAX_GAPS);
      expect(texts[0]).toBe('new');
      expect(texts).toContain('newer');
      expect(texts).not.toContain('old');
      expect(texts).not.toContain('frequent');
    });
  });

  describe('feedback', () => {
    test('is counted for each topic and language, and a changed vote moves', async () => {
      const { open } = await start();
      const { feedback } = await open();
      expect(await feedback.all()).toEqual([]);
      await feedback.vote('fees', 'de', { helpful: 1, unhelpful: 0 });
      await feedback.vote('fees', 'de', { helpful: 1, unhelpful: 0 });
      await feedback.vote('fees', 'de', { helpful: -1, unhelpful: 1 });
      await feedback.vote('fees', 'en', { helpful: 0, unhelpful: 1 });
      await feedback.vote('bread', 'de', { helpful: 1, unhelpful: 0 });
      expect(await (await open()).feedback.all()).toEqual([
        { topic: 'bread', language: 'de', helpful: 1, unhelpful: 0 },
        { topic: 'fees', language: 'de', helpful: 1, unhelpful: 1 },
        { topic: 'fees', language: 'en', helpful: 0, unhelpful: 1 },
      ]);
    });
  });

  describe('notes', () => {
    test('are kept under their key until they are replaced', async () => {
      const { open } = await start();
      const { notes } = await open();
      expect(await notes.get('guild')).toBeUndefined();
      await notes.set('guild', '10');
      await notes.set('other', '');
      await notes.set('guild', '20');
      const { notes: later } = await open();
      expect([await later.get('guild'), await later.get('other')]).toEqual(['20', '']);
    });
  });

  describe('turns to identify', () => {
    test('come at once for the first of each bucket', async () => {
      const { turns } = await (await start()).open();
      await Promise.all([0, 1, 15].map((bucket) => turns.take(bucket, never)));
    });

    test('come one after the other for a bucket, among all processes', async () => {
      const { open, clock, database } = await start();
      const processes = [await open(), await open(), await open()];
      let taken = 0;
      for (const { turns } of processes) void turns.take(7, never).then(() => taken++);
      for (const left of [2, 1]) {
        await vi.waitFor(() => expect(clock.waits.filter((wait) => wait <= BETWEEN_TURNS)).toHaveLength(left));
        expect(taken).toBe(processes.length - left);
        await database.passTime(BETWEEN_TURNS);
        await clock.advance(BETWEEN_TURNS);
      }
      await vi.waitFor(() => expect(taken).toBe(3));
    });

    test('are not used up by a process that stops waiting', async () => {
      const { open, clock, database } = await start();
      const [one, two] = [await open(), await open()];
      await one.turns.take(0, never);
      const stopping = new AbortController();
      const waiting = two.turns.take(0, stopping.signal);
      stopping.abort(new Error('stopping'));
      await expect(waiting).rejects.toThrow('stopping');
      await database.passTime(BETWEEN_TURNS);
      await clock.advance(BETWEEN_TURNS);
      await two.turns.take(0, never);
    });

    test('come although the clock was set back', async () => {
      const { open, database } = await start();
      const { turns } = await open();
      await turns.take(0, never);
      await database.execute('UPDATE identify_turns SET taken_at = taken_at + 3600000');
      await turns.take(0, never);
    });
  });

  test('a closed storage refuses everything but the settings in memory', async () => {
    const { open } = await start();
    const { channels, gaps, feedback, notes, turns, close } = await open();
    await channels.set('1', '10', OPEN);
    await close();
    for (const refused of [
      channels.set('1', '10', { mode: 'off', language: 'en' }),
      channels.forgetChannel('1'),
      channels.forgetGuild('10'),
      channels.forgetAbsent(new Map()),
      gaps.record(question('band'), '2026-01-01'),
      gaps.all(),
      gaps.forget([1]),
      gaps.forgetBefore('2026-01-01'),
      feedback.vote('fees', 'de', { helpful: 1, unhelpful: 0 }),
      feedback.all(),
      notes.get('guild'),
      notes.set('guild', '10'),
      turns.take(0, never),
    ]) {
      await expect(refused).rejects.toThrow(StorageError);
    }
    expect(channels.get('1')).toEqual(OPEN);
  });
}
