/**
 * Node's own SQLite. Before version 24 Node warns, whenever it is loaded, that it may still change; whoever runs the
 * bot can do nothing about that, so it is loaded without a word.
 */
export const { DatabaseSync } = quietly(() => process.getBuiltinModule('node:sqlite'));
export type Database = InstanceType<typeof DatabaseSync>;

function quietly<T>(load: () => T): T {
  const { emitWarning } = process;
  process.emitWarning = () => {};
  try {
    return load();
  } finally {
    process.emitWarning = emitWarning;
  }
}
