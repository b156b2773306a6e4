import { LANGUAGES } from './knowledge.ts';
import type { Problem } from './problem.ts';
import { overheardIn, type PlacedText, phrasingsIn, placeSeenFrom, type Rule, spellingsIn } from './rule.ts';
import { isOriginal } from './topic-rules.ts';

/** A text without capital letters and signs; signs alone, like "++", stay as they are. */
const wordsIn = (text: string) =>
  text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim() || text;

/** Each entry whose text has the same words as an earlier one's, and the first of those. */
function repeats<T extends { readonly text: string }>(entries: readonly T[]): [again: T, first: T][] {
  const seen = new Map<string, T>();
  return entries.flatMap((entry): [T, T][] => {
    const words = wordsIn(entry.text);
    const first = seen.get(words);
    if (!first) seen.set(words, entry);
    return first ? [[entry, first]] : [];
  });
}

/** @param remedyFor `undefined` where the repetition does no harm */
function repeated<T extends PlacedText>(
  kind: string,
  texts: readonly T[],
  remedyFor: (again: T, first: T) => string | undefined,
): Problem[] {
  // Signs alone, like "???", are no words.
  return repeats(texts.filter(({ text }) => /[\p{L}\p{N}]/u.test(text))).flatMap(([again, first]) => {
    const remedy = remedyFor(again, first);
    if (remedy === undefined) return [];
    const what = `the ${kind} "${again.text}" is also in ${placeSeenFrom(again, first)}`;
    return again.file.problem(again.path, what, remedy);
  });
}

const DELETE_ONE = 'Delete one of the two.';

/** What is in two places where it should be in one. */
export const repetitions: Rule = (_, files) => {
  const { words, followUps, overheard } = files;
  // A copied topic is reported as such, not text by text.
  const topics = files.topics.filter((topic) => isOriginal(topic, files));
  const asked = followUps?.value.flatMap((entry, index) =>
    LANGUAGES.flatMap((language) =>
      entry[language].map((text, at) => ({ file: followUps, path: [index, language, at], text, entry })),
    ),
  );
  return [
    // In two languages of one topic it is harmless: "mi pay fees".
    ...repeated('phrasing', phrasingsIn(topics), (again, first) => {
      if (again.file !== first.file) return 'Keep it in the one topic that should answer it.';
      return again.language === first.language ? DELETE_ONE : undefined;
    }),
    ...LANGUAGES.flatMap((language) => {
      const titles = topics.map((file) => ({ file, path: [language, 'title'], text: file.value[language].title }));
      return repeated('title', titles, () => 'Let each title ask for what its own topic answers: people choose by it.');
    }),
    ...repeated(
      'name',
      words?.value.names.map(({ name }, at) => ({ file: words, path: ['names', at, 'name'], text: name })) ?? [],
      () => 'Keep one of the two, and in it the variants of both.',
    ),
    ...[...Map.groupBy(asked ?? [], ({ entry }) => entry.after).values()].flatMap((group) =>
      repeated('follow-up', group, ({ entry, path }, first) =>
        entry.asks !== first.entry.asks || path[1] === first.path[1]
          ? `Keep one: after "${entry.after}" it can ask for one topic only.`
          : undefined,
      ),
    ),
    ...repeated(
      'message',
      overheard ? overheardIn(overheard.value).map(({ message, path }) => ({ file: overheard, path, ...message })) : [],
      () => DELETE_ONE,
    ),
  ];
};

/** Entries of `words.yaml` that contradict each other, and a missing subject. */
export const wordProblems: Rule = (_, { words }) => {
  if (!words) return [];
  const { names } = words.value;
  const variants = [
    ...names.map(({ name }, index) => ({ variant: name, standard: name, path: ['names', index, 'name'] })),
    ...names.flatMap(({ name, variants }, index) =>
      variants.map((variant, at) => ({ variant, standard: name, path: ['names', index, 'variants', at] })),
    ),
  ];
  const what = 'no name is marked as the subject: questions that are only overheard are never answered';
  const remedy = 'Write "subject: true" below the name of what the knowledge is about.';
  return [
    ...(names.some(({ role }) => role === 'subject') ? [] : [words.problem(['names'], what, remedy, 'warning')]),
    ...ambiguous(variants).map(({ variant, other, path }) => {
      const remedy = 'Keep it below the one name that is meant by it.';
      return words.problem(path, `"${variant}" already stands for the name "${other}"`, remedy, 'warning');
    }),
    ...ambiguous(spellingsIn(words.value)).map(({ variant, other, path }) => {
      const remedy = 'Keep it in one place, or drop it in both if it can mean either.';
      return words.problem(path, `"${variant}" already stands for "${other}"`, remedy);
    }),
  ];
};

/** Ways of writing a word that another has too: only one of the two can be understood. */
const ambiguous = <T extends { readonly variant: string; readonly standard: string }>(variants: readonly T[]) =>
  repeats(variants.map((entry) => ({ ...entry, text: entry.variant })))
    .filter(([again, first]) => wordsIn(again.standard) !== wordsIn(first.standard))
    .map(([again, first]) => ({ ...again, other: first.standard }));
