import { PassThrough } from 'node:stream';
import { text } from 'node:stream/consumers';
import { stripVTControlCharacters } from 'node:util';
import { describe, expect, test } from 'vitest';
import { chat } from '../../src/cli/chat.ts';
import { screenOn } from '../../src/cli/screen.ts';
import { ACKNOWLEDGEMENT } from '../../src/cli/texts.ts';
import type { Context, Decision } from '../../src/engine/decide.ts';
import { Engine } from '../../src/engine/engine.ts';
import type { Reading } from '../../src/engine/read.ts';
import { TEXTS } from '../../src/engine/texts.ts';
import type { Language } from '../../src/knowledge/knowledge.ts';
import { start } from '../../src/main.ts';
import { bakeryIn, bakeryKnowledge, bakeryTopic } from '../bakery.ts';
import { runCommand } from './run-command.ts';

interface Surroundings {
  readonly interactive?: boolean;
  readonly language?: Language;
  readonly engine?: Engine;
}

/** What a conversation shows, without colours and cursor movements. */
async function conversation(typed: string, { interactive = false, language = 'de', engine }: Surroundings = {}) {
  const input = new PassThrough();
  const output = new PassThrough();
  const shown = text(output);
  input.end(typed);
  await chat({ engine: engine ?? bakeryIn(language), input, output, interactive });
  output.end();
  return stripVTControlCharacters(await shown).replaceAll('\r', '');
}

const screen = screenOn(new PassThrough());
/** What is shown of an answer. */
const answer = (topic: string, language: Language = 'de') => screen.reply(bakeryIn('de').answer([topic], language));

/** Two words between whose topics the bot cannot decide: which those are changes with how it learns. */
const UNCLEAR = (() => {
  const engine = bakeryIn('de');
  const words = bakeryKnowledge.topics.flatMap(({ de }) => de.phrasings.flatMap((phrasing) => phrasing.split(' ')));
  for (const pair of words.flatMap((one) => words.map((other) => `${one} ${other}`))) {
    const decision = engine.decide(engine.read(pair));
    if (decision.kind === 'offer' && decision.topics.toSorted().join() === 'bread,hours') return pair;
  }
  throw new Error('The bot is sure of everything.');
})();

/** An engine that remembers in which context each message was decided. */
class ObservedEngine extends Engine {
  readonly contexts: Partial<Context>[] = [];
  reads = 0;

  override read(message: string): Reading {
    this.reads++;
    return super.read(message);
  }

  override decide(reading: Reading, context: Partial<Context> = {}): Decision {
    this.contexts.push(context);
    return super.decide(reading, context);
  }
}

describe('a conversation', () => {
  test('answers each line and ignores empty ones', async () => {
    const shown = await conversation('was kostet das brot\n\n   \nwann macht ihr auf\n');
    expect(shown).toBe(`${answer('bread')}\n\n${answer('hours')}\n\n`);
  });

  test('reads each message once, in the light of what was answered before and in its language', async () => {
    const engine = new ObservedEngine(bakeryKnowledge, 'de');
    await conversation('how much is the bread\nxyzzy\n1\nxyzzy\n', { engine });
    expect(engine.contexts).toMatchObject([
      { previous: [], offered: [], language: 'de' },
      { previous: ['bread'], offered: ['hours'], language: 'en' },
      { previous: ['bread'], offered: ['hours'], language: 'en' },
      { previous: ['hours'], language: 'en' },
    ]);
    expect(engine.reads).toBe(4);
  });

  test('answers nothing but a sign to thanks', async () => {
    const reactions = { de: ['danke', 'danke sehr', 'vielen dank'], en: ['thanks', 'thank you'] };
    const engine = new Engine({ ...bakeryKnowledge, reactions }, 'de');
    expect(await conversation('danke\n', { engine })).toBe(`${ACKNOWLEDGEMENT}\n\n`);
  });

  test('answers the suggestion whose number is typed, in the language of the conversation', async () => {
    expect(await conversation('was kostet das brot\n1\n')).toContain(answer('hours'));
    expect(await conversation('how much is the bread\n1\n')).toContain(answer('hours', 'en'));
    expect(await conversation('was kostet das brot\n1.\n')).toContain(answer('hours'));
    expect(await conversation('was kostet das brot\ndas erste\n')).toContain(answer('hours'));
  });

  test('numbers the questions that it offers when it is not sure', async () => {
    const shown = await Promise.all(['1', '2'].map((number) => conversation(`${UNCLEAR}\n${number}\n`)));
    expect(shown[0]).toContain(`${TEXTS.de.didYouMean(2)}\n  1  `);
    expect(shown.join()).toContain(answer('hours'));
    expect(shown.join()).toContain(answer('bread'));
  });

  test.for(['help', '', 'xyzzy'])('keeps the numbers on the screen after %j', async (typed) => {
    expect(await conversation(`was kostet das brot\n${typed}\n1\n`)).toContain(answer('hours'));
  });

  test.for([
    ['without suggestions', '1\n', 'Es gibt keinen Vorschlag mit dieser Nummer.'],
    ['beyond the last', 'was kostet das brot\n2\n', 'Es gibt keinen Vorschlag mit dieser Nummer.'],
    ['zero, in an English conversation', 'how much is the bread\n0\n', 'No suggestion has this number.'],
  ] as const)('says that no suggestion has a number: %s', async ([, typed, reply]) => {
    expect(await conversation(typed)).toContain(reply);
  });

  test.for(['/topics', 'topics', 'Themen', '  /Topics ', 'topics please', 'Show me the topics!'])(
    'lists all topics, numbered, on %j',
    async (typed) => {
      const shown = await conversation(`${typed}\n1\n`);
      const titles = bakeryKnowledge.topics.map(({ de }, index) => `  ${index + 1}  ${de.title}\n`);
      expect(shown).toBe(`Themen:\n${titles.join('')}\n${answer('bread')}\n\n`);
      const english = await conversation(`${typed}\n3\n`, { language: 'en' });
      expect(english).toContain(`3  ${bakeryTopic('hours', 'en').title}`);
      expect(english).toContain(answer('hours', 'en'));
    },
  );

  test.for(['/help', 'help', 'Hilfe', '?', 'help me', 'Hilfe, bitte'])(
    'says on %j what can be typed',
    async (typed) => {
      expect(await conversation(`${typed}\n`)).toMatch(/Schreib eine Frage.*themen.*ende/s);
      expect(await conversation(`${typed}\n`, { language: 'en' })).toMatch(/Type a question.*topics.*exit/s);
    },
  );

  test.for(['/quit', 'quit', 'exit', 'EXIT', 'ende', 'Tschüss!', 'ciao'])(
    'ends on %j, before the next lines',
    async (typed) => {
      expect(await conversation(`${typed}\nwas kostet das brot\n`)).toBe('');
    },
  );

  test('answers a message without a language in that of the conversation', async () => {
    const unknown = TEXTS.en.unknown('Bäckerei Huber');
    expect((await conversation('how much is the bread\nxyzzy\n')).replaceAll('\n', ' ')).toContain(unknown);
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
    expect(greeting).toMatch(/Fragen zu Bäckerei Huber.*\(Quelle: Dorfblatt\).*kein DISCORD_TOKEN.*\.env\.example/);
    expect(greeting).toMatch(/about Bäckerei Huber.*\(source: Dorfblatt\).*No DISCORD_TOKEN.*\.env\.example/);
  });

  test.for([
    ['exit', 'exit\n'],
    ['the end of input', ''],
    ['Ctrl-D', '\x04'],
    ['Ctrl-C', '\x03'],
    ['Ctrl-C in the middle of a line', 'was kos\x03'],
    ['Ctrl-C after two lines at once', 'hallo\nwas kostet das brot\n\x03'],
    ['Ctrl-D after two lines at once', 'hallo\nwas kostet das brot\n\x04'],
  ] as const)('ends with a goodbye on %s', async ([, keys]) => {
    const shown = await conversation(keys, { interactive: true });
    expect(shown).toMatch(/\nTschüss!\n\n$/);
    // Lines typed before the end are still answered.
    if (keys.includes('brot')) expect(shown).toContain(answer('bread'));
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
    'asks for a token if there is neither a person, nor input, nor a token but %j',
    async (DISCORD_TOKEN) => {
      const { code, stdout, stderr } = await runCommand(start, [], { settings: { DISCORD_TOKEN } });
      expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
      expect(stderr).toMatch(/^There is nothing to do: DISCORD_TOKEN is not set, .+\n$/);
    },
  );
});
