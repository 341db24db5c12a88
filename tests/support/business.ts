import { billingOf } from './billing.ts';
import { eventually } from './eventually.ts';
import type { Installation } from './installation.ts';
import { confirmedOrder, pathOf, stocked, type Sales } from './sales.ts';

/**
 * A little of everything that is counted elsewhere: invoices, a credit note, goods, payments with a discount and a rest, a write-off, a refund and an allocation that is undone.
 * One order is delivered and invoiced.
 */
export async function doBusiness(installation: Installation, sales: Sales): Promise<void> {
  const billing = await billingOf(installation, sales);
  await eventually('the rules', async () => (await sales.client.get('/api/accounting/posting-rules')).body.items?.length > 10);
  const order = await confirmedOrder(sales, await stocked(sales, { Chair: '10' }), { Chair: '4' });
  const note = pathOf((await sales.act(order, 'create-delivery-note')).created);
  await sales.read(note);
  await sales.act(note, 'ship');
  const invoice = pathOf((await sales.act(order, 'create-invoice')).created);
  await sales.read(invoice);
  await sales.act(invoice, 'issue');
  const paths = [await billing.issued('100'), await billing.issued('200'), await billing.issued('300')] as const;
  const [first, second, third] = await Promise.all(
    paths.map((path) => sales.until(path, 'has its item', ({ openItemId }) => Boolean(openItemId))),
  );
  const [line] = third.lines;
  const credit = pathOf(
    (await sales.act(paths[2], 'credit', { reason: 'Half', lines: [{ invoiceLineId: line.id, quantity: '0.5' }] })).created,
  );
  await sales.read(credit);
  await sales.act(credit, 'issue');
  const payment = await sales.create('/api/payments/payments', { customerId: first.customerId, amount: '400' });
  const paid = `/api/payments/payments/${payment.id}`;
  await sales.act(paid, 'record');
  await sales.act(paid, 'allocate', { lines: [first, second].map(({ id }) => ({ itemId: id, amount: '110' })) });
  await sales.act(paths[1], 'write-off', { reason: 'Goodwill', amount: '10' });
  await sales.act(paid, 'refund', { amount: '50', reason: 'Too much' });
  const [allocation] = (await sales.client.get(`/api/payments/allocations?filter[debitId]=${first.id}`)).body.items;
  await sales.act(`/api/payments/allocations/${allocation.id}`, 'undo', { reason: 'Meant for another' });
}
