import { Client, Events, GatewayIntentBits } from 'discord.js';

/*
 * The least that a bot with discord.js can be: the same intents, discord.js's own caches, and to each mention the same answer.
 */

const client = new Client({
  intents: [
    GatewayIntentBits.Guilds,
    GatewayIntentBits.GuildMessages,
    GatewayIntentBits.DirectMessages,
    GatewayIntentBits.MessageContent,
  ],
  rest: { api: process.env['DISCORD_API'] ?? '' },
});
client.once(Events.ClientReady, () => console.log('connected'));
client.on(Events.MessageCreate, async (message) => {
  if (message.mentions.users.has(client.user?.id ?? '')) await message.reply('I heard you.');
});
await client.login(process.env['DISCORD_TOKEN']);
