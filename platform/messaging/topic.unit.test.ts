import assert from 'node:assert/strict';
import { test } from 'node:test';
import { matches, recordTopics } from './topic.ts';

test('a topic fits a pattern as AMQP has it', () => {
  const topic = 'customers.CustomerCreated';
  for (const pattern of [
    'customers.CustomerCreated',
    'customers.*',
    '*.CustomerCreated',
    '#',
    '#.CustomerCreated',
    'customers.#',
    '*.*',
    'customers.CustomerCreated.#',
  ]) {
    assert.equal(matches([pattern], topic), true, pattern);
  }
  for (const pattern of ['customers.CustomerUpdated', 'offers.*', '*', 'customers', 'customers.*.*', ''])
    assert.equal(matches([pattern], topic), false, pattern);
  assert.equal(matches([], topic), false);
});

test('the record events of an object are named after it', () => {
  assert.deepEqual(recordTopics({ module: 'offers', name: 'price_list' }), [
    'offers.PriceListCreated',
    'offers.PriceListUpdated',
    'offers.PriceListDeleted',
  ]);
});
