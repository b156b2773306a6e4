import { Client, Events, GatewayIntentBits } from 'discord.js';

/* A minimal discord.js bot: the same intents, discord.js's default caches, and one fixed answer to each mention. */

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
  if (message.mentions.users.has(client.user?.id ?? '')) await message.reply('Hello!');
});
await client.login(process.env['DISCORD_TOKEN']);
