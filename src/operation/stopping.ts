/** Discord's client ends in four seconds of these; the rest is for closing up. In milliseconds. */
export const MAX_STOP = 4_800;

/**
 * Resolves when this process is asked to end, with what asked. A signal may come twice, from a terminal or service
 * manager that tells every process and from a parent that passes it on: the second one changes nothing.
 */
export function askedToStop(): Promise<string> {
  const { promise, resolve } = Promise.withResolvers<string>();
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, () => resolve(signal));
  return promise;
}
