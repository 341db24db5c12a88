import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { ageing, type AgedItem } from './ageing.ts';
import { statement, type StatedAllocation } from './statement.ts';

const invoice: AgedItem = {
  id: 'i',
  kind: 'invoice',
  side: 'debit',
  date: '2026-01-01',
  dueDate: '2026-03-01',
  currency: 'EUR',
  amount: '100.00',
  reference: 'IN-1',
  instalments: [
    { dueDate: '2026-01-31', amount: '40.00' },
    { dueDate: '2026-03-01', amount: '60.00' },
  ],
};
const note: AgedItem = { ...invoice, id: 'n', kind: 'creditNote', side: 'credit', date: '2026-02-10', amount: '70.00', instalments: null };
const writeOff: AgedItem = { ...note, id: 'w', kind: 'writeOff', date: '2026-02-20', amount: '10.00', voidedOn: '2026-04-01' };
const allocations: readonly StatedAllocation[] = [
  { debitId: 'i', creditId: 'n', date: '2026-02-10', amount: '50.00', currency: 'EUR', undoneOn: null },
  { debitId: 'i', creditId: 'w', date: '2026-02-20', amount: '10.00', currency: 'EUR', undoneOn: '2026-04-01' },
];
const items = [invoice, note, writeOff];

describe('What is owed on a day', () => {
  test('is told by how long each instalment has been due, the earliest settled first', () => {
    assert.deepEqual(ageing(items, allocations, '2026-02-01'), {
      notDue: '60.00',
      days30: '40.00',
      days60: '0.00',
      days90: '0.00',
      older: '0.00',
      inFavour: '0.00',
      total: '100.00',
    });
    const later = ageing(items, allocations, '2026-03-15');
    assert.deepEqual([later.days30, later.inFavour, later.total], ['40.00', '-20.00', '20.00']);
    assert.deepEqual(ageing(items, allocations, '2026-04-01').days60, '50.00');
  });

  test('is what the statement of that day ends with, before and after a write-off was taken back', () => {
    for (const day of ['2026-01-15', '2026-02-10', '2026-02-25', '2026-04-01', '2026-12-31']) {
      const rows = statement(items, allocations, { from: '2026-01-01', to: day });
      assert.equal(rows.at(-1)?.balance, ageing(items, allocations, day).total, day);
    }
    const [opening] = statement(items, allocations, { from: '2026-02-15', to: '2026-02-28' });
    assert.deepEqual([opening?.kind, opening?.balance], ['opening', '30.00']);
  });

  test('goes from one currency to the other when a payment settles what is in another, and back when that is undone', () => {
    const dollars: AgedItem = { ...invoice, id: 'd', currency: 'USD', instalments: null };
    const euros: AgedItem = { ...note, id: 'e', kind: 'payment', amount: '90.00' };
    const settled: readonly StatedAllocation[] = [
      {
        debitId: 'd',
        creditId: 'e',
        date: '2026-02-10',
        amount: '100.00',
        currency: 'USD',
        creditAmount: '90.00',
        creditCurrency: 'EUR',
        undoneOn: '2026-03-01',
      },
    ];
    for (const [day, ...owed] of [['2026-02-20', '0.00', '0.00'] as const, ['2026-03-02', '-90.00', '100.00'] as const]) {
      const closing = statement([dollars, euros], settled, { from: '2026-01-01', to: day }).filter(({ kind }) => kind === 'closing');
      assert.deepEqual(
        closing.map(({ balance }) => balance),
        owed,
      );
      assert.equal(ageing([dollars], settled, day).total, owed[1]);
    }
  });
});
