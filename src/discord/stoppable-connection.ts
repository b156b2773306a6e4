import { SimpleShardingStrategy, type WebSocketOptions } from 'discord.js';

/**
 * Options of discord.js with which a client that is destroyed before it knows where to connect does not connect after all:
 * otherwise it would, would identify, and would hear and answer next to the one that takes its place.
 *
 * @param signal given before the client is destroyed
 */
export function stoppableConnection(signal: AbortSignal): Pick<WebSocketOptions, 'buildStrategy'> {
  return {
    buildStrategy: (connections) =>
      new (class extends SimpleShardingStrategy {
        override async connect() {
          signal.throwIfAborted();
          await super.connect();
        }
      })(connections),
  };
}
