import type { Order } from '#metadata/records.gen.ts';
import { defineCommand } from '#platform/kernel/module.ts';
import { orderClosed } from '../events.ts';
import { ON_NOTES, reserveLines, withHeld } from '../stock/reservations.ts';

/** Ends an order early: what is open is given up, with its stock and its credit; delivery notes under way still go. */
export const close = defineCommand<Order, Record<string, never>>({
  object: 'order',
  name: 'close',
  run: async (work, order) => {
    const held = await reserveLines(work, order, ON_NOTES);
    await work.emit(orderClosed, `order/${order.id}`, { orderId: order.id });
    return { values: { closedAt: work.now, lines: withHeld(order.lines ?? [], held) } };
  },
});
