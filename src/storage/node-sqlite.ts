import { withoutWarnings } from '../operation/without-warnings.ts';

/** Node's own SQLite. Before version 24 Node warns, whenever it is loaded, that it may still change. */
export const { DatabaseSync } = withoutWarnings(() => process.getBuiltinModule('node:sqlite'));
export type Database = InstanceType<typeof DatabaseSync>;
