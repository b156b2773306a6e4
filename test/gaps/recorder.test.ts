import { describe, expect, test } from 'vitest';
import type { Decision } from '../../src/engine/decide.ts';
import { gapRecorder } from '../../src/gaps/recorder.ts';
import { StorageError } from '../../src/storage/database.ts';
import type { RecordedQuestion } from '../../src/storage/gaps.ts';
import type { Storage } from '../../src/storage/storage.ts';
import { bakeryIn } from '../bakery.ts';
import { FakeClock } from '../fake-clock.ts';

const UNKNOWN = 'was ist zapf';
const HOURS = 'wann macht ihr auf';

const decided = { language: 'de', reasons: [], confidence: 0.5 } as const;
const DECISIONS: Readonly<Record<string, Decision>> = {
  [HOURS]: { ...decided, kind: 'answer', topics: ['hours'], alsoLikely: [] },
};
const NO_ANSWER: Decision = { ...decided, kind: 'unknown', isForeign: false };

function recording(record?: Storage['gaps']['record']) {
  const engine = bakeryIn('de');
  const recorded: RecordedQuestion[] = [];
  const failures: unknown[] = [];
  const store = { record: record ?? (async (question: RecordedQuestion) => void recorded.push(question)) };
  const recorder = gapRecorder(store, { engine }, new FakeClock(), (error) => failures.push(error));
  const asks = (text: string, { answer = '1', member = '7' } = {}) => {
    return recorder.answered(answer, member, engine.read(text), DECISIONS[text] ?? NO_ANSWER);
  };
  return { recorder, recorded, failures, asks };
}

describe('the recorder', () => {
  test('records a question without an answer at once, and only once for each answer', async () => {
    const { recorded, asks } = recording();
    await asks(UNKNOWN);
    await asks('wer ist zapf');
    expect(recorded).toEqual([{ text: 'was ist …', language: 'de', topic: undefined }]);
  });

  test('records an answered one when its answer did not help, with the topic, and once', async () => {
    const { recorder, recorded, asks } = recording();
    await asks(HOURS);
    expect(recorded).toEqual([]);
    await recorder.didNotHelp('1');
    await recorder.didNotHelp('1');
    await recorder.didNotHelp('2');
    expect(recorded).toEqual([{ text: expect.any(String), language: 'de', topic: 'hours' }]);
  });

  test('reports a failure of the database, and goes on', async () => {
    const away = new StorageError('The database is away.');
    const { recorder, failures, asks } = recording(() => Promise.reject(away));
    await asks(UNKNOWN);
    await asks(HOURS, { answer: '2' });
    await recorder.didNotHelp('2');
    expect(failures).toEqual([away, away]);
  });

  test('shows a word that three members have used', async () => {
    const { recorded, asks } = recording();
    for (const [answer, member] of ['7', '7', '8', '9'].entries()) await asks(UNKNOWN, { answer: `${answer}`, member });
    expect(recorded.map(({ text }) => text.includes('zapf'))).toEqual([false, false, false, true]);
  });
});
