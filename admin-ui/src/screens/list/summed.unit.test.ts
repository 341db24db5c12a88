import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Field } from '#admin-ui/src/api/metadata.ts';
import { isSummed } from './summed.ts';

const field = (settings: Partial<Field>): Field => ({
  id: 'f',
  name: 'f',
  column: 'f',
  label: { en: 'F' },
  type: 'integer',
  state: 'active',
  editable: true,
  ...settings,
});

test('Amounts and counts are summed, marks on a scale, shares and what the platform counts are not', () => {
  const summed = [field({}), field({ type: 'decimal', minimum: '0' }), field({ type: 'money', maximum: '1000' })];
  const others = [field({ maximum: 5 }), field({ type: 'rating' }), field({ type: 'percent' }), field({ system: true })];
  assert.deepEqual([...summed, ...others].map(isSummed), [true, true, true, false, false, false, false]);
});
