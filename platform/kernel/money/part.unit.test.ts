import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import type { DocumentAmounts, VatAmounts } from './amounts.ts';
import { vatKey } from './assemble.ts';
import { documentAmounts, type MoneyDocument } from './document.ts';
import { digitsIn, documents, RUNS, sum, units } from './oracle.fixture.ts';
import { partAmounts, type PartQuantity } from './part.ts';

const order = documentAmounts({
  currency: 'EUR',
  lines: [
    { quantity: '3', unitPrice: '33.335', vatCategory: 'S', vatRate: '19' },
    { quantity: '1', unitPrice: '49.99', vatCategory: 'S', vatRate: '7' },
  ],
  adjustments: [
    { kind: 'allowance', percent: '3' },
    { kind: 'charge', amount: '7.77', vatCategory: 'S', vatRate: '19' },
  ],
});

describe('An order invoiced in parts', () => {
  test('rounds as if it had been one: the cent is in the invoice that reaches it', () => {
    const invoices = ['0', '1', '2'].map((done) =>
      partAmounts(order, [
        { ordered: '3', done, part: '1' },
        { ordered: '1', done: '0', part: '0' },
      ]),
    );
    assert.deepEqual(
      invoices.map((each) => each.lines[0]?.netAmount),
      ['33.34', '33.33', '33.34'],
    );
    assert.deepEqual(
      invoices.map((each) => each.vat.find((group) => group.vatRate === '7')?.taxAmount),
      ['0.00', '0.00', '0.00'],
    );
  });

  test('leaves lines of which nothing is taken at zero', () => {
    const part = partAmounts(order, [
      { ordered: '3', part: '0' },
      { ordered: '1', part: '1' },
    ]);
    assert.deepEqual(part.lines[0], { ...part.lines[0], amount: '0.00', netAmount: '0.00', taxAmount: '0.00', grossAmount: '0.00' });
    assert.equal(part.lines[1]?.netAmount, '49.99');
  });

  test('by any quantities, in any number of parts, adds up to the order: lines, discounts, VAT and totals', () => {
    fc.assert(
      fc.property(documents, splits, (document, split) => {
        const whole = documentAmounts(document);
        const parts = partsOf(document, whole, split);
        assertSame(parts, whole);
        for (const part of parts) assertHolds(part);
      }),
      { numRuns: RUNS },
    );
  });

  test('keeps the VAT of each part within a few units of rate × amount', () => {
    fc.assert(
      fc.property(documents, splits, (document, split) => {
        const whole = documentAmounts(document);
        const digits = digitsIn(document);
        for (const part of partsOf(document, whole, split)) {
          for (const group of part.vat) {
            const expected = (units(group.taxableAmount, digits) * BigInt(Number(group.vatRate) * 10)) / 1000n;
            const miss = units(group.taxAmount, digits) - expected;
            assert.ok(miss >= -3n && miss <= 3n, `${group.taxAmount} on ${group.taxableAmount}`);
          }
        }
      }),
      { numRuns: RUNS },
    );
  });
});

describe('A credit note', () => {
  test('of everything mirrors the stored amounts, those of a partial invoice too, and leaves nothing', () => {
    fc.assert(
      fc.property(documents, splits, (document, split) => {
        const whole = documentAmounts(document);
        for (const quantities of quantitiesOf(document, split)) {
          const invoice = partAmounts(whole, quantities);
          const credit = partAmounts(
            invoice,
            quantities.map(({ part }) => ({ ordered: part, part })),
          );
          assert.deepEqual(withoutZeros(amountsOf(credit)), withoutZeros(amountsOf(invoice)));
          assert.deepEqual(
            credit.lines.map((line) => [line.netAmount, line.taxableAmount, line.grossAmount]),
            invoice.lines.map((line) => [line.netAmount, line.taxableAmount, line.grossAmount]),
          );
        }
      }),
      { numRuns: RUNS },
    );
  });

  test('by lines takes their share of discounts and VAT, and the last one takes what is left', () => {
    const first = partAmounts(order, [
      { ordered: '3', part: '2' },
      { ordered: '1', part: '0' },
    ]);
    const rest = partAmounts(order, [
      { ordered: '3', done: '2', part: '1' },
      { ordered: '1', part: '1' },
    ]);
    assertSame([first, rest], order);
    assert.deepEqual([first.netTotal, first.taxTotal, first.grossTotal], ['69.85', '13.27', '83.12']);
  });
});

test('What lines without a price carry is split by their quantities, however these are written', () => {
  const line = { unitPrice: '0', vatCategory: 'S', vatRate: '19' } as const;
  const whole = documentAmounts({
    currency: 'EUR',
    lines: [
      { ...line, quantity: '1' },
      { ...line, quantity: '3' },
    ],
    adjustments: [{ kind: 'allowance', amount: '1', vatCategory: 'S', vatRate: '19' }],
  });
  const quantities = (done: readonly string[], part: readonly string[]): readonly PartQuantity[] =>
    ['1', '3'].map((ordered, index) => ({ ordered, done: done[index] ?? '0', part: part[index] ?? '0' }));
  const parts = [
    partAmounts(whole, quantities(['0', '0'], ['0.999', '0'])),
    partAmounts(whole, quantities(['0.999', '0'], ['0.001', '1'])),
    partAmounts(whole, quantities(['1', '1'], ['0', '2'])),
  ];
  assertSame(parts, whole);
});

test('More than was ordered goes on at the same price', () => {
  const part = partAmounts(order, [
    { ordered: '3', done: '3', part: '3' },
    { ordered: '1', part: '0' },
  ]);
  assert.equal(part.lines[0]?.netAmount, '100.01');
});

test('A line with an amount and no quantity cannot be taken in parts', () => {
  assert.throws(
    () =>
      partAmounts(order, [
        { ordered: '0', part: '0' },
        { ordered: '1', part: '1' },
      ]),
    /Line 1 has an amount but no quantity/,
  );
});

/** Into how many parts, and in thousandths how much of each line goes by then. */
const splits = fc.array(fc.array(fc.nat({ max: 1000 }), { minLength: 12, maxLength: 12 }), { maxLength: 5 });

function partsOf(document: MoneyDocument, whole: DocumentAmounts, split: readonly (readonly number[])[]): readonly DocumentAmounts[] {
  return quantitiesOf(document, split).map((quantities) => partAmounts(whole, quantities));
}

function quantitiesOf(document: MoneyDocument, split: readonly (readonly number[])[]): readonly (readonly PartQuantity[])[] {
  const reached = document.lines.map((line, index) => {
    const ordered = BigInt(Math.round(Number(line.quantity) * 1000));
    const steps = split.map((part) => (ordered * BigInt(part[index] ?? 0)) / 1000n).toSorted((a, b) => (a < b ? -1 : 1));
    return [0n, ...steps, ordered];
  });
  const text = (thousandths: bigint): string => `${thousandths / 1000n}.${String(thousandths % 1000n).padStart(3, '0')}`;
  return [...split, []].map((_, step) =>
    reached.map((line) => {
      const [done, next] = [line[step] ?? 0n, line[step + 1] ?? 0n];
      return { ordered: text(line.at(-1) ?? 0n), done: text(done), part: text(next - done) };
    }),
  );
}

function withoutZeros(sums: Sums): Sums {
  return Object.fromEntries(Object.entries(sums).filter(([, amount]) => Number(amount) !== 0));
}

type Sums = Readonly<Record<string, string>>;

function amountsOf(amounts: DocumentAmounts): Sums {
  const { lineTotal, allowanceTotal, chargeTotal, netTotal, taxTotal, grossTotal } = amounts;
  const vat = amounts.vat.flatMap((group: VatAmounts) => [
    [`${vatKey(group)} net`, group.taxableAmount],
    [`${vatKey(group)} tax`, group.taxAmount],
  ]);
  const lines = amounts.lines.map((line, index) => [`line ${index}`, line.amount]);
  const adjustments = amounts.adjustments.map((each, index) => [`adjustment ${index}`, each.amount]);
  return {
    ...Object.fromEntries([...vat, ...lines, ...adjustments]),
    lineTotal,
    allowanceTotal,
    chargeTotal,
    netTotal,
    taxTotal,
    grossTotal,
  };
}

function assertSame(parts: readonly DocumentAmounts[], whole: DocumentAmounts): void {
  const digits = digitsIn(whole);
  const all = parts.map(amountsOf);
  for (const [name, amount] of Object.entries(amountsOf(whole))) {
    if (whole.pricesIncludeTax && ['lineTotal', 'allowanceTotal', 'chargeTotal'].includes(name)) continue;
    assert.equal(sum(all.map((each) => units(each[name] ?? (0).toFixed(digits), digits))), units(amount, digits), name);
  }
}

function assertHolds(part: DocumentAmounts): void {
  const digits = digitsIn(part);
  const of = (amount: string): bigint => units(amount, digits);
  assert.equal(of(part.netTotal) + of(part.taxTotal), of(part.grossTotal));
  assert.equal(of(part.lineTotal) - of(part.allowanceTotal) + of(part.chargeTotal), of(part.netTotal));
  assert.equal(sum(part.vat.map((group) => of(group.taxAmount))), of(part.taxTotal));
}
