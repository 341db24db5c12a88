/** Writes Kong's file from the route table; with `--check` only says whether it is up to date. */
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { kongConfig } from './kong.ts';

const file = fileURLToPath(new URL('./kong.json', import.meta.url));
const text = `${JSON.stringify(kongConfig(), null, 2)}\n`;
if (!process.argv.includes('--check')) writeFileSync(file, text);
else if (readFileSync(file, 'utf8') !== text) {
  console.error('platform/gateway/kong.json is not what the route table says. Run: node platform/gateway/generate.ts');
  process.exitCode = 1;
}
