import { Engine } from '../engine/engine.ts';
import type { Knowledge, Language, Topic } from '../knowledge/knowledge.ts';
import type { Problem } from '../knowledge/problem.ts';
import { type KnowledgeFiles, type PlacedPhrasing, phrasingsIn } from '../knowledge/rule.ts';

/** The phrasings are cut into this many parts; each is judged by what was learned from the others. */
export const FOLDS = 5;
/** Below this share of a wrong topic, the message would say how hard matching is rather than what to fix. */
const CONFIDENTLY_WRONG = 0.9;
const MAX_WORDS = 3;

/**
 * Warnings of phrasings that lead to another topic until they have been learned: the same question in slightly other
 * words will be answered wrongly. Goes fold by fold, each of which takes some seconds. The result is the same each
 * time.
 */
export function* misplacedPhrasings(knowledge: Knowledge, files: KnowledgeFiles): Generator<Problem[]> {
  for (let fold = 0; fold < FOLDS; fold++) {
    const engine = new Engine({ ...knowledge, topics: knowledge.topics.map((topic) => without(topic, fold)) }, 'de');
    const leftOut = phrasingsIn(files.topics).filter(({ index }) => index % FOLDS === fold);
    yield leftOut.flatMap((phrasing) => problemsWith(phrasing, engine));
  }
}

function without(topic: Topic, fold: number): Topic {
  const kept = (language: Language) => ({
    ...topic[language],
    phrasings: topic[language].phrasings.filter((_, index) => index % FOLDS !== fold),
  });
  return { ...topic, de: kept('de'), en: kept('en') };
}

function problemsWith({ file, language, path, text }: PlacedPhrasing, engine: Engine): Problem[] {
  const reading = engine.read(text);
  const [rival] = reading.scores.topics;
  const { id } = file.value;
  if (!rival || rival.id === id || rival.share < CONFIDENTLY_WRONG) return [];
  const title = engine.knowledge.topics.find((topic) => topic.id === rival.id)?.[language].title;
  const words = engine
    .explain(reading, [], [id, rival.id])
    .words.map(({ typed, spokeFor: [right = 0, wrong = 0] }) => ({ typed: typed.toLowerCase(), lead: wrong - right }))
    .filter(({ lead }) => lead > 0)
    .sort((a, b) => b.lead - a.lead)
    .slice(0, MAX_WORDS);
  const because =
    words.length === 0 ? '' : `, because of ${[...new Set(words.map(({ typed }) => `"${typed}"`))].join(', ')}`;
  const what = `"${text}" sounds like the topic "${rival.id}" (${title})${because}`;
  const remedy =
    'If that topic answers it, move it there. Otherwise reword it, or add more phrasings here that say the same.';
  return [file.problem(path, what, remedy, 'warning')];
}
