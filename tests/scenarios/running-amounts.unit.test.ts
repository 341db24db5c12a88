import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { netAmountOf } from '#admin-ui/src/fields/line-amounts.ts';
import { recordAmounts, type RecordLine } from '#platform/kernel/money/record-amounts.ts';

const decimal = (decimals: number, maximum: number) =>
  fc
    .tuple(fc.integer({ min: 0, max: maximum }), fc.integer({ min: 0, max: 10 ** decimals - 1 }))
    .map(([whole, fraction]) => `${whole}.${String(fraction).padStart(decimals, '0')}`);

test('An amount that runs along is the amount that the server saves', () => {
  fc.assert(
    fc.property(
      decimal(3, 10_000),
      decimal(4, 100_000),
      decimal(2, 99),
      fc.constantFrom('EUR', 'JPY', 'USD', 'CHF'),
      (quantity, unitPrice, discountPercent, currency) => {
        assert.equal(
          netAmountOf([quantity, unitPrice, discountPercent], currency),
          saved({ quantity, unitPrice, discountPercent }, currency),
        );
      },
    ),
  );
});

test('A credit is rounded away from zero, a whole number keeps its digits', () => {
  assert.equal(netAmountOf(['-1', '0.125', '0'], 'EUR'), saved({ quantity: '-1', unitPrice: '0.125' }, 'EUR'));
  assert.equal(netAmountOf(['3', '99.5', '0'], 'EUR'), '298.50');
  assert.equal(netAmountOf(['2', '1000', '50'], 'JPY'), '1000');
});

function saved(line: RecordLine, currency: string): string {
  return recordAmounts({ currency, lines: [line] }).netTotal;
}
