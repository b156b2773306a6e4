import { Client, Events, GatewayIntentBits } from 'discord.js';
import { pino } from 'pino';
import { expect, onTestFinished } from 'vitest';
import { steadyConnection, unreadableEvents } from '../../src/discord/connection.ts';
import { systemClock } from '../../src/operation/clock.ts';
import { collecting, type LogLine } from '../collect-log.ts';
import { type DiscordOptions, startDiscord } from './server/index.ts';

/** A client of discord.js with our connection, in a server with a member. */
export async function connectedClient(options: DiscordOptions = {}, clock = systemClock) {
  const discord = await startDiscord(options);
  const lines: LogLine[] = [];
  const log = pino({ level: 'info', base: null }, collecting(lines));
  const counts: string[] = [];
  const unreadable = unreadableEvents(log, { unreadableEvent: (type) => void counts.push(type) });
  const leaving = new AbortController();
  const client = new Client({
    intents: [GatewayIntentBits.Guilds, GatewayIntentBits.GuildMessages, GatewayIntentBits.MessageContent],
    rest: { api: discord.api },
    ws: {
      buildStrategy: steadyConnection({ signal: leaving.signal, clock, log, unreadable }),
      buildIdentifyThrottler: async () => ({ waitForIdentify: async () => {} }),
    },
  });
  unreadable.guard(client);
  const read: string[] = [];
  client.on(Events.MessageCreate, ({ content }) => void read.push(content));
  onTestFinished(async () => {
    leaving.abort();
    await client.destroy();
    await discord.close();
  });
  const guild = discord.guild();
  const channel = guild.textChannel('general');
  const anna = guild.member('Anna');
  return {
    discord,
    client,
    lines,
    counts,
    said: () => lines.map(({ msg }) => msg),
    login: async () => {
      await client.login(discord.token);
      await discord.ready;
      return client;
    },
    /** The client still reads what members write. */
    goesOn: async () => {
      await discord.ready;
      await expect.poll(() => client.isReady()).toBe(true);
      anna.says(channel, `question ${read.length}`);
      const count = read.length;
      await expect.poll(() => read.length).toBe(count + 1);
    },
  };
}
