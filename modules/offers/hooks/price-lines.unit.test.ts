import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Refusal } from '#platform/kernel/errors.ts';
import { priceLines } from './price-lines.ts';

const DRAFT = { customerId: 'c', date: '2026-01-15', currency: 'EUR', lines: [{ productId: 'tea', quantity: '1' }] };

const RULE = {
  id: 'r',
  version: 1,
  createdAt: '2026-01-01T00:00:00.000Z',
  createdBy: 'system',
  updatedAt: '2026-01-01T00:00:00.000Z',
  updatedBy: 'system',
  name: 'To the top',
  priority: 10,
  effect: 'discount',
  percent: '5',
} as const;

test('An offer for whose products there are more prices than are read is refused: one that was cut off could be the one that holds', () => {
  const prices = Array.from({ length: 1000 }, () => ({ priceListId: 'standard', productId: 'tea', amount: '5' }));
  const facts = { products: [], customer: [], productGroups: [], customerGroups: [], territories: [], lists: [], rules: [], prices };
  assert.throws(
    () => priceLines.derive(DRAFT, facts, null, () => null),
    (error) => error instanceof Refusal && error.code === 'limit_reached',
  );
  assert.ok(priceLines.derive(DRAFT, { ...facts, prices: prices.slice(1) }, null, () => null));
});

test('So is one where a tree was cut off to which a rule is limited; where none is, nobody minds', () => {
  const territories = Array.from({ length: 1000 }, (_, at) => ({ id: `t${at}`, parentId: 'top' }));
  const facts = { products: [], customer: [], productGroups: [], customerGroups: [], territories, lists: [], prices: [] };
  const rule = { ...RULE, territoryIds: ['top'] };
  assert.throws(
    () => priceLines.derive(DRAFT, { ...facts, rules: [rule] }, null, () => null),
    (error) => error instanceof Refusal && error.code === 'limit_reached',
  );
  assert.ok(priceLines.derive(DRAFT, { ...facts, rules: [] }, null, () => null));
});

test('Prices are asked for on the day of the offer, for its customer and for everyone', () => {
  const { filter } = priceLines.needs?.(DRAFT, null)['prices'] ?? {};
  assert.deepEqual(filter?.['and'], [
    { or: [{ customerId: { isNull: true } }, { customerId: { eq: 'c' } }] },
    { or: [{ validFrom: { isNull: true } }, { validFrom: { lte: '2026-01-15' } }] },
    { or: [{ validUntil: { isNull: true } }, { validUntil: { gte: '2026-01-15' } }] },
  ]);
});
