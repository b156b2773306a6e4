import { describe, expect, test } from 'vitest';
import { isBareQuestion, isQuestion } from '../../src/answering/question.ts';
import { wordsOfMessage } from '../../src/engine/text.ts';
import { Vocabulary } from '../../src/engine/vocabulary.ts';

const asks = (text: string) => {
  const words = wordsOfMessage(text);
  return isQuestion(
    text,
    new Vocabulary(
      words.map(({ folded }) => folded),
      { names: [{ name: 'Mi Pay', variants: [], subject: true }], spellings: [], synonyms: [] },
    ).read(words),
  );
};

describe('a message asks something', () => {
  test.each([
    'wann geht das los?',
    'was kostet der spaß',
    'leute, wer weiß mehr',
    'weiß jemand was dazu',
    'hm, kostet das eigentlich was',
    'does it work in germany',
    'guys when is the launch',
    'nice. is it safe',
    'i wonder how the tests went',
    'no idea if it works here',
    'ab wann geht das',
    'auf welchem handy läuft es',
    'do banks support it',
    'leute, was kostet das',
    'sagt mir mal, wann das kommt',
    'was heißt "near field communication" eigentlich',
    'zahlt man da gebühren',
    'fallen bei mi pay gebühren an',
    'meint ihr es kommt bald',
    'bis zu welchem betrag geht das',
    'mi pay was ist das',
    'mi pay when',
    'mi pay ohne nfc möglich',
    'schön und gut, aber was kostet es',
    'hä was ist das',
    'ich wüsste gern ob es hier geht',
    'erklär mal wie das geht',
    'i need to know when it starts',
    'wie gesagt, ich hab ein altes handy, läuft da mi pay',
    'wer weiß ob es hier kommt',
  ])('%j', (text) => {
    expect(asks(text)).toBe(true);
  });

  test.each([
    'das ist toll',
    'xiaomi pay ist super',
    'ok danke',
    'i paid with my phone',
    'love it',
    '',
    "can't wait for it",
    'no wonder it takes that long',
    'muss gleich los, kann später mehr sagen',
    'steht oben angepinnt',
    'mir egal, wann das kommt',
    '"wann kommt es?" fragt er zum hundertsten mal',
    'wie gesagt kommt es nur in china',
    'wen interessiert es?',
    'was für ein müll',
    'what a surprise, only in china',
    'was mich stört ist der preis',
    'what bugs me about it is the price',
    'wer mi pay will braucht ein neues handy',
    'kommt es hierher, bin ich dabei',
    'gibt es halt nur in china',
    'how to pay with it: new guide',
    'und wann kommt es? genau, nie',
    'me: is it safe? also me: buys it',
    'wie der chef sagte, liefen die tests gut',
    'keine ahnung wann es kommt, sorry',
    'mi pay: what we know so far',
  ])('but not %j', (text) => {
    expect(asks(text)).toBe(false);
  });
});

describe('a question is about whatever was said before', () => {
  test.each(['why?', 'Warum', 'und wann?', 'hm ok, wie denn?', 'and how'])('if it is only %j', (text) => {
    expect(isBareQuestion(text)).toBe(true);
  });

  test.each(['und in Deutschland?', 'why unionpay?', 'ok', '?', '👍', ''])('but not if it is %j', (text) => {
    expect(isBareQuestion(text)).toBe(false);
  });
});
