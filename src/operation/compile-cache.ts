import { enableCompileCache } from 'node:module';
import { fileURLToPath } from 'node:url';

// Node then compiles the program once, not at each start. Where that folder may not be written, it does without.
enableCompileCache(fileURLToPath(new URL('../../node_modules/.cache/compiled', import.meta.url)));
