import { sumOf } from '../decimal.ts';
import { invalidValues } from '../errors.ts';
import { allocate } from './allocate.ts';
import type { DocumentAmounts, PricedAdjustment, PricedAmount, Settlement } from './amounts.ts';
import { assemble, taxInUnits, vatKey } from './assemble.ts';
import { digitsOf } from './currency.ts';
import { documentFaults } from './document-faults.ts';
import { adjustmentAmount, lineAmount, type Adjustment, type MoneyLine } from './line.ts';
import { vatOnly, type VatTreatment } from './vat-category.ts';

/**
 * An allowance or charge of the document. With VAT it stands on the lines of that category and rate; without, it is spread
 * over all of them in proportion to their amounts, as a discount "on the whole" is. In the terms of the prices: with tax where they include it.
 */
export type DocumentAdjustment = Adjustment & (VatTreatment | { readonly vatCategory?: null; readonly vatRate?: null });

/** What the amounts of an offer, order, invoice or credit note depend on. Decimal strings throughout. */
export type MoneyDocument = Settlement & {
  readonly currency: string;
  readonly pricesIncludeTax?: boolean | null;
  readonly lines: readonly MoneyLine[];
  readonly adjustments?: readonly DocumentAdjustment[] | null;
};

/**
 * All amounts of a document by EN 16931 (BR-CO-10 to BR-CO-17): VAT is computed once per category and rate, HALF_UP, and split onto
 * lines for display. Prices with tax: the tax is taken out of the group's total first, so that net + VAT is what the customer was told.
 * Throws the refusal `invalid_value` that names line and field when an amount or a rate is none.
 */
export function documentAmounts(document: MoneyDocument): DocumentAmounts {
  const faults = documentFaults(document);
  if (faults.length > 0) throw invalidValues(faults);
  const { currency } = document;
  const pricesIncludeTax = document.pricesIncludeTax ?? false;
  const lines = document.lines.map((line) => ({ ...vatOnly(line), amount: lineAmount(line, currency).amount }));
  const adjustments = (document.adjustments ?? []).flatMap((each) => placedAdjustments(each, lines, currency));
  return assemble({ currency, pricesIncludeTax, lines, adjustments }, (vat, amount) => taxInUnits(vat, amount, pricesIncludeTax), document);
}

/** An allowance or charge per VAT group that it stands on. */
function placedAdjustments(adjustment: DocumentAdjustment, lines: readonly PricedAmount[], currency: string): readonly PricedAdjustment[] {
  const { kind, reason = null } = adjustment;
  if (hasVat(adjustment)) {
    const base = sumOf(lines.filter((line) => vatKey(line) === vatKey(adjustment)).map((line) => line.amount));
    return [{ ...vatOnly(adjustment), kind, reason, amount: adjustmentAmount(adjustment, base.toFixed(), currency) }];
  }
  const groups = Map.groupBy(lines, vatKey);
  const amounts = [...groups.values()].map((group) => sumOf(group.map((line) => line.amount)));
  const whole = adjustmentAmount(adjustment, sumOf(amounts).toFixed(), currency);
  const shares = allocate(whole, amounts, digitsOf(currency));
  return [...groups.values()].flatMap(([first], index) =>
    first ? [{ ...vatOnly(first), kind, reason, amount: shares[index] ?? '0' }] : [],
  );
}

function hasVat(adjustment: DocumentAdjustment): adjustment is Adjustment & VatTreatment {
  return typeof adjustment.vatCategory === 'string';
}
