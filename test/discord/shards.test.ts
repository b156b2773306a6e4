import { describe, expect, test } from 'vitest';
import { BotProcess, discordOf, type Settings, settingsFor } from './bot-process.ts';
import type { Discord, DiscordOptions } from './server/index.ts';

/** A server that one of the shards is told of, with a channel and two members. */
function serverOf(discord: Discord, shard: number, count: number) {
  const guild = discord.guild({ shard: [shard, count] });
  const general = guild.textChannel('general');
  const anna = guild.member('Anna');
  const mod = guild.member('Mona', { permissions: ['ManageMessages'] });
  const ask = () => anna.says(general, `${discord.bot.mention} Was kostet das Roggenbrot?`);
  return { guild, general, anna, mod, ask };
}

/** The bot in so many processes, connected, with a server for each shard. */
async function sharded(count: number, settings: Settings = {}, options: DiscordOptions = {}) {
  const discord = await discordOf({ maxConcurrency: 16, ...options });
  const servers = Array.from({ length: count }, (_, shard) => serverOf(discord, shard, count));
  const bot = new BotProcess({ ...settingsFor(discord), SHARDS: String(count), ...settings });
  await discord.ready;
  await discord.settled();
  return { discord, servers, bot };
}

describe('with SHARDS, npm start', () => {
  test('runs a process for each shard: every server is answered once, and all end with 0 on SIGTERM', async () => {
    const { discord, servers, bot } = await sharded(3);
    expect(discord.shards).toEqual([0, 1, 2]);
    const asked = servers.map(({ ask }) => ask());
    for (const question of asked) expect((await question.reply()).content).toContain('Dorfblatt');
    await discord.settled();
    expect(asked.map(({ replies }) => replies.length)).toEqual([1, 1, 1]);
    bot.signal('SIGTERM');
    expect(await bot.ended).toBe(0);
    expect(bot.stderr).toBe('');
    const answered = bot.log.filter(({ msg }) => msg === 'answered');
    expect(answered.map(({ shard }) => shard).sort()).toEqual([0, 1, 2]);
    expect(bot.log.filter(({ level }) => level > 30)).toEqual([]);
    expect(bot.stdout).not.toContain(discord.token);
  });
});
