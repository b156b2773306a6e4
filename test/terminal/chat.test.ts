import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { PassThrough } from 'node:stream';
import { text } from 'node:stream/consumers';
import { stripVTControlCharacters } from 'node:util';
import { describe, expect, test } from 'vitest';
import { Answerer } from '../../src/answering/answerer.ts';
import type { Language } from '../../src/knowledge/knowledge.ts';
import { loadKnowledge } from '../../src/knowledge/load.ts';
import { chat } from '../../src/terminal/chat.ts';
import { BAKERY, noTerminal, PROGRAMS, run, runInTerminal, runWithBakery, STACK_TRACE } from './run.ts';

const { knowledge } = loadKnowledge(BAKERY);
if (!knowledge) throw new Error('The knowledge of the tests has problems.');
const answererIn = (language: Language) => new Answerer(knowledge, language);

/** What a conversation shows, without colours and cursor movements. */
async function conversation(
  typed: string,
  { interactive = false, language = 'de' }: { interactive?: boolean; language?: Language } = {},
): Promise<string> {
  const input = new PassThrough();
  const output = new PassThrough();
  const shown = text(output);
  input.end(typed);
  await chat({ answerer: answererIn(language), input, output, interactive });
  output.end();
  return stripVTControlCharacters(await shown).replaceAll('\r', '');
}

const BREAD = 'Das Roggenbrot der Bäckerei Huber kostet laut Artikel drei Euro.';
const HOURS = 'Die Bäckerei Huber hat laut Artikel von sechs bis zwölf Uhr geöffnet.';

/** Two words between whose topics the bot cannot decide: which those are changes with how it learns. */
const UNCLEAR = (() => {
  const answerer = answererIn('de');
  const words = knowledge.topics.flatMap(({ de }) => de.phrasings.flatMap((phrasing) => phrasing.split(' ')));
  for (const text of words.flatMap((one) => words.map((other) => `${one} ${other}`))) {
    const reply = answerer.reply({ text });
    const offered = reply.outcome === 'suggest' ? reply.suggestions.map(({ topic }) => topic).sort() : [];
    if (offered.join() === 'bread,hours') return text;
  }
  throw new Error('The bot is sure of everything.');
})();

describe('a conversation', () => {
  test('answers each line, and says nothing to empty ones', async () => {
    expect(await conversation('was kostet das brot\n\n   \nhallo\n')).toBe(`${BREAD}
Quelle: Dorfblatt · berichtet
Dazu passt:
  1  Wann ist die Bäckerei offen?

Ich beantworte Fragen zur Bäckerei Huber.
Quelle: Dorfblatt

`);
  });

  test('asks the suggestion whose number is typed, in the language of the conversation', async () => {
    expect(await conversation('was kostet das brot\n1\n')).toContain(HOURS);
    expect(await conversation('how much is the bread\n1\n')).toContain('is open from six to twelve');
  });

  test('numbers the questions that it offers where it is not sure', async () => {
    const shown = await conversation(`${UNCLEAR}\n1\n${UNCLEAR}\n2\n`);
    expect(shown).toMatch(/Meinst du eine dieser Fragen\?\n {2}1 {2}Wa.+\?\n {2}2 {2}Wa.+\?\n/);
    expect(shown).toContain(HOURS);
    expect(shown).toContain('kostet laut Artikel drei Euro');
  });

  test('keeps suggestions until the next reply', async () => {
    expect(await conversation('was kostet das brot\n/help\n\n1\n')).toContain(HOURS);
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
    expect(shown).toContain(`Themen:
   1  Was kostet das Roggenbrot?
   2  Wer bist du?
   3  Wann ist die Bäckerei offen?
`);
    expect(shown).toContain(BREAD);
    expect(await conversation('/topics\n3\n', { language: 'en' })).toMatch(
      /3 {2}When is the bakery open\?[\s\S]*twelve/,
    );
  });

  test('/help says what can be typed', async () => {
    expect(await conversation('/help\n')).toMatch(/Schreib eine Frage.*\/topics.*\/quit/s);
    expect(await conversation('/help\n', { language: 'en' })).toMatch(/Type a question.*\/topics.*\/quit/s);
  });

  test('/quit ends it before the lines that follow', async () => {
    expect(await conversation('/quit\nwas kostet das brot\n')).toBe('');
  });

  test('takes commands in capitals and between spaces too', async () => {
    expect(await conversation('  /Topics \n /QUIT\nhallo\n')).toMatch(/^Themen:\n[\s\S]*offen\?\n\n$/);
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
    expect(await conversation('how much is the bread\nxyzzy\n')).toContain('Sorry, I have no answer to that.');
  });
});

describe('a conversation with a person', () => {
  test.for<[Language, RegExp]>([
    ['de', /^Hallo! [\s\S]*^Hello! /m],
    ['en', /^Hello! [\s\S]*^Hallo! /m],
  ])('begins with what this is and how to get to Discord, in both languages, %s first', async ([language, order]) => {
    const greeting = (await conversation('', { interactive: true, language })).replaceAll('\n', ' ');
    expect(greeting).toContain('Ich beantworte Fragen zu Bäckerei Huber, auf Deutsch oder Englisch');
    expect(greeting).toContain('(Quelle: Dorfblatt)');
    expect(greeting).toContain('Es ist kein DISCORD_TOKEN gesetzt');
    expect(greeting).toContain('.env.example nach .env kopieren');
    expect(greeting).toContain('I answer questions about Bäckerei Huber, in German or English');
    expect(greeting).toContain('(source: Dorfblatt)');
    expect(greeting).toContain('No DISCORD_TOKEN is set');
    expect(greeting).toContain('copy .env.example to .env');
    expect(await conversation('', { interactive: true, language })).toMatch(order);
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
    expect(await conversation(keys ?? '', { interactive: true })).toMatch(/\nTschüss!\n\n$/);
  });

  test('says goodbye in the language of the conversation', async () => {
    expect(await conversation('how much is the bread\n', { interactive: true })).toMatch(/\nBye!\n\n$/);
  });

  test('answers what was typed before the end, also several lines at once', async () => {
    const shown = await conversation('hallo\nwas kostet das brot\n\x04', { interactive: true });
    expect(shown).toContain('Ich beantworte Fragen zur Bäckerei Huber.');
    expect(shown).toContain(BREAD);
  });
});

describe('npm start without DISCORD_TOKEN', () => {
  test('answers each line of piped input and exits, without a greeting', () => {
    expect(runWithBakery('start', [], { input: 'was kostet das brot\r\n1' })).toEqual({
      code: 0,
      stdout: `${BREAD}
Quelle: Dorfblatt · berichtet
Dazu passt:
  1  Wann ist die Bäckerei offen?

${HOURS}
Quelle: Dorfblatt · berichtet

`,
      stderr: '',
    });
  });

  test.for(['', ' '])(
    'says that it wants a token where there is nobody to talk to and none but %j',
    ([DISCORD_TOKEN]) => {
      const { code, stdout, stderr } = runWithBakery('start', [], DISCORD_TOKEN ? { settings: { DISCORD_TOKEN } } : {});
      expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
      expect(stderr).toMatch(/^There is nothing to do: DISCORD_TOKEN is not set, .+\n$/);
    },
  );

  test('exits on /quit, though its input goes on', async () => {
    const program = spawn(process.execPath, [PROGRAMS.start, '--knowledge', BAKERY], { env: {} });
    program.stdin.write('/quit\n');
    expect(await once(program, 'close')).toEqual([0, null]);
  });

  test('exits when nobody reads on', async () => {
    const program = spawn(process.execPath, [PROGRAMS.start, '--knowledge', BAKERY], { env: {} });
    const complaints = text(program.stderr);
    program.stdin.on('error', () => {}).end('/topics\n'.repeat(10_000));
    program.stdout.once('data', () => program.stdout.destroy());
    expect(await once(program, 'close')).toEqual([0, null]);
    expect(await complaints).toBe('');
  });

  test.for([
    ['a wrong option', ['--nope'], '--nope'],
    ['a question as an argument', ['brot'], "'brot'"],
    [
      'knowledge that is not there',
      ['--knowledge', '/no/such/folder'],
      '/no/such/folder/topics  error: does not exist',
    ],
  ] as const)('says what is wrong with %s', ([, args, message]) => {
    const { code, stdout, stderr } = run('start', args);
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    expect(stderr).toContain(message);
    expect(stderr).not.toMatch(STACK_TRACE);
  });

  test('talks with the person at a terminal', async ({ skip }) => {
    if (noTerminal) return skip(noTerminal);
    const keys = ['was kostet das brot\r', '1\r', '/help\r', '/topics\r', '2\r', '9\r', '/nope\r', '/quit\r'];
    const { code, screen } = await runInTerminal('start', ['--knowledge', BAKERY], keys);
    const passages = [
      'Hallo! Ich beantworte Fragen zu Bäckerei Huber',
      'Es ist kein DISCORD_TOKEN gesetzt',
      'Hello! I answer questions about Bäckerei Huber',
      'No DISCORD_TOKEN is set',
      '› was kostet das brot',
      BREAD,
      '  1  Wann ist die Bäckerei offen?',
      '› 1',
      HOURS,
      '› /help',
      'Schreib eine Frage',
      '› /topics',
      '   2  Wer bist du?',
      '› 2',
      'Ich beantworte Fragen zur Bäckerei Huber.',
      '› 9',
      'Gerade gibt es keine Vorschläge',
      '› /nope',
      '/nope kenne ich nicht',
      '› /quit',
      'Tschüss!',
    ];
    let place = 0;
    for (const passage of passages) {
      const next = screen.indexOf(passage, place);
      expect(next, `"${passage}" is not on the rest of the screen:\n${screen.slice(place)}`).not.toBe(-1);
      place = next;
    }
    expect(code).toBe(0);
  });

  test.for([
    ['Ctrl-C', ['\x03']],
    ['Ctrl-C in the middle of a line', ['was kos\x03']],
    ['Ctrl-D', ['hallo\r', '\x04']],
    ['Ctrl-D after two lines at once', ['hallo\rwas kostet das brot\r\x04']],
  ] as const)('ends at a terminal on %s with a goodbye and code 0', async ([, keys], { skip }) => {
    if (noTerminal) return skip(noTerminal);
    const { code, screen } = await runInTerminal('start', ['--knowledge', BAKERY], keys);
    expect(screen).toMatch(/\nTschüss!\n/);
    expect(screen).not.toMatch(STACK_TRACE);
    expect(code).toBe(0);
  });
});
