import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileSchemas } from './file-schemas.ts';
import { loadStandard } from './load.ts';
import { recordTypes } from './record-types.ts';
import { readSeeds, type Seed } from './seeds.ts';

const ROOT = join(import.meta.dirname, '..', '..', 'metadata');

/** Writes what follows from field types and metadata files: JSON Schemas, record types and VAT rates. Returns the files that were not up to date. */
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
  await put('vat-rates.gen.ts', vatRates(await readSeeds(ROOT, 'invoices')));
  return stale;
}

/** The VAT rates that come with the product, as modules import them: they hold until a service knows those of its installation. */
function vatRates(seeds: readonly Seed[]): string {
  const rates = seeds.find(({ object }) => object === 'tax_rate')?.records ?? [];
  return [
    '// Written by npm run generate from invoices/tax_rate/seed.json.',
    "import type { VatRate } from '#platform/kernel/vat/rates.ts';",
    '',
    '/** VAT rates of the member states of the European Union. */',
    'export const VAT_RATES: readonly VatRate[] = [',
    ...rates.map(({ values }) => `  ${JSON.stringify(values)},`),
    '];',
    '',
  ].join('\n');
}

if (import.meta.main) {
  const check = process.argv.includes('--check');
  const stale = await generate({ check });
  for (const file of stale) console.log(check ? `${file} is not what the metadata say: run npm run generate` : `wrote ${file}`);
  if (check && stale.length > 0) process.exitCode = 1;
}
