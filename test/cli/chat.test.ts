import { PassThrough } from 'node:stream';
import { text } from 'node:stream/consumers';
import { stripVTControlCharacters } from 'node:util';
import { describe, expect, test } from 'vitest';
import { chat } from '../../src/cli/chat.ts';
import { layOut, wrapped } from '../../src/cli/layout.ts';
import { TEXTS } from '../../src/engine/texts.ts';
import type { Language } from '../../src/knowledge/knowledge.ts';
import { start } from '../../src/main.ts';
import { bakeryIn, bakeryKnowledge, bakeryTopic } from '../bakery.ts';
import { runCommand } from './run-command.ts';

/** What a conversation shows, without colours and cursor movements. */
async function conversation(
  typed: string,
  { interactive = false, language = 'de' }: { interactive?: boolean; language?: Language } = {},
): Promise<string> {
  const input = new PassThrough();
  const output = new PassThrough();
  const shown = text(output);
  input.end(typed);
  await chat({ engine: bakeryIn(language), input, output, interactive });
  output.end();
  return stripVTControlCharacters(await shown).replaceAll('\r', '');
}

/** What is shown of an answer. */
const answer = (topic: string, language: Language = 'de') => layOut(bakeryIn('de').answerOn(topic, language));

/** Two words between whose topics the bot cannot decide: which those are changes with how it learns. */
const UNCLEAR = (() => {
  const engine = bakeryIn('de');
  const words = bakeryKnowledge.topics.flatMap(({ de }) => de.phrasings.flatMap((phrasing) => phrasing.split(' ')));
  for (const text of words.flatMap((one) => words.map((other) => `${one} ${other}`))) {
    const reply = engine.reply({ text });
    const offered = reply.outcome === 'suggest' ? reply.suggestions.map(({ topic }) => topic).sort() : [];
    if (offered.join() === 'bread,hours') return text;
  }
  throw new Error('The bot is sure of everything.');
})();

describe('a conversation', () => {
  test('answers each line, and says nothing to empty ones', async () => {
    const shown = await conversation('was kostet das brot\n\n   \nhallo\n');
    expect(shown).toBe(`${answer('bread')}\n\n${answer('greeting')}\n\n`);
  });

  test('asks the suggestion whose number is typed, in the language of the conversation', async () => {
    expect(await conversation('was kostet das brot\n1\n')).toContain(answer('hours'));
    expect(await conversation('how much is the bread\n1\n')).toContain(answer('hours', 'en'));
  });

  test('numbers the questions that it offers where it is not sure', async () => {
    const shown = await conversation(`${UNCLEAR}\n1\n${UNCLEAR}\n2\n`);
    expect(shown).toContain(`${TEXTS.de.didYouMean}\n  1  `);
    expect(shown).toContain(answer('hours'));
    expect(shown).toContain(answer('bread'));
  });

  test('keeps suggestions until the next reply', async () => {
    expect(await conversation('was kostet das brot\n/help\n\n1\n')).toContain(answer('hours'));
    expect(await conversation('was kostet das brot\nxyzzy\n1\n')).toContain('keine Vorschläge mit Nummern');
  });

  test.for([
    ['without suggestions', '1\n', 'Gerade gibt es keine Vorschläge mit Nummern.'],
    ['beyond the last', 'was kostet das brot\n2\n', 'Vorschläge gibt es von 1 bis 1.'],
    ['zero', 'was kostet das brot\n0\n', 'Vorschläge gibt es von 1 bis 1.'],
    ['in an English conversation', 'how much is the bread\n7\n', 'There are suggestions from 1 to 1.'],
    ['in an English conversation without suggestions', 'hello there\n1\n', 'There are no numbered suggestions'],
  ])('says which numbers there are to one that stands for nothing: %s', async ([, typed, reply]) => {
    expect(await conversation(typed ?? '')).toContain(reply);
  });

  test('/topics lists all topics with numbers to ask them by', async () => {
    const shown = await conversation('/topics\n1\n');
    const titles = bakeryKnowledge.topics.map(({ de }, index) => `   ${index + 1}  ${de.title}\n`);
    expect(shown).toContain(`Themen:\n${titles.join('')}`);
    expect(shown).toContain(answer('bread'));
    const english = await conversation('/topics\n3\n', { language: 'en' });
    expect(english).toContain(`3  ${bakeryTopic('hours', 'en').title}`);
    expect(english).toContain(answer('hours', 'en'));
  });

  test('/help says what can be typed', async () => {
    expect(await conversation('/help\n')).toMatch(/Schreib eine Frage.*\/topics.*\/quit/s);
    expect(await conversation('/help\n', { language: 'en' })).toMatch(/Type a question.*\/topics.*\/quit/s);
  });

  test('/quit ends it before the lines that follow', async () => {
    expect(await conversation('/quit\nwas kostet das brot\n')).toBe('');
  });

  test('takes commands in capitals and between spaces too', async () => {
    expect(await conversation('  /Topics \n /QUIT\nhallo\n')).toMatch(/^Themen:\n(?: .+\n)+\n$/);
  });

  test.for([['/nope'], ['/größe'], ['/topics2'], ['/set-language']])(
    'names the commands that there are to one that there is not: %s',
    async ([command]) => {
      expect(await conversation(`${command}\n`)).toBe(
        `${command} kenne ich nicht. Es gibt /help, /topics und /quit.\n\n`,
      );
      expect(await conversation(`${command}\n`, { language: 'en' })).toContain('There are /help, /topics and /quit.');
    },
  );

  test('answers a message without a language in that of the conversation', async () => {
    expect(await conversation('how much is the bread\nxyzzy\n')).toContain(wrapped(TEXTS.en.unknown('Bäckerei Huber')));
  });
});

describe('a conversation with a person', () => {
  test.for<[Language, RegExp]>([
    ['de', /^Hallo! [\s\S]*^Hello! /m],
    ['en', /^Hello! [\s\S]*^Hallo! /m],
  ])('begins with what this is and how to get to Discord, in both languages, %s first', async ([language, order]) => {
    const shown = await conversation('', { interactive: true, language });
    expect(shown).toMatch(order);
    const greeting = shown.replaceAll('\n', ' ');
    expect(greeting).toContain('Ich beantworte Fragen zu Bäckerei Huber, auf Deutsch oder Englisch');
    expect(greeting).toContain('(Quelle: Dorfblatt)');
    expect(greeting).toContain('Es ist kein DISCORD_TOKEN gesetzt');
    expect(greeting).toContain('.env.example nach .env kopieren');
    expect(greeting).toContain('I answer questions about Bäckerei Huber, in German or English');
    expect(greeting).toContain('(source: Dorfblatt)');
    expect(greeting).toContain('No DISCORD_TOKEN is set');
    expect(greeting).toContain('copy .env.example to .env');
  });

  test.for([
    ['/quit', '/quit\n'],
    ['the end of input', ''],
    ['Ctrl-D', '\x04'],
    ['Ctrl-C', '\x03'],
    ['Ctrl-C in the middle of a line', 'was kos\x03'],
    ['Ctrl-C after two lines at once', 'hallo\nwas kostet das brot\n\x03'],
    ['Ctrl-D after two lines at once', 'hallo\nwas kostet das brot\n\x04'],
  ])('ends with a goodbye on %s', async ([, keys]) => {
    const shown = await conversation(keys ?? '', { interactive: true });
    expect(shown).toMatch(/\nTschüss!\n\n$/);
    // What was typed before the end is still answered.
    if (keys?.includes('brot')) expect(shown).toContain(answer('bread'));
  });

  test('says goodbye in the language of the conversation', async () => {
    expect(await conversation('how much is the bread\n', { interactive: true })).toMatch(/\nBye!\n\n$/);
  });
});

describe('npm start without DISCORD_TOKEN', () => {
  test('answers each line of its input, without a greeting', async () => {
    expect(await runCommand(start, [], { input: 'was kostet das brot\r\n1' })).toEqual({
      code: 0,
      stdout: `${answer('bread')}\n\n${answer('hours')}\n\n`,
      stderr: '',
    });
  });

  test.for(['', ' '])(
    'asks for a token where there is neither a person, nor input, nor a token but %j',
    async (DISCORD_TOKEN) => {
      const { code, stdout, stderr } = await runCommand(start, [], { settings: { DISCORD_TOKEN } });
      expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
      expect(stderr).toMatch(/^There is nothing to do: DISCORD_TOKEN is not set, .+\n$/);
    },
  );
});
