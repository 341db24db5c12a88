import type { Invoice, InvoiceLine } from '#metadata/records.gen.ts';
import { exact } from '#platform/kernel/decimal.ts';
import { Refusal } from '#platform/kernel/errors.ts';
import { defineHook } from '#platform/kernel/module.ts';

const FIXED = ['productId', 'discountPercent', 'priceBaseQuantity', 'vatCategory'] as const;
const NUMBERS = ['quantity', 'unitPrice', 'vatRate'] as const;

/** The lines of an invoice from an order are what the order gave: their texts may change, their quantities and prices not. */
export const guardOrderLines = defineHook<Invoice, Record<string, never>>({
  object: 'invoice',
  name: 'guardOrderLines',
  derive: (draft, _facts, before) => {
    if (!before?.orderId) return {};
    const [were, are] = [before.lines ?? [], draft.lines ?? []];
    const isSame =
      were.length === are.length &&
      were.every((line) =>
        isUnchanged(
          line,
          are.find((one) => one.id === line.id),
        ),
      );
    const isInvoicesOwn = before.currency === draft.currency && before.customerId === draft.customerId;
    if (!isSame || !isInvoicesOwn)
      throw new Refusal('wrong_state', {
        en: 'This invoice comes from an order, which counts what is on it. Discard the draft and create another from the order.',
        de: 'Diese Rechnung kommt aus einem Auftrag, der zählt, was auf ihr steht. Verwerfen Sie den Entwurf und erstellen Sie eine neue aus dem Auftrag.',
      });
    return {};
  },
});

function isUnchanged(line: InvoiceLine, now: InvoiceLine | undefined): boolean {
  if (!now) return false;
  return (
    FIXED.every((field) => (line[field] ?? null) === (now[field] ?? null)) &&
    NUMBERS.every((field) => exact(line[field] ?? 0).eq(now[field] ?? 0))
  );
}
