import type { Claim, Order } from '#metadata/records.gen.ts';
import { invoiceIssued } from '#modules/invoices/events.ts';
import { exact } from '#platform/kernel/decimal.ts';
import { onEvent, type Work } from '#platform/kernel/module.ts';
import { changeExposure } from '../credit/exposure.ts';
import { orderInvoiced } from '../events.ts';
import { plus } from '../rules/quantity.ts';

/** An issued invoice is what the customer owes; what it says of an order is counted as invoiced. */
export const countInvoiced = onEvent(invoiceIssued, 'countInvoiced', async (work, invoice) => {
  if (invoice.orderId) await countOn(work, invoice.orderId, invoice.invoiceId);
  await changeExposure(work, invoice.customerId, { receivables: exact(invoice.grossTotal).times(invoice.exchangeRate) });
});

async function countOn(work: Work, orderId: string, invoiceId: string): Promise<void> {
  const order = await work.lock<Order>('order', orderId);
  const claim = await work.lock<Claim>('claim', invoiceId);
  if (claim.state !== 'open') return;
  const claimed = new Map((claim.lines ?? []).map((line) => [line.orderLine, line.quantity]));
  await work.save('claim', { id: claim.id, state: 'done', lines: (claim.lines ?? []).map((line) => ({ ...line, done: line.quantity })) });
  if (claimed.size === 0) return;
  const saved = await work.save<Order>('order', {
    id: order.id,
    lines: (order.lines ?? []).map((line) => ({ ...line, invoiced: plus(line.invoiced, claimed.get(line.id ?? '')) })),
  });
  if (exact(saved.percentInvoiced ?? 0).gte(100)) await work.emit(orderInvoiced, `order/${orderId}`, { orderId });
}
