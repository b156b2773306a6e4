import { describe, expect, test } from 'vitest';
import { DISCORD_TEXTS } from '../../src/discord/texts.ts';
import { sourceLineOf } from '../../src/engine/replies.ts';
import { checkKnowledge } from '../../src/evaluation/check.ts';
import { LANGUAGES, STATUSES } from '../../src/knowledge/knowledge.ts';
import { loadKnowledge } from '../../src/knowledge/load.ts';
import { bakeryCopy } from './bakery-copy.ts';

describe('checking a knowledge folder', () => {
  test('finds nothing to say of a good one', () => {
    expect(bakeryCopy().problems()).toEqual([]);
  });

  test.for<[mistake: string, file: string, from: string, to: string, place: string, what: string, remedy: string]>([
    [
      'a sentence of the article that no topic rests on',
      'article.txt',
      'Quelle:',
      'Im Sommer gibt es dort Eis. \nQuelle:',
      'article.txt:2:1  warning',
      'no topic rests on "Im Sommer gibt es dort Eis."',
      'Copy it into the passages',
    ],
    [
      'a part of a sentence that no topic rests on',
      'article.txt',
      'Das Roggenbrot',
      'Wie man im Ort weiß: Das Roggenbrot',
      'article.txt:1:70  warning',
      'no topic rests on "Wie man im Ort weiß:"',
      'Copy it into the passages',
    ],
    [
      'a copy of what is elsewhere',
      'topics/hours.yaml',
      '- wann macht ihr auf',
      '- wie wird das wetter\n    - das wetter wie wird',
      'topics/hours.yaml:9:7  warning',
      '"das wetter wie wird" has the same words as "wie wird das wetter" in line 8',
      'delete it',
    ],
    [
      'a near-copy in the same topic',
      'topics/hours.yaml',
      '- opening hours',
      '- until what time are you open today',
      'topics/hours.yaml:17:7  warning',
      '"until what time are you open" is nearly "until what time are you open today" in line 16',
      'delete it',
    ],
    [
      'a near-copy in another topic',
      'topics/hours.yaml',
      'wann macht ihr auf',
      'Wie teuer ist ein Laib?!? heute',
      'topics/hours.yaml:8:7  warning',
      '"Wie teuer ist ein Laib?!? heute" is nearly "wie teuer ist ein laib" in bread.yaml, line 8',
      'can mean only its own topic',
    ],
    [
      'the same words in another order',
      'topics/hours.yaml',
      'wann macht ihr auf',
      'teuer ist wie ein laib',
      'topics/hours.yaml:8:7  warning',
      'has the same words as "wie teuer ist ein laib" in bread.yaml, line 8',
      'can mean only its own topic',
    ],
    [
      'a spelling that is no single word',
      'words.yaml',
      '[brod]',
      '[brod, bro-t]',
      'words.yaml:7:18  warning',
      '"bro-t" is never met',
      'put both among the synonyms',
    ],
    [
      'a spelling that is an ordinary word of the other language',
      'words.yaml',
      '[brod]',
      '[brod, "Thè"]',
      'words.yaml:7:18  warning',
      '"Thè" is an ordinary word (in 6 texts), which now means "brot" wherever it is said',
      'means what it says',
    ],
    [
      'a spelling that is an ordinary word of its own language',
      'words.yaml',
      'brot: [brod]',
      'laib: [was, brot]',
      'words.yaml:7:17  warning',
      '"brot" is an ordinary word (in 3 texts), which now means "laib"',
      'means what it says',
    ],
  ])('tells where %s is, and what to do', (row) => {
    const [, file, from, to, place, what, remedy] = row;
    const bakery = bakeryCopy();
    bakery.edit(file, from, to);
    if (what.startsWith('"brot" is')) bakery.edit('topics/bread.yaml', 'preis roggenbrot', 'preis vom brot');
    const problems = bakery.problems();
    const told = problems.filter((line) => line.startsWith(place));
    expect(told, problems.join('\n')).toHaveLength(1);
    expect(told[0]).toContain(what);
    expect(told[0]?.split('→')[1]).toContain(remedy);
  });

  test('tells of a near-copy of what is none of the topics’ business', () => {
    const bakery = bakeryCopy();
    bakery.write('elsewhere.yaml', 'de: [wie teuer ist denn ein laib]\nen: []\n');
    expect(bakery.problems()).toEqual([
      expect.stringMatching(
        /^topics\/bread\.yaml:8:36 {2}warning: "wie teuer ist ein laib" is nearly "wie teuer ist denn ein laib" in elsewhere\.yaml, line 1/,
      ),
    ]);
  });

  test('tells of each phrasing once, whatever number of others it is like', () => {
    const bakery = bakeryCopy();
    const alike = ['brot', 'semmeln', 'kuchen', 'torten'].map(
      (what) => `gibt es bei euch heute noch ganz frische ${what}`,
    );
    bakery.edit('topics/hours.yaml', '- wann macht ihr auf', alike.map((text) => `- ${text}`).join('\n    '));
    expect(bakery.problems().map((problem) => problem.split('\n')[0])).toEqual([
      expect.stringMatching(/:9:7 .+ in line 8$/),
      expect.stringMatching(/:10:7 .+ in line 8$/),
      expect.stringMatching(/:11:7 .+ in line 8$/),
    ]);
  });

  test('tells of so many near-copies as anybody reads, and how many more there are', () => {
    const bakery = bakeryCopy();
    const alike = Array.from({ length: 41 }, (_, at) => `- gibt es bei euch heute noch ganz frische ware${at}`);
    bakery.edit('topics/hours.yaml', '- wann macht ihr auf', alike.join('\n    '));
    const { problems } = checkKnowledge(bakery.folder);
    expect(problems.at(-1)?.what).toMatch(/^and 1\d more warnings in this file$/);
  });

  test('has nothing against phrasings that share some words, or all of them in two languages', () => {
    const bakery = bakeryCopy();
    bakery.edit('topics/hours.yaml', '- wann macht ihr auf', '- wann macht ihr am montag auf\n    - huber open');
    bakery.edit('topics/hours.yaml', '- when do you open', '- wann macht ihr zu\n    - huber open');
    expect(bakery.problems()).toEqual([]);
  });

  test('knows a passage whatever the white space in it', () => {
    const bakery = bakeryCopy();
    bakery.edit('article.txt', 'von sechs bis', 'von  sechs\nbis');
    expect(bakery.problems()).toEqual([]);
  });

  test('tells of too few phrasings', () => {
    const bakery = bakeryCopy();
    const phrasings = (count: number) => Array.from({ length: count }, (_, i) => `frage${i}`).join(', ');
    bakery.edit('topics/greeting.yaml', '[hallo, wer bist du, grüß gott]', `[${phrasings(40)}]`);
    const told = checkKnowledge(bakery.folder).problems.filter(({ what }) => what.startsWith('the topic has'));
    expect(told.map(({ file, line, what, remedy }) => `${file.slice(-13)}:${line} ${what} ${remedy}`)).toEqual([
      expect.stringMatching(/bread.yaml:8 the topic has 4 German phrasings; 40 .* Add 36 more/),
      expect.stringMatching(/bread.yaml:12 the topic has 3 English phrasings; 40 .* Add 37 more/),
      expect.stringMatching(/greeting.yaml:10 .* 3 English/),
      expect.stringMatching(/hours.yaml:8 .* 3 German/),
      expect.stringMatching(/hours.yaml:15 .* 3 English/),
    ]);
  });

  test('accepts no answer that Discord would not show whole, whoever shows it to all', () => {
    const bakery = bakeryCopy();
    bakery.edit('article.txt', 'Quelle: Dorfblatt', `Quelle: ${'D'.repeat(100)}`);
    bakery.write('article.yaml', `note: { de: ${'n'.repeat(120)}, en: ${'n'.repeat(120)} }\n`);
    const { knowledge } = loadKnowledge(bakery.folder);
    const [topic] = knowledge?.topics ?? [];
    if (!knowledge || !topic) throw new Error('The bakery does not load.');
    for (const language of LANGUAGES) {
      for (const status of STATUSES) {
        const sourceLine = sourceLineOf([{ ...topic, status }], language, knowledge);
        const shared = DISCORD_TEXTS[language].sharedBy('<@12345678901234567890>');
        expect([...`${shared}\n${'a'.repeat(1_600)}\n-# ${sourceLine}`].length).toBeLessThanOrEqual(2_000);
      }
    }
  });

  test('judges nothing before the form is right', () => {
    const bakery = bakeryCopy();
    bakery.edit('article.txt', 'Quelle:', 'Im Sommer gibt es dort Eis.\nQuelle:');
    bakery.edit('topics/hours.yaml', 'status: reported', 'status: maybe');
    expect(bakery.problems()).toEqual([expect.stringContaining('topics/hours.yaml:2:9  error')]);
  });
});
