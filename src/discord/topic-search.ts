import type { Decision } from '../engine/decide.ts';
import type { Engine } from '../engine/engine.ts';
import { foldedWords } from '../engine/text.ts';
import { LANGUAGES, type Language, type Topic, type TopicText } from '../knowledge/knowledge.ts';

/** https://docs.discord.com/developers/interactions/application-commands#autocomplete */
const MAX_CHOICES = 25;
/** Precedes the id of a chosen topic, so that no typed question is taken for one. */
const CHOSEN = 'topic:';

/** For autocomplete: the topics that match what a member has typed so far, the best first; all if it is nothing. */
export function topicChoices(typed: string, language: Language, engine: Engine) {
  const query = typed.trim();
  const found = new Set([
    ...beginning(query, language, engine),
    ...understood(query, engine, ['answer', 'offer']),
    ...beginning(query, language === 'de' ? 'en' : 'de', engine),
  ]);
  return [...(query === '' ? engine.knowledge.topics : found)]
    .slice(0, MAX_CHOICES)
    .map((topic) => ({ name: topic[language].title, value: CHOSEN + topic.id }));
}

/** The id of the topic that was chosen; `undefined` for typed text. */
export function chosenTopic(value: string, { knowledge }: Engine): string | undefined {
  return knowledge.topics.find(({ id }) => CHOSEN + id === value)?.id;
}

/** The topic that was chosen, or typed so that exactly one matches: by id, title, beginnings of words, or question. */
export function topicNamed(value: string, engine: Engine): string | undefined {
  const typed = value.trim();
  const isName = (name: string) => name.toLowerCase() === typed.toLowerCase();
  const found = [
    engine.knowledge.topics.filter(({ id, de, en }) => [id, de.title, en.title].some(isName)),
    LANGUAGES.flatMap((language) => beginning(typed, language, engine)),
    understood(typed, engine, ['answer']),
  ];
  const only = found.map((each) => [...new Set(each)]).find(({ length }) => length === 1);
  return chosenTopic(value, engine) ?? only?.[0]?.id;
}

/** The topics with a text in which each typed word begins a word. A title or an id counts more than all phrasings. */
function beginning(query: string, language: Language, { knowledge }: Engine): Topic[] {
  const typed = foldedWords(query);
  if (typed.length === 0) return [];
  const matches = (words: readonly string[]) => typed.every((start) => words.some((word) => word.startsWith(start)));
  const scored = knowledge.topics.map((topic) => {
    const [title = [], ...phrasings] = wordsIn(topic[language]);
    const isBeginning = topic[language].title.toLowerCase().startsWith(query.toLowerCase());
    const isNamed = matches(title) || matches(foldedWords(topic.id));
    const share = phrasings.filter(matches).length / (phrasings.length + 1);
    return { topic, score: Number(isBeginning) + Number(isNamed) + share };
  });
  const found = scored.filter(({ score }) => score > 0);
  return found.sort((a, b) => b.score - a.score).map(({ topic }) => topic);
}

/** The topics that the bot would answer a question with, or offer. */
function understood(query: string, engine: Engine, kinds: readonly Decision['kind'][]): Topic[] {
  const decision = engine.decide(engine.read(query));
  const ids = 'topics' in decision && kinds.includes(decision.kind) ? decision.topics : [];
  return ids.flatMap((id) => engine.knowledge.topics.find((topic) => topic.id === id) ?? []);
}

/** Splitting thousands of phrasings into words takes too long to repeat at each keystroke. */
const known = new WeakMap<TopicText, readonly (readonly string[])[]>();

/** The words of a topic's title and phrasings. */
function wordsIn(texts: TopicText) {
  const words = known.get(texts) ?? [texts.title, ...texts.phrasings].map(foldedWords);
  known.set(texts, words);
  return words;
}
