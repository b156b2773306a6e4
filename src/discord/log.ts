import { type Logger, pino } from 'pino';
import pretty from 'pino-pretty';
import type { LogLevel } from '../config.ts';

export type { Logger } from 'pino';

/**
 * Structured lines, or readable ones when a terminal looks on. What is logged never holds a token or a word that
 * anybody wrote: only ids, numbers and names of topics.
 */
export function openLog(level: LogLevel): Logger {
  const options = { level, base: null, redact: ['token', '*.token', '*.headers', '*.requestBody'] };
  return process.stdout.isTTY ? pino(options, pretty({ sync: true, translateTime: 'HH:MM:ss' })) : pino(options);
}
