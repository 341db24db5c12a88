import assert from 'node:assert/strict';
import { test } from 'node:test';
import { percentDelivered, percentInvoiced } from './progress.ts';
import { statusOf, type OrderStatus } from './status.ts';

const DAY = '2026-01-31T10:00:00Z';

/** confirmed, held, closed, cancelled, delivered %, invoiced % → status. */
const TABLE: readonly (readonly [boolean, boolean, boolean, boolean, string, string, OrderStatus])[] = [
  [false, false, false, false, '0', '0', 'draft'],
  [false, false, false, true, '0', '0', 'cancelled'],
  [true, false, false, false, '0', '0', 'open'],
  [true, false, false, false, '40', '0', 'open'],
  [true, false, false, false, '0', '40', 'open'],
  [true, false, false, false, '99.999999', '99.999999', 'open'],
  [true, false, false, false, '40', '100', 'toDeliver'],
  [true, false, false, false, '100', '40', 'toInvoice'],
  [true, false, false, false, '100', '100', 'completed'],
  [true, true, false, false, '40', '0', 'onHold'],
  [true, true, false, false, '100', '100', 'onHold'],
  [true, false, true, false, '40', '0', 'closed'],
  [true, true, true, false, '40', '0', 'closed'],
  [true, true, true, true, '0', '0', 'cancelled'],
];

test('Every combination of facts leads to one status', () => {
  for (const [isConfirmed, isHeld, isClosed, isCancelled, delivered, invoiced, status] of TABLE) {
    const facts = {
      confirmedAt: isConfirmed ? DAY : null,
      heldReason: isHeld ? 'credit' : null,
      closedAt: isClosed ? DAY : null,
      cancelledAt: isCancelled ? DAY : null,
      percentDelivered: delivered,
      percentInvoiced: invoiced,
    };
    assert.equal(statusOf(facts), status, JSON.stringify(facts));
  }
});

test('What is delivered counts by quantity, services never, more than ordered only as much as ordered', () => {
  const goods = { kind: 'goods', quantity: '10', netAmount: '100' } as const;
  assert.equal(percentDelivered([{ ...goods, delivered: '4' }]), '40.000000');
  assert.equal(percentDelivered([{ ...goods, delivered: '12' }, goods]), '50.000000');
  assert.equal(
    percentDelivered([
      { ...goods, delivered: '10' },
      { kind: 'service', quantity: '5' },
    ]),
    '100.000000',
  );
  assert.equal(percentDelivered([{ kind: 'service', quantity: '5' }]), '100.000000');
});

test('What is invoiced counts by amount, and by quantity where all is for nothing', () => {
  const line = (netAmount: string, invoiced: string) => ({ kind: 'goods', quantity: '10', netAmount, invoiced }) as const;
  assert.equal(percentInvoiced([line('900', '10'), line('100', '0')]), '90.000000');
  assert.equal(percentInvoiced([line('0', '10'), line('0', '0')]), '50.000000');
  assert.equal(percentInvoiced([line('100', '-3')]), '0.000000');
});
