import { foldedWords, textCounts } from '../engine/text.ts';
import { LANGUAGES, type Language } from '../knowledge/knowledge.ts';
import { type KnowledgeFiles, type PlacedText, phrasingsIn, placeSeenFrom, type Rule } from '../knowledge/rule.ts';

/** Of all words that either of two texts has, how many both have (Jaccard): from here on they are near-copies. */
const MIN_LIKENESS = 0.7;

type Line = ReturnType<typeof linesOf>[number];

/**
 * Phrasings that say what an earlier one says, in nearly the same words: useless in one topic, harmful in two. Each is
 * reported once, with the phrasing that it resembles most.
 */
export const nearCopies: Rule = (_, files) =>
  LANGUAGES.flatMap((language) => {
    const lines = linesOf(files, language);
    const counts = textCounts(lines.map(({ text }) => text));
    const usesOf = (word: string) => counts.get(word) ?? 0;
    const earlier = new Map<string, Line[]>();
    return lines.flatMap((line) => {
      // Near-copies share one of their rarest words; without these, too few are left to share (Chaudhuri 2006).
      const rarest = [...line.words]
        .sort((a, b) => usesOf(a) - usesOf(b) || (a < b ? -1 : 1))
        .slice(0, Math.floor((1 - MIN_LIKENESS) * line.words.size) + 1);
      const [nearest] = rarest
        .flatMap((word) => earlier.get(word) ?? [])
        .filter((other) => likenessOf(line, other) >= MIN_LIKENESS)
        .sort((a, b) => likenessOf(line, b) - likenessOf(line, a) || a.index - b.index);
      for (const word of rarest) earlier.set(word, [...(earlier.get(word) ?? []), line]);
      return nearest ? tell(line, nearest) : [];
    });
  });

function likenessOf({ words }: Line, other: Line): number {
  // Even if the smaller were part of the larger, they would differ too much: most pairs need no count.
  if (words.size < MIN_LIKENESS * other.words.size || other.words.size < MIN_LIKENESS * words.size) return 0;
  let shared = 0;
  for (const word of words) if (other.words.has(word)) shared++;
  return shared / (words.size + other.words.size - shared);
}

function linesOf({ topics, outOfScope }: KnowledgeFiles, language: Language) {
  // What is out of scope comes first: it is in the topic's file that one would fix it.
  const texts: PlacedText[] = [
    ...(outOfScope?.value[language].map((text, at) => ({ file: outOfScope, path: [language, at], text })) ?? []),
    ...phrasingsIn(topics).filter((phrasing) => phrasing.language === language),
  ];
  return texts.map((placed, index) => ({ ...placed, index, words: new Set(foldedWords(placed.text)) }));
}

function tell(line: Line, nearest: Line) {
  const { file, path, text } = line;
  const how = likenessOf(line, nearest) === 1 ? 'has the same words as' : 'is nearly';
  const remedy =
    file === nearest.file
      ? 'Replace it by another way of asking, or delete it: it teaches nothing new.'
      : 'Keep the one whose topic should answer it, or reword one so that it can mean only its own topic.';
  const what = `"${text}" ${how} "${nearest.text}" in ${placeSeenFrom(line, nearest)}`;
  return file.problem(path, what, remedy, 'warning');
}
