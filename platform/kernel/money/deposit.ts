import { exact, sumOf, toScale } from '../decimal.ts';
import { allocate } from './allocate.ts';
import type { DocumentAmounts, LineAmounts, Settlement, VatAmounts } from './amounts.ts';
import { vatKey } from './assemble.ts';
import { digitsOf, toCurrency } from './currency.ts';
import { documentAmounts } from './document.ts';
import { totalsOf } from './totals.ts';
import { vatOnly } from './vat-category.ts';

/** How much is asked in advance: points of the total with tax, or an amount with tax. */
export type DepositShare =
  | { readonly percent: string; readonly amount?: undefined }
  | { readonly amount: string; readonly percent?: undefined };

/**
 * A down payment invoice (document type 386) on an order: one line per VAT category and rate of the order, in proportion to their totals
 * with tax, each with its VAT, which is due when the money comes in (article 65 of directive 2006/112/EC).
 */
export function depositAmounts(order: DocumentAmounts, share: DepositShare): DocumentAmounts {
  const { currency, vat } = order;
  const grosses = vat.map((group) => exact(group.taxableAmount).plus(group.taxAmount));
  const asked = share.percent === undefined ? share.amount : exact(order.grossTotal).times(share.percent).div(100);
  const amounts = allocate(toCurrency(asked, currency), grosses, digitsOf(currency));
  const lines = vat.flatMap((group, index) => {
    const unitPrice = amounts[index] ?? '0';
    return exact(unitPrice).isZero() ? [] : [{ ...vatOnly(group), quantity: '1', unitPrice }];
  });
  return documentAmounts({ currency, pricesIncludeTax: true, lines });
}

/**
 * The final invoice: everything that was delivered, then one negative line per VAT group of each deposit, with exactly the tax that was
 * shown on it. So deposits and final invoice add up to the whole, per VAT group and to the last digit, a rate that changed between included.
 * `whole` is what the final invoice would be without deposits.
 */
export function finalAmounts(
  whole: DocumentAmounts,
  deposits: readonly Pick<DocumentAmounts, 'vat'>[],
  settlement: Settlement = {},
): DocumentAmounts {
  const digits = digitsOf(whole.currency);
  const deducted = deposits.flatMap((deposit) => deposit.vat);
  const lines = [...whole.lines, ...deducted.map((group) => deduction(group, whole))];
  const groups = Map.groupBy([...whole.vat, ...deducted.map((group) => negated(group, digits))], vatKey);
  const vat = [...groups.values()].flatMap((group) => merged(group, digits));
  const parts = { currency: whole.currency, lines, adjustments: whole.adjustments, vat };
  return { pricesIncludeTax: whole.pricesIncludeTax, ...parts, ...totalsOf(parts, settlement) };
}

function deduction(group: VatAmounts, { currency, pricesIncludeTax }: DocumentAmounts): LineAmounts {
  const digits = digitsOf(currency);
  const { taxableAmount, taxAmount } = negated(group, digits);
  const grossAmount = toScale(exact(taxableAmount).plus(taxAmount), digits);
  const amount = pricesIncludeTax ? grossAmount : taxableAmount;
  return {
    ...vatOnly(group),
    amount,
    netAmount: taxableAmount,
    adjustmentShare: toScale(0, digits),
    taxableAmount,
    taxAmount,
    grossAmount,
  };
}

function negated(group: VatAmounts, digits: number): VatAmounts {
  return {
    ...group,
    taxableAmount: toScale(exact(group.taxableAmount).negated(), digits),
    taxAmount: toScale(exact(group.taxAmount).negated(), digits),
  };
}

function merged(group: readonly VatAmounts[], digits: number): readonly VatAmounts[] {
  const [first] = group;
  if (!first) return [];
  const sum = (pick: (each: VatAmounts) => string): string => toScale(sumOf(group.map(pick)), digits);
  return [{ ...first, taxableAmount: sum((each) => each.taxableAmount), taxAmount: sum((each) => each.taxAmount) }];
}
