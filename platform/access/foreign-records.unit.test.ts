import assert from 'node:assert/strict';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { loadStandard } from '#platform/metadata/load.ts';
import { moduleSchema } from '#platform/metadata/module-schema.ts';
import { indexSchema } from '#platform/metadata/schema-index.ts';
import { openForeignRecords, type ForeignRecords } from './foreign-records.ts';

const { objects } = await loadStandard(join(import.meta.dirname, '..', '..', 'metadata'));
const [older, newer] = [4, 5].map((version) => indexSchema(moduleSchema(objects, 'offers', version)));
assert.ok(older && newer);
const customer = older.foreign.get('customer') ?? assert.fail('offers refer to customers');

/** Offers that know version 4, and of the core the version that `reached` leads to; customers answer under version 5. */
function offersAmong(reached: typeof older): ForeignRecords {
  let known = older;
  const reach = async (version: number): Promise<void> => {
    assert.equal(version, 5);
    known = reached;
  };
  const request = async () => ({ status: 200, body: { items: [], next: null }, metadataVersion: 5 });
  return openForeignRecords({ request }, { current: () => known ?? assert.fail(), reach });
}

describe('A page of records for a mirror', () => {
  test('is read again when its owner has the names of metadata that change what is asked for', async () => {
    await assert.rejects(offersAmong(newer).page(older, customer, null), { code: 'schema_behind' });
  });

  test('is taken when the newer metadata are the same for this service', async () => {
    assert.deepEqual(await offersAmong(older).page(older, customer, null), { items: [], next: null });
  });
});
