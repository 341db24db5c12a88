/** Loaded before `main.ts` by the scripts that start the platform: what Node compiles is kept, so that the next start takes half a second less. */
import { enableCompileCache } from 'node:module';
import { join } from 'node:path';

enableCompileCache(join(import.meta.dirname, '..', 'node_modules', '.cache', 'compiled'));
