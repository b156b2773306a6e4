import { setTimeout as sleep } from 'node:timers/promises';
import type { Gateway } from './gateway.ts';
import type { Rest } from './rest.ts';
import { WaitedInVain } from './waiting.ts';
import type { World } from './world.ts';

/** Rounds in a row in which nothing may happen. */
const QUIET_ROUNDS = 3;
/** A turn for what the bot does between reading an event and its request, in milliseconds. */
const TURN = 5;

/** discord.js adds up to twice 50 ms to what it was told to wait; in milliseconds, with time to spare. */
const WAITING_MARGIN = 250;

/**
 * Resolves when the bot is idle: every client has read all events (it answered a request for a heartbeat sent after
 * them), no request is open or put off by a rate limit (one that it was told, or the 50 a second that clients keep to), and several such rounds have passed without anything new.
 * Work that a bot puts off by a timer of its own cannot be seen from here.
 * @throws WaitedInVain if it does not come to rest
 */
export async function settle(world: World, gateway: Gateway, rest: Rest): Promise<void> {
  const deadline = performance.now() + world.settings.patienceMs;
  const state = () => `${world.requests.length} ${gateway.delivered} ${gateway.identified} ${gateway.resumed}`;
  let quiet = 0;
  let before = '';
  while (quiet < QUIET_ROUNDS) {
    if (performance.now() > deadline) throw new WaitedInVain(`The bot does not come to rest.\n${world.history()}`);
    await gateway.roundTrip();
    await sleep(TURN);
    await world.until('open requests to be answered', () => (rest.open === 0 ? true : undefined));
    const wait = rest.waitingUntil - performance.now();
    if (wait > 0) await sleep(wait + WAITING_MARGIN);
    while (rest.isPaced && performance.now() < deadline) await sleep(10 * TURN);
    quiet = state() === before ? quiet + 1 : 0;
    before = state();
  }
}
