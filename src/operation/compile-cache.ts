import { enableCompileCache } from 'node:module';
import { fileURLToPath } from 'node:url';

// Node then compiles the program once instead of at each start. If the folder can't be written, it does without.
enableCompileCache(fileURLToPath(new URL('../../node_modules/.cache/compiled', import.meta.url)));
