import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { documentAmounts } from './document.ts';
import { companyAmounts, convert, exchangeGain } from './exchange.ts';
import { documents, RUNS, sum, units } from './oracle.fixture.ts';

test('a rate multiplies, its inverse divides, and the digits are those of the target', () => {
  assert.equal(convert('100.00', { rate: '1.0825', currency: 'USD' }), '108.25');
  assert.equal(convert('100.00', { rate: '1.0825', isInverse: true, currency: 'EUR' }), '92.38');
  assert.equal(convert('100.00', { rate: '162.345', currency: 'JPY' }), '16235');
  assert.equal(convert('-0.01', { rate: '0.5', currency: 'EUR' }), '-0.01');
});

test('a document in the ledger’s currency balances: lines + VAT = total, whatever the rate', () => {
  const rates = fc.constantFrom('0.00617', '0.8571', '1.0825', '3.25197', '162.345');
  fc.assert(
    fc.property(documents, rates, fc.boolean(), fc.constantFrom('EUR', 'JPY', 'KWD'), (document, rate, isInverse, currency) => {
      const own = companyAmounts(documentAmounts(document), { rate, isInverse, currency });
      const digits = { EUR: 2, JPY: 0, KWD: 3 }[currency];
      const of = (amount: string): bigint => units(amount, digits);
      assert.equal(sum([...own.lines, ...own.adjustments].map(of)), of(own.netTotal));
      assert.equal(sum(own.taxes.map(of)), of(own.taxTotal));
      assert.equal(of(own.netTotal) + of(own.taxTotal), of(own.grossTotal));
    }),
    { numRuns: RUNS },
  );
});

test('what a payment at another rate gains is the difference of the two conversions', () => {
  const issued = { rate: '0.92', currency: 'EUR' };
  assert.equal(exchangeGain('1190.00', issued, { rate: '0.95', currency: 'EUR' }), '35.70');
  assert.equal(exchangeGain('1190.00', issued, { rate: '0.90', currency: 'EUR' }), '-23.80');
});
