import { LANGUAGES } from './knowledge.ts';
import type { Problem } from './problem.ts';
import { overheardIn, type PlacedText, phrasingsIn, placeSeenFrom, type Rule, spellingsIn } from './rule.ts';
import { isOriginal } from './topic-rules.ts';

/** A text without capital letters and signs. */
const wordsIn = (text: string) =>
  text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();

/** What to say of each text that has the same words as an earlier one. Signs alone, like "???", are no words. */
function repeated<T extends PlacedText>(texts: readonly T[], tell: (again: T, first: T) => Problem[]): Problem[] {
  const seen = new Map<string, T>();
  return texts.flatMap((text) => {
    const words = wordsIn(text.text);
    const first = seen.get(words);
    if (first) return tell(text, first);
    if (words !== '') seen.set(words, text);
    return [];
  });
}

/** That a text is in two places, and what to do about it. */
const twice = (kind: string, again: PlacedText, first: PlacedText, remedy: string) => [
  again.file.problem(again.path, `the ${kind} "${again.text}" is also in ${placeSeenFrom(again, first)}`, remedy),
];

const DELETE_ONE = 'Delete one of the two.';

/** What is in two places where it should be in one. */
export const repetitions: Rule = (_, files) => {
  const { followUps, overheard } = files;
  // A copied topic is reported as such, not text by text.
  const topics = files.topics.filter((topic) => isOriginal(topic, files));
  const asked = followUps?.value.flatMap((entry, index) =>
    LANGUAGES.flatMap((language) =>
      entry[language].map((text, at) => ({ file: followUps, path: [index, language, at], text, entry, language })),
    ),
  );
  return [
    ...repeated(phrasingsIn(topics), (again, first) => {
      if (again.file !== first.file) {
        return twice('phrasing', again, first, 'Keep it in the one topic that should answer it.');
      }
      // In two languages of one topic it is harmless: "mi pay fees".
      return again.language === first.language ? twice('phrasing', again, first, DELETE_ONE) : [];
    }),
    ...LANGUAGES.flatMap((language) => {
      const titles = topics.map((file) => ({ file, path: [language, 'title'], text: file.value[language].title }));
      const remedy = 'Let each title ask for what its own topic answers: people choose by it.';
      return repeated(titles, (again, first) => twice('title', again, first, remedy));
    }),
    ...[...Map.groupBy(asked ?? [], ({ entry }) => entry.after).values()].flatMap((group) =>
      repeated(group, (again, first) => {
        const isSame = again.entry.asks === first.entry.asks;
        // In two languages it is harmless.
        if (isSame && again.language !== first.language) return [];
        const remedy = isSame ? DELETE_ONE : `Keep one: after "${again.entry.after}" it can ask for one topic only.`;
        return twice('follow-up', again, first, remedy);
      }),
    ),
    ...repeated(overheardIn(overheard), (again, first) => twice('message', again, first, DELETE_ONE)),
  ];
};

/** Entries of `words.yaml` that contradict each other, and a missing subject. */
export const wordProblems: Rule = (_, { words: file }) => {
  if (!file) return [];
  const names = file.value.names.map(({ name }, index) => {
    return { file, path: ['names', index, 'name'], text: name, name };
  });
  const variants = file.value.names.flatMap(({ name, variants }, index) =>
    variants.map((text, at) => ({ file, path: ['names', index, 'variants', at], text, name })),
  );
  const hasSubject = file.value.names.some(({ role }) => role === 'subject');
  const what = 'no name is marked as the subject: overheard questions that name nothing else are never answered';
  const remedy = 'Write "subject: true" below the name of what the knowledge is about.';
  return [
    ...(hasSubject ? [] : [file.problem(['names'], what, remedy, 'warning')]),
    ...repeated(names, (again, first) =>
      twice('name', again, first, 'Keep one of the two, and in it the variants of both.'),
    ),
    ...repeated([...names, ...variants], ({ text, path, name }, first) => {
      if (wordsIn(name) === wordsIn(first.name)) return [];
      const remedy = 'Keep it below the one name that is meant by it.';
      return [file.problem(path, `"${text}" already stands for the name "${first.name}"`, remedy, 'warning')];
    }),
    ...repeated(spellingsIn(file), ({ text, path, standard }, first) => {
      if (wordsIn(standard) === wordsIn(first.standard)) return [];
      const remedy = 'Keep it in one place, or drop it in both if it can mean either.';
      return [file.problem(path, `"${text}" already stands for "${first.standard}"`, remedy)];
    }),
  ];
};
