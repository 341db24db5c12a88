import type { Order } from '#metadata/records.gen.ts';
import { plain } from '#platform/kernel/decimal.ts';
import type { DocumentAmounts } from '#platform/kernel/money/amounts.ts';
import { finalAmounts } from '#platform/kernel/money/deposit.ts';
import { partAmounts } from '#platform/kernel/money/part.ts';
import type { RequestedInvoiceLine } from '../events.ts';
import { recordAmounts } from '#platform/kernel/money/record-amounts.ts';
import type { Taken } from '../rules/claims.ts';
import type { Deposit } from '../rules/deposits.ts';
import { amountLineOf, invoiceLineOf, type Carry } from './requests.ts';

/** Lines and amounts of an invoice. */
export type InvoicePart = { readonly lines: readonly RequestedInvoiceLine[]; readonly amounts: DocumentAmounts };

/**
 * What an invoice of these quantities comes to. Rounding is cumulative over all that is on invoices already, so that any number of invoices
 * adds up to the order; deposits are deducted with exactly the tax that was shown on them.
 */
export function invoicePart(
  order: Order,
  taken: readonly Taken[],
  how: { readonly deposits: readonly Deposit[]; readonly carry: Carry },
): InvoicePart {
  const { deposits, carry } = how;
  const quantities = new Map(taken.map(({ line, quantity }) => [line.id, plain(quantity)]));
  const lines = order.lines ?? [];
  const part = partAmounts(
    recordAmounts(order),
    lines.map((line) => ({ ordered: line.quantity, done: line.invoiceClaimed ?? '0', part: quantities.get(line.id) ?? '0' })),
  );
  const whole = { ...part, lines: part.lines.filter((_, index) => quantities.has(lines[index]?.id ?? '')) };
  const amounts =
    deposits.length > 0
      ? finalAmounts(
          whole,
          deposits.map((deposit) => deposit.amounts),
        )
      : whole;
  const own = lines.flatMap((line) => {
    const quantity = quantities.get(line.id);
    return quantity ? [{ line, quantity }] : [];
  });
  const deductions = deposits.flatMap((deposit) => deposit.amounts.vat.map(() => deposit.id));
  return {
    amounts,
    lines: amounts.lines.flatMap((each, index) => {
      const product = own[index];
      if (product) return [invoiceLineOf(product.line, product.quantity, { amounts: each, carry })];
      return [amountLineOf('Down payment deducted', each, { quantity: '-1', downPayment: deductions[index - own.length] ?? null })];
    }),
  };
}
