import { fold } from '../engine/text.ts';

/** Where those come from who ask in German or English, as far as one can tell. */
const LOCALES = [
  () => import('@faker-js/faker/locale/de'),
  () => import('@faker-js/faker/locale/de_AT'),
  () => import('@faker-js/faker/locale/de_CH'),
  () => import('@faker-js/faker/locale/en'),
  () => import('@faker-js/faker/locale/tr'),
  () => import('@faker-js/faker/locale/pl'),
];

/** Frequent among those who were born in German-speaking countries before 1980, and missing above. */
const OLDER = `
  Achim Adelheid Adolf Albert Albrecht Alfons Alfred Alois Anneliese Annegret Annemarie Anton Armin Arno Arnold August Axel Balthasar
  Bärbel Benno Bernd Bernhard Berthold Bertram Birgit Birgitt Bodo Brigitte Bruno Burkhard Carola Carsten Christa Christel Christiane
  Clemens Conrad Cornelia Dagmar Detlef Detlev Dieter Dietmar Dietrich Dirk Doris Dorothea Eberhard Eckhard Edeltraud Edgar Edith
  Egon Ehrenfried Elfriede Elke Ellen Elmar Elsbeth Emil Erhard Erich Erika Erna Ernst Erwin Esther Eugen Ewald Felicitas Franz
  Friedhelm Friedrich Fritz Gabi Gabriele Georg Gerald Gerd Gerda Gerhard Gerlinde Gernot Gertrud Gisela Gottfried Götz Gregor Gudrun
  Günter Günther Guido Gustav Hannelore Hans Harald Hartmut Hedwig Heide Heidemarie Heidi Heike Heiko Heiner Heinrich Heinz Helene Helga
  Helmut Helmuth Henning Herbert Heribert Hermann Herta Hilde Hildegard Holger Horst Hubert Hugo Ignaz Ilona Ilse Inge Ingeborg Ingo
  Ingrid Inka Irene Iris Irma Irmgard Isolde Jochen Joachim Jörg Jörn Josef Joseph Jürgen Jutta Karin Karl Karlheinz Karola Karsten Käthe
  Klara Klaus Konrad Kunigunde Kurt Lieselotte Liesel Lothar Ludger Ludwig Lutz Magdalena Manfred Margarete Margit Margot Margret Margrit
  Marianne Marita Marlene Marlies Martha Mechthild Meinhard Monika Norbert Olaf Oskar Oswald Otto Paula Petra Rainer Ralf Ralph Regina
  Reiner Reinhard Reinhold Renate Ria Richard Roland Rolf Roswitha Rudi Rudolf Rüdiger Ruth Sabine Siegfried Sieglinde Sigrid Silke Silvia
  Steffen Susanne Swen Theo Theodor Thorsten Torsten Traute Udo Ulf Ulla Ulrich Ulrike Ursula Ute Uta Uwe Veronika Volker Volkmar Waldemar
  Walter Walther Waltraud Wenzel Werner Wiebke Wilfried Wilhelm Willi Winfried Wolfgang Wolfram
  Barbara Betty Carol Deborah Donna Dorothy Frank Gary Gerald Harold Helen Howard Jerry Joan Judith Judy Keith Larry Linda Margaret Martha
  Nancy Norman Pamela Patricia Raymond Robert Roger Ronald Ruth Sandra Sharon Shirley Stanley Steve Steven Terry Walter Wayne
`;

/** Some thousands of frequent given names, folded. They take a moment to load: only who records questions needs them. */
export async function loadGivenNames(): Promise<ReadonlySet<string>> {
  const locales = await Promise.all(LOCALES.map((load) => load()));
  const names = locales.flatMap(({ faker }) => Object.values(faker.rawDefinitions.person?.first_name ?? {}).flat());
  const all = [...names.filter((name) => name !== undefined), ...OLDER.trim().split(/\s+/)];
  return new Set(all.map(fold));
}
