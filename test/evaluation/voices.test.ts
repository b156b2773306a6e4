import { afterEach, describe, expect, test, vi } from 'vitest';
import { Engine } from '../../src/engine/engine.ts';
import { crossValidatedVoices } from '../../src/evaluation/voices.ts';
import { OVERHEARD_KINDS } from '../../src/knowledge/knowledge.ts';
import { talkativeKnowledge } from '../engine/talkative-bakery.ts';

const { overheard } = talkativeKnowledge;

afterEach(() => void vi.restoreAllMocks());

describe('cross-validation of the overheard messages', () => {
  test('judges each message once, by what was learned from other voices', () => {
    const read = vi.spyOn(Engine.prototype, 'read');
    crossValidatedVoices(talkativeKnowledge);
    expect(read.mock.calls.map(([text]) => text).toSorted()).toEqual(overheard.map(({ text }) => text).toSorted());
    for (const [index, [text]] of read.mock.calls.entries()) {
      const voice = overheard.find((message) => message.text === text)?.voice;
      const engine: unknown = read.mock.contexts[index];
      const learned = engine instanceof Engine ? engine.knowledge.overheard : [];
      expect(learned.length).toBeGreaterThan(0);
      expect(learned.filter((message) => message.voice === voice)).toEqual([]);
    }
  });

  test('counts for each kind how often the bot would speak up', () => {
    const figures = crossValidatedVoices(talkativeKnowledge);
    expect(figures.map(({ of }) => of)).toEqual(
      OVERHEARD_KINDS.map((kind) => overheard.filter((message) => message.kind === kind).length),
    );
    for (const { hits, of } of figures) expect(hits).toBeLessThanOrEqual(of);
    expect(figures.filter(({ lowIsGood }) => !lowIsGood).map(({ name }) => name)).toEqual(['asks-channel: answered']);
  });
});
