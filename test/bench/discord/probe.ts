/* Preloaded into a bot that is measured: on request, it collects garbage and says what memory is left in use. */

process.on('message', (asked) => {
  if (asked !== 'memory') return;
  globalThis.gc?.();
  const { rss, heapUsed, external } = process.memoryUsage();
  process.send?.({ rss, heap: heapUsed + external });
});
// The line to the parent keeps no bot alive.
process.channel?.unref();
