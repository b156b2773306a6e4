import { Writable } from 'node:stream';
import { isatty } from 'node:tty';
import { type Logger, pino } from 'pino';
import pretty from 'pino-pretty';
import type { Settings } from './settings.ts';

const WARN = 40;
/** How much is held back for a slow reader, in bytes. */
const MAX_WAITING = 1_000_000;

/**
 * Logs to standard output: JSON lines, or readable ones in a terminal. The log holds ids, numbers and names of topics,
 * never a token or a member's words, and the shards if other processes run the others.
 */
export function openLog({ LOG_LEVEL: level, SHARD_IDS: shards }: Pick<Settings, 'LOG_LEVEL' | 'SHARD_IDS'>): Logger {
  const base = shards === undefined ? null : { shards };
  // Defence in depth: nothing logs any of these.
  const options = { level, base, redact: ['token', '*.token', '*.headers', '*.requestBody'] };
  const output = lossyOutput();
  if (!isatty(1)) return pino(options, output);
  return pino(options, pretty({ sync: true, translateTime: 'HH:MM:ss', destination: output }));
}

/**
 * Standard output that neither blocks nor fails: pino's own blocks the process while the other end of a pipe isn't
 * read, and Node's ends it when the disk is full.
 */
function lossyOutput(): Writable {
  const { stdout } = process;
  // Including the listener that ends a command when its reader is gone.
  stdout.removeAllListeners('error').on('error', () => {});
  let dropped = 0;
  return new Writable({
    decodeStrings: false,
    write: (line: string, _, done) => {
      if (stdout.writable && stdout.writableLength <= MAX_WAITING) {
        const missing = dropped;
        const notice = { level: WARN, time: Date.now(), msg: 'log lines were dropped', dropped: missing };
        dropped = 0;
        stdout.write(missing > 0 ? `${JSON.stringify(notice)}\n${line}` : line, (error) => {
          if (error) dropped += missing + 1;
        });
      } else dropped++;
      done();
    },
  });
}
