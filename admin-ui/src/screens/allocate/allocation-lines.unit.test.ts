import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { OpenItem } from '#admin-ui/src/api/allocations.ts';
import { faultOf, filled, NOTHING, openAfter, proposed, restOf, toSend } from './allocation-lines.ts';

const invoice: OpenItem = {
  id: 'a',
  reference: 'IN-1',
  kind: 'invoice',
  side: 'debit',
  status: 'open',
  date: '2026-01-01',
  dueDate: '2026-01-31',
  currency: 'EUR',
  amount: '100.00',
  allocated: '0',
  open: '100.00',
  customerId: 'c',
  customer: null,
  companyId: null,
  paymentId: null,
  instalments: [{ dueDate: '2026-01-31', amount: '100.00', discountAmount: '2.00', discountDate: '2026-01-10' }],
};
const later: OpenItem = { ...invoice, id: 'b', open: '50.00', instalments: null };
const dollars: OpenItem = { ...invoice, id: 'd', currency: 'USD', instalments: null };
const payment: OpenItem = { ...invoice, id: 'p', kind: 'payment', side: 'credit', date: '2026-01-05', open: '120.00', instalments: null };
const others = [invoice, later, dollars];

describe('A payment over open items', () => {
  test('is proposed in their order, with the early discount of its day, as far as it goes', () => {
    const lines = proposed(payment, others);
    assert.deepEqual(lines, { a: { ...NOTHING, amount: '98.00', discount: '2.00' }, b: { ...NOTHING, amount: '22.00' } });
    assert.equal(restOf(payment, others, lines), '0.00');
    assert.deepEqual(
      toSend(others, lines).map(({ itemId }) => itemId),
      ['a', 'b'],
    );
    assert.deepEqual(filled({ ...payment, date: '2026-01-11' }, invoice, '120.00'), { ...NOTHING, amount: '100.00' });
    assert.deepEqual(filled({ ...payment, kind: 'creditNote' }, invoice, '120.00').discount, '');
  });

  test('has faults where a line takes more than is open, all of them more than there is, or says no number', () => {
    const fault = (of: OpenItem, line: Partial<typeof NOTHING>, more = {}) =>
      faultOf(payment, others, { typed: { ...more, [of.id]: { ...NOTHING, ...line } }, of });
    assert.equal(fault(invoice, { amount: '99', discount: '2' }), 'open');
    assert.equal(fault(invoice, { amount: '100' }, { b: { ...NOTHING, amount: '30' } }), 'rest');
    assert.equal(fault(invoice, { amount: 'ten' }), 'number');
    assert.equal(fault(invoice, { amount: '-1' }), 'number');
    assert.equal(fault(dollars, { amount: '80', paid: '70' }), null);
    assert.equal(restOf(payment, others, { d: { ...NOTHING, amount: '80', paid: '70' } }), '50.00');
    assert.equal(openAfter(invoice, { ...NOTHING, amount: '40' }), '60.00');
  });
});
