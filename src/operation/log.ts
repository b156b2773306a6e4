import { fstatSync, writeSync } from 'node:fs';
import { Writable } from 'node:stream';
import { isatty } from 'node:tty';
import { type Logger, pino } from 'pino';
import pretty from 'pino-pretty';
import type { LogLevel } from './settings.ts';
import { type Shards, shardIdsInShort } from './shards.ts';

export type { Logger } from 'pino';

/**
 * Logs to standard output: JSON lines, or readable ones in a terminal. The log holds ids, numbers and names of topics,
 * never a token or a member's words. Lines that can't be written are dropped; the bot goes on.
 *
 * @param shards named in each line if the bot has more than one
 */
export function openLog(level: LogLevel, shards?: Shards): Logger {
  const options = { level, base: originOf(shards), redact: ['token', '*.token', '*.headers', '*.requestBody'] };
  const output = droppingUnwritable();
  if (!isatty(STDOUT)) return pino(options, output);
  return pino(options, pretty({ sync: true, translateTime: 'HH:MM:ss', destination: output }));
}

function originOf(shards: Shards | undefined): object | null {
  if (!shards || shards.count === 1) return null;
  return shards.ids.length === 1 ? { shard: shards.ids[0] } : { shards: shardIdsInShort(shards.ids) };
}

const STDOUT = 1;
/** How much is held back for a reader that is slow, in bytes. */
const MAX_WAITING = 1_000_000;

/** Standard output that neither blocks nor fails: pino's own blocks the process while nobody reads the other end of a pipe. */
function droppingUnwritable(): Writable {
  let dropped = 0;
  const write = isOnDisk(STDOUT) ? writeToFile : writeToStream;
  return new Writable({
    decodeStrings: false,
    write: (line: string, _, done) => {
      // The last line may be cut short.
      const missing =
        dropped > 0 ? `\n${JSON.stringify({ level: WARN, msg: 'lines of the log were lost', dropped })}\n` : '';
      if (write(missing + line)) dropped = 0;
      else dropped++;
      done();
    },
  });
}

const WARN = 40;

/** A file or a device. Node reads and writes pipes, sockets and terminals without blocking. */
function isOnDisk(descriptor: number): boolean {
  try {
    const stats = fstatSync(descriptor);
    return !isatty(descriptor) && !stats.isFIFO() && !stats.isSocket();
  } catch {
    return false;
  }
}

/** Unlike Node's stream, it writes again when a full disk has room again. */
function writeToFile(text: string): boolean {
  try {
    const bytes = Buffer.from(text);
    for (let written = 0; written < bytes.length; ) written += writeSync(STDOUT, bytes, written);
    return true;
  } catch {
    return false;
  }
}

function writeToStream(text: string): boolean {
  const { stdout } = process;
  if (!listened) {
    // Including the listener that ends a command when its reader is gone.
    stdout.removeAllListeners('error').on('error', () => {});
    listened = true;
  }
  if (!stdout.writable || stdout.writableLength > MAX_WAITING) return false;
  stdout.write(text);
  return true;
}

let listened = false;
