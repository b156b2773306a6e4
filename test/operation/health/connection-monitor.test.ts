import { Client, Events } from 'discord.js';
import { expect, onTestFinished, test } from 'vitest';
import { ConnectionMonitor } from '../../../src/operation/health/connection-monitor.ts';
import { FakeClock } from '../../fake-clock.ts';

function clientWatchedBy(monitor: ConnectionMonitor): Client {
  const client = new Client({ intents: [] });
  onTestFinished(() => client.destroy());
  monitor.follow(client);
  return client;
}

const becomeReady = (client: Client) => client.emit(Events.ClientReady, client as Client<true>);

test('shards that are lost in turns count as away only since the first of those still away was lost', async () => {
  const clock = new FakeClock();
  const monitor = new ConnectionMonitor(clock);
  const client = clientWatchedBy(monitor);
  becomeReady(client);
  expect(monitor.connected).toBe(true);
  for (const shard of [0, 1, 2]) {
    client.emit(Events.ShardReconnecting, shard);
    await clock.advance(1_000);
    client.emit(Events.ShardReconnecting, shard + 1);
    client.emit(Events.ShardResume, shard, 0);
    expect(monitor.disconnectedFor).toBe(0);
    await clock.advance(60_000);
    expect(monitor.disconnectedFor).toBe(60_000);
  }
  client.emit(Events.ShardReady, 3, undefined);
  expect([monitor.connected, monitor.disconnectedFor, monitor.losses]).toEqual([true, 0, 4]);
});

test('a bot is away from its start until the client is ready, even if another replaces the first', async () => {
  const clock = new FakeClock();
  const monitor = new ConnectionMonitor(clock);
  const first = clientWatchedBy(monitor);
  await clock.advance(1_000);
  const second = clientWatchedBy(monitor);
  becomeReady(first);
  expect([monitor.connected, monitor.disconnectedFor]).toEqual([false, 1_000]);
  becomeReady(second);
  expect(monitor.connected).toBe(true);
});
