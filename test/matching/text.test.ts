import { describe, expect, test } from 'vitest';
import { MAX_MESSAGE_LENGTH, stripMarkup, wordsOf } from '../../src/engine/text.ts';

const said = (message: string) => wordsOf(stripMarkup(message)).map(({ folded }) => folded);

describe('the words of a message', () => {
  test.each([
    ['Gebühren für Händy', ['gebuehren', 'fuer', 'haendy']],
    ['GEBUEHREN FUER HAENDY', ['gebuehren', 'fuer', 'haendy']],
    ['Straße, strasse', ['strasse', 'strasse']],
    ["what's gibt's don’t", ['whats', 'gibts', 'dont']],
    ['haaaallo 🇬🇧👋 sooooo', ['hallo', 'so']],
    ['Xiaomi-Pay', ['xiaomi', 'pay']],
    ['ｘｉａｏｍｉ', ['xiaomi']],
    ['x\u200Bia\u200Domi', ['xiaomi']],
    ['z̷̢̛a̶͝l̴͘g̸o̵', ['zalgo']],
    ['café', ['cafe']],
    ['', []],
    ['?!… 🙄', []],
  ])('%j are %j', (message, words) => {
    expect(said(message)).toEqual(words);
  });

  test.each([
    ['<@123456789> wann', ['wann']],
    ['<@!123> <@&456> <#789> wann', ['wann']],
    ['@mia wann', ['wann']],
    ['https://example.com/mi-pay?x=1 wann', ['wann']],
    ['<https://example.com> wann', ['wann']],
    ['wann <:mipay:123456> <a:party:9>', ['wann']],
    ['wann :thinking:', ['wann']],
    ['</xiaomipay ask:123> wann <t:1618953630:R>', ['wann']],
    ['```\nconst pay = 1;\n``` wann', ['wann']],
    ['wann ```nie geschlossen', ['wann']],
    ['> was kostet das?\nwann', ['wann']],
    ['wann\n>>> alles\nhier', ['wann']],
    ['||wann|| **wann** `wann`', ['wann', 'wann', 'wann']],
    ['um 10:30:00 wann', ['um', '10', '30', '00', 'wann']],
  ])('leave out the markup of %j', (message, words) => {
    expect(said(message)).toEqual(words);
  });

  test('end where a Discord message would', () => {
    expect(said('ab '.repeat(MAX_MESSAGE_LENGTH))).toHaveLength(Math.ceil(MAX_MESSAGE_LENGTH / 3));
    expect(said('a'.repeat(10_000))).toEqual(['a']);
    expect(said('abc'.repeat(10_000))[0]).toHaveLength(40);
  });
});
