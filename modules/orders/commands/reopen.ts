import type { Order } from '#metadata/records.gen.ts';
import { exact } from '#platform/kernel/decimal.ts';
import { defineCommand } from '#platform/kernel/module.ts';
import { refuseBlocked, settleCredit, takeCredit } from '../credit/exposure.ts';
import { orderReopened } from '../events.ts';
import { reserveLines, withHeld } from '../stock/reservations.ts';

/** Takes a closed order up again: credit is checked anew, and stock reserved. */
export const reopen = defineCommand<Order, Record<string, never>>({
  object: 'order',
  name: 'reopen',
  run: async (work, order) => {
    await refuseBlocked(work, order.customerId, 'orders');
    await settleCredit(work, order);
    const open = exact(order.grossTotal ?? 0)
      .times(exact(100).minus(order.percentInvoiced ?? 0))
      .div(100);
    const creditTaken = await takeCredit(work, order, { amount: open, isOverridden: false });
    const held = await reserveLines(work, order);
    await work.emit(orderReopened, `order/${order.id}`, { orderId: order.id });
    return { values: { closedAt: null, creditTaken, lines: withHeld(order.lines ?? [], held) } };
  },
});
