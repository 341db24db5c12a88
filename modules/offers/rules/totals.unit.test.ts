import assert from 'node:assert/strict';
import { test } from 'node:test';
import { totalsOf } from './totals.ts';

test('an offer sums the rounded amounts of its lines', () => {
  const { lines, netTotal } = totalsOf(
    [
      { quantity: '12', unitPrice: '14', discountPercent: '0' },
      { quantity: '10', unitPrice: '9.8' },
      { quantity: '5', unitPrice: '34.8', discountPercent: '15' },
    ],
    'USD',
  );
  assert.deepEqual(
    lines.map((line) => line.netAmount),
    ['168.00', '98.00', '147.90'],
  );
  assert.equal(netTotal, '413.90');
});

test('a line without a price counts as zero', () => {
  assert.equal(totalsOf([{ quantity: '3' }], 'EUR').netTotal, '0.00');
});

test('an offer without lines is worth nothing', () => {
  assert.equal(totalsOf([], 'JPY').netTotal, '0');
});
