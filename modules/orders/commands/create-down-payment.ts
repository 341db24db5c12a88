import type { Claim, Order } from '#metadata/records.gen.ts';
import { defineCommand } from '#platform/kernel/module.ts';
import { depositAmounts } from '#platform/kernel/money/deposit.ts';
import { uuidV7 } from '#platform/kernel/uuid.ts';
import { invoiceRequested } from '../events.ts';
import { recordAmounts } from '#platform/kernel/money/record-amounts.ts';
import { amountLineOf, invoiceOf } from '../documents/requests.ts';
import { refuseTooMuchDeposit } from '../rules/deposit-limit.ts';

/** Asks for a share of an order in advance, with its VAT; the final invoice deducts it. All down payments together are no more than the order. */
export const createDownPayment = defineCommand<Order, { percent: string }>({
  object: 'order',
  name: 'createDownPayment',
  run: async (work, order, { percent }) => {
    const filter = { orderId: order.id, kind: 'downPayment', state: { in: ['open', 'done'] } };
    const amounts = depositAmounts(recordAmounts(order), { percent });
    refuseTooMuchDeposit(order, amounts, await work.query<Claim>('claim', { filter, fields: 'netAmount', limit: 100 }));
    const invoiceId = uuidV7();
    await work.create('claim', invoiceId, { orderId: order.id, kind: 'downPayment', state: 'open', netAmount: amounts.netTotal, amounts });
    const lines = amounts.lines.map((line) => amountLineOf(`Down payment of ${percent} %`, line, { quantity: '1', downPayment: null }));
    await work.emit(
      invoiceRequested,
      `order/${order.id}`,
      invoiceOf(order, { invoiceId, kind: 'downPayment', deliveryNoteId: null }, { lines, amounts, custom: work.carried('order', order) }),
    );
    return { created: [{ object: 'invoice', id: invoiceId }] };
  },
});
