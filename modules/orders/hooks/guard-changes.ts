import type { Order, OrderLine } from '#metadata/records.gen.ts';
import { exact } from '#platform/kernel/decimal.ts';
import { invalidValues, type FieldError } from '#platform/kernel/errors.ts';
import { defineHook } from '#platform/kernel/module.ts';
import { upTo } from '../rules/claims.ts';
import { amountOf } from '../rules/quantity.ts';

const FIXED = ['customerId', 'currency', 'pricesIncludeTax', 'warehouseId'] as const;
const PRICES = ['unitPrice', 'discountPercent', 'priceBaseQuantity', 'vatCategory', 'vatRate'] as const;

/** A confirmed order may change, but not whose it is, and no line below what is on delivery notes and invoices. */
export const guardChanges = defineHook<Order, Record<string, never>>({
  object: 'order',
  name: 'guardChanges',
  derive: (draft, _facts, before) => {
    if (!before?.confirmedAt) return {};
    const errors = [
      ...FIXED.flatMap((field) =>
        same(draft[field], before[field]) ? [] : [refused(`/${field}`, field, 'cannot change once the order is confirmed')],
      ),
      ...(before.lines ?? []).flatMap((line) => lineErrors(line, draft)),
    ];
    if (errors.length > 0) throw invalidValues(errors);
    return {};
  },
});

function lineErrors(line: OrderLine, draft: Order): readonly FieldError[] {
  const isTaken = amountOf(line.deliveryClaimed).gt(0) || amountOf(line.invoiceClaimed).gt(0);
  if (!isTaken) return [];
  const index = (draft.lines ?? []).findIndex((one) => one.id === line.id);
  const now = draft.lines?.[index];
  if (!now) return [refused('/lines', 'lines', `must keep "${line.description ?? ''}": it is on a delivery note or an invoice`)];
  const at = `/lines/${index}`;
  const most = upTo(now, draft);
  return [
    ...(most.lt(amountOf(now.deliveryClaimed)) || most.lt(amountOf(now.invoiceClaimed))
      ? [
          refused(
            `${at}/quantity`,
            'quantity',
            `cannot be less than what is on delivery notes (${now.deliveryClaimed ?? 0}) and invoices (${now.invoiceClaimed ?? 0})`,
          ),
        ]
      : []),
    ...(now.productId === line.productId
      ? []
      : [refused(`${at}/productId`, 'productId', 'cannot change: it is on a delivery note or an invoice')]),
    ...(amountOf(line.invoiceClaimed).gt(0)
      ? PRICES.flatMap((field) =>
          same(now[field], line[field]) ? [] : [refused(`${at}/${field}`, field, 'cannot change: the line is on an invoice')],
        )
      : []),
  ];
}

function same(left: unknown, right: unknown): boolean {
  if ((left ?? null) === (right ?? null)) return true;
  return isNumber(left) && isNumber(right) && exact(left).eq(right);
}

function isNumber(value: unknown): value is string {
  return typeof value === 'string' && /^-?\d+(\.\d+)?$/.test(value);
}

function refused(pointer: string, field: string, what: string): FieldError {
  return { pointer, field, rule: 'confirmed', message: `${field} ${what}.` };
}
