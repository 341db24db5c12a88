import type { Order, OrderLine } from '#metadata/records.gen.ts';
import { exact } from '#platform/kernel/decimal.ts';
import { faultAt, invalidValues, type FieldError } from '#platform/kernel/errors.ts';
import type { Sentence } from '#platform/kernel/sentence.ts';
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
        same(draft[field], before[field])
          ? []
          : [
              refused(`/${field}`, field, {
                en: `${field} cannot change once the order is confirmed.`,
                de: 'Das lässt sich nicht mehr ändern: Der Auftrag ist bestätigt.',
              }),
            ],
      ),
      ...(before.lines ?? []).flatMap((line) => lineErrors(line, draft)),
    ];
    if (errors.length > 0) throw invalidValues(errors);
    return {};
  },
});

function lineErrors(line: OrderLine, draft: Order): readonly FieldError[] {
  const isTaken = amountOf(line.deliveryClaimed).gt(0) || amountOf(line.invoiceClaimed).gt(0);
  const index = (draft.lines ?? []).findIndex((one) => one.id === line.id);
  const now = draft.lines?.[index];
  const isOtherUnit = now !== undefined && !same(now.unitFactor ?? '1', line.unitFactor ?? '1');
  if (!isTaken) return isOtherUnit && amountOf(line.reserved).gt(0) ? [otherUnit(`/lines/${index}`)] : [];
  if (!now)
    return [
      refused('/lines', 'lines', {
        en: `lines must keep "${line.description ?? ''}": it is on a delivery note or an invoice.`,
        de: `„${line.description ?? ''}“ muss stehen bleiben: Es steht auf einem Lieferschein oder einer Rechnung.`,
      }),
    ];
  const at = `/lines/${index}`;
  const most = upTo(now, draft);
  return [
    ...(most.lt(amountOf(now.deliveryClaimed)) || most.lt(amountOf(now.invoiceClaimed))
      ? [
          refused(`${at}/quantity`, 'quantity', {
            en: `quantity cannot be less than what is on delivery notes (${now.deliveryClaimed ?? 0}) and invoices (${now.invoiceClaimed ?? 0}).`,
            de: `Die Menge kann nicht kleiner sein als das, was auf Lieferscheinen (${now.deliveryClaimed ?? 0}) und Rechnungen (${now.invoiceClaimed ?? 0}) steht.`,
          }),
        ]
      : []),
    ...(now.productId === line.productId
      ? []
      : [
          refused(`${at}/productId`, 'productId', {
            en: 'productId cannot change: it is on a delivery note or an invoice.',
            de: 'Das Produkt lässt sich nicht ändern: Es steht auf einem Lieferschein oder einer Rechnung.',
          }),
        ]),
    ...(isOtherUnit ? [otherUnit(at)] : []),
    ...(amountOf(line.invoiceClaimed).gt(0)
      ? PRICES.flatMap((field) =>
          same(now[field], line[field])
            ? []
            : [
                refused(`${at}/${field}`, field, {
                  en: `${field} cannot change: the line is on an invoice.`,
                  de: 'Das lässt sich nicht ändern: Die Position steht auf einer Rechnung.',
                }),
              ],
        )
      : []),
  ];
}

/** Its counts are in the unit that it had. */
function otherUnit(at: string): FieldError {
  return refused(`${at}/unit`, 'unit', {
    en: 'unit cannot change to one that holds another quantity: the line is reserved, on a delivery note or on an invoice. Add another line instead.',
    de: 'Die Einheit lässt sich nicht in eine ändern, die anders viel enthält: Die Position ist reserviert oder steht auf einem Lieferschein oder einer Rechnung. Fügen Sie stattdessen eine Position hinzu.',
  });
}

function same(left: unknown, right: unknown): boolean {
  if ((left ?? null) === (right ?? null)) return true;
  return isNumber(left) && isNumber(right) && exact(left).eq(right);
}

function isNumber(value: unknown): value is string {
  return typeof value === 'string' && /^-?\d+(\.\d+)?$/.test(value);
}

function refused(pointer: string, field: string, sentence: Sentence): FieldError {
  return faultAt({ pointer, field, rule: 'confirmed' }, sentence);
}
