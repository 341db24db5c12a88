import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { StorageKind } from '../field-types/field-type.ts';
import type { Condition } from '../model.ts';
import { fieldRules, fieldStates, type RuledField } from './field-rules.ts';
import { isMet } from './is-met.ts';
import { comparisonsOf, namesIn } from './names.ts';

const STORAGES = new Map<string, StorageKind>([
  ['name', 'text'],
  ['count', 'integer'],
  ['total', 'numeric'],
  ['open', 'boolean'],
  ['day', 'date'],
  ['at', 'timestamp'],
  ['time', 'time'],
  ['ownerId', 'uuid'],
  ['createdBy', 'text'],
  ['marks', 'textArray'],
  ['place', 'json'],
]);
const ME = '01890a5d-ac96-774b-bcce-b302099a8057';
const around = { actor: `user:${ME}`, userId: ME, timeZone: 'Europe/Berlin', now: new Date('2026-03-10T23:30:00Z') };
const meets = (condition: Condition, values: { readonly [name: string]: unknown }): boolean =>
  isMet(condition, { valueOf: (name) => values[name], storages: STORAGES, around });

/** Condition, a record that meets it, a record that does not. */
const CASES: readonly (readonly [Condition, { readonly [name: string]: unknown }, { readonly [name: string]: unknown }])[] = [
  [{ name: 'a' }, { name: 'a' }, { name: 'A' }],
  [{ name: null }, { name: '' }, { name: 'a' }],
  [{ name: ['a', 'b'] }, { name: 'b' }, {}],
  [{ name: { ne: 'a' } }, {}, { name: 'a' }],
  [{ name: { nin: ['a'] } }, {}, { name: 'a' }],
  [{ name: { in: ['a', null] } }, { name: null }, { name: 'b' }],
  [{ name: { contains: 'STRASSE' } }, { name: 'Hauptstraße' }, { name: 'Weg' }],
  [{ name: { startsWith: 'e' } }, { name: 'Élan' }, {}],
  [{ name: { endsWith: 'n' } }, { name: 'ÉLAN' }, { name: 'x' }],
  [{ name: { isNull: true } }, { name: '  ' }, { name: 'x' }],
  [{ name: { isNull: false } }, { name: 'x' }, {}],
  [{ count: { gt: 1, lt: 3 } }, { count: 2 }, { count: 3 }],
  [{ total: '0.3' }, { total: '0.300' }, { total: '0.30000000000000000001' }],
  [{ total: { gte: '99999999999999999.01' } }, { total: '99999999999999999.01' }, { total: '99999999999999999.00' }],
  [{ total: { lt: '-1' } }, { total: '-1.5' }, { total: '-0.5' }],
  [{ total: { between: ['1', '2'] } }, { total: 1.5 }, { total: '2.01' }],
  [{ total: { lt: '1' } }, { total: '0' }, { total: 'what is being typed' }],
  [{ open: true }, { open: true }, {}],
  [{ open: { ne: true } }, {}, { open: true }],
  [{ day: 'today' }, { day: '2026-03-11' }, { day: '2026-03-10' }],
  [{ day: { lt: 'monthStart' } }, { day: '2026-02-28' }, { day: '2026-03-01' }],
  [{ at: 'today' }, { at: '2026-03-10T23:00:00Z' }, { at: '2026-03-10T22:59:59Z' }],
  [{ at: { lte: '2026-03-10' } }, { at: '2026-03-10T22:59:59Z' }, { at: '2026-03-10T23:00:00Z' }],
  [{ at: { gt: 'now-1h' } }, { at: '2026-03-10T22:31:00Z' }, { at: '2026-03-10T22:30:00Z' }],
  [{ time: { gte: '09:00' } }, { time: '9:05' }, { time: '08:59:59' }],
  [{ ownerId: '$me' }, { ownerId: ME }, { ownerId: null }],
  [{ createdBy: '$me' }, { createdBy: `user:${ME}` }, {}],
  [{ marks: { anyOf: ['red', 'blue'] } }, { marks: ['blue'] }, { marks: [] }],
  [{ marks: { allOf: ['red', 'blue'] } }, { marks: ['blue', 'red', 'x'] }, { marks: ['red'] }],
  [{ marks: { noneOf: ['red'] } }, {}, { marks: ['red'] }],
  [{ marks: { isNull: true } }, { marks: [] }, { marks: ['red'] }],
  [{ place: { isNull: false } }, { place: { city: 'Bonn' } }, {}],
  [
    { name: 'a', count: 1 },
    { name: 'a', count: 1 },
    { name: 'a', count: 2 },
  ],
  [{ or: [{ name: 'a' }, { and: [{ count: 1 }, { not: { open: true } }] }] }, { count: 1 }, { count: 1, open: true }],
];

describe('A condition', () => {
  for (const [condition, met, unmet] of CASES)
    test(JSON.stringify(condition), () => assert.deepEqual([meets(condition, met), meets(condition, unmet)], [true, false]));

  test('An operator that the storage does not have, and a name nobody knows, are not met', () => {
    assert.equal(meets({ name: { gt: 'a' } }, { name: 'b' }), false);
    assert.equal(meets({ place: { eq: 'x' } }, { place: 'x' }), false);
    assert.equal(meets({ nobody: null }, {}), false);
  });

  test('Its comparisons and names are found through and, or and not', () => {
    const condition = { or: [{ a: 1 }, { not: { b: { gt: 1, lt: 5 } } }], and: [{ c: ['x'] }] };
    assert.deepEqual(
      comparisonsOf(condition).map(({ name, operator }) => `${name} ${operator}`),
      ['a eq', 'b gt', 'b lt', 'c in'],
    );
    assert.deepEqual([...namesIn(condition)], ['a', 'b', 'c']);
  });
});

describe('The rules of fields', () => {
  const field = (key: string, more: Partial<RuledField> = {}): RuledField => ({ key, storage: 'text', ...more });
  const rules = fieldRules([
    field('kind'),
    field('material', { visibleWhen: { kind: 'thing' }, required: true }),
    field('alloy', { visibleWhen: { material: 'metal' } }),
    field('remark', { requiredWhen: { alloy: 'other' }, readOnlyWhen: { kind: 'closed' } }),
    field('lost', { visibleWhen: { nobody: 'x' }, requiredWhen: { kind: 'thing' } }),
  ]);
  const states = (values: { readonly [name: string]: unknown }) => {
    const found = fieldStates(rules, values, around);
    return (name: string) => {
      const { offers: _offers, ...state } = found(name);
      return state;
    };
  };

  test('A field is required only while it is shown', () => {
    assert.deepEqual(states({ kind: 'thing' })('material'), { isVisible: true, isRequired: true, isReadOnly: false });
    assert.deepEqual(states({ kind: 'idea' })('material'), { isVisible: false, isRequired: false, isReadOnly: false });
  });

  test('What is hidden counts as empty, so that what depends on it is hidden with it', () => {
    const kept = { material: 'metal', alloy: 'other' };
    assert.equal(states({ ...kept, kind: 'thing' })('alloy').isVisible, true);
    assert.equal(states({ ...kept, kind: 'thing' })('remark').isRequired, true);
    assert.equal(states({ ...kept, kind: 'idea' })('alloy').isVisible, false);
    assert.equal(states({ ...kept, kind: 'idea' })('remark').isRequired, false);
  });

  test('An option is offered under its condition; a retired one never', () => {
    const options = [
      { key: 'oak', label: { en: 'Oak' }, visibleWhen: { kind: 'tree' } },
      { key: 'old', label: { en: 'Old' }, retired: true },
      { key: 'any', label: { en: 'Any' } },
    ];
    const offered = (kind: string) => {
      const { offers } = fieldStates(fieldRules([field('kind'), field('wood', { options })]), { kind }, around)('wood');
      return ['oak', 'old', 'any'].filter(offers);
    };
    assert.deepEqual([offered('tree'), offered('stone')], [['oak', 'any'], ['any']]);
  });

  test('A condition closes a field; one that asks about an unknown field rules nothing', () => {
    assert.equal(states({ kind: 'closed' })('remark').isReadOnly, true);
    assert.deepEqual(states({ kind: 'thing' })('lost'), { isVisible: true, isRequired: true, isReadOnly: false });
    assert.deepEqual(states({})('kind'), { isVisible: true, isRequired: false, isReadOnly: false });
  });
});
