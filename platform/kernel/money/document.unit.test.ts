import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { Refusal } from '../errors.ts';
import type { DocumentAmounts } from './amounts.ts';
import { documentAmounts, type MoneyDocument } from './document.ts';
import type { MoneyLine } from './line.ts';

const line = (quantity: string, unitPrice: string, more: Partial<MoneyLine> = {}): MoneyLine => ({
  quantity,
  unitPrice,
  vatCategory: 'S',
  vatRate: '19',
  ...more,
});
const euros = (lines: readonly MoneyLine[], more: Partial<MoneyDocument> = {}): DocumentAmounts =>
  documentAmounts({ currency: 'EUR', lines, ...more });
const nets = (amounts: DocumentAmounts): readonly string[] => amounts.lines.map((each) => each.netAmount);

describe('A line', () => {
  test('rounds once, half away from zero, to the digits of its currency', () => {
    assert.deepEqual(nets(euros([line('3', '0.335'), line('1', '0.125'), line('-1', '0.125')])), ['1.01', '0.13', '-0.13']);
    assert.deepEqual(nets(documentAmounts({ currency: 'JPY', lines: [line('1', '12.5')] })), ['13']);
    assert.deepEqual(nets(documentAmounts({ currency: 'KWD', lines: [line('1', '0.0005')] })), ['0.001']);
  });

  test('takes prices of nine decimals and prices for a dozen or a thousand', () => {
    assert.deepEqual(nets(euros([line('48500', '0.061232374')])), ['2969.77']);
    assert.deepEqual(nets(euros([line('96', '11.40', { priceBaseQuantity: '12' }), line('1', '507', { priceBaseQuantity: '12' })])), [
      '91.20',
      '42.25',
    ]);
    assert.deepEqual(nets(euros([line('250', '17.35', { priceBaseQuantity: '1000' })])), ['4.34']);
  });

  test('takes allowances and charges, by amount or by percent of what they stand on', () => {
    const adjustments = [
      { kind: 'allowance', percent: '15' },
      { kind: 'charge', amount: '2.50' },
      { kind: 'allowance', percent: '10', baseAmount: '20.00' },
    ] as const;
    assert.deepEqual(nets(euros([line('5', '34.80', { adjustments })])), ['148.40']);
  });
});

describe('VAT', () => {
  test('is computed once per category and rate, not per line', () => {
    const amounts = euros([line('1', '0.33'), line('1', '0.33'), line('1', '0.34'), line('2', '9.95', { vatRate: '7' })]);
    assert.deepEqual(
      amounts.vat.map((group) => [group.vatRate, group.taxableAmount, group.taxAmount]),
      [
        ['19', '1.00', '0.19'],
        ['7', '19.90', '1.39'],
      ],
    );
    assert.deepEqual(
      amounts.lines.map((each) => each.taxAmount),
      ['0.06', '0.06', '0.07', '1.39'],
    );
    assert.deepEqual([amounts.netTotal, amounts.taxTotal, amounts.grossTotal], ['20.90', '1.58', '22.48']);
  });

  test('rounds the half cent up: 1,460.50 at 25 % is 365.13, and back it is −365.13', () => {
    assert.equal(euros([line('1', '1460.50', { vatRate: '25' })]).taxTotal, '365.13');
    assert.equal(euros([line('-1', '1460.50', { vatRate: '25' })]).taxTotal, '-365.13');
  });

  test('counts 19 and 19.00 as one rate, and exempt lines as one group with all their reasons', () => {
    assert.equal(euros([line('1', '1'), line('1', '1', { vatRate: '19.00' })]).vat.length, 1);
    const exempt = (reason: string): MoneyLine => line('1', '10', { vatCategory: 'E', vatRate: '0', vatExemptionReason: reason });
    assert.deepEqual(
      euros([exempt('Teaching'), exempt('Insurance'), exempt('Teaching')]).vat.map((group) => group.vatExemptionReason),
      ['Teaching; Insurance'],
    );
  });

  test('in prices with tax is taken out first, so that the total is what the customer was told', () => {
    const amounts = euros([line('1', '9.99'), line('1', '9.99'), line('1', '9.99')], { pricesIncludeTax: true });
    assert.deepEqual([amounts.netTotal, amounts.taxTotal, amounts.grossTotal], ['25.18', '4.79', '29.97']);
    assert.deepEqual(nets(amounts), ['8.40', '8.39', '8.39']);
    assert.deepEqual(
      amounts.lines.map((each) => each.grossAmount),
      ['10.00', '9.99', '9.98'],
    );
  });

  test('under split payment is shown, but the buyer pays it to the treasury', () => {
    const amounts = euros([line('20', '62.30', { vatCategory: 'B', vatRate: '22' })], { prepaidAmount: '100' });
    assert.deepEqual([amounts.grossTotal, amounts.prepaidAmount, amounts.dueAmount], ['1520.12', '374.12', '1146.00']);
  });
});

describe('A discount or charge of the document', () => {
  test('is spread over VAT groups and, inside them, over lines by largest remainder', () => {
    const amounts = euros([line('1', '60'), line('1', '30'), line('1', '10', { vatRate: '7' })], {
      adjustments: [{ kind: 'allowance', amount: '10.01', reason: 'Loyalty' }],
    });
    assert.deepEqual(
      amounts.adjustments.map((each) => [each.vatRate, each.netAmount, each.reason]),
      [
        ['19', '9.01', 'Loyalty'],
        ['7', '1.00', 'Loyalty'],
      ],
    );
    assert.deepEqual(
      amounts.lines.map((each) => each.adjustmentShare),
      ['-6.01', '-3.00', '-1.00'],
    );
    assert.deepEqual(
      [amounts.lineTotal, amounts.allowanceTotal, amounts.netTotal, amounts.taxTotal],
      ['100.00', '10.01', '89.99', '16.02'],
    );
  });

  test('with VAT of its own stands on the lines of that rate, or alone where there is none', () => {
    const freight = { kind: 'charge', amount: '8.40', vatCategory: 'S', vatRate: '25' } as const;
    const rebate = { kind: 'allowance', percent: '10', vatCategory: 'S', vatRate: '7' } as const;
    const amounts = euros([line('1', '100'), line('1', '50', { vatRate: '7' })], { adjustments: [freight, rebate] });
    assert.deepEqual(
      amounts.adjustments.map((each) => [each.netAmount, each.isOnLines]),
      [
        ['8.40', false],
        ['5.00', true],
      ],
    );
    assert.deepEqual(
      [amounts.chargeTotal, amounts.allowanceTotal, amounts.taxTotal, amounts.grossTotal],
      ['8.40', '5.00', '24.25', '177.65'],
    );
  });

  test('in prices with tax is one with tax', () => {
    const amounts = euros([line('1', '119')], { pricesIncludeTax: true, adjustments: [{ kind: 'allowance', amount: '11.90' }] });
    assert.deepEqual(
      [amounts.lineTotal, amounts.allowanceTotal, amounts.netTotal, amounts.grossTotal],
      ['100.00', '10.00', '90.00', '107.10'],
    );
  });
});

describe('The amount due', () => {
  test('is what was not paid before, rounded as the cash of the country asks', () => {
    const francs = (unitPrice: string, mode?: 'up' | 'down'): string =>
      documentAmounts({
        currency: 'CHF',
        lines: [line('1', unitPrice, { vatRate: '8.1' })],
        rounding: { increment: '0.05', ...(mode ? { mode } : {}) },
      }).dueAmount;
    assert.deepEqual(
      [francs('10.20'), francs('10.20', 'down'), francs('10.22'), francs('10.22', 'up')],
      ['11.05', '11.00', '11.05', '11.05'],
    );
    const kronor = documentAmounts({
      currency: 'SEK',
      lines: [line('1', '99.60', { vatRate: '25' })],
      rounding: { increment: '1.00' },
      prepaidAmount: '24',
    });
    assert.deepEqual([kronor.grossTotal, kronor.roundingAmount, kronor.dueAmount], ['124.50', '0.50', '101.00']);
  });

  test('of a document without lines is nothing', () => {
    assert.deepEqual([documentAmounts({ currency: 'JPY', lines: [] }).dueAmount, euros([]).vat], ['0', []]);
  });
});

describe('What cannot be computed is refused with line and field', () => {
  const refused = (more: Partial<MoneyDocument>): readonly (readonly [string, string, string])[] => {
    try {
      documentAmounts({ currency: 'EUR', lines: [line('1', '1')], ...more });
    } catch (error) {
      assert.ok(error instanceof Refusal);
      return (error.details.errors ?? []).map(({ pointer, rule, message }) => [pointer, rule, message]);
    }
    return [];
  };

  test('a rate that the category does not have', () => {
    assert.deepEqual(refused({ lines: [line('1', '1'), line('1', '1', { vatRate: '0' })] }), [
      ['/lines/1/vatRate', 'BR-S-05', 'Line 2: category S (Standard rated) needs a rate above 0; for 0 % choose Z, E or another category.'],
    ]);
    assert.deepEqual(refused({ lines: [line('1', '1', { vatCategory: 'AE' })] }), [
      ['/lines/0/vatRate', 'BR-AE-05', 'Line 1: category AE (Reverse charge) has the rate 0, not 19.'],
    ]);
    assert.deepEqual(refused({ lines: [line('1', '1', { vatCategory: 'O', vatRate: '0' })] }), [
      ['/lines/0/vatRate', 'BR-O-05', 'Line 1: category O (Not subject to VAT) has no rate: leave it empty.'],
    ]);
  });

  test('numbers that are none, a base quantity of nothing, a discount without amount', () => {
    assert.deepEqual(
      refused({
        lines: [line('x', '1'), line('1', '1', { priceBaseQuantity: '0' }), line('1', '1', { adjustments: [{ kind: 'allowance' }] })],
      }).map(([pointer]) => pointer),
      ['/lines/0/quantity', '/lines/1/priceBaseQuantity', '/lines/2/adjustments/0/amount'],
    );
    assert.deepEqual(
      refused({ lines: [], adjustments: [{ kind: 'charge', amount: '5' }], rounding: { increment: '0' } }).map(([pointer]) => pointer),
      ['/adjustments/0/vatCategory', '/rounding/increment'],
    );
  });
});

test('500 lines are computed in a few milliseconds', (t) => {
  const many = Array.from({ length: 500 }, (_, index) =>
    line(`${index + 1}.25`, `${index}.123456789`, {
      vatRate: index % 3 === 0 ? '7' : '19',
      adjustments: [{ kind: 'allowance', percent: '2.5' }],
    }),
  );
  const document: MoneyDocument = { currency: 'EUR', lines: many, adjustments: [{ kind: 'allowance', percent: '3' }] };
  const times = Array.from({ length: 30 }, () => {
    const started = performance.now();
    documentAmounts(document);
    return performance.now() - started;
  }).toSorted((a, b) => a - b);
  const median = times[15] ?? Infinity;
  t.diagnostic(`500 lines: ${median.toFixed(1)} ms`);
  assert.ok(median < 2_000, `${median} ms`);
});
