import { LANGUAGES } from './knowledge.ts';
import { wordsAlone } from './repetitions.ts';
import type { FileRule } from './rule.ts';

/** Entries of `words.yaml` that contradict each other, and a missing subject. */
export const wordProblems: FileRule = ({ words }) => {
  if (!words) return [];
  const { names, spellings } = words.value;
  const variants: Variant[] = [
    ...names.map(({ name }, index) => ({ variant: name, standard: name, path: ['names', index, 'name'] })),
    ...names.flatMap(({ name, variants }, index) =>
      variants.map((variant, at) => ({ variant, standard: name, path: ['names', index, 'variants', at] })),
    ),
  ];
  const spelt: Variant[] = LANGUAGES.flatMap((language) =>
    Object.entries(spellings[language]).flatMap(([standard, variants]) =>
      variants.map((variant, at) => ({ variant, standard, path: ['spellings', language, standard, at] })),
    ),
  );
  const what = 'no name is marked as the subject: questions that are only overheard are never answered';
  const remedy = 'Write "subject: true" below the name of what the knowledge is about.';
  return [
    ...(names.some(({ subject }) => subject) ? [] : [words.problem(['names'], what, remedy, 'warning')]),
    ...ambiguous(variants).map(({ variant, other, path }) => {
      const remedy = 'Keep it below the one name that is meant by it.';
      return words.problem(path, `"${variant}" already stands for the name "${other}"`, remedy, 'warning');
    }),
    ...ambiguous(spelt).map(({ variant, other, path }) => {
      const remedy = 'Keep it in one place, or drop it in both if it can mean either.';
      return words.problem(path, `"${variant}" already stands for "${other}"`, remedy);
    }),
  ];
};

interface Variant {
  readonly variant: string;
  readonly standard: string;
  readonly path: readonly PropertyKey[];
}

/** Ways of writing a word that another has too: only one of the two can be understood. */
function ambiguous(variants: readonly Variant[]): (Variant & { readonly other: string })[] {
  // Signs alone, like "++", are no words.
  const readAs = (written: string) => wordsAlone(written) || written;
  const standards = new Map<string, string>();
  return variants.flatMap((entry) => {
    const written = readAs(entry.variant);
    const other = standards.get(written);
    if (other === undefined) standards.set(written, entry.standard);
    return other === undefined || readAs(other) === readAs(entry.standard) ? [] : [{ ...entry, other }];
  });
}
