import { ComponentType } from 'discord.js';
import { expect, test } from 'vitest';
import { responseTo } from '../../src/discord/click.ts';
import { fromCustomId } from '../../src/discord/custom-id.ts';
import { replyMessage } from '../../src/discord/reply.ts';
import { DISCORD_TEXTS } from '../../src/discord/texts.ts';
import { Engine } from '../../src/engine/engine.ts';
import { bakeryKnowledge } from '../bakery.ts';

const MEMBER = '9'.repeat(20);
/** As long as an id may be. */
const LONG = 'x'.repeat(50);
/** Alike in their first 48 characters. */
const TWINS = [`${'y'.repeat(48)}-1`, `${'y'.repeat(48)}-2`] as const;

const engine = new Engine(
  {
    ...bakeryKnowledge,
    topics: [LONG, ...TWINS, 'short', 'brief'].flatMap((id) =>
      bakeryKnowledge.topics.slice(0, 1).map((topic) => ({ ...topic, id, de: { ...topic.de, answer: `Zu ${id}.` } })),
    ),
  },
  'de',
);

/** What the last button under an answer on these topics posts. */
function shared(...topics: readonly string[]): string {
  const message = replyMessage(engine.answer(topics, 'de'), { asker: MEMBER, isPrivate: true }, engine.knowledge);
  const button = message.components.flatMap((row) => row.components).at(-1);
  if (button?.type !== ComponentType.Button || !('custom_id' in button)) throw new Error('There are buttons.');
  const click = { user: MEMBER, isTheirs: true, isPrivate: true, chosen: undefined, language: 'de' } as const;
  const response = responseTo(fromCustomId(button.custom_id), click, engine);
  return 'message' in response ? response.message.content : '';
}

test('a button under several answers knows all topics, however long their ids are', () => {
  for (const topics of [
    [LONG, 'short'],
    [LONG, 'short', 'brief'],
  ]) {
    for (const id of topics) expect(shared(...topics)).toContain(`Zu ${id}.`);
  }
});

test('a topic whose id is cut and no longer clear is taken for gone rather than for another one', () => {
  expect(shared(TWINS[0], 'short')).toBe(DISCORD_TEXTS.de.topicGone);
});
