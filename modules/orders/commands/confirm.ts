import type { Customer, Order } from '#metadata/records.gen.ts';
import { exact } from '#platform/kernel/decimal.ts';
import { defineCommand, type CommandResult, type Work } from '#platform/kernel/module.ts';
import { refuseBlocked, takeCredit } from '../credit/exposure.ts';
import { orderConfirmed } from '../events.ts';
import { settledRate } from '#platform/kernel/money/exchange-hook.ts';
import { currencyOf } from '#platform/kernel/money/currency.ts';
import { refuseEmpty, refuseSecond, warehouseOf } from '../rules/confirmation.ts';
import { reserveLines, withHeld } from '../stock/reservations.ts';

/** Makes an order binding: it draws its number (declared in the metadata), takes credit and reserves stock; what is short becomes a backorder. */
export const confirm = defineCommand<Order, Record<string, never>>({
  object: 'order',
  name: 'confirm',
  run: (work, order) => confirmed(work, order, false),
});

/** The same for somebody who may exceed the customer's credit limit. */
export const confirmOverLimit = defineCommand<Order, Record<string, never>>({
  object: 'order',
  name: 'confirmOverLimit',
  run: (work, order) => confirmed(work, order, true),
});

async function confirmed(work: Work, order: Order, isOverridden: boolean): Promise<CommandResult> {
  refuseEmpty(order);
  const rate = await settledRate(work, order);
  if (order.customerReference) {
    const filter = { customerId: order.customerId, customerReference: order.customerReference };
    refuseSecond(order, await work.query<Order>('order', { filter, fields: 'number,status', limit: 100 }));
  }
  await refuseBlocked(work, order.customerId, 'orders');
  const customer = await work.get<Customer>('customer', order.customerId);
  const warehouseId = warehouseOf(order);
  const creditTaken = await takeCredit(work, { ...order, ...rate }, { amount: exact(order.grossTotal ?? 0), isOverridden });
  const held = await reserveLines(work, { ...order, warehouseId });
  await work.emit(orderConfirmed, `order/${order.id}`, {
    orderId: order.id,
    customerId: order.customerId,
    netTotal: order.netTotal ?? '0',
    grossTotal: order.grossTotal ?? '0',
    currency: currencyOf(order),
  });
  return {
    values: {
      ...placesAsConfirmed(order, customer),
      ...rate,
      confirmedAt: work.now,
      confirmationVersion: 1,
      warehouseId,
      creditTaken,
      lines: withHeld(order.lines ?? [], held),
    },
  };
}

/** Where the order goes and who pays for it, as on the day it became binding: what its customer changes later does not reach it. */
function placesAsConfirmed(order: Order, customer: Customer | null): Partial<Order> {
  return {
    billingAddress: order.billingAddress ?? customer?.billingAddress ?? null,
    shippingAddress: order.shippingAddress ?? customer?.shippingAddress ?? null,
  };
}
