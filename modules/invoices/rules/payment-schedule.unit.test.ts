import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { PaymentTerms } from '#metadata/records.gen.ts';
import { Refusal } from '#platform/kernel/errors.ts';
import { draftSchedule, issuedSchedule } from './payment-schedule.ts';
import { refuseWrongShares, termsOf } from './terms.ts';

const stamps = { version: 1, createdAt: '', createdBy: '', updatedAt: '', updatedBy: '', name: 'Terms' };
const thirds: PaymentTerms = {
  ...stamps,
  id: 't',
  days: 14,
  instalments: [
    { percent: '33.333333', days: 0 },
    { percent: '33.333333', days: 30, discountPercent: '2', discountDays: 10 },
    { percent: '33.333334', days: 0, basis: 'endOfMonth', dayOfMonth: 15 },
  ],
};
const invoice = { date: '2026-01-20', grossTotal: '100.00', currency: 'EUR' };
const rowsOf = ({ paymentSchedule }: { paymentSchedule?: unknown }): unknown => JSON.parse(JSON.stringify(paymentSchedule));

describe('The payment schedule of a draft', () => {
  const filled = draftSchedule(invoice, null, termsOf(thirds));

  test('comes from the terms: instalments that add up to the cent, and the last day is the due date', () => {
    assert.deepEqual(rowsOf(filled), [
      { dueDate: '2026-01-20', amount: '33.33', discountAmount: null, discountDate: null },
      { dueDate: '2026-02-15', amount: '33.34', discountAmount: null, discountDate: null },
      { dueDate: '2026-02-19', amount: '33.33', discountAmount: '0.67', discountDate: '2026-01-30' },
    ]);
    assert.deepEqual([filled.dueDate, filled.isScheduleByHand], ['2026-02-19', false]);
  });

  test('follows the amount and the date of the invoice until it is changed by hand', () => {
    const draft = { ...invoice, ...filled, grossTotal: '200.00', date: '2026-03-02' };
    const now = draftSchedule(draft, { ...invoice, ...filled }, termsOf({ ...thirds, instalments: [] }));
    assert.deepEqual(rowsOf(now), [{ dueDate: '2026-03-16', amount: '200.00', discountAmount: null, discountDate: null }]);
  });

  test('changed by hand it stays, must add up, and then follows the amount in its proportions', () => {
    const given = [
      { dueDate: '2026-02-01', amount: '75' },
      { dueDate: '2026-03-01', amount: '25' },
    ];
    const hand = draftSchedule({ ...invoice, ...filled, paymentSchedule: given }, { ...invoice, ...filled }, termsOf(thirds));
    assert.deepEqual([hand.isScheduleByHand, hand.dueDate], [true, '2026-03-01']);
    const larger = draftSchedule({ ...invoice, ...hand, grossTotal: '33.33' }, { ...invoice, ...hand }, termsOf(thirds));
    assert.deepEqual(
      larger.paymentSchedule?.map(({ amount }) => amount),
      ['25.00', '8.33'],
    );
    const short = { ...invoice, ...filled, paymentSchedule: [{ dueDate: '2026-02-01', amount: '99.99' }] };
    assert.throws(() => draftSchedule(short, invoice, termsOf(thirds)), /add up to 99.99, the invoice to 100.00/);
    const early = { ...invoice, ...filled, paymentSchedule: [{ dueDate: '2026-01-19', amount: '100' }] };
    assert.throws(() => draftSchedule(early, invoice, termsOf(thirds)), /before the date of the invoice/);
    const emptied = draftSchedule({ ...invoice, ...hand, paymentSchedule: [] }, { ...invoice, ...hand }, termsOf(thirds));
    assert.deepEqual([emptied.isScheduleByHand, emptied.paymentSchedule?.length], [false, 3]);
  });

  test('a due date that is typed in moves the last instalment', () => {
    const moved = draftSchedule({ ...invoice, ...filled, dueDate: '2026-05-01' }, { ...invoice, ...filled }, termsOf(thirds));
    assert.deepEqual(
      moved.paymentSchedule?.map(({ dueDate }) => dueDate),
      ['2026-01-20', '2026-02-15', '2026-05-01'],
    );
    const kept = draftSchedule({ ...invoice, ...moved }, { ...invoice, ...moved }, termsOf(thirds));
    assert.equal(kept.dueDate, '2026-05-01');
  });

  test('is counted from the day of issue; what was given by hand stays, and nothing is due before that day', () => {
    assert.equal(issuedSchedule({ ...invoice, ...filled }, '2026-02-10', termsOf(thirds)).dueDate, '2026-03-15');
    const paymentSchedule = [
      { dueDate: '2026-01-25', amount: '75.00' },
      { dueDate: '2026-03-01', amount: '25.00' },
    ];
    const hand = { ...invoice, paymentSchedule, dueDate: '2026-03-01', isScheduleByHand: true };
    assert.deepEqual(
      issuedSchedule(hand, '2026-02-10', termsOf(thirds)).paymentSchedule?.map(({ dueDate }) => dueDate),
      ['2026-02-10', '2026-03-01'],
    );
    assert.equal(issuedSchedule(hand, '2026-03-02', termsOf(null)).dueDate, '2026-04-01');
  });
});

test('Shares of instalments that do not add up to 100 are refused', () => {
  assert.throws(
    () =>
      refuseWrongShares({
        instalments: [
          { percent: '50', days: 0 },
          { percent: '49.5', days: 5 },
        ],
      }),
    (error) => error instanceof Refusal && /99.5, not to 100/.test(error.message),
  );
  refuseWrongShares({ instalments: [] });
});
