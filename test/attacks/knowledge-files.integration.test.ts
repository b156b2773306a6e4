import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { replyMessage } from '../../src/discord/reply.ts';
import { Engine } from '../../src/engine/engine.ts';
import { sourceLineOf } from '../../src/engine/replies.ts';
import { loadKnowledge } from '../../src/knowledge/load.ts';
import { formatProblem } from '../../src/knowledge/problem.ts';
import { type BakeryCopy, bakeryCopy } from '../evaluation/bakery-copy.ts';
import { hostileMessage, STEERS } from './hostile.ts';

const FILES = ['topics/bread.yaml', 'topics/hours.yaml', 'words.yaml', 'article.txt'] as const;

/** Lines that an editor might paste, or that do harm to whoever reads YAML carelessly. */
const LINES = [
  ...[
    'id: bread',
    'id: ../../etc',
    'id: __proto__',
    'related: [bread, nobody]',
    'related: 5',
    'de: null',
    'de:',
    'en: []',
  ],
  ...[
    '  title: ""',
    '  answer: |',
    '  phrasings: [1, 2.5, true, ~]',
    '  phrasings:',
    '    - a: b',
    '    - ',
    '\t- tab',
    '    - "',
  ],
  ...[
    'a: &a [x, x]',
    'b: &b [*a, *a, *a, *a, *a]',
    'c: &c [*b, *b, *b, *b, *b]',
    'd: [*c, *c, *c, *c, *c]',
    'e: *nobody',
    '<<: *a',
  ],
  ...[
    '__proto__: {polluted: yes}',
    'constructor: {prototype: {polluted: yes}}',
    '!!js/function "x"',
    '!!binary aGk=',
    '? [a]',
    '--- ',
    '...',
    '%YAML 9.9',
    '{',
    '[',
    '}: ]',
  ],
  ...[
    'passages: ["Das Roggenbrot kostet"]',
    'status: reported',
    'status: [reported]',
    '@everyone',
    '"\u001b[2J": 1',
    `  title: ${'lang '.repeat(600)}`,
    '[[[[[['.repeat(2_000),
  ],
] as const;

const line = fc.oneof(
  fc.constantFrom<string>(...LINES),
  hostileMessage.map((text) => text.slice(0, 200)),
);

/** What befalls a file: lines that are lost, doubled, put elsewhere, changed, cut off, or replaced altogether. */
const edit = fc.record({
  file: fc.constantFrom(...FILES),
  kind: fc.constantFrom('insert', 'replace', 'delete', 'double', 'cut', 'spoil', 'overwrite'),
  at: fc.nat(),
  line,
});
type Edit = (typeof edit)['map'] extends (mapper: (value: infer Value) => never) => unknown ? Value : never;

function spoil(bakery: BakeryCopy, { file, kind, at, line }: Edit): void {
  const text = readFileSync(join(bakery.folder, file), 'utf8');
  const lines = text.split('\n');
  const place = at % (lines.length + 1);
  const before = text.slice(0, at % (text.length + 1));
  const after = text.slice(before.length);
  const spoiled = {
    insert: () => lines.toSpliced(place, 0, line).join('\n'),
    replace: () => lines.toSpliced(place, 1, line).join('\n'),
    delete: () => lines.toSpliced(place, 1).join('\n'),
    double: () => lines.toSpliced(place, 0, ...lines.slice(place, place + 3)).join('\n'),
    cut: () => before,
    spoil: () => before + line + after,
    overwrite: () => line,
  };
  bakery.write(file, spoiled[kind]());
}

test('whatever befalls the files of a folder, it is knowledge that can be answered from, or every problem is told', () => {
  fc.assert(
    fc.property(fc.array(edit, { minLength: 1, maxLength: 3 }), hostileMessage, (edits, text) => {
      const bakery = bakeryCopy();
      for (const each of edits) spoil(bakery, each);
      const { knowledge, problems } = loadKnowledge(bakery.folder);
      const errors = problems.filter(({ severity }) => severity === 'error');
      expect(errors.length > 0).toBe(knowledge === undefined);
      for (const problem of problems) {
        const [what = '', remedy = '', ...more] = formatProblem(problem).split('\n');
        expect(more).toEqual([]);
        expect([what, remedy].filter((part) => STEERS.test(part) || part.length > 1_000)).toEqual([]);
        expect(problem.remedy).not.toBe('');
      }
      expect(({} as { polluted?: unknown }).polluted).toBeUndefined();
      if (!knowledge) return;
      const engine = new Engine(knowledge, 'de');
      for (const topic of knowledge.topics) {
        for (const language of ['de', 'en'] as const) {
          const reply = engine.answer([topic.id], language);
          const { content } = replyMessage(reply, { asker: '1', isPrivate: false }, knowledge);
          expect(content).toContain(`\n-# ${sourceLineOf([topic], language, knowledge)}`);
          expect([...content].length).toBeLessThanOrEqual(2_000);
        }
      }
      expect(['answer', 'offer', 'unknown', 'acknowledge']).toContain(engine.decide(engine.read(text)).kind);
    }),
    { numRuns: 100 },
  );
});

test('a file with very many fields does not hold up the check', () => {
  const fields = Array.from({ length: 60_000 }, (_, index) => `f${index}: 1`).join('\n');
  const bakery = bakeryCopy();
  bakery.write('words.yaml', fields.slice(0, 500_000));
  expect(bakery.problems().at(-1)).toMatch(/more errors in this file/);
});
