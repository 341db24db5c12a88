import type { Claim, Order } from '#metadata/records.gen.ts';
import { deliveryCancelled } from '#modules/delivery-notes/events.ts';
import { onEvent } from '#platform/kernel/module.ts';
import { minus } from '../rules/quantity.ts';

/** A delivery note that was never shipped gives back what it was given; its goods stay reserved for the order. */
export const releaseDelivery = onEvent(deliveryCancelled, 'releaseDelivery', async (work, { orderId, deliveryNoteId }) => {
  const order = await work.lock<Order>('order', orderId);
  const claim = await work.lock<Claim>('claim', deliveryNoteId);
  if (claim.state !== 'open') return;
  const claimed = new Map((claim.lines ?? []).map((line) => [line.orderLine, line.quantity]));
  await work.save('claim', { id: claim.id, state: 'released' });
  await work.save('order', {
    id: order.id,
    lines: (order.lines ?? []).map((line) => ({ ...line, deliveryClaimed: minus(line.deliveryClaimed, claimed.get(line.id ?? '')) })),
  });
});
