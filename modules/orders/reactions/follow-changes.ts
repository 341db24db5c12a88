import type { Order } from '#metadata/records.gen.ts';
import { isRecord } from '#platform/kernel/is-record.ts';
import { on } from '#platform/kernel/module.ts';
import { settleCredit } from '../credit/exposure.ts';
import { changedQuantities } from '../rules/changed-quantities.ts';
import { ALL_OPEN, releaseOthers, reserveLines, withHeld } from '../stock/reservations.ts';

/** Whatever changed an order: what it counts against the credit follows what is open, and what is reserved follows what is ordered. */
export const followChanges = on('orders', 'OrderUpdated', 'followChanges', async (work, event) => {
  const { record, changed } = event.data;
  if (!isRecord(record) || !isRecord(changed) || typeof record['id'] !== 'string') return;
  const isReordered = changedQuantities(changed['lines']);
  if (!isReordered && !('openAmount' in changed)) return;
  const order = await work.lock<Order>('order', record['id']);
  await settleCredit(work, order);
  if (!isReordered || !UNDER_WAY.includes(order.status ?? '')) return;
  const released = await releaseOthers(work, order);
  const now = released ?? order;
  const held = await reserveLines(work, now, ALL_OPEN);
  if (released || held.size > 0) await work.save('order', { id: order.id, lines: withHeld(now.lines ?? [], held) });
});

const UNDER_WAY: readonly string[] = ['open', 'toDeliver', 'toInvoice'];
