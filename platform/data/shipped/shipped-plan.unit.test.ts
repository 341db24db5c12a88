import assert from 'node:assert/strict';
import { test } from 'node:test';
import { shippedPlan, takenFromShipped } from './shipped-plan.ts';

const OLD = { country: 'EE', percent: '22', validFrom: '2024-01-01' };
const NEW = { ...OLD, validUntil: '2025-06-30', source: 'Act' };
const kept = new Map([['EE/1', { recordId: 'one', shipped: OLD }]]);

test('What is shipped for the first time is added, what is shipped otherwise changed, what is shipped no longer left alone', () => {
  const second = { key: 'EE/2', values: { country: 'EE', percent: '24', validFrom: '2025-07-01' } };
  const plan = shippedPlan([{ key: 'EE/1', values: NEW }, second], kept);
  assert.deepEqual(plan, { changed: [{ key: 'EE/1', recordId: 'one', before: OLD, after: NEW }], added: [second] });
  assert.deepEqual(shippedPlan([{ key: 'EE/1', values: { ...OLD, percent: '22.0' } }], kept), { changed: [], added: [] });
  assert.deepEqual(shippedPlan([], kept), { changed: [], added: [] });
});

test('A field that somebody has changed since stays as it is; the others follow', () => {
  assert.deepEqual(takenFromShipped({ ...OLD, id: 'one' }, OLD, NEW), { validUntil: '2025-06-30', source: 'Act' });
  assert.deepEqual(takenFromShipped({ ...OLD, validUntil: '2025-03-31' }, OLD, NEW), { source: 'Act' });
  assert.deepEqual(takenFromShipped({ ...OLD, percent: '22.00' }, OLD, { ...OLD, percent: '21' }), { percent: '21' });
  assert.deepEqual(takenFromShipped({ ...OLD, percent: '20' }, OLD, { ...OLD, percent: '21' }), {});
});
