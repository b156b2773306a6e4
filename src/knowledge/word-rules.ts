import { areAlike, repeats } from './repetitions.ts';
import { type Rule, spellingsIn } from './rule.ts';

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
    .filter(([again, first]) => !areAlike(again.standard, first.standard))
    .map(([again, first]) => ({ ...again, other: first.standard }));
