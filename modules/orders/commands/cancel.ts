import type { Claim, Order } from '#metadata/records.gen.ts';
import { exact } from '#platform/kernel/decimal.ts';
import { defineCommand } from '#platform/kernel/module.ts';
import { orderCancelled } from '../events.ts';
import { refuseDependants } from '../rules/cancellation.ts';
import { reserveLines, withHeld } from '../stock/reservations.ts';

/** Calls an order off. Refused while a delivery note or an invoice depends on it, a draft one included. */
export const cancel = defineCommand<Order, { reason: string }>({
  object: 'order',
  name: 'cancel',
  run: async (work, order, { reason }) => {
    const claims = await work.query<Claim>('claim', { filter: { orderId: order.id, state: { in: ['open', 'done'] } }, limit: 1000 });
    refuseDependants(order, claims);
    const held = await reserveLines(work, order, () => exact(0));
    await work.emit(orderCancelled, `order/${order.id}`, { orderId: order.id, reason });
    return { values: { cancelledAt: work.now, cancelledReason: reason, lines: withHeld(order.lines ?? [], held) } };
  },
});
