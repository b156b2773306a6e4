import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { bakeryCopy } from '../evaluation/bakery-copy.ts';
import { saidOf } from './said-of.ts';

const HOURS = 'topics/hours.yaml';
const PHRASING = '- wann macht ihr auf';

describe('a file that is no YAML', () => {
  test.for([
    [
      'a tab',
      `      ${PHRASING}`.slice(2),
      '\t- wann macht ihr auf',
      /:8:2 {2}error: the line is indented by a tab or hard spaces.* → Indent it by ordinary spaces/,
    ],
    [
      'hard spaces',
      `    ${PHRASING}`,
      `\u00a0\u00a0\u00a0\u00a0${PHRASING}`,
      /:8:5 {2}error: the line is indented by a tab or hard spaces.* → Indent it by ordinary spaces/,
    ],
    [
      'a hard space after a hyphen',
      '- öffnungszeiten',
      '-\u00a0öffnungszeiten',
      /:9:5 {2}error: a hard space.* follows the hyphen or the colon.* → Delete it and type an ordinary space/,
    ],
    [
      'a hard space after a colon',
      'status: ',
      'status:\u00a0',
      /:2:1 {2}error: a hard space.* follows the hyphen or the colon.* → Delete it and type an ordinary space/,
    ],
    ...['*', '•', '–'].map(
      (bullet) =>
        [
          `the bullet ${bullet}`,
          '- öffnungszeiten',
          `${bullet} öffnungszeiten`,
          /:9:5 {2}error: the entry does not begin with a hyphen and a space: . öffnungszeiten.* → Write "- "/,
        ] as const,
    ),
    [
      'a colon at the end of a text',
      'title: Wann ist die Bäckerei offen?',
      'title: Wann ist die Bäckerei offen:',
      /:5:3 {2}error: the text .*ends with a colon.*: title: Wann ist die Bäckerei offen: → Put the whole text in quotes/,
    ],
    [
      'a colon in a text',
      'title: Wann ist die Bäckerei offen?',
      'title: Bäckerei: wann offen?',
      /:5:3 {2}error: the text has ": " in it.*: title: Bäckerei: wann offen\? → Put the whole text in quotes/,
    ],
    [
      'a sign with a meaning',
      PHRASING,
      '- @bot wann macht ihr auf',
      /:8:5 {2}error: the text begins with a character.* → Put the whole text in quotes/,
    ],
    [
      'text after a closing quote',
      PHRASING,
      '- "Brot" wann',
      /:8:5 {2}error: the text goes on after its closing quote: - "Brot" wann → Put the whole text in quotes/,
    ],
    [
      'an apostrophe in a text in quotes',
      PHRASING,
      "- 'gehts auf'm markt'",
      /:8:5 {2}error: the text goes on after its closing quote/,
    ],
    [
      'a field that is indented too far, below an empty line and a comment',
      'status: reported',
      '\n# How sure\n status: reported',
      /:4:2 {2}error: the lines around here cannot be read: status: reported → Indent what belongs together alike/,
    ],
    [
      'no colon',
      'status: reported',
      'status reported',
      /:2:1 {2}error: the name of a field has no colon.*: status reported → .*"status: rumour"/,
    ],
    [
      'no space after the colon',
      'status: reported',
      'status:reported',
      /:2:1 {2}error: the name of a field has no colon and space/,
    ],
    [
      'a field twice',
      'status: reported',
      'status: reported\nstatus: rumour',
      /:3:1 {2}error: this field appears twice: status: rumour → Keep one/,
    ],
    [
      'no colon before a group',
      'de:\n',
      'de\n',
      /:4:1 {2}error: the name of a field has no colon and space after it: de → Write it like/,
    ],
    [
      'no colon before the last group',
      'en:\n',
      'en\n',
      /:11:1 {2}error: the name of a field has no colon and space after it: en →/,
    ],
    [
      'no colon before a list',
      'phrasings:\n',
      'phrasings\n',
      /:7:3 {2}error: the name of a field has no colon and space after it: phrasings → .* like "phrasings:"/,
    ],
    [
      'a phrasing that begins with a bracket',
      PHRASING,
      '- [kostenlos] oder nicht',
      /:8:5 {2}error: the text begins with a character.*: - \[kostenlos\] oder nicht → Put the whole text in quotes/,
    ],
    [
      'a title that begins with a bracket',
      'title: Wann',
      'title: [Zeit] Wann',
      /:5:3 {2}error: the text begins with a character.*: title: \[Zeit\] Wann.* → Put the whole text in quotes/,
    ],
    [
      'a title that begins with a brace',
      'title: Wann',
      'title: {Zeit} Wann',
      /:5:3 {2}error: the text begins with a character/,
    ],
    [
      'an open quote',
      'title: Wann',
      'title: "Wann',
      /:5:10 {2}error: the quote " is opened here, but not closed: title: "Wann.* → Write " where it ends/,
    ],
    [
      'an open bracket',
      'status: reported',
      'status: reported\nrelated: [bread',
      /:3:10 {2}error: the bracket \[ is opened here, but not closed: related: \[bread → Write \] where it ends/,
    ],
    [
      'an open bracket around a text in quotes',
      '."]',
      '."',
      /:3:11 {2}error: the bracket \[ is opened here, but not closed: passages: /,
    ],
    [
      'a phrasing that begins with an open bracket',
      PHRASING,
      '- [kostenlos oder nicht',
      /:8:7 {2}error: the bracket \[ is opened here.*put the whole text in "…"\.$/,
    ],
    [
      'marks of a merge conflict',
      'status: reported',
      '<<<<<<< HEAD\nstatus: reported\n=======\nstatus: rumour\n>>>>>>> mine',
      /:2:1 {2}error: this marks where two people changed.*<<<<<<< HEAD → Keep the lines/,
    ],
  ] as const)('because of %s: one problem says what, where and what to do', ([, from, to, said]) => {
    expect(saidOf(HOURS, from, to)).toEqual([expect.stringMatching(said)]);
  });
});

describe('a file of another form', () => {
  test.for([
    [
      'a misspelt field',
      'phrasings:',
      'phrasing:',
      /:7:3 {2}error: there is no field "phrasing" here → Write "phrasings" instead\.$/,
    ],
    [
      'a misspelt field of a value',
      'status: reported',
      'stauts: reported',
      /:2:1 {2}error: there is no field "stauts" here → Write "status" instead\.$/,
    ],
    [
      'a misspelt field that may be left out',
      'related:',
      'Related:',
      /:4:1 {2}error: there is no field "Related" here → Write "related" instead\.$/,
    ],
    [
      'a misspelt field that must be filled in',
      'passages:',
      'passage:',
      /:3:1 {2}error: there is no field "passage" here → Write "passages" instead\.$/,
    ],
    [
      'a misspelt field that is there already',
      'status: reported',
      'status: reported\nstatuss: rumour',
      /:3:1 {2}error: there is no field "statuss" here → Delete it/,
    ],
    [
      'a misspelt field of a list’s entry',
      'variants:',
      'varaints:',
      /:4:5 {2}error: there is no field "varaints" here → Write "variants" instead\.$/,
    ],
    [
      'a field of one’s own',
      'status: reported',
      'status: reported\nsince: 1890',
      /:3:1 {2}error: there is no field "since" here → Delete it/,
    ],
    [
      'a status in another spelling',
      'status: reported',
      'status: Rumor',
      /:2:9 {2}error: "status" is "Rumor", which is not allowed → Write "rumour" instead\. Allowed are: reported, /,
    ],
    [
      'a status in other words',
      'status: reported',
      'status: sicher',
      /:2:9 {2}error: "status" is "sicher", which is not allowed → Write one of: reported, /,
    ],
    [
      'a status in brackets',
      'status: reported',
      'status: [reported]',
      /:2:9 {2}error: "status" is \["reported"\], which is not allowed → Write one of: reported/,
    ],
    [
      'a line of an answer that is not indented and has a colon',
      '  phrasings:\n    - wann',
      '  Der Artikel sagt: früh.\n  phrasings:\n    - wann',
      /there is no field "Der Artikel sagt" here → Indent it further if it belongs to the text above it/,
    ],
    ['text for a list', '[hours]', 'hours', /:4:10 {2}error: "related" must be a list/],
    [
      'status and small talk',
      'status: reported',
      'status: reported\nsmallTalk: true',
      /"status" cannot be combined with "smallTalk".* → Delete/,
    ],
    [
      'an entry of a list',
      PHRASING,
      '- [auf]',
      /:8:7 {2}error: entry 1 of "de\.phrasings" must be a text → Write a text/,
    ],
    [
      'a name in a list of spellings that is too long',
      '    brot: [brod]',
      `    ${'brot'.repeat(16)}: [brod]`,
      /:7:5 {2}error: "spellings\.de\.\w+" is 64 characters long; 60 are allowed → Shorten it by 4\.$/,
    ],
    [
      'a field of a list’s entry',
      'subject: true',
      'subject: ja',
      /:3:14 {2}error: "subject" of entry 1 of "names" must be true or false/,
    ],
    [
      'a list without entries',
      'passages: ["Die Bäckerei Huber in Oberdorf hat von sechs bis zwölf Uhr geöffnet."]',
      'passages:',
      /"passages" is still empty → Fill it in; .*write \[\]/,
    ],
    [
      'an empty entry of a list',
      PHRASING,
      '-',
      /entry 1 of "de\.phrasings" is still empty → Fill it in, or delete the entry\.$/,
    ],
    ['an empty text', 'title: Wann ist die Bäckerei offen?', 'title: ""', /"de\.title" is still empty → Fill it in\.$/],
    [
      'an id with a capital letter',
      'id: hours',
      'id: Hours',
      /:1:5 {2}error: "id" must be words of the letters a to z.* → Write it like/,
    ],
    [
      'an id that cannot be one',
      '[hours]',
      '[Opening Hours]',
      /entry 1 of "related" must be words of the letters a to z and digits, joined by hyphens → Write it like/,
    ],
  ] as const)('because of %s: one problem says what, where and what to do', ([, from, to, said]) => {
    const files: Readonly<Record<string, string>> = {
      '[hours]': 'topics/bread.yaml',
      'related:': 'topics/bread.yaml',
      'variants:': 'words.yaml',
      'subject: true': 'words.yaml',
      '    brot: [brod]': 'words.yaml',
    };
    expect(saidOf(files[from] ?? HOURS, from, to)).toEqual([expect.stringMatching(said)]);
  });
});

test('a mark of a merge conflict is known in a file with line endings of Windows, too', () => {
  const { folder, edit, problems } = bakeryCopy();
  edit(HOURS, 'status: reported', 'status: reported\n=======');
  const file = join(folder, HOURS);
  writeFileSync(file, readFileSync(file, 'utf8').replaceAll('\n', '\r\n'));
  expect(problems()).toEqual([expect.stringMatching(/:3:1 {2}error: this marks where two people changed/)]);
});

test('all mistakes of a file, and of the others, come at once', () => {
  const { edit, problems } = bakeryCopy();
  edit(HOURS, 'status: reported', 'status: sicher');
  edit(HOURS, '["Die Bäckerei Huber in Oberdorf hat von sechs bis zwölf Uhr geöffnet."]', '[]');
  edit('topics/bread.yaml', 'drei Euro."', 'vier Euro."');
  edit('article.txt', 'Dorfblatt', 'Dorfblatt '.repeat(200));
  const all = problems().join('\n');
  for (const problem of ['"status" is', '"passages" must', 'word for word', 'ends with a source of']) {
    expect(all).toContain(problem);
  }
});

describe('what would be read otherwise than it was meant', () => {
  test.for([
    [
      'a # in a phrasing',
      PHRASING,
      '- wann macht markt #2 auf',
      /:8:7 {2}error: what comes after " #" is not read: #2 auf → Put the whole text in quotes/,
    ],
    [
      'a # in an answer',
      'answer: Die',
      'answer: Laden #1. Die',
      /:6:11 {2}error: what comes after " #" is not read: #1\. Die/,
    ],
    [
      'a line that is indented too far',
      `${PHRASING}\n`,
      `${PHRASING}\n      - habt ihr offen\n`,
      /:8:7 {2}error: a line is read as a part of this text: - habt ihr offen → Indent that line like this one/,
    ],
  ] as const)('because of %s is told', ([, from, to, said]) => {
    expect(saidOf(HOURS, from, to)).toEqual([expect.stringMatching(said)]);
  });

  test.for([
    [
      'a first entry without a hyphen',
      'wann macht ihr auf',
      /:8:5 {2}error: a line is read as a part of this text: - öffnungszeiten .* → Begin this line with "- " if/,
      /:8:5 {2}error: "de\.phrasings" must be a list/,
    ],
    [
      'a # at the beginning of a phrasing',
      '- #2 wann auf',
      /:8:7 {2}error: what comes after " #" is not read: #2 wann auf → Put the whole text in quotes/,
      /:8:7 {2}error: entry 1 of "de\.phrasings" is still empty/,
    ],
  ] as const)('because of %s is told before what is missing for it', ([, to, ...said]) => {
    expect(saidOf(HOURS, PHRASING, to)).toEqual(said.map((each) => expect.stringMatching(each)));
  });

  test.for([
    ['in quotes', '- "wann macht markt #2 auf"'],
    ['where a # belongs to a word', '- wann macht c# auf'],
    ['of the sign for letters that cannot be read', '- was heißt \uFFFD in eurer mail'],
    ['in a comment on its own line', `# open\n    ${PHRASING}`],
  ] as const)('is not made up %s', ([, to]) => {
    expect(saidOf(HOURS, PHRASING, to)).toEqual([]);
  });

  test.for([
    ['Windows-1252', 'latin1'],
    ['UTF-16', 'utf16le'],
  ] as const)('because it is saved as %s is told', ([, encoding]) => {
    const { folder, problems } = bakeryCopy();
    const file = join(folder, HOURS);
    writeFileSync(file, readFileSync(file, 'utf8'), encoding);
    expect(problems()).toEqual([
      expect.stringMatching(/hours\.yaml {2}error: is not saved as UTF-8.*\n.*choose the encoding UTF-8/),
    ]);
  });

  test('because its name has another ending is told', () => {
    const { write, problems } = bakeryCopy();
    write('topics/cake.yaml.txt', 'id: cake\n');
    write('topics/.hours.yaml.swp', '');
    write('topics/hours.yaml~', '');
    expect(problems()).toEqual([
      expect.stringMatching(/^topics\/cake\.yaml\.txt {2}warning: is not read.*\n.*Rename it to cake\.yaml/),
    ]);
  });
});

describe('a passage that the article does not have', () => {
  const PASSAGE = 'Die Bäckerei Huber in Oberdorf hat von sechs bis zwölf Uhr geöffnet.';

  test.for([
    ['another word', 'von sieben bis zwölf', 'sieben'],
    ['a word too many', 'morgens von sechs bis zwölf', 'morgens'],
  ] as const)('for %s: the first word that differs is told', ([, to, word]) => {
    const passage = PASSAGE.replace('von sechs bis zwölf', to);
    expect(saidOf(HOURS, PASSAGE, passage).join('\n')).toContain(
      `the article goes on differently at "${word}" → Copy it`,
    );
  });

  test('at all: there is nothing to compare', () => {
    expect(saidOf(HOURS, PASSAGE, 'Der Bäcker schläft gern lang und träumt.').join('\n')).toContain(
      'word for word → Copy it',
    );
  });
});

describe('topics beside each other', () => {
  test('with the same title are told: people choose by it', () => {
    expect(saidOf(HOURS, 'title: Wann ist die Bäckerei offen?', 'title: was kostet das roggenbrot')).toEqual([
      expect.stringMatching(
        /hours\.yaml:5:10 {2}error: the title "was kostet das roggenbrot" is also in bread\.yaml, line \d+ → Let each title/,
      ),
    ]);
  });

  test('that are related twice, to themselves, or to a misspelt one are told so', () => {
    expect(saidOf('topics/bread.yaml', '[hours]', '[hours, hours]')).toEqual([
      expect.stringContaining('"hours" is in the list already → Take "hours" out of the list'),
    ]);
    expect(saidOf('topics/bread.yaml', '[hours]', '[bread]')).toEqual([
      expect.stringContaining('not related to itself → Take "bread" out of the list'),
    ]);
    expect(saidOf('topics/bread.yaml', '[hours]', '[hour]')).toEqual([
      expect.stringContaining('there is no topic "hour" → Write "hours", or delete the entry.'),
    ]);
  });

  test('of which one has a phrasing twice are told to delete one', () => {
    expect(saidOf(HOURS, PHRASING, `${PHRASING}\n    - Wann macht ihr auf?`)).toEqual([
      expect.stringMatching(
        /:9:7 {2}error: the phrasing "Wann macht ihr auf\?" is also in line 8 → Delete one of the two\.$/,
      ),
    ]);
  });

  test('of which one has phrasings of signs alone are not told that these are the same', () => {
    expect(saidOf(HOURS, PHRASING, `${PHRASING}\n    - "???"\n    - 🥐🥐`)).toEqual([]);
  });
});
