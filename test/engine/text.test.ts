import { describe, expect, test } from 'vitest';
import { fold, MAX_MESSAGE_LENGTH, quotedIn, sentencesOf, stripMarkup, tokensOf } from '../../src/engine/text.ts';

const wordsOf = (message: string) => tokensOf(stripMarkup(message)).map(({ folded }) => folded);

/** The clauses of each sentence. */
const clausesOf = (message: string) =>
  sentencesOf(message).map(({ clauses }) =>
    clauses.map(({ tokens }) => tokens.map(({ typed }) => typed).join(' ')).join(' | '),
  );

const clauseWhere = (message: string, has: 'adds' | 'opensQuestion') =>
  sentencesOf(message).flatMap(({ clauses }) =>
    clauses.filter((clause) => clause[has]).map(({ tokens }) => tokens.map(({ typed }) => typed).join(' ')),
  );

describe('markup', () => {
  test.for<[kind: string, message: string]>([
    ['a mention of a member', '<@123456789> wann'],
    ['mentions of a member, a role and a channel', '<@!123> <@&456> <#789> wann'],
    ['a name typed with an @', '@mia.lena_2 wann'],
    ['a link', 'https://example.com/mi-pay?x=1 wann'],
    ['a link without a preview', '<https://example.com> wann'],
    ['a link without https', 'www.example.com/pay wann'],
    ['custom emoji', 'wann <:mipay:123456> <a:party:9>'],
    ['a sound', '<sound:0:123456> wann'],
    ['the name of an emoji', 'wann :thinking:'],
    ['mentions of commands', '</xiaomipay ask:123> wann'],
    ['timestamps', '<t:1618953630:R> <t:1618953630> wann'],
    ['the guide of a server', '<id:guide> wann'],
    ['linked roles', '<id:linked-roles> wann'],
    ['one of the linked roles', '<id:linked-roles:123456> wann'],
    ['a code block', '```js\nconst pay = 1;\n``` wann'],
    ['a code block without an end', 'wann ```nie geschlossen'],
    ['a quoted line', '> was kostet das?\nwann'],
    ['an indented quoted line', 'wann\n  > was kostet das?'],
    ['a quote to the end', 'wann\n>>> alles\nhier'],
    ['struck-out text', 'wann ~~was kostet das~~'],
  ])('is not read: %s', ([, message]) => {
    expect(wordsOf(message)).toEqual(['wann']);
  });

  test.for<[kind: string, message: string, words: string[]]>([
    ['spoilers, bold text and code', '||wann|| **kommt** `es`', ['wann', 'kommt', 'es']],
    ['a time', 'um 9:30 wann', ['um', '0', '00', 'wann']],
    ['a single tilde', 'in ~3 wochen', ['in', '0', 'wochen']],
    ['tildes on two lines', 'in ~~3\nwochen~~ da', ['in', '0', 'wochen', 'da']],
    ['an e-mail address', 'an mia@example', ['an', 'mia', 'example']],
    ['a comparison', '3 > 2 wann', ['0', '0', 'wann']],
    ['arrows, which quote only before a space', '>>>wann\n>kommt', ['wann', 'kommt']],
    ['unfinished markup', '<@ <:a wann', ['a', 'wann']],
  ])('is not confused with %s', ([, message, words]) => {
    expect(wordsOf(message)).toEqual(words);
  });
});

describe('a word is looked up in one spelling', () => {
  test.for<[kind: string, written: string[], folded: string]>([
    ['upper and lower case', ['Pay', 'PAY', 'pay'], 'pay'],
    ['umlauts', ['Gebühren', 'GEBUEHREN', 'Gebu\u0308hren'], 'gebuehren'],
    ['ß', ['Straße', 'strasse', 'STRASSE'], 'strasse'],
    ['accents', ['café', 'cafe', 'cafe\u0301'], 'cafe'],
    ['apostrophes', ["what's", 'what’s', 'what´s', 'whats'], 'whats'],
    ['a letter held down', ['haaaallo', 'haaallo'], 'hallo'],
    ['wide letters', ['ｘｉａｏｍｉ'], 'xiaomi'],
    ['mathematical letters', ['𝐩𝐚𝐲'], 'pay'],
    ['invisible characters', ['x\u200Bia\u200Domi', 'xiao\u00ADmi'], 'xiaomi'],
    ['stacked marks', ['z̷̢̛a̶͝l̴͘g̸o̵'], 'zalgo'],
    ['Cyrillic letters among Latin ones', ['xiаomi', 'хiaomi', 'xiаоmi'], 'xiaomi'],
    ['Greek letters among Latin ones', ['bαnk', 'βank'], 'bank'],
    ['numbers of as many digits', ['4711', '1234'], '0000'],
  ])('whatever its %s', ([, written, folded]) => {
    expect(written.map(fold)).toEqual(written.map(() => folded));
  });

  test('of which a word in another alphabet keeps its letters', () => {
    expect(fold('Привет')).toBe(fold('привет'));
    expect(fold('когда')).not.toMatch(/[a-z]/);
  });

  test.for<[string, string[]]>([
    ['Xiaomi-Pay, MI4', ['xiaomi', 'pay', 'mi4']],
    ["gibt’s don't", ['gibts', 'dont']],
    ['', []],
    ['?!… 🙄 🇬🇧', []],
  ])('and words are what has letters or digits: %j', ([message, words]) => {
    expect(wordsOf(message)).toEqual(words);
  });
});

describe('a long message', () => {
  test('is read as far as Discord would let a member write', () => {
    expect(wordsOf('ab '.repeat(MAX_MESSAGE_LENGTH))).toHaveLength(Math.ceil(MAX_MESSAGE_LENGTH / 3));
  });

  test('of one word is read by its beginning', () => {
    expect(wordsOf('abc'.repeat(2_000))).toEqual(['abc'.repeat(20).slice(0, 40)]);
  });

  test.for<[pieces: string, words: number]>([
    ['„', 0],
    ['"', 0],
    ['?', 0],
    ['<@', 0],
    ['~~', 0],
    ['> ', 0],
    ['\n>', 0],
    [' ', 0],
    ['```', 0],
    ['.', 0],
    ['\u0301', 0],
    ['„a', 2_000],
    ['a?', 2_000],
    ['a, ', 1_334],
  ])('of nothing but %j has its words', ([piece, words]) => {
    const message = piece.repeat(MAX_MESSAGE_LENGTH).slice(0, MAX_MESSAGE_LENGTH);
    const read = sentencesOf(stripMarkup(message)).flatMap(({ clauses }) => clauses.flatMap(({ tokens }) => tokens));
    expect(read.length).toBe(words);
  });
});

describe('sentences', () => {
  test.for<[message: string, clauses: string[]]>([
    ['Ist das neu? Ich warte. Ja!', ['Ist das neu', 'Ich warte', 'Ja']],
    ['erste Zeile\nzweite Zeile; dritte', ['erste Zeile', 'zweite Zeile', 'dritte']],
    ['hm, was kostet das: viel?', ['hm | was kostet das | viel']],
    ['hi (sorry) – what is it', ['hi | sorry | what is it']],
    ['was ist es und was kostet es', ['was ist es | und was kostet es']],
    ['bread or cake', ['bread | or cake']],
    ['was ist es / was kostet es', ['was ist es | was kostet es']],
    ['AT&T und C++', ['AT T | und C']],
    ['what is it plus what does it cost', ['what is it | plus what does it cost']],
    ['the plus model', ['the plus model']],
    ['nicht heute sondern morgen', ['nicht heute | sondern morgen']],
    ['und wann?', ['und wann']],
    ['ok...when', ['ok | when']],
    ['mi-pay', ['mi pay']],
    ['?! … 🙂', []],
    ['hallo zusammen 🙂 was kostet das', ['hallo zusammen', 'was kostet das']],
  ])('%j is cut into clauses', ([message, clauses]) => {
    expect(clausesOf(message)).toEqual(clauses);
  });

  test.for<[message: string, marks: boolean[]]>([
    ['Wirklich? Ja.', [true, false]],
    ['really? 🙂 ok', [true, false]],
    ['really?? 🙂', [true]],
    ['what is it 🤔 ?', [true]],
    ['wann kommt es？', [true]],
    ['stimmt https://example.com/a?b=1?', [true]],
    ['is it ("new?")', [true]],
    ['wann kommt es', [false]],
  ])('%j: which end with a question mark', ([message, marks]) => {
    expect(sentencesOf(message).map(({ hasQuestionMark }) => hasQuestionMark)).toEqual(marks);
  });

  test('their clauses tell where a question begins, and where one is added', () => {
    const message = 'leute, wann kommt es und was kostet es. and how, also cake';
    expect(clauseWhere(message, 'opensQuestion')).toEqual(['wann kommt es', 'und was kostet es', 'and how']);
    expect(clauseWhere(message, 'adds')).toEqual(['und was kostet es', 'and how', 'also cake']);
    expect(clauseWhere('bread & cake + tea', 'adds')).toEqual(['cake', 'tea']);
  });

  test.for([
    'in welchen Läden geht es',
    'and then with whom',
    'tell me the price',
    'Sag mir den Preis',
    'I would like to know the price',
    'mich würde der Preis interessieren',
    'kann mir wer den Preis nennen',
    'is it open',
  ])('%j opens a question', (message) => {
    expect(clauseWhere(message, 'opensQuestion')).toEqual([message]);
  });

  test.for(['good to know', 'gut zu wissen', 'in dem Laden', 'I told you'])('%j opens none', (message) => {
    expect(clauseWhere(message, 'opensQuestion')).toEqual([]);
  });
});

test.for<[message: string, quoted: string]>([
  ['> was kostet es\nkannst du das sagen?', 'was kostet es'],
  ['> eins\n> zwei\nund?\n> drei', 'eins\nzwei\ndrei'],
  ['siehe oben\n>>> alles\nbis zum Ende', 'alles\nbis zum Ende'],
  ['  > eingerückt', 'eingerückt'],
  ['>ohne Lücke', ''],
  ['>>>ohne Lücke', ''],
  ['3 > 2', ''],
  ['nichts', ''],
])('the quoted lines of %j are %j', ([message, quoted]) => {
  expect(quotedIn(message)).toBe(quoted);
});
