import { expect, test } from 'vitest';
import { systemClock } from '../../../src/operation/clock.ts';
import { ConnectionMonitor } from '../../../src/operation/health/connection-monitor.ts';
import { load } from './load.ts';

test('what is said around the bot by thousands, while connections break, is not heaped up', async () => {
  const monitor = new ConnectionMonitor(systemClock);
  const playing = await load(undefined, { monitor });
  const { discord, guild, general, ask, asked } = playing;
  const crowd = Array.from({ length: 1_500 }, (_, index) => guild.member(`Passer-by ${index}`));
  for (const round of [1, 2]) {
    for (const member of crowd) member.says(general, `nichts für den bot, runde ${round}`);
    ask(16);
    if (round === 1) discord.drop();
    await discord.settled();
  }
  await playing.expectAllAnsweredOnce();
  const { users, members, messages } = monitor.cached;
  expect(users).toBeLessThanOrEqual(1_001);
  expect(members).toBeLessThanOrEqual(11);
  expect(messages).toBeLessThanOrEqual(asked.length);
});
