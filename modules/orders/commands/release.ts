import type { Order } from '#metadata/records.gen.ts';
import { defineCommand } from '#platform/kernel/module.ts';
import { orderReleased } from '../events.ts';
import { reserveLines, withHeld } from '../stock/reservations.ts';

/** Lets a held order go on; stock is reserved again, as far as there is any. */
export const release = defineCommand<Order, Record<string, never>>({
  object: 'order',
  name: 'release',
  run: async (work, order) => {
    const held = await reserveLines(work, order);
    await work.emit(orderReleased, `order/${order.id}`, { orderId: order.id });
    return { values: { heldReason: null, lines: withHeld(order.lines ?? [], held) } };
  },
});
