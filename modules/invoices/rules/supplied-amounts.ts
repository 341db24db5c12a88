import { exact } from '#platform/kernel/decimal.ts';
import { currencyOf } from '#platform/kernel/money/currency.ts';
import { finalAmounts } from '#platform/kernel/money/deposit.ts';
import { documentAmounts } from '#platform/kernel/money/document.ts';
import { lineValues, vatOf } from '#platform/kernel/money/record-amounts.ts';
import type { SuppliedDocument, SuppliedLine } from '#platform/kernel/vat/supply-day.ts';

/**
 * The amounts of an invoice whose lines have got another VAT than their order's: what lines come to in the terms of their prices stays, the tax on it is
 * worked out anew. Deductions of down payments keep exactly the tax that was shown there.
 */
export function suppliedAmounts(invoice: SuppliedDocument) {
  const lines = invoice.lines ?? [];
  const supplied = lines.filter((line) => !line.downPayment);
  const whole = documentAmounts({
    currency: currencyOf(invoice),
    pricesIncludeTax: invoice.pricesIncludeTax ?? false,
    lines: supplied.map((line) => ({ ...vatOf(line), quantity: '1', unitPrice: line.amount ?? '0' })),
  });
  const deducted = lines.filter((line) => line.downPayment).map((line) => ({ vat: [deductedVat(line)] }));
  const { vat, netTotal, taxTotal, grossTotal } = deducted.length > 0 ? finalAmounts(whole, deducted) : whole;
  const amounts = whole.lines.values();
  return {
    lines: lines.map((line) => (line.downPayment ? line : { ...line, ...lineValues(amounts.next().value) })),
    vat,
    netTotal,
    taxTotal,
    grossTotal,
  };
}

function deductedVat(line: SuppliedLine) {
  const positive = (amount: string | null | undefined): string =>
    exact(amount ?? 0)
      .negated()
      .toFixed();
  return { ...vatOf(line), taxableAmount: positive(line.netAmount), taxAmount: positive(line.taxAmount) };
}
