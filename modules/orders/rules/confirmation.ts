import type { Order } from '#metadata/records.gen.ts';
import { Refusal } from '#platform/kernel/errors.ts';

/** An order without lines orders nothing: refused with `wrong_state`. */
export function refuseEmpty(order: Order): void {
  if ((order.lines ?? []).length === 0)
    throw new Refusal('wrong_state', 'An order needs at least one line before it can be confirmed. Add a line.');
}

/** The customer's own order number twice is one order sent twice: refused with `duplicate`. */
export function refuseSecond(order: Order, others: readonly Pick<Order, 'id' | 'number' | 'status'>[]): void {
  const other = others.find((one) => one.id !== order.id && one.status !== 'draft' && one.status !== 'cancelled');
  if (!other) return;
  const message = `The customer's order number ${order.customerReference ?? ''} is on order ${other.number ?? ''} already. Change it here, or cancel one of the two.`;
  throw new Refusal('duplicate', message, {
    errors: [{ pointer: '/customerReference', field: 'customerReference', rule: 'unique', message }],
    other: { object: 'order', id: other.id },
  });
}

/** Where the goods of an order come from: its warehouse, else the first one of its company, which has the company's id. */
export function warehouseOf(order: Order): string {
  const warehouseId = order.warehouseId ?? order.companyId;
  if (!warehouseId) throw new Refusal('wrong_state', 'The order needs a warehouse or a company, so that its goods can be reserved.');
  return warehouseId;
}
