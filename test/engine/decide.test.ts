import { describe, expect, test } from 'vitest';
import { type Context, decide, MAX_OFFERS } from '../../src/engine/decide.ts';
import { confidenceOf } from '../../src/engine/gates.ts';
import type { Part, Reading } from '../../src/engine/read.ts';
import type { Scores } from '../../src/engine/scores.ts';
import { talkativeBakery as engine } from './talkative-bakery.ts';

const ADDRESSED: Context = { trigger: 'addressed', previous: [], offered: [], language: 'de' };
const OVERHEARD: Context = { ...ADDRESSED, trigger: 'overheard' };
const SMALL_TALK = new Set(['greeting']);

/** Scores with these shares of topics; the rest is out of scope unless told. */
function scored(shares: Readonly<Record<string, number>>, reaction = 0): Scores {
  const topics = Object.entries(shares).map(([id, share]) => ({ id, share }));
  return { topics, outOfScope: 1 - reaction - topics.reduce((sum, { share }) => sum + share, 0), reaction };
}

const CLEAR = scored({ bread: 0.998, hours: 0.001, greeting: 0.001 });
const NOTHING = scored({ bread: 0.0001, hours: 0.0001, greeting: 0.0001 });

const part = (text: string, scores: Scores, asks = true): Part => {
  const { words } = engine.read(text);
  const confidence = confidenceOf(words, scores, [{ scores }]);
  const evidence = { scores: new Float64Array(), squaredNorm: 1 };
  return { asks, hasQuestionMark: asks, clauses: [words], words, weight: 1, evidence, scores, confidence };
};

/** The reading of a message with other scores, as if it had been understood like that. */
function reading(text: string, scores: Scores, more: Partial<Reading> = {}): Reading {
  return { ...engine.read(text), isForeign: false, scores, parts: [part(text, scores)], ...more };
}

function decisionOn(message: Reading, context: Context = ADDRESSED) {
  return decide(message, message.scores, context, SMALL_TALK);
}

const gates = ({ reasons }: ReturnType<typeof decide>) => reasons.map(({ name, passed }) => [name, passed]);
/** Scores of which the bot makes an offer, whatever weights its confidence has. */
const BETWEEN =
  Array.from({ length: 45 }, (_, index) => (index + 1) / 100)
    .map((share) => scored({ bread: share, hours: 0.8 * share, greeting: 0.2 * share }))
    .find((scores) => decisionOn(reading('brot uhr', scores)).kind === 'offer') ?? NOTHING;

const confident = expect.toSatisfy((value: number) => value > 0 && value < 1);

describe('a message to the bot', () => {
  test('is answered where its topic is clear', () => {
    const decision = decisionOn(reading('was kostet das brot', CLEAR));
    expect(decision).toMatchObject({ kind: 'answer', topics: ['bread'], confidence: confident, language: 'de' });
    expect(gates(decision)).toEqual([
      ['asks something', true],
      ['in German or English', true],
      ['sure of the topic', true],
    ]);
  });

  test('gets an offer of topics where several are likely, the likeliest first', () => {
    const decision = decisionOn(reading('brot uhr', BETWEEN));
    expect(decision).toMatchObject({ kind: 'offer', topics: ['bread', 'hours', 'greeting'], confidence: confident });
    expect(gates(decision).slice(2)).toEqual([
      ['sure of the topic', false],
      ['likely enough to offer topics', true],
      ['other topics than just answered', true],
    ]);
  });

  test('is answered with less certainty where it stays with the topic just answered', () => {
    const likely = Array.from({ length: 48 }, (_, index) =>
      scored({ bread: 0.97 - index / 100, hours: 0.01 + index / 100 }),
    )
      .map((scores) => reading('brot uhr', scores))
      .find((message) => decisionOn(message).kind === 'offer');
    if (!likely) throw new Error('No share of a topic is offered.');
    expect(decisionOn(likely, { ...ADDRESSED, previous: ['bread'] })).toMatchObject({
      kind: 'answer',
      topics: ['bread'],
    });
    expect(decisionOn(likely, { ...ADDRESSED, previous: ['hours'] })).toMatchObject({
      kind: 'offer',
      topics: ['bread'],
    });
    const outside = { ...likely, scores: { ...likely.scores, outOfScope: 0.1 } };
    expect(decisionOn(outside, { ...ADDRESSED, previous: ['bread'] }).kind).not.toBe('answer');
  });

  test('is offered other topics than the one just answered, if any, where it may be about something else', () => {
    const answered = (...previous: string[]) => decisionOn(reading('brot uhr', BETWEEN), { ...ADDRESSED, previous });
    expect(answered('bread')).toMatchObject({ kind: 'offer', topics: ['hours', 'greeting'] });
    expect(answered('bread', 'hours', 'greeting')).toMatchObject({ kind: 'unknown', isForeign: false });
  });

  test.for<[typed: string, topics: string[] | undefined]>([
    ['2', ['hours']],
    ['1.', ['bread']],
    ['3', undefined],
    ['0', undefined],
    ['2 brote', undefined],
    ['das zweite bitte', ['hours']],
    ['the first one', ['bread']],
    ['Nummer 2', ['hours']],
    ['number one', ['bread']],
    ['zwei', ['hours']],
    ['option 2', ['hours']],
    ['2nd', ['hours']],
    ['0x2', undefined],
    ['der dritte', undefined],
    ['the first or the second?', undefined],
    ['', undefined],
  ])('chooses from the offered questions by their number: %j', ([typed, topics]) => {
    const decision = decisionOn(engine.read(typed), { ...ADDRESSED, offered: ['bread', 'hours'] });
    expect(decision.kind === 'answer' ? decision.topics : undefined).toEqual(topics);
  });

  test('is offered no unlikely topics beside the first, and few', () => {
    const others = (shares: Readonly<Record<string, number>>) => {
      const [bread] = BETWEEN.topics;
      const decision = decisionOn(reading('brot uhr', scored({ bread: bread?.share ?? 0, ...shares })));
      return decision.kind === 'offer' ? decision.topics.slice(1) : undefined;
    };
    expect(others({ hours: 0.1, greeting: 0.001 })).toEqual(['hours']);
    expect(others({ hours: 0.1, a: 0.1, b: 0.1, c: 0.1 })).toHaveLength(MAX_OFFERS - 1);
  });

  test('has no answer where nothing is likely', () => {
    const decision = decisionOn(reading('wie wird das wetter', NOTHING));
    expect(decision).toMatchObject({ kind: 'unknown', isForeign: false, confidence: confident });
    expect(gates(decision).slice(2)).toEqual([
      ['sure of the topic', false],
      ['likely enough to offer topics', false],
    ]);
  });

  test('has no answer in another language, whatever the topic', () => {
    const decision = decisionOn(reading('combien coûte le pain', CLEAR, { isForeign: true }));
    expect(decision).toMatchObject({ kind: 'unknown', isForeign: true });
    expect(gates(decision)).toEqual([
      ['asks something', true],
      ['in German or English', false],
    ]);
  });

  test.for<[what: string, text: string, scores: Scores]>([
    ['thanks', 'danke', scored({ bread: 0.1, hours: 0.1 }, 0.6)],
    ['nothing', '', NOTHING],
    ['emoji alone', '🙃', NOTHING],
  ])('is acknowledged where it says %s', ([, text, scores]) => {
    const decision = decisionOn(reading(text, scores, { parts: [part(text, scores, false)] }));
    expect(decision.kind).toBe('acknowledge');
    expect(gates(decision)).toEqual([['asks something', false]]);
  });

  test('is answered for all its thanks where it asks', () => {
    expect(decisionOn(reading('danke, und das brot?', scored({ bread: 0.8, hours: 0.01 }, 0.15))).kind).toBe('answer');
  });

  test('is not merely acknowledged where a sentence asks, however much it sounds like thanks', () => {
    expect(decisionOn(reading('danke, hilft mir das?', scored({ bread: 0.1 }, 0.8))).kind).not.toBe('acknowledge');
  });

  test('is merely acknowledged where it opens like a question, but is thanks', () => {
    const thanks = scored({ bread: 0.1 }, 0.8);
    const parts = [{ ...part('ist gut, danke', thanks), hasQuestionMark: false }];
    expect(decisionOn(reading('ist gut, danke', thanks, { parts })).kind).toBe('acknowledge');
  });

  test('is not merely acknowledged where it clearly names a topic beside the thanks, small talk aside', () => {
    const thanks = scored({ bread: 0.1 }, 0.8);
    const kindWith = (topic: string) => {
      const named = part('brot beim huber', scored({ [topic]: 0.998 }), false);
      return decisionOn(reading('danke! brot beim huber', thanks, { parts: [part('danke', thanks, false), named] }))
        .kind;
    };
    expect(kindWith('bread')).not.toBe('acknowledge');
    expect(kindWith('greeting')).toBe('acknowledge');
  });

  test('has no topics to offer where the knowledge has none', () => {
    expect(decisionOn(reading('brot', { topics: [], outOfScope: 1, reaction: 0 })).kind).toBe('unknown');
  });
});

describe('a message that asks several things', () => {
  const HOURS = scored({ hours: 0.998, bread: 0.001 });
  const CAKE = scored({ cake: 0.998 });
  const topicsOf = (...parts: Part[]) => {
    const decision = decisionOn(reading('brot? uhr? beim Huber!', CLEAR, { parts }));
    return decision.kind === 'answer' ? decision.topics : decision.kind;
  };

  test.for<[how: string, parts: Part[], topics: string[]]>([
    ['both, in the order asked', [part('öffnungszeiten', HOURS), part('brot', CLEAR)], ['hours', 'bread']],
    ['one where both mean the same', [part('brot', CLEAR), part('laib', CLEAR)], ['bread']],
    ['the likeliest where one is not clear', [part('brot', CLEAR), part('öffnungszeiten', BETWEEN)], ['bread']],
    [
      'the likeliest where the other is told before',
      [part('öffnungszeiten', HOURS, false), part('brot', CLEAR)],
      ['bread'],
    ],
    [
      'both where nothing looks like a question',
      [part('brot', CLEAR, false), part('öffnungszeiten', HOURS, false)],
      ['bread', 'hours'],
    ],
    [
      'both where one lacks a question mark',
      [part('brot', CLEAR), part('öffnungszeiten', HOURS, false)],
      ['bread', 'hours'],
    ],
    [
      'the likeliest where the other is told, and less clear',
      [part('brot', CLEAR), part('preis', scored({ cake: 0.9 }), false)],
      ['bread'],
    ],
    [
      'all of three, in the order asked',
      [part('preis', CAKE), part('öffnungszeiten', HOURS), part('brot', CLEAR)],
      ['cake', 'hours', 'bread'],
    ],
    ['what it asks beside the bare name of the subject', [part('beim Huber', CAKE), part('brot', CLEAR)], ['bread']],
  ])('is answered on %s', ([, parts, topics]) => {
    expect(topicsOf(...parts)).toEqual(topics);
  });

  test.for<[what: string, other: Part, suggested: string[]]>([
    ['is likely a question', part('öffnungszeiten', scored({ hours: 0.65 })), ['hours']],
    ['is hardly one', part('öffnungszeiten', scored({ hours: 0.2 })), []],
    ['is only told', part('öffnungszeiten', scored({ hours: 0.5 }), false), []],
    ['means the same', part('laib', scored({ bread: 0.5 })), []],
    ['is small talk', part('hallo', scored({ greeting: 0.5 })), []],
  ])('suggests what is not answered where it %s', ([, other, alsoLikely]) => {
    const parts = [part('brot', CLEAR), other];
    expect(decisionOn(reading('brot? uhr?', CLEAR, { parts }))).toMatchObject({ topics: ['bread'], alsoLikely });
  });

  test('is answered where each question is clear, though none prevails', () => {
    const parts = [part('brot', CLEAR), part('öffnungszeiten', HOURS)];
    expect(decisionOn(reading('brot? uhr?', BETWEEN, { parts }))).toMatchObject({
      kind: 'answer',
      topics: ['bread', 'hours'],
    });
  });

  test('is not answered where hardly a word of it is known, however clear its parts seem', () => {
    const parts = [part('brot', CLEAR), part('öffnungszeiten', HOURS)];
    const words = [...engine.read('brot').words, ...engine.read('qwxqwa qwxqwb qwxqwc qwxqwd qwxqwe qwxqwf').words];
    const unclear = scored({ bread: 0.05, hours: 0.04 });
    expect(decisionOn(reading('brot? uhr?', unclear, { parts, words })).kind).not.toBe('answer');
  });

  test('is answered on the likeliest topic of the conversation where no question is about that', () => {
    const parts = [part('preis', CAKE), part('öffnungszeiten', HOURS)];
    expect(decisionOn(reading('brot? uhr?', CLEAR, { parts }))).toMatchObject({ kind: 'answer', topics: ['bread'] });
  });

  test('is answered on three at most', () => {
    const parts = [
      part('brot', CLEAR),
      part('öffnungszeiten', HOURS),
      part('preis', CAKE),
      part('laib', scored({ pie: 0.998 })),
    ];
    expect(decisionOn(reading('brot? uhr? …', CLEAR, { parts }))).toMatchObject({
      topics: ['bread', 'hours', 'cake'],
      alsoLikely: ['pie'],
    });
  });
});

describe('an overheard message', () => {
  const NAMED = 'was kostet das brot beim huber';
  const ASKING = { audience: { channel: 0.99, someone: 0.01, nobody: 0 } };

  test('is answered where it asks the channel about the subject by name', () => {
    const decision = decisionOn(reading('was kostet das brot beim huber', CLEAR, ASKING), OVERHEARD);
    expect(decision).toMatchObject({ kind: 'answer', topics: ['bread'], confidence: confident });
    expect(decision.reasons.every(({ passed }) => passed)).toBe(true);
  });

  test('is answered where it names what belongs to the subject', () => {
    expect(decisionOn(reading('was kostet das brot in Oberdorf', CLEAR, ASKING), OVERHEARD).kind).toBe('answer');
  });

  const gate = (name: string, text: string, scores: Scores, more: Partial<Reading>) =>
    [name, text, { scores, more }] as const;
  test.for([
    gate('names something in the article', 'was kostet das brot', CLEAR, ASKING),
    gate('names something in the article', 'was kostet das brot beim Sacher', CLEAR, ASKING),
    gate('an answer helps', NAMED, CLEAR, {
      audience: { channel: 0.3, someone: 0.7, nobody: 0 },
    }),
    gate('an answer helps', NAMED, CLEAR, {
      audience: { channel: 0.3, someone: 0, nobody: 0.7 },
    }),
    gate('an answer helps', NAMED, CLEAR, {
      audience: { channel: 0.8, someone: 0.2, nobody: 0 },
      endsWithQuestion: false,
    }),
    gate('in German or English', NAMED, CLEAR, { ...ASKING, isForeign: true }),
    gate('sure of the topic', NAMED, BETWEEN, ASKING),
    gate('sure of the topic', NAMED, NOTHING, ASKING),
    gate('no small talk', 'hallo beim huber', scored({ greeting: 0.998 }), ASKING),
  ])('is left alone at the gate "%s", the last that is checked: %j', ([name, text, { scores, more }]) => {
    const decision = decisionOn(reading(text, scores, more), OVERHEARD);
    expect(decision.kind).toBe('silent');
    expect(gates(decision).at(-1)).toEqual([name, false]);
    expect(
      gates(decision)
        .slice(0, -1)
        .every(([, passed]) => passed),
    ).toBe(true);
  });
});

test.for<[does: string, kind: string, context: Context, limit: number]>([
  ['answers where three in five answers are right', 'answer', ADDRESSED, 0.6],
  ['offers topics where one in eight offers helps', 'offer', ADDRESSED, 0.12],
  ['speaks up where three in five answers are right', 'answer', OVERHEARD, 0.6],
])('the bot %s, and no less', ([, kind, context, limit]) => {
  const shares = Array.from({ length: 999 }, (_, index) => (index + 1) / 1_000);
  const audience = { channel: 0.999, someone: 0.001, nobody: 0 };
  const least = shares
    .map((share) => decisionOn(reading('brot beim huber', scored({ bread: share }), { audience }), context))
    .flatMap((decision) => (decision.kind === kind && 'confidence' in decision ? [decision.confidence] : []));
  expect(Math.min(...least)).toBeGreaterThanOrEqual(limit);
  expect(Math.min(...least)).toBeLessThan(limit + 0.03);
});

describe('the language', () => {
  test('is that of the message, or else that of its surroundings', () => {
    const languageOf = (text: string) => decisionOn(reading(text, CLEAR), { ...ADDRESSED, language: 'en' }).language;
    expect([languageOf('was kostet das'), languageOf('Huber?')]).toEqual(['de', 'en']);
  });
});

test('a gate with numbers says what was needed and what there was', () => {
  const { reasons } = decisionOn(reading('brot uhr', BETWEEN));
  for (const { value, limit, passed } of reasons) {
    if (value !== undefined && limit !== undefined) expect(passed).toBe(value >= limit);
    else expect([value, limit]).toEqual([undefined, undefined]);
  }
  expect(reasons.filter(({ limit }) => limit !== undefined)).toHaveLength(2);
});
