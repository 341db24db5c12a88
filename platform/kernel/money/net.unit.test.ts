import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { exact } from '../decimal.ts';
import { digitsOf } from './currency.ts';
import { lineNet, netTotal } from './net.ts';

test('a line rounds half up to the digits of its currency', () => {
  assert.equal(lineNet({ quantity: '3', unitPrice: '0.335' }, 'EUR'), '1.01');
  assert.equal(lineNet({ quantity: '1', unitPrice: '0.125' }, 'EUR'), '0.13');
  assert.equal(lineNet({ quantity: '1', unitPrice: '12.5' }, 'JPY'), '13');
  assert.equal(lineNet({ quantity: '1', unitPrice: '0.0005' }, 'KWD'), '0.001');
});

test('a discount is in points', () => {
  assert.equal(lineNet({ quantity: '10', unitPrice: '9.8', discountPercent: '15' }, 'EUR'), '83.30');
  assert.equal(lineNet({ quantity: '10', unitPrice: '9.8', discountPercent: '100' }, 'EUR'), '0.00');
});

test('currencies have 0, 2 or 3 digits', () => {
  assert.deepEqual(['JPY', 'EUR', 'KWD', 'nonsense'].map(digitsOf), [0, 2, 3, 2]);
});

test('a total is the exact sum of its rounded lines, in any order', () => {
  const amount = fc.integer({ min: 0, max: 10_000_000 }).map((cents) => exact(cents).div(100).toFixed(2));
  fc.assert(
    fc.property(fc.array(amount, { maxLength: 50 }), (amounts) => {
      const total = netTotal(amounts, 'EUR');
      assert.equal(total, netTotal(amounts.toReversed(), 'EUR'));
      const cents = amounts.reduce((sum, each) => sum + BigInt(each.replace('.', '')), 0n);
      assert.equal(BigInt(total.replace('.', '')), cents);
    }),
  );
});
