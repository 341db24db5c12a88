import type { Order } from '#metadata/records.gen.ts';
import { defineCommand } from '#platform/kernel/module.ts';
import { orderHeld } from '../events.ts';
import { ON_NOTES, reserveLines, withHeld } from '../stock/reservations.ts';

/** Stops an order: nothing new is delivered or invoiced, and stock that is not on a delivery note is others' again. */
export const hold = defineCommand<Order, { reason: string }>({
  object: 'order',
  name: 'hold',
  run: async (work, order, { reason }) => {
    const held = await reserveLines(work, order, ON_NOTES);
    await work.emit(orderHeld, `order/${order.id}`, { orderId: order.id, reason });
    return { values: { heldReason: reason, lines: withHeld(order.lines ?? [], held) } };
  },
});
