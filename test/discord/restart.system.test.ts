import { expect, onTestFinished, test } from 'vitest';
import { BotProcess, discordOf, settingsFor } from './bot-process.ts';
import type { Message } from './server/index.ts';

test('a restart in which the new process starts before the old one ends misses and doubles nothing', async () => {
  const discord = await discordOf();
  const guild = discord.guild();
  const channels = Array.from({ length: 5 }, (_, index) => guild.textChannel(`channel-${index}`));
  const anna = guild.member('Anna');
  const asked: Message[] = [];
  const ask = () => {
    const channel = channels[asked.length % channels.length];
    if (channel) asked.push(anna.says(channel, `${discord.bot.mention} Was kostet das Roggenbrot?`));
  };
  const settings = { ...settingsFor(discord), MEMBER_QUESTIONS_PER_MINUTE: '0', CHANNEL_ANSWERS_PER_MINUTE: '0' };
  const old = new BotProcess(settings);
  await discord.ready;
  const asking = setInterval(ask, 40);
  onTestFinished(() => clearInterval(asking));
  const next = new BotProcess(settings, old.folder);
  await next.says('"connected"');
  const someMore = () => {
    const before = asked.length;
    return discord.until('some more questions', () => (asked.length > before + 10 ? true : undefined));
  };
  await someMore();
  expect(discord.shards).toEqual([0, 0]);
  old.signal('SIGTERM');
  expect(await old.ended).toBe(0);
  await someMore();
  clearInterval(asking);
  await discord.settled();
  expect(asked.map(({ replies }) => replies.length)).toEqual(asked.map(() => 1));
  expect(asked.length).toBeGreaterThan(20);
  next.signal('SIGTERM');
  expect(await next.ended).toBe(0);
});
