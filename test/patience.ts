/**
 * How long tests wait for what should happen, in milliseconds: far longer than it takes on a busy machine. Whatever waits in a
 * test, for a bot, a child process, a browser or a database, waits this long; only a test that fails takes it up.
 */
export const PATIENCE = 60_000;

/** How long a test may take, which may wait several times. */
export const TEST_PATIENCE = 3 * PATIENCE;
