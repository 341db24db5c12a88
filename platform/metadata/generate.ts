import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileSchemas } from './file-schemas.ts';
import { loadStandard } from './load.ts';
import { recordTypes } from './record-types.ts';

const ROOT = join(import.meta.dirname, '..', '..', 'metadata');

/** Writes what follows from field types and metadata files: JSON Schemas and record types. Returns the files that were not up to date. */
export async function generate(options: { readonly check: boolean }): Promise<readonly string[]> {
  const stale: string[] = [];
  const put = async (file: string, text: string): Promise<void> => {
    const path = join(ROOT, file);
    if ((await readFile(path, 'utf8').catch(() => null)) === text) return;
    stale.push(`metadata/${file}`);
    if (!options.check) await writeFile(path, text);
  };
  await mkdir(join(ROOT, 'schema'), { recursive: true });
  for (const [name, schema] of fileSchemas()) await put(`schema/${name}`, `${JSON.stringify(schema, null, 2)}\n`);
  const standard = await loadStandard(ROOT);
  await put('records.gen.ts', recordTypes(standard.objects));
  return stale;
}

if (import.meta.main) {
  const check = process.argv.includes('--check');
  const stale = await generate({ check });
  for (const file of stale) console.log(check ? `${file} is not what the metadata say: run npm run generate` : `wrote ${file}`);
  if (check && stale.length > 0) process.exitCode = 1;
}
