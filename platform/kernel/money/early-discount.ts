import { allocateUnits } from './allocate.ts';
import type { VatAmounts } from './amounts.ts';
import { taxInUnits } from './assemble.ts';
import { digitsOf } from './currency.ts';
import { fromUnits, toUnits } from './units.ts';
import { vatOnly, type VatTreatment } from './vat-category.ts';

/** A discount for early payment on one VAT group: what it lowers revenue by, and tax. */
export type DiscountShare = VatTreatment & { readonly netAmount: string; readonly taxAmount: string };

/**
 * What a discount that was taken when paying (amount with tax) means for revenue and VAT: it is spread over the VAT groups in proportion
 * to their totals with tax, and its VAT is taken out of each share, as a later reduction of the taxable amount
 * (article 90 of directive 2006/112/EC). With `isTaxKept` the tax stays as invoiced and the whole discount lowers revenue.
 */
export function earlyDiscount(
  amount: string,
  { currency, vat }: { readonly currency: string; readonly vat: readonly VatAmounts[] },
  isTaxKept = false,
): readonly DiscountShare[] {
  const digits = digitsOf(currency);
  const grosses = vat.map((group) => toUnits(group.taxableAmount, digits) + toUnits(group.taxAmount, digits));
  const shares = allocateUnits(toUnits(amount, digits), grosses);
  return vat.map((group, index) => {
    const share = shares[index] ?? 0n;
    const tax = isTaxKept ? 0n : taxInUnits(group, share, true);
    return { ...vatOnly(group), netAmount: fromUnits(share - tax, digits), taxAmount: fromUnits(tax, digits) };
  });
}
