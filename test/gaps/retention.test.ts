import { expect, onTestFinished, test } from 'vitest';
import { keepForgetting } from '../../src/gaps/retention.ts';
import { openSqlite } from '../../src/storage/sqlite.ts';
import { FakeClock } from '../fake-clock.ts';
import { temporaryFolder } from '../temporary-folder.ts';

const DAY = 86_400_000;

test('what nobody has asked for 90 days is forgotten, at start and then once a day', async () => {
  const { gaps, close } = openSqlite(temporaryFolder());
  onTestFinished(close);
  for (const day of ['2026-08-24', '2026-08-25', '2026-08-26']) {
    await gaps.record({ text: day, meaning: day, language: 'en', topic: undefined }, day);
  }
  const kept = async () => (await gaps.all()).map(({ text }) => text).sort();
  const clock = new FakeClock('2026-11-23');
  const failures: unknown[] = [];
  const stop = keepForgetting(gaps, clock, (error) => failures.push(error));
  expect(await kept()).toEqual(['2026-08-25', '2026-08-26']);
  await clock.advance(DAY - 1);
  expect(await kept()).toEqual(['2026-08-25', '2026-08-26']);
  await clock.advance(1);
  expect(await kept()).toEqual(['2026-08-26']);
  stop();
  await clock.advance(DAY);
  expect(await kept()).toEqual(['2026-08-26']);
  expect(failures).toEqual([]);
});
