import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';
import { pino } from 'pino';
import { expect, onTestFinished, test } from 'vitest';
import { openStorage } from '../../src/storage/storage.ts';
import { FakeClock } from '../fake-clock.ts';
import { ONE_SHARD } from '../one-shard.ts';

/** A message of PostgreSQL's protocol: https://www.postgresql.org/docs/current/protocol-message-formats.html */
function message(type: string, body: string): Buffer {
  const header = Buffer.from(`${type}0000`);
  header.writeInt32BE(4 + body.length, 1);
  return Buffer.concat([header, Buffer.from(body)]);
}
const WELCOME = Buffer.concat([message('R', '\0\0\0\0'), message('Z', 'I')]);
const STOPPING = message('E', 'SFATAL\0VFATAL\0C57P01\0Mstopping\0\0');

test('a PostgreSQL server that ends each connection at its first statement is asked anew each time', async () => {
  let connections = 0;
  const server = createServer((socket) => {
    connections++;
    socket.once('data', () => {
      socket.write(WELCOME);
      socket.once('data', () => socket.end(STOPPING));
    });
  }).listen(0, '127.0.0.1');
  onTestFinished(() => void server.close());
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const [clock, ending] = [new FakeClock(), new AbortController()];
  const place = { DATABASE_URL: `postgres://bot@127.0.0.1:${port}/bot`, DATA_DIR: '' };
  const opening = openStorage(place, ONE_SHARD, pino({ level: 'silent' }), ending.signal, clock);
  for (const seconds of [1, 2, 4, 8, 16]) {
    await expect.poll(() => clock.waits).toEqual([seconds * 1_000]);
    await clock.advance(seconds * 1_000);
  }
  await expect.poll(() => connections).toBe(6);
  ending.abort();
  await expect(opening).rejects.toThrow('cannot be reached (stopping)');
});
