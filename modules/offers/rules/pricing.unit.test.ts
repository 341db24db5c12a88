import assert from 'node:assert/strict';
import { test } from 'node:test';
import { choosePrice, type PriceEntry } from './pricing.ts';

const prices: readonly PriceEntry[] = [
  { productId: 'tea', amount: '5.00' },
  { productId: 'tea', amount: '4.50', minimumQuantity: '10' },
  { productId: 'tea', amount: '4.00', minimumQuantity: '10', validFrom: '2026-06-01', validUntil: '2026-06-30' },
  { productId: 'jam', amount: '3.00', validUntil: '2025-12-31' },
];

test('the highest quantity break that is reached decides', () => {
  assert.equal(choosePrice(prices, { productId: 'tea', quantity: '9.99', day: '2026-01-01' }), '5.00');
  assert.equal(choosePrice(prices, { productId: 'tea', quantity: '10', day: '2026-01-01' }), '4.50');
});

test('of two equal breaks the later start decides, on its days only', () => {
  assert.equal(choosePrice(prices, { productId: 'tea', quantity: '20', day: '2026-06-30' }), '4.00');
  assert.equal(choosePrice(prices, { productId: 'tea', quantity: '20', day: '2026-07-01' }), '4.50');
});

test('an expired price is none', () => {
  assert.equal(choosePrice(prices, { productId: 'jam', quantity: '1', day: '2026-01-01' }), null);
  assert.equal(choosePrice(prices, { productId: 'ink', quantity: '1', day: '2026-01-01' }), null);
});
