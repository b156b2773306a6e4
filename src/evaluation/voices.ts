import { Engine } from '../engine/engine.ts';
import { type Knowledge, LANGUAGES, OVERHEARD_KINDS } from '../knowledge/knowledge.ts';
import type { Figure } from './figures.ts';

const FOLDS = 6;

/**
 * How often the bot would speak up at the overheard messages of each kind, judged by what was learned from other
 * voices: messages of one voice resemble each other, so that left-out messages of a known voice would flatter. Takes a
 * few seconds for each of the six folds.
 */
export function crossValidatedVoices(knowledge: Knowledge): Figure[] {
  const voices = [...new Set(knowledge.overheard.map(({ voice }) => voice))];
  const spoke = new Map<string, number>();
  for (let fold = 0; fold < FOLDS; fold++) {
    const isLeftOut = (voice: string) => voices.indexOf(voice) % FOLDS === fold;
    const overheard = knowledge.overheard.filter(({ voice }) => !isLeftOut(voice));
    const engine = new Engine({ ...knowledge, overheard }, LANGUAGES[0]);
    for (const { text, kind } of knowledge.overheard.filter(({ voice }) => isLeftOut(voice))) {
      const { kind: decided } = engine.decide(engine.read(text), { trigger: 'overheard' });
      if (decided === 'answer') spoke.set(kind, (spoke.get(kind) ?? 0) + 1);
    }
  }
  return OVERHEARD_KINDS.map((kind) => ({
    name: `${kind}: answered`,
    hits: spoke.get(kind) ?? 0,
    of: knowledge.overheard.filter((message) => message.kind === kind).length,
    lowIsGood: kind !== 'asks-channel',
  }));
}
