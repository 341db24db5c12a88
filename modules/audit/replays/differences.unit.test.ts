import assert from 'node:assert/strict';
import { test } from 'node:test';
import { differencesIn, type Range } from './differences.ts';

const told = (version: number, values: object, isGone = false) => ({ id: 'a', version, record: { id: 'a', version, ...values }, isGone });
const live = (version: number, values: object) => ({ id: 'a', version, createdAt: '2026-01-01', ...values });
const found = (range: Partial<Range>) => differencesIn({ live: [], told: [], youngest: '2026-02-01', ...range });

test('A record that is what its newest event says is not different; nor is one that has been changed since', () => {
  assert.deepEqual(found({ live: [live(2, { name: 'New' })], told: [told(2, { name: 'New' })] }), []);
  assert.deepEqual(found({ live: [live(3, { name: 'Newer' })], told: [told(2, { name: 'New' })] }), []);
});

test('A value that no event tells of is a difference, and so is a record that is missing or unknown', () => {
  const different = found({ live: [live(1, { name: 'Other' })], told: [told(1, { name: 'Old' })] });
  assert.deepEqual(different, [{ record: 'a', what: 'different', fields: 'name' }]);
  assert.deepEqual(found({ told: [told(1, {})] }), [{ record: 'a', what: 'missing', fields: '' }]);
  assert.deepEqual(found({ live: [live(1, {})] }), [{ record: 'a', what: 'unknown', fields: '' }]);
});

test('What is in the recycle bin is not missing; what came back from it a moment ago is not unknown, nor is what was made a moment ago', () => {
  assert.deepEqual(found({ told: [told(2, {}, true)] }), []);
  assert.deepEqual(found({ live: [live(2, {})], told: [told(2, {}, true)] }), [{ record: 'a', what: 'unknown', fields: '' }]);
  assert.deepEqual(found({ live: [live(3, {})], told: [told(2, {}, true)] }), []);
  assert.deepEqual(found({ live: [{ ...live(1, {}), createdAt: '2026-02-01T00:00:01Z' }] }), []);
});
