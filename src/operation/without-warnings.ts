/** Loads an experimental part of Node without its warning, which nobody who runs the bot can do anything about. */
export function withoutWarnings<T>(load: () => T): T {
  const { emitWarning } = process;
  process.emitWarning = () => {};
  try {
    return load();
  } finally {
    process.emitWarning = emitWarning;
  }
}
