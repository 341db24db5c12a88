import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { documentAmounts } from './document.ts';
import { dueDate } from './due-date.ts';
import { earlyDiscount } from './early-discount.ts';
import { instalments, type Term } from './instalments.ts';
import { interest } from './interest.ts';
import { sum, units } from './oracle.fixture.ts';

describe('A due date', () => {
  test('is so many days or months on, in the calendar', () => {
    assert.equal(dueDate('2026-01-31', { days: 30 }), '2026-03-02');
    assert.equal(dueDate('2028-01-31', { months: 1 }), '2028-02-29');
    assert.equal(dueDate('2026-12-15', { days: 30 }), '2027-01-14');
  });

  test('counts from the end of the month, or ends there', () => {
    assert.equal(dueDate('2026-02-10', { basis: 'month-end', days: 30 }), '2026-03-30');
    assert.equal(dueDate('2026-02-10', { basis: 'month-end', months: 1 }), '2026-03-31');
    assert.equal(dueDate('2026-01-31', { basis: 'then-month-end', months: 1 }), '2026-02-28');
    assert.equal(dueDate('2026-01-15', { basis: 'then-month-end', days: 30 }), '2026-02-28');
  });

  test('falls on a fixed day of the month, the last one where the month is shorter', () => {
    assert.equal(dueDate('2026-01-15', { dayOfMonth: 10 }), '2026-02-10');
    assert.equal(dueDate('2026-01-10', { dayOfMonth: 10 }), '2026-01-10');
    assert.equal(dueDate('2026-02-03', { dayOfMonth: 31 }), '2026-02-28');
    assert.equal(dueDate('2026-01-15', { days: 30, basis: 'then-month-end', dayOfMonth: 10 }), '2026-03-10');
    assert.equal(dueDate('2026-12-20', { dayOfMonth: 5 }), '2027-01-05');
  });

  test('is never before the document', () => {
    assert.equal(dueDate('2026-05-05', { days: -3 }), '2026-05-05');
    assert.equal(dueDate('2026-05-05', {}), '2026-05-05');
  });
});

describe('Instalments', () => {
  const invoice = { amount: '100.00', currency: 'EUR', date: '2026-03-01' };

  test('split the total by largest remainder and stand in the order of their dates', () => {
    const terms: readonly Term[] = [
      { percent: '33.33', due: { days: 60 } },
      { percent: '33.33', due: { days: 30 } },
      { percent: '33.34', due: {} },
    ];
    assert.deepEqual(
      instalments({ ...invoice, amount: '0.05' }, terms).map((row) => [row.dueDate, row.amount]),
      [
        ['2026-03-01', '0.02'],
        ['2026-03-31', '0.01'],
        ['2026-04-30', '0.02'],
      ],
    );
  });

  test('take fixed amounts first and the rest by percent', () => {
    const terms: readonly Term[] = [
      { amount: '25', due: {} },
      { percent: '100', due: { days: 14 } },
    ];
    assert.deepEqual(
      instalments(invoice, terms).map((row) => row.amount),
      ['25.00', '75.00'],
    );
  });

  test('say until when paying early is worth how much', () => {
    const [row] = instalments({ ...invoice, amount: '1190.00' }, [
      { percent: '100', due: { days: 30 }, discountPercent: '2', discountUntil: { days: 10 } },
    ]);
    assert.deepEqual(row, { dueDate: '2026-03-31', amount: '1190.00', discountAmount: '23.80', discountDate: '2026-03-11' });
  });

  test('on one day are one, and without terms everything is due at once', () => {
    const twice: readonly Term[] = [
      { percent: '40', due: { days: 14 } },
      { percent: '60', due: { days: 14 } },
    ];
    assert.deepEqual(instalments(invoice, twice), instalments(invoice, [{ percent: '100', due: { days: 14 } }]));
    assert.deepEqual(instalments(invoice, []), [{ dueDate: '2026-03-01', amount: '100.00', discountAmount: null, discountDate: null }]);
  });

  test('that do not cover the amount are refused', () => {
    assert.throws(() => instalments(invoice, [{ percent: '90', due: {} }]), /add up to 90, not to 100/);
    assert.throws(() => instalments(invoice, [{ amount: '90', due: {} }]), /add up to 90\.00, not to 100\.00/);
  });

  test('add up to the total, of credits too', () => {
    const portions = fc.array(fc.integer({ min: 1, max: 50 }), { minLength: 1, maxLength: 8 });
    fc.assert(
      fc.property(fc.integer({ min: -999_999, max: 999_999 }), portions, (cents, weights) => {
        const all = weights.reduce((total, weight) => total + weight, 0);
        const percents = weights.slice(1).map((weight) => Math.floor((100 * weight) / all));
        const first = 100 - percents.reduce((total, percent) => total + percent, 0);
        const terms = [first, ...percents].map((percent, index) => ({ percent: String(percent), due: { days: index } }));
        const rows = instalments({ ...invoice, amount: (cents / 100).toFixed(2) }, terms);
        assert.equal(sum(rows.map((row) => units(row.amount, 2))), BigInt(cents));
      }),
    );
  });
});

describe('A discount taken for paying early', () => {
  const { currency, vat } = documentAmounts({
    currency: 'EUR',
    lines: [
      { quantity: '1', unitPrice: '1000', vatCategory: 'S', vatRate: '19' },
      { quantity: '1', unitPrice: '200', vatCategory: 'S', vatRate: '7' },
      { quantity: '1', unitPrice: '50', vatCategory: 'E', vatRate: '0', vatExemptionReason: 'Teaching' },
    ],
  });

  test('lowers revenue and VAT of every rate by its share', () => {
    assert.deepEqual(
      earlyDiscount('29.08', { currency, vat }).map((share) => [share.netAmount, share.taxAmount]),
      [
        ['20.00', '3.80'],
        ['4.00', '0.28'],
        ['1.00', '0.00'],
      ],
    );
  });

  test('lowers revenue alone where the tax is kept', () => {
    assert.deepEqual(
      earlyDiscount('29.08', { currency, vat }, true).map((share) => [share.netAmount, share.taxAmount]),
      [
        ['23.80', '0.00'],
        ['4.28', '0.00'],
        ['1.00', '0.00'],
      ],
    );
  });
});

test('Interest is outstanding × rate / 100 / 365 × days, and nothing before the due date', () => {
  const overdue = { outstanding: '1190.00', currency: 'EUR', annualPercent: '9.12', days: 45 };
  assert.equal(interest(overdue), '13.38');
  assert.equal(interest({ ...overdue, daysOfYear: 360 }), '13.57');
  assert.equal(interest({ ...overdue, days: -5 }), '0.00');
  assert.equal(interest({ ...overdue, outstanding: '365', annualPercent: '1', days: 1, currency: 'JPY' }), '0');
});
