import { plain } from '../decimal.ts';
import { allocateUnits, settleUnits } from './allocate.ts';
import type {
  AdjustmentAmounts,
  DocumentAmounts,
  LineAmounts,
  PricedAdjustment,
  PricedAmount,
  PricedDocument,
  Settlement,
  VatAmounts,
} from './amounts.ts';
import { digitsOf } from './currency.ts';
import { totalsOf } from './totals.ts';
import { fractionOf, fromUnits, roundedFraction, sumUnits, toUnits } from './units.ts';
import type { VatTreatment } from './vat-category.ts';

/** The VAT of a group in units of the currency; `amount` is the group's sum in the terms of its prices. */
export type TaxOf = (group: VatTreatment, amount: bigint) => bigint;

/** BR-CO-17: amount × rate / 100; or, in an amount with tax, amount × rate / (100 + rate). HALF_UP to a unit of the currency. */
export function taxInUnits({ vatRate }: VatTreatment, amount: bigint, isIncluded: boolean): bigint {
  const { over, under } = fractionOf(vatRate ?? '0');
  return roundedFraction(amount * over, 100n * under + (isIncluded ? over : 0n));
}

/** Names a VAT category and rate: `S/19`. Rates that differ in zeros alone are one. */
export function vatKey({ vatCategory, vatRate }: VatTreatment): string {
  const rate = vatRate ?? '0';
  return `${vatCategory}/${/^[1-9]\d*$/.test(rate) ? rate : plain(rate)}`;
}

/**
 * From priced amounts to a document: groups them by VAT category and rate, takes each group's tax from `taxOf`,
 * and splits groups back onto their lines by largest remainder, so that every sum holds to the last digit.
 */
export function assemble(priced: PricedDocument, taxOf: TaxOf, settlement: Settlement): DocumentAmounts {
  const { currency, pricesIncludeTax } = priced;
  const groups = groupsOf(priced).map((group) => settleGroup(group, priced, taxOf));
  const lines = inPlace(groups.flatMap((group) => group.lines));
  const adjustments = inPlace(groups.flatMap((group) => group.adjustments));
  const vat = groups.map((group) => group.vat);
  return { currency, pricesIncludeTax, lines, adjustments, vat, ...totalsOf({ currency, lines, adjustments, vat }, settlement) };
}

/** Each with its place in the document. */
type Placed<T> = readonly (readonly [place: number, T])[];
type Group = { readonly vat: VatTreatment; readonly lines: Placed<PricedAmount>; readonly adjustments: Placed<PricedAdjustment> };
type SettledGroup = { readonly vat: VatAmounts; readonly lines: Placed<LineAmounts>; readonly adjustments: Placed<AdjustmentAmounts> };

function inPlace<T>(placed: Placed<T>): readonly T[] {
  return placed.toSorted(([a], [b]) => a - b).map(([, each]) => each);
}

function groupsOf({ lines, adjustments }: PricedDocument): readonly Group[] {
  const placedLines = Map.groupBy(lines.entries(), ([, line]) => vatKey(line));
  const placedAdjustments = Map.groupBy(adjustments.entries(), ([, each]) => vatKey(each));
  return [...new Set([...placedLines.keys(), ...placedAdjustments.keys()])].flatMap((key) => {
    const group = { lines: placedLines.get(key) ?? [], adjustments: placedAdjustments.get(key) ?? [] };
    const [first] = [...group.lines, ...group.adjustments];
    return first ? [{ vat: first[1], ...group }] : [];
  });
}

function settleGroup(group: Group, { currency, pricesIncludeTax }: PricedDocument, taxOf: TaxOf): SettledGroup {
  const digits = digitsOf(currency);
  const entries = [
    ...group.lines.map(([, line]) => toUnits(line.amount, digits)),
    ...group.adjustments.map(([, each]) => signedUnits(each, each.amount, digits)),
  ];
  const amount = sumUnits(entries);
  const tax = taxOf(group.vat, amount);
  const net = pricesIncludeTax ? amount - tax : amount;
  const nets = pricesIncludeTax ? netsOf(net, entries, group.vat) : entries;
  const lines = lineAmounts(group, { nets, tax, digits });
  const adjustments = group.adjustments.map(([place, each], index) => {
    const netAmount = fromUnits(withSign(each, nets[group.lines.length + index] ?? 0n), digits);
    return [place, { ...each, netAmount, isOnLines: group.lines.length > 0 }] as const;
  });
  return { vat: { ...vatOf(group), taxableAmount: fromUnits(net, digits), taxAmount: fromUnits(tax, digits) }, lines, adjustments };
}

/** Prices with tax: what each entry is without it, adding up to the group's net. */
function netsOf(net: bigint, entries: readonly bigint[], { vatRate }: VatTreatment): readonly bigint[] {
  const { over, under } = fractionOf(vatRate ?? '0');
  return settleUnits(
    net,
    entries.map((entry) => entry * 100n * under),
    100n * under + over,
  );
}

type Nets = { readonly nets: readonly bigint[]; readonly tax: bigint; readonly digits: number };

function lineAmounts(group: Group, { nets, tax, digits }: Nets): Placed<LineAmounts> {
  const ofLines = nets.slice(0, group.lines.length);
  const ofAdjustments = sumUnits(nets.slice(group.lines.length));
  const shares = ofAdjustments === 0n ? [] : allocateUnits(ofAdjustments, ofLines);
  const taxables = ofLines.map((net, index) => net + (shares[index] ?? 0n));
  const { over, under } = fractionOf(group.vat.vatRate ?? '0');
  const taxes = settleUnits(
    tax,
    taxables.map((taxable) => taxable * over),
    100n * under,
  );
  return group.lines.map(([place, line], index) => {
    const taxable = taxables[index] ?? 0n;
    const taxOfLine = taxes[index] ?? 0n;
    const amounts = {
      netAmount: fromUnits(ofLines[index] ?? 0n, digits),
      adjustmentShare: fromUnits(shares[index] ?? 0n, digits),
      taxableAmount: fromUnits(taxable, digits),
      taxAmount: fromUnits(taxOfLine, digits),
      grossAmount: fromUnits(taxable + taxOfLine, digits),
    };
    return [place, { ...line, ...amounts }];
  });
}

/** What an allowance (negative) or charge adds to a document, in units of its currency. */
export function signedUnits(adjustment: Pick<PricedAdjustment, 'kind'>, amount: string, digits: number): bigint {
  return withSign(adjustment, toUnits(amount, digits));
}

function withSign({ kind }: Pick<PricedAdjustment, 'kind'>, units: bigint): bigint {
  return kind === 'allowance' ? -units : units;
}

/** A group says why it is not taxed once: the first code, and all texts (BR-E-01: exempt lines make one group). */
function vatOf(group: Group): VatTreatment {
  const members = [...group.lines, ...group.adjustments].map(([, each]) => each);
  const reasons = new Set(members.map((each) => each.vatExemptionReason ?? '').filter((reason) => reason !== ''));
  const code = members.map((each) => each.vatExemptionCode ?? '').find((each) => each !== '');
  return {
    vatCategory: group.vat.vatCategory,
    vatRate: group.vat.vatRate ?? null,
    vatExemptionCode: code ?? null,
    vatExemptionReason: [...reasons].join('; ') || null,
  };
}
