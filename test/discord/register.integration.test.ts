import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { REST } from 'discord.js';
import { pino } from 'pino';
import { expect, onTestFinished, test } from 'vitest';
import { COMMANDS, registerCommands } from '../../src/discord/commands.ts';
import { openSqlite } from '../storage/open-sqlite.ts';
import { startDiscord } from './server/index.ts';

async function open() {
  const discord = await startDiscord();
  const folder = mkdtempSync(join(tmpdir(), 'register-'));
  const storage = await openSqlite(folder);
  onTestFinished(async () => {
    await storage.close();
    rmSync(folder, { recursive: true, force: true });
    await discord.close();
  });
  const rest = new REST({ api: discord.api }).setToken(discord.token);
  const log = pino({ level: 'silent' });
  return {
    discord,
    start: (guildId?: string) => registerCommands(rest, discord.applicationId, guildId, storage.notes, log),
  };
}

test('the commands are only where DISCORD_GUILD_ID says, and go from where they were before', async () => {
  const { discord, start } = await open();
  const [one, two] = [discord.guild(), discord.guild()];
  await start(one.id);
  expect(discord.commands(one)).toHaveLength(COMMANDS.length);
  await start(two.id);
  expect([one, two].map((guild) => discord.commands(guild).length)).toEqual([0, COMMANDS.length]);
  await start();
  expect([one, two].map((guild) => discord.commands(guild).length)).toEqual([0, 0]);
  expect(discord.commands()).toHaveLength(COMMANDS.length);
  const requests = discord.requests.length;
  await start();
  expect(discord.requests.slice(requests).map(({ method }) => method)).toEqual(['PUT']);
  await start(one.id);
  expect(discord.commands()).toEqual([]);
  expect([one, two].map((guild) => discord.commands(guild).length)).toEqual([COMMANDS.length, 0]);
});

test('the commands for all servers are kept while the bot is not in the server that DISCORD_GUILD_ID names', async () => {
  const { discord, start } = await open();
  const guild = discord.guild({ withBot: false });
  await start();
  await start(guild.id);
  expect(discord.commands()).toHaveLength(COMMANDS.length);
});

test('a server that the bot has left since is no obstacle', async () => {
  const { discord, start } = await open();
  const guild = discord.guild();
  await start(guild.id);
  guild.removeBot();
  await start();
  expect(discord.commands()).toHaveLength(COMMANDS.length);
});
