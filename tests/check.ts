/** `npm run check`: may I commit? Types, lint, format, generated files, architecture and the tests that need nothing but Node. */
import { runCheck } from './runner/check-steps.ts';
import { cleanUpOnSignals, createCleanup } from './runner/cleanup.ts';

const started = performance.now();
const cleanup = createCleanup();
cleanUpOnSignals(cleanup);
const results = await runCheck(cleanup, (text) => console.log(text));
await cleanup.run();
const failed = results.filter(({ isOk }) => !isOk).map(({ name }) => name);
const seconds = ((performance.now() - started) / 1000).toFixed(1);
console.log(failed.length === 0 ? `You may commit (${seconds} s).` : `Not yet: ${failed.join(', ')} (${seconds} s).`);
process.exitCode = failed.length === 0 ? 0 : 1;
