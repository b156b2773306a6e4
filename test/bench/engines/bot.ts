import { Engine } from '../../../src/engine/engine.ts';
import type { Build } from './engine.ts';

/** This bot, with the gates it ships with. */
export const build: Build = ({ knowledge, language }) => {
  const engine = new Engine(knowledge, language);
  return (text) => {
    const reading = engine.read(text);
    const decision = engine.decide(reading);
    return () => ({
      likeliest: reading.scores.topics[0]?.id,
      confidence: 'confidence' in decision ? decision.confidence : 0,
      answers: decision.kind === 'answer' ? decision.topics : [],
    });
  };
};
