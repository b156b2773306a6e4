import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { expect, onTestFinished, test } from 'vitest';
import { type GapStore, MOST_GAPS, type RecordedQuestion } from '../../src/storage/gaps.ts';
import { openSqlite } from '../../src/storage/sqlite.ts';
import { describeForEveryDatabase } from './databases.ts';

function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'gaps-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

const question = (text: string, more: Partial<RecordedQuestion> = {}): RecordedQuestion => ({
  text,
  meaning: text,
  language: 'en',
  topic: undefined,
  ...more,
});

const textsIn = async (gaps: GapStore) => (await gaps.all()).map(({ text }) => text);

describeForEveryDatabase('recorded questions', (fresh) => {
  test('with the same meaning are one, under the first text, with the days and the number of times', async () => {
    const { gaps } = await (await fresh()).open();
    await gaps.record(question('pay with the band', { meaning: 'band' }), '2026-01-30');
    await gaps.record(question('band payments', { meaning: 'band', topic: 'other-devices' }), '2026-02-02');
    await gaps.record(question('band', { meaning: 'band' }), '2026-02-01');
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

  test('of two languages stay apart', async () => {
    const { gaps } = await (await fresh()).open();
    await gaps.record(question('band'), '2026-01-01');
    await gaps.record(question('band', { language: 'de' }), '2026-01-01');
    expect((await gaps.all()).map(({ language, count }) => [language, count])).toEqual([
      ['en', 1],
      ['de', 1],
    ]);
  });

  test('come back with the most asked first', async () => {
    const { gaps } = await (await fresh()).open();
    for (const text of ['once', 'twice', 'twice', 'once too']) await gaps.record(question(text), '2026-01-01');
    expect(await textsIn(gaps)).toEqual(['twice', 'once', 'once too']);
  });

  test('are forgotten one by one, or by their last day', async () => {
    const { gaps } = await (await fresh()).open();
    await gaps.record(question('old'), '2026-01-01');
    await gaps.record(question('asked again'), '2026-01-01');
    await gaps.record(question('asked again'), '2026-01-03');
    await gaps.record(question('new'), '2026-01-02');
    await gaps.forgetBefore('2026-01-02');
    expect(await textsIn(gaps)).toEqual(['asked again', 'new']);
    const [first] = await gaps.all();
    expect(await gaps.forget([first?.id ?? 0, 4711])).toBe(1);
    expect(await textsIn(gaps)).toEqual(['new']);
  });

  test('are no more than anybody reads: what was asked least and longest ago makes room', {
    timeout: 60_000,
  }, async () => {
    const { gaps } = await (await fresh()).open();
    await gaps.record(question('twice'), '2026-01-01');
    await gaps.record(question('twice'), '2026-01-01');
    await gaps.record(question('once'), '2026-01-01');
    for (let n = 0; n < MOST_GAPS; n++) await gaps.record(question(`spam ${n}`), '2026-01-02');
    const texts = await textsIn(gaps);
    expect(texts).toHaveLength(MOST_GAPS);
    expect(texts[0]).toBe('twice');
    expect(texts).not.toContain('once');
  });

  test('that are new have their chance, even where all others were asked more often', { timeout: 60_000 }, async () => {
    const { gaps } = await (await fresh()).open();
    for (let n = 0; n < MOST_GAPS; n++) {
      await gaps.record(question(`spam ${n}`), '2026-01-01');
      await gaps.record(question(`spam ${n}`), '2026-01-01');
    }
    for (const text of ['new', 'newer', 'new', 'new']) await gaps.record(question(text), '2026-01-02');
    expect(await gaps.all()).toHaveLength(MOST_GAPS);
    expect((await gaps.all())[0]).toMatchObject({ text: 'new', count: 3 });
  });
});

test('recorded questions find a place in the database of a bot that knew none, whose settings stay', async () => {
  const folder = temporaryFolder();
  const before = new DatabaseSync(join(folder, 'bot.sqlite'));
  before.exec(`
    CREATE TABLE channel_settings (channel_id TEXT PRIMARY KEY, guild_id TEXT NOT NULL, mode TEXT NOT NULL, language TEXT) STRICT;
    CREATE INDEX channel_settings_by_guild ON channel_settings (guild_id);
    INSERT INTO channel_settings VALUES ('1', '10', 'open', 'de');
    PRAGMA user_version = 1;`);
  before.close();
  const { channels, gaps, close } = openSqlite(folder);
  onTestFinished(close);
  expect(channels.get('1')).toEqual({ mode: 'open', language: 'de' });
  await gaps.record(question('band'), '2026-01-01');
  expect(await textsIn(gaps)).toEqual(['band']);
});
