/*
 * Measures the memory of a bot in many servers, before and after much talk of many people that is none of its business:
 *
 *   npx node test/scaling/memory.ts [--guilds 2500] [--messages 200000] [--caches ours|discord.js]
 *
 * Each server has 40 channels and 25 roles, and everybody who writes is somebody else. The gateway is one of this file's
 * own: the double in test/discord/server keeps all that was ever sent.
 */
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:http';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { GatewayOpcodes } from 'discord.js';
import { type WebSocket, WebSocketServer } from 'ws';
import { Guild } from '../discord/server/guild.ts';
import { guildCreatePayload } from '../discord/server/payloads/guild.ts';
import { memberPayload } from '../discord/server/payloads/people.ts';
import { World } from '../discord/server/world.ts';

const { values } = parseArgs({
  options: {
    guilds: { type: 'string', default: '2500' },
    messages: { type: 'string', default: '200000' },
    caches: { type: 'string', default: 'ours' },
  },
});
const CHANNELS = 40;
const ROLES = 25;
const TOKEN = 'MTIzNDU2Nzg5MDEyMzQ1Njc4.Gtest0.this-token-opens-nothing-anywhere';
const guilds = Number(values.guilds);
const messages = Number(values.messages);

const world = new World({
  token: TOKEN,
  botName: 'Bot',
  interactionDeadlineMs: 0,
  interactionLifetimeMs: 0,
  patienceMs: 0,
});
const model = new Guild(world, {});
for (let n = 1; n < CHANNELS; n++) model.textChannel(`channel-${n}`);
const [firstChannel] = [model.textChannel('channel-0')];
for (let n = 2; n < ROLES; n++) model.role(`role-${n}`, ['SendMessages']);
const pattern = JSON.stringify(guildCreatePayload(world, model));
const ownIds = [...new Set(pattern.match(/"\d{17,20}"/g))].filter((id) => id !== `"${world.bot.id}"`);
const author = { ...memberPayload(model, world.bot).user, bot: false };

let lastId = BigInt(firstChannel?.id ?? 0);
function nextId(): string {
  lastId += 1n << 22n;
  return String(lastId);
}

/** A server like the model, with ids of its own. */
function anotherGuild() {
  const ids = new Map(ownIds.map((id) => [id, `"${nextId()}"`]));
  const text = pattern.replaceAll(/"\d{17,20}"/g, (id) => ids.get(id) ?? id);
  const guild = JSON.parse(text) as { readonly id: string; readonly channels: readonly { readonly id: string }[] };
  return { id: guild.id, text, channels: guild.channels.map(({ id }) => id) };
}

const places: { readonly guild: string; readonly channel: string }[] = [];

function message(n: number): string {
  // From server to server, so that all of them are talked in.
  const { guild, channel } = places[(n * CHANNELS + Math.floor(n / guilds)) % places.length] ?? {
    guild: '',
    channel: '',
  };
  const id = nextId();
  return JSON.stringify({
    id,
    channel_id: channel,
    guild_id: guild,
    type: 0,
    author: { ...author, id: nextId(), username: `somebody_${n}`, global_name: `Somebody ${n}` },
    member: {
      roles: [],
      joined_at: '2026-01-01T00:00:00.000Z',
      deaf: false,
      mute: false,
      nick: null,
      avatar: null,
      flags: 0,
      pending: false,
    },
    content: `Nothing that anybody asks the bot, number ${n}: where do we meet on Friday, and who brings the cake?`,
    embeds: [],
    components: [],
    attachments: [],
    mentions: [],
    mention_roles: [],
    mention_everyone: false,
    timestamp: new Date().toISOString(),
    edited_timestamp: null,
    flags: 0,
    pinned: false,
    tts: false,
  });
}

const server = createServer((request, response) => {
  const isGateway = request.url?.endsWith('/gateway/bot');
  const limits = { total: 1_000, remaining: 999, reset_after: 86_400_000, max_concurrency: 16 };
  response.setHeader('Content-Type', 'application/json');
  response.end(
    JSON.stringify(isGateway ? { url: `ws://127.0.0.1:${port()}`, shards: 1, session_start_limit: limits } : []),
  );
});
server.listen(0, '127.0.0.1');
await once(server, 'listening');
function port(): number {
  const address = server.address();
  return typeof address === 'object' && address ? address.port : 0;
}

let heartbeats = 0;
let sequence = 0;
const sockets = new WebSocketServer({ server });
const identified = new Promise<WebSocket>((resolve) => {
  sockets.on('connection', (socket) => {
    socket.send(JSON.stringify({ op: GatewayOpcodes.Hello, d: { heartbeat_interval: 600_000 } }));
    socket.on('message', (data) => {
      const { op } = JSON.parse(String(data)) as { op: number };
      if (op === GatewayOpcodes.Identify) resolve(socket);
      if (op === GatewayOpcodes.Heartbeat) heartbeats += 1;
    });
  });
});

const bot = fork(fileURLToPath(new URL('./memory-bot.ts', import.meta.url)), [], {
  execArgv: ['--expose-gc'],
  env: { PATH: process.env['PATH'], API: `http://127.0.0.1:${port()}/api`, TOKEN, CACHES: values.caches },
});
const socket = await identified;
const dispatch = (t: string, d: string) => socket.send(`{"op":0,"s":${++sequence},"t":"${t}","d":${d}}`);

/** Resolves when the bot has read all that was sent. */
async function read(): Promise<void> {
  const before = heartbeats;
  socket.send(JSON.stringify({ op: GatewayOpcodes.Heartbeat, d: null }));
  while (heartbeats === before) await wait(5);
}

async function memory(when: string): Promise<void> {
  await read();
  bot.send('measure');
  const [measured] = (await once(bot, 'message')) as [Readonly<Record<string, number>>];
  console.log(JSON.stringify({ caches: values.caches, guilds, when, ...measured }));
}

const ready = Array.from({ length: guilds }, anotherGuild);
dispatch(
  'READY',
  JSON.stringify({
    v: 10,
    user: { ...author, bot: true, id: world.bot.id },
    guilds: ready.map(({ id }) => ({ id, unavailable: true })),
    session_id: 'one',
    resume_gateway_url: `ws://127.0.0.1:${port()}`,
    application: { id: world.applicationId, flags: 0 },
  }),
);
for (const { id, text, channels } of ready) {
  dispatch('GUILD_CREATE', text);
  places.push(...channels.map((channel) => ({ guild: id, channel })));
  if (places.length % 2_000 === 0) await read();
}
await memory('after the start');
const startedAt = performance.now();
for (let n = 0; n < messages; n++) {
  dispatch('MESSAGE_CREATE', message(n));
  if (n % 500 === 0) await read();
}
await read();
const seconds = (performance.now() - startedAt) / 1_000;
console.log(JSON.stringify({ messagesPerSecond: Math.round(messages / seconds) }));
await memory(`after ${messages} messages of as many people`);
bot.kill();
socket.terminate();
sockets.close();
server.close();
