import assert from 'node:assert/strict';
import { test } from 'node:test';
import { claimOf, letterSums, percentDone, withoutRest } from './dunning-lines.ts';

const LEVEL = { fee: '5', interestPercent: '10' };
const INVOICE = { id: 'i', customerId: 'c', dueDate: '2026-01-01', grossTotal: '365.00', outstanding: '365.00', currency: 'EUR' } as const;

test('Interest runs from the due day, and from the day until which it was charged', () => {
  assert.equal(claimOf(INVOICE, LEVEL, '2026-01-31').interest, '3.00');
  assert.equal(claimOf({ ...INVOICE, interestUntil: '2026-01-21' }, LEVEL, '2026-01-31').interest, '1.00');
  assert.equal(claimOf({ ...INVOICE, interestUntil: '2026-02-21' }, LEVEL, '2026-01-31').interest, '0.00');
});

test('What was charged for paying late bears neither interest nor fee, and takes no fee from the others in its letter', () => {
  const late = claimOf({ ...INVOICE, kind: 'lateFee' }, LEVEL, '2026-01-31');
  assert.deepEqual([late.interest, late.fee], ['0.00', '0.00']);
  const usual = claimOf(INVOICE, LEVEL, '2026-01-31');
  const sums = letterSums(
    [late, usual].map((line) => ({ ...line, level: 1 })),
    'EUR',
  );
  assert.deepEqual([sums.fee, sums.interest, sums.total], ['5.00', '3.00', '738.00']);
});

test('A run is done by what was looked at of that which it reminds of; ended early, the rest is left out', () => {
  const line = (isIncluded: boolean, result: 'written' | null) => ({ id: 'l', customerId: 'c', invoiceId: 'i', isIncluded, result });
  const lines = [line(true, 'written'), line(true, null), line(false, null)];
  assert.equal(percentDone(lines), '50.00');
  assert.deepEqual(
    withoutRest(lines).map(({ result }) => result),
    ['written', 'left', null],
  );
});
