import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import type { DocumentAmounts } from './amounts.ts';
import { vatKey } from './assemble.ts';
import { documentAmounts, type MoneyDocument } from './document.ts';
import { digitsIn, documents, RUNS, lines, over, plus, rational, rounded, sum, times, units, type Rational } from './oracle.fixture.ts';

const HUNDRED = rational('100');
const NONE = rational('0');

describe('Any document', () => {
  test('has net + VAT = gross on lines, groups and totals, and every sum holds', () => {
    fc.assert(
      fc.property(documents, (document) => assertSums(documentAmounts(document))),
      { numRuns: RUNS },
    );
  });

  test('has the lines, the VAT per category and rate and the total that whole-number arithmetic gives', () => {
    fc.assert(
      fc.property(documents, (document) => {
        const amounts = documentAmounts(document);
        const digits = digitsIn(document);
        document.lines.forEach((line, index) => {
          assert.equal(units(amounts.lines[index]?.amount ?? '', digits), lineOf(line, digits));
        });
        for (const group of amounts.vat) assertGroup(amounts, vatKey(group), digits);
      }),
      { numRuns: RUNS },
    );
  });

  test('with every quantity and every amount negated is its mirror image', () => {
    const withoutAmounts = documents.map((document) => ({
      ...document,
      adjustments: [],
      lines: document.lines.map((line) => ({ ...line, adjustments: [] })),
    }));
    fc.assert(
      fc.property(withoutAmounts, (document) => {
        const mirrored = documentAmounts({
          ...document,
          lines: document.lines.map((line) => ({ ...line, quantity: `-${line.quantity}` })),
        });
        const amounts = documentAmounts(document);
        const digits = digitsIn(document);
        const ofLines = ({ lines: all }: DocumentAmounts): readonly bigint[] =>
          all.flatMap((line) => [line.netAmount, line.taxAmount, line.grossAmount].map((each) => units(each, digits)));
        assert.deepEqual(
          ofLines(mirrored),
          ofLines(amounts).map((each) => -each),
        );
        assert.equal(units(mirrored.grossTotal, digits), -units(amounts.grossTotal, digits));
      }),
      { numRuns: RUNS },
    );
  });

  test('comes to the same total whatever the order of its lines', () => {
    fc.assert(
      fc.property(documents, (document) => {
        const turned = documentAmounts({ ...document, adjustments: [], lines: document.lines.toReversed() });
        const straight = documentAmounts({ ...document, adjustments: [] });
        assert.deepEqual([turned.grossTotal, turned.taxTotal], [straight.grossTotal, straight.taxTotal]);
      }),
      { numRuns: RUNS },
    );
  });
});

describe('Prices with tax', () => {
  test('come back to the cent: what the customer was told is net + VAT', () => {
    fc.assert(
      fc.property(fc.array(lines, { minLength: 1, maxLength: 8 }), fc.constantFrom('EUR', 'JPY', 'KWD'), (all, currency) => {
        const amounts = documentAmounts({ currency, pricesIncludeTax: true, lines: all });
        const digits = digitsIn({ currency });
        assert.equal(units(amounts.grossTotal, digits), sum(all.map((line) => lineOf(line, digits))));
      }),
      { numRuns: RUNS },
    );
  });

  test('of net prices that were worked out from them differ by no more than the rounding of each line', () => {
    fc.assert(
      fc.property(fc.array(lines, { minLength: 1, maxLength: 8 }), (all) => {
        const bare = all.map((line) => ({ ...line, adjustments: [] }));
        const withTax = documentAmounts({ currency: 'EUR', pricesIncludeTax: true, lines: bare });
        const again = documentAmounts({
          currency: 'EUR',
          lines: withTax.lines.map((line) => ({ ...line, quantity: '1', unitPrice: line.netAmount })),
        });
        assert.equal(again.netTotal, withTax.netTotal);
        withTax.vat.forEach((group, index) => {
          const difference = units(again.vat[index]?.taxAmount ?? '', 2) - units(group.taxAmount, 2);
          assert.ok(difference >= -1n && difference <= 1n);
        });
      }),
      { numRuns: RUNS },
    );
  });
});

function assertSums(amounts: DocumentAmounts): void {
  const digits = digitsIn(amounts);
  const total = (values: readonly string[]): bigint => sum(values.map((value) => units(value, digits)));
  const of = (value: string): bigint => units(value, digits);
  for (const line of amounts.lines) {
    assert.equal(of(line.netAmount) + of(line.adjustmentShare), of(line.taxableAmount));
    assert.equal(of(line.taxableAmount) + of(line.taxAmount), of(line.grossAmount));
  }
  for (const group of amounts.vat) {
    const own = amounts.lines.filter((line) => vatKey(line) === vatKey(group));
    if (own.length === 0) continue;
    assert.equal(total(own.map((line) => line.taxAmount)), of(group.taxAmount));
    assert.equal(total(own.map((line) => line.taxableAmount)), of(group.taxableAmount));
  }
  assert.equal(of(amounts.lineTotal), total(amounts.lines.map((line) => line.netAmount)));
  assert.equal(of(amounts.netTotal), of(amounts.lineTotal) - of(amounts.allowanceTotal) + of(amounts.chargeTotal));
  assert.equal(of(amounts.netTotal), total(amounts.vat.map((group) => group.taxableAmount)));
  assert.equal(of(amounts.taxTotal), total(amounts.vat.map((group) => group.taxAmount)));
  assert.equal(of(amounts.grossTotal), of(amounts.netTotal) + of(amounts.taxTotal));
  assert.equal(of(amounts.dueAmount), of(amounts.grossTotal) - of(amounts.prepaidAmount) + of(amounts.roundingAmount));
}

/** BR-CO-17, or the tax in an amount, from the group's amounts as priced. */
function assertGroup(amounts: DocumentAmounts, key: string, digits: number): void {
  const own = <T extends Parameters<typeof vatKey>[0]>(all: readonly T[]): readonly T[] => all.filter((each) => vatKey(each) === key);
  const signed = own(amounts.adjustments).map((each) => (each.kind === 'charge' ? 1n : -1n) * units(each.amount, digits));
  const priced = sum([...own(amounts.lines).map((line) => units(line.amount, digits)), ...signed]);
  const [group] = own(amounts.vat);
  assert.ok(group);
  const rate = rational(group.vatRate ?? '0');
  const amount = over({ over: priced, under: 1n }, rational(`1${'0'.repeat(digits)}`));
  const tax = rounded(over(times(amount, rate), amounts.pricesIncludeTax ? plus(HUNDRED, rate) : HUNDRED), digits);
  assert.equal(units(group.taxAmount, digits), tax);
  assert.equal(units(group.taxableAmount, digits), amounts.pricesIncludeTax ? priced - tax : priced);
}

function lineOf({ quantity, unitPrice, priceBaseQuantity, adjustments }: MoneyDocument['lines'][number], digits: number): bigint {
  const priced = over(times(rational(quantity), rational(unitPrice)), rational(priceBaseQuantity ?? '1'));
  const changes = (adjustments ?? []).map(({ kind, amount, percent }): Rational => {
    const value = amount ? rational(amount) : over(times(priced, rational(percent ?? '0')), HUNDRED);
    return { over: (kind === 'charge' ? 1n : -1n) * rounded(value, digits), under: 10n ** BigInt(digits) };
  });
  return rounded([priced, ...changes].reduce(plus, NONE), digits);
}
