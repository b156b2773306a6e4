import { describe, expect, test } from 'vitest';
import { type GapStore, MAX_GAPS, type RecordedQuestion } from '../../src/storage/gaps.ts';
import type { FreshDatabase } from './databases.ts';

const question = (text: string, more: Partial<RecordedQuestion> = {}): RecordedQuestion => ({
  text,
  meaning: text,
  language: 'en',
  topic: undefined,
  ...more,
});

const textsIn = async (gaps: GapStore) => (await gaps.all()).map(({ text }) => text);

/** Describes what holds for every kind of database. */
export const recordedQuestions = (fresh: FreshDatabase) =>
  describe('recorded questions', () => {
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

    test('are no more than anybody reads: what was asked least and longest ago makes room', async () => {
      const { gaps } = await (await fresh()).open();
      await gaps.record(question('twice'), '2026-01-01');
      await gaps.record(question('twice'), '2026-01-01');
      await gaps.record(question('once'), '2026-01-01');
      for (let n = 0; n < MAX_GAPS; n++) await gaps.record(question(`spam ${n}`), '2026-01-02');
      const texts = await textsIn(gaps);
      expect(texts).toHaveLength(MAX_GAPS);
      expect(texts[0]).toBe('twice');
      expect(texts).not.toContain('once');
    });

    test('that are new have their chance, even where all others were asked more often', async () => {
      const { gaps } = await (await fresh()).open();
      for (let n = 0; n < MAX_GAPS; n++) {
        await gaps.record(question(`spam ${n}`), '2026-01-01');
        await gaps.record(question(`spam ${n}`), '2026-01-01');
      }
      for (const text of ['new', 'newer', 'new', 'new']) await gaps.record(question(text), '2026-01-02');
      expect(await gaps.all()).toHaveLength(MAX_GAPS);
      expect((await gaps.all())[0]).toMatchObject({ text: 'new', count: 3 });
    });
  });
