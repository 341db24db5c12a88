import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import { loadStandard } from '#platform/metadata/load.ts';
import { referring } from './references.ts';

test('What refers to a customer is found in all services, by its own fields and by those of its rows', async () => {
  const { objects } = await loadStandard(join(import.meta.dirname, '..', '..', '..', 'metadata'));
  const customer = objects.find(({ name }) => name === 'customer');
  assert.ok(customer);
  const found = new Map(
    referring(objects, customer, { id: 'c', names: ['customer/c', 'a@b.c'] }).map(({ object, filter }) => [object.name, filter.or]),
  );
  const wanted = [
    'contact',
    'address',
    'bank_account',
    'offer',
    'order',
    'delivery_note',
    'invoice',
    'credit_note',
    'open_item',
    'dunning_notice',
  ];
  assert.deepEqual(
    wanted.filter((name) => !found.has(name)),
    [],
  );
  assert.deepEqual(found.get('contact'), [{ customerId: 'c' }, { name: { in: ['customer/c', 'a@b.c'] } }]);
  assert.deepEqual(found.get('suppression'), [{ address: { in: ['customer/c', 'a@b.c'] } }]);
  assert.deepEqual(found.get('message_time'), [{ recipient: { in: ['customer/c', 'a@b.c'] } }]);
  assert.deepEqual(found.get('pricing_rule'), [{ customerIds: { anyOf: ['c'] } }]);
  assert.ok(!found.has('offer_line') && !found.has('product'));
});
