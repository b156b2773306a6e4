import { isatty } from 'node:tty';

/** How long the bot may take to stop, in milliseconds: its Discord client takes up to four seconds of it. */
export const MAX_STOP = 4_800;

/** Then SIGHUP means that the terminal was closed. Otherwise, it traditionally asks a service to reload. */
const HAS_TERMINAL = isatty(0) || isatty(1);

/**
 * Resolves with the first signal that asks this process to stop. Later ones change nothing: a terminal signals npm, too,
 * which passes its signal on.
 */
export function askedToStop(): Promise<string> {
  return new Promise((resolve) => {
    process.on('SIGTERM', resolve).on('SIGINT', resolve);
    if (HAS_TERMINAL) process.on('SIGHUP', resolve);
  });
}

/** Calls `reload` on SIGHUP, unless that stops the bot. */
export function onReloadSignal(reload: () => void): void {
  if (!HAS_TERMINAL) process.on('SIGHUP', reload);
}
