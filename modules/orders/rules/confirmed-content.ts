import type { Order, OrderLine } from '#metadata/records.gen.ts';
import { exact, plain } from '#platform/kernel/decimal.ts';

const HEAD = [
  'customerId',
  'contactId',
  'subject',
  'customerReference',
  'date',
  'deliveryDate',
  'billingAddress',
  'shippingAddress',
  'currency',
  'pricesIncludeTax',
  'netTotal',
  'taxTotal',
  'grossTotal',
] as const satisfies readonly (keyof Order)[];
const LINE = [
  'productId',
  'description',
  'quantity',
  'unit',
  'unitPrice',
  'priceBaseQuantity',
  'discountPercent',
  'vatCategory',
  'vatRate',
  'amount',
] as const satisfies readonly (keyof OrderLine)[];

/** An order, as far as its confirmation goes. */
export type Confirmed = Pick<Order, (typeof HEAD)[number] | 'lines'>;

/** Whether two states of an order would be confirmed in the same words and numbers. */
export function isConfirmedAlike(one: Confirmed, other: Confirmed): boolean {
  return contentOf(one) === contentOf(other);
}

function contentOf(order: Confirmed): string {
  return JSON.stringify([
    HEAD.map((name) => written(order[name])),
    (order.lines ?? []).map((line) => LINE.map((name) => written(line[name]))),
  ]);
}

/** A number is the same however many zeros it is written with. */
function written(value: unknown): unknown {
  return typeof value === 'string' && /^-?\d+(\.\d+)?$/.test(value) ? plain(exact(value)) : (value ?? null);
}
