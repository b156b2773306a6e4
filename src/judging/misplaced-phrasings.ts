import { LANGUAGES, type Language, type Topic } from '../knowledge/knowledge.ts';
import type { KnowledgeFiles, TopicFile } from '../knowledge/load.ts';
import type { Problem } from '../knowledge/problem.ts';
import { lessonsOf } from '../matching/lessons.ts';
import { buildMatcher, type Match } from '../matching/matcher.ts';
import type { Judge } from './check.ts';

/** In how many parts the phrasings are cut; each is judged by what was learned from the others. */
const FOLDS = 5;
/** Less sure than this of a wrong topic, and the message would rather say how hard matching is than what to mend. */
const CONFIDENTLY_WRONG = 0.9;
const MOST_WORDS = 3;

/**
 * Phrasings that lead to another topic as long as the bot has not learned just them: the same question in slightly
 * other words will be answered wrong. Found by cross-validation; the folds are dealt out in the order of the files.
 */
export const misplacedPhrasings: Judge = (knowledge, files) =>
  Array.from({ length: FOLDS }, (_, fold) => fold).flatMap((fold) => {
    const topics = knowledge.topics.map((topic) => without(topic, fold));
    const matcher = buildMatcher(lessonsOf({ ...knowledge, topics }));
    return files.topics.flatMap((file) => misplacedIn(file, fold, (text) => matcher.match(text), files));
  });

function without(topic: Topic, fold: number): Topic {
  const kept = (language: Language) => ({
    ...topic[language],
    phrasings: topic[language].phrasings.filter((_, index) => index % FOLDS !== fold),
  });
  return { ...topic, de: kept('de'), en: kept('en') };
}

function misplacedIn(
  { value: topic, problem }: TopicFile,
  fold: number,
  match: (text: string) => Match,
  files: KnowledgeFiles,
): Problem[] {
  return LANGUAGES.flatMap((language) =>
    topic[language].phrasings.flatMap((phrasing, index) => {
      if (index % FOLDS !== fold) return [];
      const found = match(phrasing);
      const [rival] = found.topics;
      if (!rival || rival.id === topic.id || rival.confidence < CONFIDENTLY_WRONG) return [];
      const title = files.topics.find(({ value }) => value.id === rival.id)?.value[language].title ?? '';
      return problem(
        [language, 'phrasings', index],
        `"${phrasing}" sounds like the topic "${rival.id}" (${title}): ${because(found, topic.id, rival.id)}`,
        'If that topic answers it, move it there. Otherwise reword it, or add more phrasings here that say the same.',
        'warning',
      );
    }),
  );
}

/** The words that spoke for the rival rather than for the right topic, the strongest first. */
function because(match: Match, right: string, rival: string): string {
  const forRight = match.contributions(right);
  const leads = new Map<string, number>();
  for (const [index, given] of match.contributions(rival).entries()) {
    const typed = match.words[index]?.typed.toLowerCase() ?? '';
    leads.set(typed, (leads.get(typed) ?? 0) + given - (forRight[index] ?? 0));
  }
  const strongest = [...leads].filter(([, lead]) => lead > 0).sort(([, a], [, b]) => b - a);
  const words = strongest.slice(0, MOST_WORDS).map(([typed, lead]) => `"${typed}" +${lead.toFixed(1)}`);
  const confidence = (match.topics[0]?.confidence ?? 0).toFixed(2);
  return `confidence ${confidence}${words.length > 0 ? `, led there by ${words.join(', ')}` : ''}`;
}
