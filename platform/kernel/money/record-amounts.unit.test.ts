import assert from 'node:assert/strict';
import { test } from 'node:test';
import { amountValues } from './record-amounts.ts';

test('A document sums the rounded amounts of its lines, and its VAT by category and rate', () => {
  const { lines, netTotal, taxTotal, grossTotal, vat } = amountValues({
    currency: 'USD',
    lines: [
      { quantity: '12', unitPrice: '14', discountPercent: '0', vatCategory: 'S', vatRate: '19' },
      { quantity: '10', unitPrice: '9.8', vatCategory: 'S', vatRate: '7' },
      { quantity: '5', unitPrice: '34.8', discountPercent: '15', vatCategory: 'S', vatRate: '19.0' },
    ],
  });
  assert.deepEqual(
    lines.map((line) => line.netAmount),
    ['168.00', '98.00', '147.90'],
  );
  assert.deepEqual(
    vat.map(({ vatRate, taxableAmount, taxAmount }) => [vatRate, taxableAmount, taxAmount]),
    [
      ['19', '315.90', '60.02'],
      ['7', '98.00', '6.86'],
    ],
  );
  assert.deepEqual([netTotal, taxTotal, grossTotal], ['413.90', '66.88', '480.78']);
});

test('A line without a price counts as zero, and one whose VAT nobody has decided has none', () => {
  assert.equal(amountValues({ currency: 'EUR', lines: [{ quantity: '3' }] }).netTotal, '0.00');
  assert.equal(amountValues({ currency: 'EUR', lines: [{ quantity: '3', unitPrice: '10' }] }).grossTotal, '30.00');
});

test('A document without lines is worth nothing', () => {
  assert.equal(amountValues({ currency: 'JPY', lines: [] }).netTotal, '0');
});
