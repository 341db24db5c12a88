import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Field } from '#admin-ui/src/api/metadata.ts';
import { remapped } from './remapped.ts';

const field = (name: string, type: Field['type'], storage: NonNullable<Field['storage']>): Field => ({
  id: name,
  column: name,
  name,
  type,
  storage,
  label: { en: name },
  state: 'active',
  editable: true,
});
const object = { fields: [field('code', 'text', 'text'), field('amount', 'money', 'numeric'), field('due', 'date', 'date')] };
const column = { header: 'a', field: null, samples: ['1000,50'], decimalComma: true, germanDates: true };
const preview = { decimalComma: false, germanDates: false, preset: null, columns: [column, { ...column, header: 'b' }] };
const options = { mapping: ['', 'code'], by: 'code', decimalComma: false, germanDates: false, makes: [], isForEveryone: false };
const mapped = (at: number, name: string, before = options) => remapped(object, { preview, options: before }, { at, name });

test('A column that is mapped by hand to a number or a day tells how these are written, one of texts does not', () => {
  assert.deepEqual(mapped(0, 'amount'), { mapping: ['amount', 'code'], by: 'code', decimalComma: true, germanDates: false });
  assert.deepEqual(mapped(0, 'due'), { mapping: ['due', 'code'], by: 'code', decimalComma: false, germanDates: true });
  assert.deepEqual(mapped(0, 'code', { ...options, mapping: ['', ''] }), {
    mapping: ['code', ''],
    by: 'code',
    decimalComma: false,
    germanDates: false,
  });
});

test('Rows do not find their records by a column that is for something else now', () => {
  assert.equal(mapped(1, '').by, null);
});
