import { expect, test, vi } from 'vitest';
import { systemClock } from '../../../src/operation/clock.ts';
import { ConnectionMonitor } from '../../../src/operation/health/connection-monitor.ts';
import { load } from './load.ts';

test('what is said around the bot by thousands, while connections break, is not heaped up', async () => {
  const monitor = new ConnectionMonitor(systemClock);
  const follow = vi.spyOn(monitor, 'follow');
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
  const [client] = follow.mock.lastCall ?? [];
  if (!client) throw new Error('No client was followed.');
  const { users, guilds, channels } = client;
  const members = guilds.cache.reduce((sum, { members }) => sum + members.cache.size, 0);
  const messages = channels.cache.reduce((sum, each) => sum + ('messages' in each ? each.messages.cache.size : 0), 0);
  expect(users.cache.size).toBeLessThanOrEqual(1_001);
  expect(members).toBeLessThanOrEqual(11);
  expect(messages).toBeLessThanOrEqual(asked.length);
});
