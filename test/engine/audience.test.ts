import { describe, expect, test } from 'vitest';
import { AUDIENCES, audienceClauses, audienceExamples, commonWords } from '../../src/engine/audience.ts';
import type { Clause } from '../../src/engine/model.ts';
import { tokensOf } from '../../src/engine/text.ts';
import { topicTexts } from '../../src/engine/training-data.ts';
import { Vocabulary } from '../../src/engine/vocabulary.ts';
import type { OverheardMessage } from '../../src/knowledge/knowledge.ts';
import { talkativeKnowledge } from './talkative-bakery.ts';

const texts = [...topicTexts(talkativeKnowledge), ...talkativeKnowledge.overheard];
const words = texts.flatMap(({ text }) => tokensOf(text).map(({ folded }) => folded));
const vocabulary = new Vocabulary(words, talkativeKnowledge.words);
const NONE: ReadonlySet<string> = new Set();

const typedIn = (clauses: readonly Clause[]) =>
  clauses
    .flat()
    .map(({ typed }) => typed)
    .join(' ');
const termsOf = (clauses: readonly Clause[]) =>
  clauses.map((clause) => clause.map(({ terms: [{ term }] }) => term).join(' '));

describe('whom a message is for is learned from', () => {
  const examples = audienceExamples(talkativeKnowledge, vocabulary, NONE);
  const audienceOf = (text: string) => {
    const example = examples.find(({ clauses }) => typedIn(clauses).includes(text));
    return example && AUDIENCES[example.label];
  };

  test.for<[text: string, audience: (typeof AUDIENCES)[number]]>([
    ['die Öffnungszeiten der', 'channel'],
    ['wer gestern gewonnen hat', 'channel'],
    ['Warst du heute', 'someone'],
    ['war gestern voll', 'nobody'],
    ['backt bestimmt im Schlaf', 'nobody'],
  ])('what members say: %j is for %s', ([text, audience]) => {
    expect(audienceOf(text)).toBe(audience);
  });

  test('question marks, mentions and quotation marks', () => {
    const marks = (text: string, hasQuestionMark = false) => {
      const sentences = vocabulary.readMessage('brot').map((sentence) => ({ ...sentence, hasQuestionMark }));
      return termsOf(audienceClauses(text, sentences, NONE)).flatMap((terms) => terms.match(/(?<!\S)=\S+/g) ?? []);
    };
    const [none, ...others] = [
      marks('brot'),
      marks('brot?', true),
      marks('@lena brot'),
      marks('„brot“'),
      marks('<@123> "brot"?', true),
    ];
    expect(none).toEqual([]);
    expect(others.map(({ length }) => length)).toEqual([1, 1, 1, 3]);
    expect(new Set(others.flat()).size).toBe(3);
    expect(marks('mia@example.com brot')).toEqual([]);
  });

  test('how a message is built, whatever it is about', () => {
    const common = new Set(['weiss', 'jemand', 'was']);
    const frame = (text: string) => termsOf(audienceClauses(text, vocabulary.readMessage(text), common)).at(-1);
    expect(frame('weiß jemand was das brot beim Huber kostet')).toBe('~weiss ~jemand ~was ~… ~=subject ~…');
    expect(frame('weiß jemand was ein laib beim Huber')).toBe('~weiss ~jemand ~was ~… ~=subject');
  });

  test('the words that several members use', () => {
    const said = [
      'wer weiß das',
      'weiß es wer',
      'wer backt brot',
      'brot brot brot',
      'ja',
      'ja',
      'ja',
      'ja',
      'ja',
      'ja',
    ];
    const overheard = said.map((text, index): OverheardMessage => {
      return { text, language: 'de', voice: `voice-${index}`, kind: 'states', topic: undefined };
    });
    const common = commonWords({ overheard }, vocabulary);
    expect([...common].sort()).toEqual(['brot', 'ja', 'weiss', 'wer'].sort());
  });
});
