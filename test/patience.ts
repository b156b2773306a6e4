/**
 * How long tests wait for what should happen, in milliseconds: far longer than it takes on a busy machine. Whatever waits in a
 * test, for a bot, a child process, a browser or a database, waits this long; only a test that fails takes it up.
 */
export const PATIENCE = 120_000;
