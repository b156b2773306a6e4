/**
 * Runs `load` without a warning on standard error. For parts of Node that it calls experimental: whoever runs the
 * program can do nothing about that.
 */
export function withoutWarnings<T>(load: () => T): T {
  const { emitWarning } = process;
  process.emitWarning = () => {};
  try {
    return load();
  } finally {
    process.emitWarning = emitWarning;
  }
}
