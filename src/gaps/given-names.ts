import { fold } from '../matching/text.ts';

/** Where those come from who ask in German or English, as far as one can tell. */
const LOCALES = [
  () => import('@faker-js/faker/locale/de'),
  () => import('@faker-js/faker/locale/de_AT'),
  () => import('@faker-js/faker/locale/de_CH'),
  () => import('@faker-js/faker/locale/en'),
  () => import('@faker-js/faker/locale/tr'),
  () => import('@faker-js/faker/locale/pl'),
];

/** Some thousands of frequent given names, folded. They take a moment to load: only who records questions needs them. */
export async function loadGivenNames(): Promise<ReadonlySet<string>> {
  const locales = await Promise.all(LOCALES.map((load) => load()));
  const names = locales.flatMap(({ faker }) => Object.values(faker.rawDefinitions.person?.first_name ?? {}).flat());
  return new Set(names.filter((name) => name !== undefined).map(fold));
}
