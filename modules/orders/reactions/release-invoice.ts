import type { Claim, Order } from '#metadata/records.gen.ts';
import { invoiceDiscarded } from '#modules/invoices/events.ts';
import { onEvent } from '#platform/kernel/module.ts';
import { giveBackToNote, restoreDeposits } from './give-back.ts';
import { minus } from '../rules/quantity.ts';

/** A draft that was thrown away gives back what the order gave it, and the down payments that it deducted. */
export const releaseInvoice = onEvent(invoiceDiscarded, 'releaseInvoice', async (work, { orderId, invoiceId }) => {
  if (!orderId) return;
  const order = await work.lock<Order>('order', orderId);
  const claim = await work.lock<Claim>('claim', invoiceId);
  if (claim.state !== 'open') return;
  const claimed = new Map((claim.lines ?? []).map((line) => [line.orderLine, line.quantity]));
  await work.save('claim', { id: claim.id, state: 'released' });
  await giveBackToNote(work, claim, claimed);
  await restoreDeposits(work, claim);
  await work.save('order', {
    id: order.id,
    lines: (order.lines ?? []).map((line) => ({ ...line, invoiceClaimed: minus(line.invoiceClaimed, claimed.get(line.id ?? '')) })),
  });
});
