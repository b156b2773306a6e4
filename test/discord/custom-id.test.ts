import { describe, expect, test } from 'vitest';
import { type Control, fromCustomId, maxTopicLength, toCustomId } from '../../src/discord/custom-id.ts';
import { LANGUAGES } from '../../src/knowledge/knowledge.ts';

const MAX_TOPIC = 'a'.repeat(50);
/** What is left of a long id in a control of several topics. */
const cut = (topics: number) => MAX_TOPIC.slice(0, maxTopicLength(topics));
const MAX_ID_LENGTH = '9'.repeat(20);

const CONTROLS: readonly Control[] = LANGUAGES.flatMap((language) =>
  ['1', '123456789012345678', MAX_ID_LENGTH].flatMap((asker) => [
    ...(['topic', 'translate', 'helpful', 'unhelpful', 'share'] as const).flatMap((action) =>
      [
        ['fees'],
        ['what-is-xiaomi-pay'],
        [MAX_TOPIC],
        ['fees', 'launch-date'],
        Array(2).fill(cut(2)),
        ['fees', 'launch-date', 'miui'],
        Array(3).fill(cut(3)),
      ].map((topics) => ({ action, topics, language, asker })),
    ),
    ...(['none', 'dismiss', 'menu'] as const).map((action) => ({ action, language, asker })),
    ...[0, 1, 999].map((page) => ({ action: 'page' as const, page, language, asker })),
  ]),
);

describe('a custom id', () => {
  test.for(CONTROLS.map((control) => [toCustomId(control), control] as const))(
    'says all that its control does: %s',
    ([customId, control]) => {
      expect(fromCustomId(customId)).toEqual(control);
    },
  );

  test('is never longer than the 100 characters that Discord allows', () => {
    expect(Math.max(...CONTROLS.map((control) => toCustomId(control).length))).toBeLessThanOrEqual(100);
  });

  test.for([2, 3])('cuts long ids of %i topics', (count) => {
    const topics = [MAX_TOPIC, ...Array(count - 1).fill('fees')];
    const control = { action: 'helpful', topics, language: 'de', asker: '1' } as const;
    expect(fromCustomId(toCustomId(control))).toMatchObject({ topics: [cut(count), ...topics.slice(1)] });
  });

  test('of two topics in an older message is still understood', () => {
    const topics = ['a'.repeat(30), 'fees'];
    expect(fromCustomId(`xp1|helpful|de|1|${topics.join('+')}`)).toMatchObject({ topics });
    expect(cut(2)).toBe(topics[0]);
  });

  test('is another one for every control', () => {
    expect(new Set(CONTROLS.map(toCustomId)).size).toBe(CONTROLS.length);
  });
});

describe('what the bot never wrote is no control:', () => {
  test.for([
    ['nothing', ''],
    ['a word', 'dismiss'],
    ['nothing between the separators', '||||'],
    ['that of another bot', 'xp|dismiss|en|1|'],
    ['that of a later version', 'xp2|dismiss|en|1|'],
    ['the form in capitals', 'XP1|dismiss|en|1|'],
    ['an action that there is not', 'xp1|ban|en|1|'],
    ['an action that every object has', 'xp1|toString|en|1|'],
    ['no action', 'xp1||en|1|fees'],
    ['a language that there is not', 'xp1|dismiss|fr|1|'],
    ['no language', 'xp1|dismiss||1|'],
    ['no asker', 'xp1|dismiss|en||'],
    ['an asker who is no id', 'xp1|dismiss|en|anna|'],
    ['an asker with a sign', 'xp1|dismiss|en|-1|'],
    ['an asker with blanks', 'xp1|dismiss|en| 1|'],
    ['an asker with a line break', 'xp1|dismiss|en|1\n|'],
    ['an asker longer than any id', `xp1|dismiss|en|${'1'.repeat(21)}|`],
    ['one part too few', 'xp1|dismiss|en|1'],
    ['one part too many', 'xp1|topic|en|1|fees|more'],
    ['a topic with a separator', 'xp1|topic|en|1|fees|'],
    ['no topic where one belongs', 'xp1|topic|en|1|'],
    ['four topics', 'xp1|topic|en|1|fees+partner+miui+setup'],
    ['half of two topics', 'xp1|topic|en|1|fees+'],
    ['no page', 'xp1|page|en|1|'],
    ['a page before the first', 'xp1|page|en|1|-1'],
    ['a page and a half', 'xp1|page|en|1|1.5'],
    ['a page in another notation', 'xp1|page|en|1|1e2'],
    ['a page beyond all counting', 'xp1|page|en|1|1000'],
    ['a page that is no number', 'xp1|page|en|1|one'],
    ['blanks around it', ' xp1|dismiss|en|1| '],
  ] as const)('%s', ([, customId]) => {
    expect(fromCustomId(customId)).toBeUndefined();
  });

  test.for(['none', 'dismiss', 'menu'])('a detail where none belongs: %s', (action) => {
    expect(fromCustomId(`xp1|${action}|en|1|fees`)).toBeUndefined();
  });
});
