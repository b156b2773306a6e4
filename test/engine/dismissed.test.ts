import { describe, expect, test } from 'vitest';
import { dismissedClauses } from '../../src/engine/dismissed.ts';
import { sentencesOf } from '../../src/engine/text.ts';

const dismissedIn = (message: string) =>
  Array.from(dismissedClauses(sentencesOf(message)), ({ tokens }) => tokens.map(({ typed }) => typed).join(' '));

describe('what a member says they do not ask is marked', () => {
  test.for<[message: string, dismissed: string[]]>([
    ['not the price, just the opening hours', ['not the price']],
    ['nicht das Brot, sondern der Kuchen', ['nicht das Brot']],
    ['Kein Brot, nur Kuchen', ['Kein Brot']],
    ['Ich will nicht wissen, was es kostet, sondern wann ihr aufmacht', ['Ich will nicht wissen', 'was es kostet']],
    ['I did not ask where it is. When do you open?', ['I did not ask where it is']],
    ["I'm not asking about cake, tell me about bread", ["I'm not asking about cake"]],
    ['I know what it costs. I want to know when you open.', ['I know what it costs']],
    ['ich weiß schon, wer da backt. mich interessiert der Preis', ['ich weiß schon', 'wer da backt']],
    ['Was es kostet, weiß ich. Wann macht ihr auf?', ['Was es kostet', 'weiß ich']],
    ['Wann ihr backt, ist mir egal. Was kostet es?', ['Wann ihr backt', 'ist mir egal']],
    ['Where it is is clear to me. When do you open?', ['Where it is is clear to me']],
    ["The price doesn't interest me, when do you open?", ["The price doesn't interest me"]],
    ['Forget the bread, I want the opening hours.', ['Forget the bread']],
    ['Leaving the bread aside, name the cake', ['Leaving the bread aside']],
    ['Leave out the bread, I want the cake', ['Leave out the bread']],
    ['the price is two euros, got it, when do you open?', ['the price is two euros', 'got it']],
    ['Den Preis habe ich verstanden, wann macht ihr auf?', ['Den Preis habe ich verstanden']],
    ['Nicht der Preis, einfach nur das Rezept', ['Nicht der Preis']],
    ["Don't list the prices, give me the opening hours", ["Don't list the prices"]],
    ['Spar dir den Preis. Wann macht ihr auf?', ['Spar dir den Preis']],
    ['No need to tell me the price, when do you open?', ['No need to tell me the price']],
    ["Don't list the prices. Anyway, when do you open?", ["Don't list the prices"]],
    ['Mir ist egal, was es kostet, wann macht ihr auf?', ['Mir ist egal', 'was es kostet']],
  ])('%j', ([message, dismissed]) => {
    expect(dismissedIn(message)).toEqual(dismissed);
  });

  test.for([
    'not the price',
    'nicht das Brot',
    'I know what it costs',
    'Ist das nicht teuer? Was kostet es?',
    'Nicht schlecht?',
    'teuer, oder nicht?',
    'es geht nicht. warum?',
    'I got it from a friend, is it fresh?',
    'I want to know what it costs, please',
    'I do not know what it costs, help',
    'I do not know. what does it cost',
    'How do I know if it is fresh, and what does it cost?',
    'Woher weiß ich, ob es frisch ist, und was kostet es?',
    'Which shops got it, and since when?',
    'Was kostet es, oder hab ich das falsch verstanden?',
    'Kein Brot im Haus, kann ich trotzdem kommen?',
    'Keine Karte dabei. Kann ich dennoch zahlen?',
    'Not a regular, can I still order a cake?',
    'Not a regular, can I order a cake anyway?',
  ])('but not in %j', (message) => {
    expect(dismissedIn(message)).toEqual([]);
  });
});
