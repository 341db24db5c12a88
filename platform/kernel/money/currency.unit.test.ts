import assert from 'node:assert/strict';
import { test } from 'node:test';
import { digitsOf, toCurrency } from './currency.ts';
import { roundTo } from './rounding.ts';

test('currencies have the digits of ISO 4217, not those that people write', () => {
  assert.deepEqual(['JPY', 'EUR', 'KWD', 'HUF', 'COP', 'CLF'].map(digitsOf), [0, 2, 3, 2, 2, 4]);
  assert.equal(digitsOf('nonsense'), 2);
  assert.equal(toCurrency('1.0005', 'KWD'), '1.001');
});

test('amounts round to multiples, at the half away from zero', () => {
  assert.deepEqual(
    ['1.02', '1.025', '1.074', '-1.025'].map((amount) => roundTo(amount, '0.05')),
    ['1', '1.05', '1.05', '-1.05'],
  );
  assert.deepEqual(
    [roundTo('1.01', '0.05', 'up'), roundTo('-1.01', '0.05', 'up'), roundTo('1.04', '0.05', 'down')],
    ['1.05', '-1.05', '1'],
  );
  assert.equal(roundTo('10.50', '1.00'), '11');
});
