import { expect, test } from 'vitest';
import { BotProcess, discordOf, settingsFor } from '../bot-process.ts';

const POST = 'POST /channels/:id/messages';

/** A bot as a process of its own, with members in several channels who all ask the same. */
async function running() {
  const discord = await discordOf();
  const guild = discord.guild();
  const channels = Array.from({ length: 6 }, (_, index) => guild.textChannel(`channel-${index}`));
  const members = Array.from({ length: 12 }, (_, index) => guild.member(`Member ${index}`));
  const bot = new BotProcess(settingsFor(discord));
  await discord.ready;
  const ask = () =>
    members.map((member, index) => {
      const channel = channels[index % channels.length];
      if (!channel) throw new Error('There is no channel.');
      return member.says(channel, `${discord.bot.mention} Was kostet das Roggenbrot?`);
    });
  const sent = () => discord.requests.filter(({ method, path }) => method === 'POST' && path.endsWith('/messages'));
  return { discord, bot, ask, sent };
}

test('told to end while many are being answered, the bot finishes what it began, doubles nothing and ends with 0', async () => {
  const { discord, bot, ask, sent } = await running();
  discord.nextResponse(POST, { delayMs: 400, times: 12 });
  const asked = ask();
  await discord.until('answers on their way', () => sent().length >= 6 || undefined);
  bot.signal('SIGTERM');
  expect(await bot.ended).toBe(0);
  expect(asked.map(({ replies }) => replies.length)).toEqual(asked.map(() => 1));
  expect(bot.log.filter(({ level }) => level > 30)).toEqual([]);
});

test('killed while many are being answered, and started again, the bot doubles nothing', async () => {
  const { discord, bot, ask, sent } = await running();
  discord.nextResponse(POST, { delayMs: 400, times: 12 });
  const asked = ask();
  await discord.until('answers on their way', () => sent().length >= 6 || undefined);
  bot.signal('SIGKILL');
  await bot.ended;
  const again = new BotProcess(settingsFor(discord), bot.folder);
  await discord.until('it to connect', () => again.log.some(({ msg }) => msg === 'connected') || undefined);
  await discord.settled();
  const later = ask();
  await discord.until('all to be answered', () => later.every(({ replies }) => replies.length > 0) || undefined);
  await discord.settled();
  expect(asked.filter(({ replies }) => replies.length > 1)).toEqual([]);
  expect(later.map(({ replies }) => replies.length)).toEqual(later.map(() => 1));
});
