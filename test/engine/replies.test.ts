import { describe, expect, test } from 'vitest';
import type { Decision } from '../../src/engine/decide.ts';
import { answerOn, MAX_CONTENT_LENGTH, RESERVED_LENGTH, replyTo, subjectOf } from '../../src/engine/replies.ts';
import { FOREIGN_TEXT, TEXTS } from '../../src/engine/texts.ts';
import type { Knowledge } from '../../src/knowledge/knowledge.ts';
import { bakeryKnowledge, bakeryTopic } from '../bakery.ts';

const decided = { language: 'en', reasons: [], confidence: 0.9 } as const;
const reply = (decision: Decision, knowledge = bakeryKnowledge) => replyTo(decision, knowledge);

/** The bakery with answers of this many code points. */
const withAnswersOf = (length: number): Knowledge => ({
  ...bakeryKnowledge,
  topics: bakeryKnowledge.topics.map((topic) => ({
    ...topic,
    de: { ...topic.de, answer: '🥨'.repeat(length) },
    en: { ...topic.en, answer: '🥨'.repeat(length) },
  })),
});

/** As a front end shows it: in code points, with room for what it adds. */
const lengthOf = (shown: ReturnType<typeof answerOn>) =>
  shown.kind === 'answer' ? [...`${shown.text}\n-# ${shown.sourceLine}`].length + RESERVED_LENGTH : 0;

describe('a reply', () => {
  test('is the answer on a topic, with its source and what to ask next', () => {
    expect(reply({ ...decided, kind: 'answer', topics: ['bread'], alsoLikely: [] })).toEqual({
      kind: 'answer',
      language: 'en',
      text: bakeryTopic('bread', 'en').answer,
      topics: bakeryKnowledge.topics.filter(({ id }) => id === 'bread'),
      sourceLine: `${TEXTS.en.source('Dorfblatt')} · ${TEXTS.en.status.reported}`,
      suggestions: [{ topic: 'hours', title: bakeryTopic('hours', 'en').title }],
    });
  });

  test('is an offer of topics by their titles', () => {
    expect(reply({ ...decided, kind: 'offer', topics: ['hours', 'gone', 'bread'] })).toEqual({
      kind: 'offer',
      language: 'en',
      text: TEXTS.en.didYouMean(2),
      suggestions: ['hours', 'bread'].map((topic) => ({ topic, title: bakeryTopic(topic, 'en').title })),
    });
  });

  test('asks for a single topic as for one', () => {
    const offer = (topics: string[]) => reply({ ...decided, kind: 'offer', topics });
    expect(offer(['hours'])?.text).not.toBe(offer(['hours', 'bread'])?.text);
    expect(offer(['hours'])?.text).toBe(TEXTS.en.didYouMean(1));
  });

  test('says that there is no answer, and what the bot knows about', () => {
    const unknown = { ...decided, kind: 'unknown', isForeign: false } as const;
    expect(reply(unknown)).toEqual({
      kind: 'unknown',
      language: 'en',
      text: TEXTS.en.unknown('Bäckerei Huber'),
      suggestions: [],
    });
  });

  test('says in both languages which ones the bot speaks', () => {
    expect(reply({ ...decided, kind: 'unknown', isForeign: true })?.text).toBe(FOREIGN_TEXT);
  });

  test.for(['acknowledge', 'silent'] as const)('is none where the bot decided to %s', (kind) => {
    expect(reply({ ...decided, kind })).toBeUndefined();
  });

  test('on a topic that is not there is refused', () => {
    expect(() => answerOn(['no-such-topic'], 'de', bakeryKnowledge)).toThrow(RangeError);
  });
});

describe('two answers', () => {
  const both = answerOn(['bread', 'hours'], 'de', bakeryKnowledge);

  test('come together, each under its title, with one line of source', () => {
    const [bread, hours] = [bakeryTopic('bread', 'de'), bakeryTopic('hours', 'de')];
    expect(both.text).toBe(`**${bread.title}**\n${bread.answer}\n\n**${hours.title}**\n${hours.answer}`);
    expect(both).toMatchObject({
      topics: [{ id: 'bread' }, { id: 'hours' }],
      sourceLine: `${TEXTS.de.source('Dorfblatt')} · ${TEXTS.de.status.reported}`,
      suggestions: [],
    });
  });

  test('tell which of them the article does not report as a fact', () => {
    const rumoured = {
      ...bakeryKnowledge,
      topics: bakeryKnowledge.topics.map((topic) =>
        topic.id === 'hours' ? { ...topic, status: 'rumour' as const } : topic,
      ),
    };
    const [bread, hours] = [bakeryTopic('bread', 'de'), bakeryTopic('hours', 'de')];
    const { text, ...reply } = answerOn(['bread', 'hours'], 'de', rumoured);
    expect(text).toContain(`**${bread.title}**\n`);
    expect(text).toContain(`**${hours.title} (${TEXTS.de.status.rumour})**\n`);
    expect(reply).toMatchObject({ sourceLine: TEXTS.de.source('Dorfblatt') });
  });

  test('that fit into a message are both shown, to the last code point', () => {
    const spare = MAX_CONTENT_LENGTH - lengthOf(answerOn(['bread', 'hours'], 'de', withAnswersOf(0)));
    const fitting = answerOn(['bread', 'hours'], 'de', withAnswersOf(Math.floor(spare / 2)));
    expect(fitting).toMatchObject({ topics: [{ id: 'bread' }, { id: 'hours' }] });
    expect(lengthOf(fitting)).toBeGreaterThan(MAX_CONTENT_LENGTH - 2);
    expect(lengthOf(fitting)).toBeLessThanOrEqual(MAX_CONTENT_LENGTH);
  });

  test('are followed by what is likely asked, too, before the related topics, once', () => {
    const asked = { ...decided, kind: 'answer', topics: ['bread'], alsoLikely: ['greeting', 'hours'] } as const;
    expect(reply(asked)?.suggestions.map(({ topic }) => topic)).toEqual(['greeting', 'hours']);
  });

  test('that do not fit are the first, with the second as the first suggestion, once', () => {
    expect(answerOn(['bread', 'hours'], 'de', withAnswersOf(1_000))).toEqual({
      ...answerOn(['bread'], 'de', withAnswersOf(1_000)),
      suggestions: [{ topic: 'hours', title: bakeryTopic('hours', 'de').title }],
    });
    expect(answerOn(['hours', 'greeting'], 'de', withAnswersOf(1_000))).toMatchObject({
      topics: [{ id: 'hours' }],
      suggestions: [{ topic: 'greeting' }],
    });
  });
});

describe('the line of source', () => {
  test('has the note of the editors, and no status for small talk', () => {
    const note = { de: 'undatiert', en: 'undated' };
    const noted = { ...bakeryKnowledge, article: { ...bakeryKnowledge.article, note } };
    const lineOn = (topic: string) => {
      const shown = answerOn([topic], 'en', noted);
      return shown.kind === 'answer' ? shown.sourceLine : undefined;
    };
    expect(lineOn('bread')).toBe(`${TEXTS.en.source('Dorfblatt')} · ${TEXTS.en.status.reported} · undated`);
    expect(lineOn('greeting')).toBe(`${TEXTS.en.source('Dorfblatt')} · undated`);
  });
});

test('the subject is the name marked as such, or else the first name, or else the source', () => {
  const [name] = bakeryKnowledge.words.names;
  const mentioned = { name: 'Oberdorf', variants: [], role: 'mentioned' } as const;
  const named = (names: Knowledge['words']['names']) =>
    subjectOf({ ...bakeryKnowledge, words: { ...bakeryKnowledge.words, names } });
  expect(named([mentioned, ...(name ? [name] : [])])).toBe('Bäckerei Huber');
  expect(named([mentioned])).toBe('Oberdorf');
  expect(named([])).toBe('Dorfblatt');
});
