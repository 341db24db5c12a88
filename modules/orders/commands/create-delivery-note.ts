import type { Order } from '#metadata/records.gen.ts';
import { exact, plain } from '#platform/kernel/decimal.ts';
import { defineCommand, type Work } from '#platform/kernel/module.ts';
import { uuidV7 } from '#platform/kernel/uuid.ts';
import { refuseBlocked } from '../credit/exposure.ts';
import { deliveryRequested } from '../events.ts';
import { askedQuantities, FOR_DELIVERY, heldFree, takeLines, type AskedRow, type Taken } from '../rules/claims.ts';
import { deliveryOf } from '../documents/requests.ts';
import { amountOf, atLeastZero, plus } from '../rules/quantity.ts';
import { refuseShort } from '../rules/shortage.ts';
import { reserveLines, withHeld } from '../stock/reservations.ts';

/**
 * Gives some of an order to a delivery note: the quantities are counted here, under the order's lock, and the delivery notes service makes the document,
 * with the id that is answered. Goods kept in stock must be held for it; more than was reserved is taken of what is available.
 */
export const createDeliveryNote = defineCommand<Order, { lines?: readonly AskedRow[] }>({
  object: 'order',
  name: 'createDeliveryNote',
  run: async (work, order, { lines }) => {
    await refuseBlocked(work, order.customerId, 'deliveries');
    const taken = takeLines(order, askedQuantities(lines), FOR_DELIVERY);
    const held = await holdMore(work, order, taken);
    refuseShort(taken, held);
    const deliveryNoteId = uuidV7();
    await work.create('claim', deliveryNoteId, {
      orderId: order.id,
      kind: 'delivery',
      state: 'open',
      lines: taken.map(({ line, quantity }) => ({ orderLine: line.id, quantity: plain(quantity) })),
    });
    await work.emit(deliveryRequested, `order/${order.id}`, deliveryOf(order, taken, { deliveryNoteId, carry: work.carried }));
    const claimed = new Map(taken.map(({ line, quantity }) => [line.id, plus(line.deliveryClaimed, quantity)]));
    const counted = withHeld(order.lines ?? [], held).map((line) => ({
      ...line,
      deliveryClaimed: claimed.get(line.id) ?? line.deliveryClaimed ?? null,
    }));
    return { values: { lines: counted }, created: [{ object: 'delivery_note', id: deliveryNoteId }] };
  },
});

/** Reserves what a line takes and has not reserved yet, as far as there is any. */
function holdMore(work: Work, order: Order, taken: readonly Taken[]): ReturnType<typeof reserveLines> {
  const missing = new Map(taken.map(({ line, quantity }) => [line.id, atLeastZero(quantity.minus(heldFree(line)))]));
  return reserveLines(work, order, (line) => amountOf(line.reserved).plus(missing.get(line.id) ?? exact(0)));
}
