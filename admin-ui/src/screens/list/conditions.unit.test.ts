import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import type { Field } from '#admin-ui/src/api/metadata.ts';
import { conditionsIn, conditionsOf, filterOf, offeredOperators, type Condition, type Conditions } from './conditions.ts';

const FIELDS: readonly Field[] = ['name', 'city', 'phone'].map((name) => fieldOf(name, 'text'));

test('what the builder makes it reads again: lines and groups of groups', () => {
  fc.assert(
    fc.property(group(3), (conditions) => {
      assert.deepEqual(conditionsOf(filterOf(conditions, FIELDS), FIELDS), conditions);
    }),
  );
});

test('a filter as people write it is read into lines', () => {
  const read = (filter: Record<string, unknown>): Conditions | null => conditionsOf(filter, FIELDS);
  const adler: Condition = { field: 'name', operator: 'eq', value: 'Adler' };
  const ulm: Condition = { field: 'city', operator: 'eq', value: 'Ulm' };
  assert.deepEqual(read({ name: 'Adler', city: { eq: 'Ulm' } }), { match: 'and', lines: [adler, ulm] });
  assert.deepEqual(read({ or: [{ name: 'Adler', city: 'Ulm' }, { phone: { isNull: true } }] }), {
    match: 'or',
    lines: [
      { match: 'and', lines: [adler, ulm] },
      { field: 'phone', operator: 'isNull', value: true },
    ],
  });
  assert.deepEqual(read({ name: 'Adler', or: [{ city: 'Ulm' }] }), { match: 'and', lines: [adler, { match: 'or', lines: [ulm] }] });
  assert.deepEqual(conditionsOf(undefined, FIELDS), { match: 'and', lines: [] });
});

test('what lines cannot say is not read in part', () => {
  for (const filter of [
    { not: { name: 'Adler' } },
    { or: [{ name: 'Adler' }, { unknown: 1 }] },
    { name: { near: 'Ulm' } },
    { and: ['Adler'] },
  ])
    assert.equal(conditionsOf(filter, FIELDS), null, JSON.stringify(filter));
});

test('what lacks a value is not asked, and a group of nothing is no group', () => {
  const empty: Condition = { field: 'name', operator: 'eq', value: null };
  const conditions: Conditions = { match: 'and', lines: [empty, { match: 'or', lines: [empty] }] };
  assert.equal(filterOf(conditions, FIELDS), undefined);
  assert.equal(conditionsIn(conditions).length, 2);
});

test('a day or a number that is still being typed, or is none, is not asked for', () => {
  const fields = [fieldOf('due', 'date'), fieldOf('amount', 'money')];
  const asked = (field: string, value: string) => filterOf({ match: 'and', lines: [{ field, operator: 'lt', value }] }, fields);
  for (const value of ['31.', 'morgen', '31.2.2026']) assert.equal(asked('due', value), undefined);
  for (const value of ['-', '1.23,45']) assert.equal(asked('amount', value), undefined);
  assert.deepEqual(asked('due', 'today+14d'), { and: [{ due: { lt: 'today+14d' } }] });
  assert.deepEqual(asked('due', '2026-01-31'), { and: [{ due: { lt: '2026-01-31' } }] });
  assert.deepEqual(asked('amount', '-12.50'), { and: [{ amount: { lt: '-12.50' } }] });
});

/** Groups that the builder makes: one that stands alone would be read as the filter itself. */
function group(depth: number): fc.Arbitrary<Conditions> {
  const line = depth === 0 ? condition : fc.oneof(condition, group(depth - 1));
  return fc
    .tuple(fc.constantFrom<Conditions['match']>('and', 'or'), fc.array(line, { minLength: 2, maxLength: 4 }))
    .map(([match, lines]) => ({ match, lines }));
}

const condition: fc.Arbitrary<Condition> = fc.tuple(fc.constantFrom(...FIELDS), fc.string({ minLength: 1 })).chain(([field, value]) =>
  fc.constantFrom(...offeredOperators(field)).map((operator) => ({
    field: field.name,
    operator,
    value: ['in', 'nin'].includes(operator) ? [value] : value,
  })),
);

function fieldOf(name: string, type: Field['type']): Field {
  return {
    id: name,
    column: name,
    name,
    type,
    label: { en: name },
    state: 'active',
    required: false,
    editable: true,
  };
}
