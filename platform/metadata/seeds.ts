import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { isRecord } from '#platform/kernel/is-record.ts';
import type { Json } from '#platform/kernel/model.ts';
import { trusted } from '#platform/kernel/seam.ts';

/** Records that come with an object, in API words, each under a key that stays its own. */
export type Seed = {
  readonly object: string;
  readonly records: readonly { readonly key: string; readonly values: { readonly [field: string]: Json } }[];
};

/** What the seed files of one module hold. Their schema has been checked with the others, so what is no list of records is a bug. */
export async function readSeeds(folder: string, module: string): Promise<readonly Seed[]> {
  const objects = await readdir(join(folder, module)).catch(() => []);
  const read = objects.map(async (object): Promise<readonly Seed[]> => {
    const text = await readFile(join(folder, module, object, 'seed.json'), 'utf8').catch(() => null);
    return text === null ? [] : [{ object, records: seedRecords(JSON.parse(text)) }];
  });
  return (await Promise.all(read)).flat();
}

function seedRecords(parsed: unknown): Seed['records'] {
  if (!Array.isArray(parsed)) throw new TypeError('A seed file is a list of records');
  return parsed
    .filter(isRecord)
    .map(({ key, ...values }) => ({ key: String(key), values: trusted<Seed['records'][number]['values']>(values) }));
}
