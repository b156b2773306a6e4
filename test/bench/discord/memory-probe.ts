/* Preloaded into a measured bot: on request, collects garbage and reports the memory in use. */

process.on('message', (request) => {
  if (request !== 'memory') return;
  globalThis.gc?.();
  const { rss, heapUsed, external } = process.memoryUsage();
  process.send?.({ rss, heap: heapUsed + external });
});
// The channel alone keeps no bot running.
process.channel?.unref();
