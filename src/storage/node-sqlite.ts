import { quietly } from '../operation/without-warnings.ts';

/** Node's own SQLite. Before version 24 Node warns, whenever it is loaded, that it may still change. */
export const { DatabaseSync } = quietly(() => process.getBuiltinModule('node:sqlite'));
export type Database = InstanceType<typeof DatabaseSync>;
