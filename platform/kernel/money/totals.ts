import type { DocumentAmounts, Settlement } from './amounts.ts';
import { digitsOf } from './currency.ts';
import { roundingOf } from './rounding.ts';
import { fromUnits, sumUnits, toUnits } from './units.ts';

type Parts = Pick<DocumentAmounts, 'currency' | 'lines' | 'adjustments' | 'vat'>;
type Totals = Omit<DocumentAmounts, keyof Parts | 'pricesIncludeTax'>;

/** BT-106 to BT-115 of lines, allowances, charges and VAT that are settled. */
export function totalsOf({ currency, lines, adjustments, vat }: Parts, settlement: Settlement): Totals {
  const digits = digitsOf(currency);
  const sum = (amounts: readonly string[]): bigint => sumUnits(amounts.map((amount) => toUnits(amount, digits)));
  const ofKind = (kind: string): bigint => sum(adjustments.filter((each) => each.kind === kind).map((each) => each.netAmount));
  const lineTotal = sum(lines.map((line) => line.netAmount));
  const netTotal = lineTotal - ofKind('allowance') + ofKind('charge');
  const taxTotal = sum(vat.map((each) => each.taxAmount));
  const splitPayment = sum(vat.filter((each) => each.vatCategory === 'B').map((each) => each.taxAmount));
  const prepaid = splitPayment + toUnits(settlement.prepaidAmount ?? '0', digits);
  const payable = netTotal + taxTotal - prepaid;
  const roundingAmount = roundingOf(fromUnits(payable, digits), settlement.rounding, currency);
  return {
    lineTotal: fromUnits(lineTotal, digits),
    allowanceTotal: fromUnits(ofKind('allowance'), digits),
    chargeTotal: fromUnits(ofKind('charge'), digits),
    netTotal: fromUnits(netTotal, digits),
    taxTotal: fromUnits(taxTotal, digits),
    grossTotal: fromUnits(netTotal + taxTotal, digits),
    prepaidAmount: fromUnits(prepaid, digits),
    roundingAmount,
    dueAmount: fromUnits(payable + toUnits(roundingAmount, digits), digits),
  };
}
