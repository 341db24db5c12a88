import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import type { DocumentAmounts } from './amounts.ts';
import { vatKey } from './assemble.ts';
import { depositAmounts, finalAmounts } from './deposit.ts';
import { documentAmounts } from './document.ts';
import { digitsIn, documents, RUNS, sum, units } from './oracle.fixture.ts';

const order = documentAmounts({
  currency: 'EUR',
  lines: [
    { quantity: '1', unitPrice: '1000', vatCategory: 'S', vatRate: '19' },
    { quantity: '10', unitPrice: '12.34', vatCategory: 'S', vatRate: '7' },
  ],
});

describe('A down payment', () => {
  test('has a line per VAT rate of the order, with its VAT', () => {
    const deposit = depositAmounts(order, { percent: '30' });
    assert.deepEqual(
      deposit.vat.map((group) => [group.vatRate, group.taxableAmount, group.taxAmount]),
      [
        ['19', '300.00', '57.00'],
        ['7', '37.02', '2.59'],
      ],
    );
    assert.equal(deposit.grossTotal, '396.61');
    assert.equal(depositAmounts(order, { amount: '500' }).grossTotal, '500.00');
  });

  test('is deducted by the final invoice with exactly the VAT it showed', () => {
    const deposit = depositAmounts(order, { percent: '30' });
    const final = finalAmounts(order, [deposit]);
    assert.deepEqual(
      final.lines.map((line) => line.netAmount),
      ['1000.00', '123.40', '-300.00', '-37.02'],
    );
    assert.deepEqual([final.netTotal, final.taxTotal, final.grossTotal, final.dueAmount], ['786.38', '139.05', '925.43', '925.43']);
  });

  test('at a rate that changed since stays at its own rate', () => {
    const before = documentAmounts({ currency: 'EUR', lines: [{ quantity: '1', unitPrice: '500', vatCategory: 'S', vatRate: '16' }] });
    const final = finalAmounts(order, [before]);
    assert.deepEqual(
      final.vat.map((group) => [vatKey(group), group.taxableAmount, group.taxAmount]),
      [
        ['S/19', '1000.00', '190.00'],
        ['S/7', '123.40', '8.64'],
        ['S/16', '-500.00', '-80.00'],
      ],
    );
  });

  test('and others, with the final invoice, add up to the order per VAT rate, whatever they were', () => {
    const shares = fc.array(fc.integer({ min: 1, max: 30 }), { maxLength: 3 });
    fc.assert(
      fc.property(documents, shares, (document, percents) => {
        const whole = documentAmounts(document);
        const deposits = percents.map((percent) => depositAmounts(whole, { percent: String(percent) }));
        const all = [...deposits, finalAmounts(whole, deposits)];
        const digits = digitsIn(document);
        const total = (pick: (each: DocumentAmounts) => string): bigint => sum(all.map((each) => units(pick(each), digits)));
        assert.equal(
          total((each) => each.netTotal),
          units(whole.netTotal, digits),
        );
        assert.equal(
          total((each) => each.grossTotal),
          units(whole.grossTotal, digits),
        );
        for (const group of whole.vat) {
          const taxes = all.flatMap((each) =>
            each.vat.filter((one) => vatKey(one) === vatKey(group)).map((one) => units(one.taxAmount, digits)),
          );
          assert.equal(sum(taxes), units(group.taxAmount, digits));
        }
      }),
      { numRuns: RUNS },
    );
  });
});
