import { LANGUAGES } from './knowledge.ts';
import type { Problem } from './problem.ts';
import type { FileRule } from './rule.ts';
import { wordsAlone } from './same-words.ts';
import type { WordsContent } from './schema.ts';
import type { YamlFile } from './yaml-file.ts';

type WordsFile = YamlFile<WordsContent>;

/** Signs alone, like "++", are no words. */
const readAs = (written: string) => wordsAlone(written) || written;

/** Entries of `words.yaml` that contradict each other, and what it lacks. */
export const wordProblems: FileRule = ({ words }) =>
  words ? [...noSubject(words), ...sharedVariants(words), ...contradictingSpellings(words)] : [];

function noSubject({ value: { names }, problem }: WordsFile): Problem[] {
  if (names.some(({ subject }) => subject)) return [];
  return [
    problem(
      ['names'],
      'no name is marked as the subject: questions that are only overheard are never answered',
      'Write "subject: true" below the name of what the knowledge is about.',
      'warning',
    ),
  ];
}

/** Ways of writing a name that another name has too: only one of the two can be understood. */
function sharedVariants({ value: { names }, problem }: WordsFile): Problem[] {
  const nameOf = new Map(names.map(({ name }) => [readAs(name), name]));
  return names.flatMap(({ name, variants }, index) =>
    variants.flatMap((variant, at) => {
      const written = readAs(variant);
      const other = nameOf.get(written);
      nameOf.set(written, other ?? name);
      if (other === undefined || readAs(other) === readAs(name)) return [];
      return problem(
        ['names', index, 'variants', at],
        `"${variant}" already stands for the name "${other}"`,
        'Keep it below the one name that is meant by it.',
        'warning',
      );
    }),
  );
}

function contradictingSpellings({ value: { spellings }, problem }: WordsFile): Problem[] {
  const standardOf = new Map<string, string>();
  const all = LANGUAGES.flatMap((language) =>
    Object.entries(spellings[language]).flatMap(([standard, variants]) =>
      variants.map((variant, index) => ({ standard, variant, path: ['spellings', language, standard, index] })),
    ),
  );
  return all.flatMap(({ standard, variant, path }) => {
    const other = standardOf.get(variant.toLowerCase());
    standardOf.set(variant.toLowerCase(), standard);
    if (other === undefined || other === standard) return [];
    const remedy = 'Keep it in one place, or drop it in both if it can mean either.';
    return problem(path, `"${variant}" already stands for "${other}"`, remedy);
  });
}
