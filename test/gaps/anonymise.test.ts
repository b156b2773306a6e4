import { describe, expect, test } from 'vitest';
import { anonymise, ordinaryWords } from '../../src/gaps/anonymise.ts';
import { loadGivenNames } from '../../src/gaps/given-names.ts';
import { shippedKnowledge } from '../shipped-knowledge.ts';

const anonymity = { givenNames: await loadGivenNames(), ordinary: ordinaryWords(shippedKnowledge) };

describe('of what somebody asked is kept', () => {
  test.each(['a', 'a.', 'a ', '@', 'a@', '`', 'name: ', 'lg '])(
    'something, whatever number of %j there is',
    (piece) => {
      expect(anonymise(piece.repeat(4_000), [], anonymity).length).toBeLessThanOrEqual(200);
    },
  );

  test.for<[string, string, string]>([
    ['words alone, in lower case', 'Geht DAS — mit   der Uhr?!', 'geht das mit der uhr'],
    [
      'no mention, link or emoji',
      '<@123456789012345678> see https://x.example/a <:mi:123456789012345678> app',
      'see app',
    ],
    ['no link without a scheme', 'wie bei mi.com/de und discord.gg/abc', 'wie bei und'],
    ['no mail address', 'schreib mir an a.b@example.org oder so', 'schreib mir an oder so'],
    ['no name typed with an @', 'what does @zoe_99 say', 'what does say'],
    ['no old Discord name', 'ask zoe#1234 about it', 'ask about it'],
    [
      'no number and no word with a digit',
      'call 0176 1234567 about my DE89 account for 5 phones',
      'call about my account for phones',
    ],
    ['no code and no quotation', '> my secret\n```token``` geht das', 'geht das'],
    ['no given name, and no surname after it', 'Sabine Müller wants to know the fees', 'wants to know the fees'],
    [
      'no given name in lower case or in the genitive',
      'geht das mit annas handy, fragt sabine',
      'geht das mit handy fragt',
    ],
    ['no name after an introduction', 'My name is Xqwrt Blorf, is it free?', 'my name is is it free'],
    ['no name under a letter', 'Wann kommt es? LG Xqwrt', 'wann kommt es lg'],
    ['no name after a title', 'Frau Ölzmür fragt nach Gebühren', 'frau fragt nach gebühren'],
    [
      'no given name of the older',
      'frag mal Uwe Xqwrt oder Jürgen wegen der Gebühren',
      'frag mal oder wegen der gebühren',
    ],
    ['no name of a shop for its own sake', 'my name is john smith, is it free', 'my name is is it free'],
    ['no name in lower case after an introduction', 'ich heiße xqwrtz, was kostet das', 'ich heiße was kostet das'],
    ['no name in lower case after “mein name ist”', 'mein name ist xqwrtz blorfke, geht das', 'mein name ist geht das'],
    [
      'no name under a longer letter',
      'Was kostet es? Mit freundlichen Grüßen Xqwrt',
      'was kostet es mit freundlichen grüßen',
    ],
    ['no name under thanks', 'any news? Thanks, Xqwrt', 'any news thanks'],
    ['no name of who speaks', 'Hier spricht Xqwrt, wann kommt es', 'hier spricht wann kommt es'],
    ['no code in a line', 'mein token ist `sk-xqwrt` geht das', 'mein token ist geht das'],
    ['no surname after a name typed with an @', 'frag @Zoe Xqwrt ob das geht', 'frag ob das geht'],
    ['no mail address with spaces in it', 'mail an xqwrt @ example . org bitte', 'mail an bitte'],
    ['no mail address in words', 'mail an x.qwrt (at) gmx punkt de bitte', 'mail an bitte'],
    ['no mail address spelled out', 'mail an x.qwrt at gmx dot de bitte', 'mail an bitte'],
    ['no link of whatever kind', 'siehe linktr.ee/xqwrt und xqwrt.shop und xqwrt.example/impressum', 'siehe und und'],
    ['what somebody is, if it is no name', 'ich bin verwirrt, i am confused', 'ich bin verwirrt i am confused'],
    ['what something is called', 'what is the name of the first phone', 'what is the name of the first phone'],
    ['no name in a form', 'name: xqwrtz, was kostet es', 'name was kostet es'],
    ['what is thanked for', 'danke, wann kommt Xiaomi Pay', 'danke wann kommt xiaomi pay'],
    ['no backtick for an apostrophe', 'why doesn`t it', "why doesn't it"],
    ['no heap of marks on a letter', 'pa\u0301\u0302\u0303\u0304y', 'páy'],
    ['nothing, where nothing is left', '<@123456789012345678> 42 🎉', ''],
  ])('%s', ([, said, kept]) => {
    expect(anonymise(said, [], anonymity)).toBe(kept);
  });

  test('none of the names of people around', () => {
    expect(anonymise('xXshadowXx and power otter want cashback', ['xXshadowXx', 'Power Otter'], anonymity)).toBe(
      'and want cashback',
    );
  });

  test('a word of the subject, even if somebody bears it as a name', () => {
    expect(anonymise('wann kommt das Xiaomi Max, Max?', ['Xiaomi Max'], anonymity)).toBe(
      'wann kommt das xiaomi max max',
    );
  });

  test('only the beginning of a long story, in whole words', () => {
    const kept = anonymise('warum '.repeat(200), [], anonymity);
    expect(kept.length).toBeLessThanOrEqual(200);
    expect(kept).toMatch(/^(?:warum ?)+$/);
    expect(anonymise('x'.repeat(3_000), [], anonymity).length).toBeLessThanOrEqual(200);
  });
});
