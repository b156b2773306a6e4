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
  const answered = Array.from({ length: FOLDS }).flatMap((_, fold) => {
    const { learned = [], leftOut = [] } = Object.groupBy(knowledge.overheard, ({ voice }) =>
      voices.indexOf(voice) % FOLDS === fold ? 'leftOut' : 'learned',
    );
    const engine = new Engine({ ...knowledge, overheard: learned }, LANGUAGES[0]);
    return leftOut.filter(({ text }) => engine.decide(engine.read(text), { trigger: 'overheard' }).kind === 'answer');
  });
  return OVERHEARD_KINDS.map((kind) => ({
    name: `${kind}: answered`,
    hits: answered.filter((message) => message.kind === kind).length,
    of: knowledge.overheard.filter((message) => message.kind === kind).length,
    lowIsGood: kind !== 'asks-channel',
  }));
}
