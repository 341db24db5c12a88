import assert from 'node:assert/strict';
import { test } from 'node:test';
import { differenceOf, missingOf, rebuild, type Shadow } from './shadow.ts';

const event = (type: string, version: number, values: object, changed: object = {}) => ({
  type,
  data: { record: { id: 'a', version, ...values }, changed },
});

test('A record is what its newest event says, in whatever order they come, and however often', () => {
  const shadow: Shadow = new Map();
  for (const one of [
    event('CustomerUpdated', 2, { name: 'New' }),
    event('CustomerCreated', 1, { name: 'Old' }),
    event('CustomerUpdated', 2, { name: 'New' }),
  ])
    rebuild(shadow, one);
  assert.equal(differenceOf(shadow, { id: 'a', version: 2, name: 'New' }), null);
});

test('A value that no event tells of is a difference, and so is a record that is missing or unknown', () => {
  const shadow: Shadow = new Map();
  rebuild(shadow, event('CustomerCreated', 1, { name: 'Old' }));
  assert.deepEqual(differenceOf(new Map(shadow), { id: 'a', version: 1, name: 'Other' }), {
    record: 'a',
    what: 'different',
    fields: 'name',
  });
  assert.deepEqual(missingOf(shadow), [{ record: 'a', what: 'missing', fields: '' }]);
  assert.equal(differenceOf(new Map(), { id: 'b', version: 1 })?.what, 'unknown');
});

test('What is in the recycle bin is not missing; what came back from it is there', () => {
  const shadow: Shadow = new Map();
  rebuild(shadow, event('CustomerDeleted', 2, {}, { deletedAt: { old: null, new: 'now' } }));
  assert.deepEqual(missingOf(shadow), []);
  rebuild(shadow, event('CustomerUpdated', 3, {}, { deletedAt: { old: 'now', new: null } }));
  assert.equal(differenceOf(shadow, { id: 'a', version: 3 }), null);
});
