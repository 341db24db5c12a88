import assert from 'node:assert/strict';
import { test } from 'node:test';
import { suppliedAmounts } from './supplied-amounts.ts';

const LINE = { id: '1', orderLine: 'o', vatCategory: 'S', vatRate: '16', amount: '119.00' } as const;
const DEDUCTED = {
  id: '2',
  downPayment: 'd',
  vatCategory: 'S',
  vatRate: '19',
  amount: '-23.80',
  netAmount: '-20.00',
  taxAmount: '-3.80',
} as const;

test('The tax is worked out anew on what lines come to; a price that includes it stays', () => {
  const net = suppliedAmounts({ currency: 'EUR', lines: [LINE] });
  assert.deepEqual([net.netTotal, net.taxTotal, net.grossTotal], ['119.00', '19.04', '138.04']);
  const gross = suppliedAmounts({ currency: 'EUR', pricesIncludeTax: true, lines: [LINE] });
  assert.deepEqual([gross.netTotal, gross.taxTotal, gross.grossTotal], ['102.59', '16.41', '119.00']);
  assert.deepEqual([gross.lines[0]?.['netAmount'], gross.lines[0]?.['taxAmount']], ['102.59', '16.41']);
});

test('A down payment is deducted with exactly the tax that was shown on it', () => {
  const final = suppliedAmounts({
    currency: 'EUR',
    lines: [
      { ...LINE, amount: '100.00' },
      { ...DEDUCTED, amount: '-20.00' },
    ],
  });
  assert.deepEqual([final.netTotal, final.taxTotal, final.grossTotal], ['80.00', '12.20', '92.20']);
  assert.deepEqual(
    final.vat.map(({ vatRate, taxAmount }) => [vatRate, taxAmount]),
    [
      ['16', '16.00'],
      ['19', '-3.80'],
    ],
  );
  assert.equal(final.lines[1]?.['taxAmount'], '-3.80');
});
