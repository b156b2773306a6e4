import type { FileRule } from './rule.ts';
import { overheardTexts, wordsAlone } from './same-words.ts';

/** So many words in a row make a template: "wie lange nutzt du". */
const TEMPLATE_LENGTH = 4;
/** A template in more of the messages than this teaches the template, not how people speak. */
const MAX_SHARE = 0.01;
/** In fewer messages it is a coincidence. */
const MIN_MESSAGES = 10;

/** Turns of phrase that too many messages of `overheard.yaml` share. */
export const overheardTemplates: FileRule = (files) => {
  const texts = overheardTexts(files);
  const most = Math.max(MIN_MESSAGES, MAX_SHARE * texts.length);
  const uses = Map.groupBy(
    texts.flatMap((text) => [...turnsIn(text.text)].map((turn) => ({ ...text, turn }))),
    ({ turn }) => turn,
  );
  const frequent = [...uses.values()].filter(({ length }) => length > most);
  // The turns of one template overlap: each is told at the message in which it is first, and there once.
  const told = new Map(frequent.toReversed().map((group) => [group[0]?.text, group]));
  return [...told.values()].flatMap(([first, ...others]) =>
    first
      ? first.file.problem(
          first.path,
          `${others.length + 1} of ${texts.length} messages say "${first.turn}"`,
          'Reword most of them: the bot learns the words that they share, not how people speak.',
          'warning',
        )
      : [],
  );
};

function turnsIn(text: string): Set<string> {
  const words = wordsAlone(text).split(' ');
  return new Set(words.slice(TEMPLATE_LENGTH - 1).map((_, at) => words.slice(at, at + TEMPLATE_LENGTH).join(' ')));
}
