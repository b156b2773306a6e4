import { describe, expect, test } from 'vitest';
import { evidenceOf, sharesOf } from '../../src/engine/model.ts';
import { tokensOf } from '../../src/engine/text.ts';
import { type Example, train } from '../../src/engine/train.ts';
import {
  followUpClauses,
  followUpExamples,
  labelsOf,
  topicExamples,
  topicTexts,
} from '../../src/engine/training-data.ts';
import { Vocabulary } from '../../src/engine/vocabulary.ts';
import type { Knowledge } from '../../src/knowledge/knowledge.ts';
import { talkativeKnowledge } from './talkative-bakery.ts';

const labels = labelsOf(talkativeKnowledge);
const words = [...topicTexts(talkativeKnowledge), ...talkativeKnowledge.overheard].flatMap(({ text }) =>
  tokensOf(text).map(({ folded }) => folded),
);
const vocabulary = new Vocabulary(words, talkativeKnowledge.words);

const said = ({ clauses }: Example) =>
  clauses
    .flat()
    .map(({ typed }) => typed)
    .join(' ');
const topicsIn = (knowledge: Knowledge) => topicExamples(knowledge, vocabulary);
const { de: bread } = talkativeKnowledge.topics.find(({ id }) => id === 'bread') ?? { de: undefined };

describe('the topics are learned from', () => {
  const labelOf = (text: string) => topicTexts(talkativeKnowledge).find((labelled) => labelled.text === text)?.label;
  const firstOverheard = (kind: string) => talkativeKnowledge.overheard.find((message) => message.kind === kind)?.text;

  test.for<[what: string, text: string | undefined, label: number | undefined]>([
    ['their titles', bread?.title, labels.topics.indexOf('bread')],
    ['their phrasings', bread?.phrasings[0], labels.topics.indexOf('bread')],
    ['follow-ups', talkativeKnowledge.followUps[0]?.de[0], labels.topics.indexOf('hours')],
    ['questions to the channel', firstOverheard('asks-channel'), labels.topics.indexOf('bread')],
    ['messages out of scope', talkativeKnowledge.outOfScope.de[0], labels.outOfScope],
    ['questions that no topic answers', firstOverheard('asks-elsewhere'), labels.outOfScope],
    ['reactions', talkativeKnowledge.reactions.en[0], labels.reaction],
    ['no follow-ups that mean something else by themselves', 'warum denn das', undefined],
    ['no statements', firstOverheard('states'), undefined],
    ['no questions to one member', firstOverheard('asks-someone'), undefined],
  ])('%s', ([, text, label]) => {
    expect(labelOf(text ?? 'none')).toBe(label);
  });

  test('with one label for each topic, one for out of scope and one for reactions', () => {
    expect(labels.topics).toEqual(['bread', 'greeting', 'hours']);
    expect(new Set([0, 1, 2, labels.outOfScope, labels.reaction]).size).toBe(labels.count);
  });
});

describe('what members say around a question', () => {
  const { reactions, topics } = talkativeKnowledge;
  const greeting = topics.find(({ smallTalk }) => smallTalk);
  const smallTalk = [
    ...reactions.de,
    ...reactions.en,
    ...(greeting?.de.phrasings ?? []),
    ...(greeting?.en.phrasings ?? []),
  ];
  const questionsAfter = (knowledge: Knowledge) => {
    const known = new Set(topicTexts(knowledge).map(({ text }) => text));
    return topicsIn(knowledge).filter((example) => {
      const text = said(example);
      return !known.has(text) && smallTalk.some((before) => text.startsWith(`${before} `));
    });
  };

  test('leaves what it asks for as it is', () => {
    const found = questionsAfter(talkativeKnowledge);
    expect(found.length).toBeGreaterThan(0);
    for (const { label } of found) expect([labels.reaction, labels.topics.indexOf('greeting')]).not.toContain(label);
  });

  test('is not learned from where nobody wrote any', () => {
    const plain = topics.map((topic) => ({ ...topic, smallTalk: false }));
    expect(questionsAfter({ ...talkativeKnowledge, topics: plain, reactions: { de: [], en: [] } })).toEqual([]);
  });
});

describe('a question that names the subject', () => {
  const question = 'ist die Bäckerei Huber teuer';
  const asking = (phrasings: readonly string[], outOfScope = talkativeKnowledge.outOfScope): Knowledge => ({
    ...talkativeKnowledge,
    outOfScope,
    topics: talkativeKnowledge.topics.map((topic) =>
      topic.id === 'bread' ? { ...topic, de: { ...topic.de, phrasings } } : topic,
    ),
  });
  const counterExamples = (knowledge: Knowledge) =>
    topicsIn(knowledge).filter((example) => /^ist die .+ teuer$/.test(said(example)) && said(example) !== question);

  test('is also learned as out of scope, with the name of another thing in place of the subject', () => {
    const copies = counterExamples(asking([question]));
    expect(copies.map(said)).toContain('ist die Konditorei Sacher teuer');
    expect(copies.every(({ label }) => label === labels.outOfScope)).toBe(true);
  });

  test('is learned as it is where the topic is about other things itself', () => {
    const elsewhere = ['ist', 'war', 'wird', 'bleibt', 'scheint'].map((verb) => `${verb} der Sacher teuer`);
    expect(counterExamples(asking([question, ...elsewhere]))).toEqual([]);
  });

  test('is learned as it is where the knowledge names nothing else', () => {
    const names = talkativeKnowledge.words.names.filter(({ role }) => role !== 'other');
    const knowledge = asking([question], { de: [], en: [] });
    expect(counterExamples({ ...knowledge, overheard: [], words: { ...knowledge.words, names } })).toEqual([]);
  });
});

test('what stays with its topic after one answer does so after every other', () => {
  const { sameTopic, count } = labels;
  const followUps = talkativeKnowledge.followUps.filter(({ after, asks }) => after !== asks || after === 'bread');
  const model = train(followUpExamples({ ...talkativeKnowledge, followUps }, vocabulary), count);
  const likeliestAfter = (topic: string, text: string) => {
    const clauses = followUpClauses(topic, [vocabulary.read(tokensOf(text))]);
    const shares = sharesOf(evidenceOf(clauses, model));
    return shares.indexOf(Math.max(...shares));
  };
  expect(likeliestAfter('bread', 'echt jetzt')).toBe(sameTopic);
  expect(likeliestAfter('hours', 'echt jetzt')).toBe(sameTopic);
  expect(likeliestAfter('hours', 'warum denn das')).toBe(sameTopic);
  expect(likeliestAfter('hours', 'und wie teuer')).toBe(labels.topics.indexOf('bread'));
});
