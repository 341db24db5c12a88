import { exact, type Exact } from '../decimal.ts';
import { invalidValues } from '../errors.ts';
import type { DocumentAmounts, LineAmounts, PricedAdjustment, PricedAmount, Settlement, StoredAmounts } from './amounts.ts';
import { assemble, signedUnits, taxInUnits, vatKey } from './assemble.ts';
import { digitsOf } from './currency.ts';
import { nameOfLine } from './document-faults.ts';
import { fromUnits, roundedFraction, sumUnits, toUnits } from './units.ts';
import { vatOnly } from './vat-category.ts';

/** Of a line: how many there are, how many other documents have taken, and how many this one takes. */
export type PartQuantity = { readonly ordered: string; readonly done?: string | null; readonly part: string };

/**
 * The amounts of a document that takes some of another one's quantities: an invoice of an order, a credit note of an invoice.
 * Rounding is cumulative, amount = f(done + part) − f(done): parts add up to the whole to the last digit, VAT included, however many
 * they are and in whatever order they come; a part of everything, such as a full credit note, mirrors the stored amounts.
 * (Lines add up in the terms of their prices: where these include tax, a line's amount without tax is its document's split.)
 * The VAT of a part may therefore differ from BR-CO-17 by a unit or two of the currency's last digit, which the rule's tolerance covers.
 * `quantities` and the lines of the answer stand in the order of the whole's lines; a line of which nothing is taken is zero.
 */
export function partAmounts(whole: StoredAmounts, quantities: readonly PartQuantity[], settlement: Settlement = {}): DocumentAmounts {
  refuseLinesWithoutQuantity(whole, quantities);
  const digits = digitsOf(whole.currency);
  const takings = takingsOf(quantities);
  const before = reach(whole, takings, (taking) => taking.before);
  const after = reach(whole, takings, (taking) => taking.after);
  const lines = whole.lines.map((line, index) => ({ ...vatOnly(line), amount: difference(after.lines, before.lines, index, digits) }));
  const adjustments = whole.adjustments.map((each, index) => ({
    ...vatOnly(each),
    kind: each.kind,
    reason: each.reason ?? null,
    amount: difference(after.adjustments, before.adjustments, index, digits),
  }));
  const isTaken = (_: unknown, index: number): boolean => takings[index]?.before !== takings[index]?.after;
  const taxOf = (vat: PricedAmount | Parameters<typeof vatKey>[0]): bigint =>
    (after.taxes.get(vatKey(vat)) ?? 0n) - (before.taxes.get(vatKey(vat)) ?? 0n);
  const part = assemble({ ...whole, lines: lines.filter(isTaken), adjustments }, taxOf, settlement);
  const taken = part.lines.values();
  return {
    ...part,
    lines: lines.map((line, index) => (isTaken(line, index) ? (taken.next().value ?? nothing(line, digits)) : nothing(line, digits))),
  };
}

/** Quantities of a line as whole numbers: all of it, and how many are taken before and after the part. All lines are counted in one scale. */
type Taking = { readonly ordered: bigint; readonly before: bigint; readonly after: bigint };

/** The whole as if so many were all that was ever ordered, in units of its currency. */
type Reached = { readonly lines: readonly bigint[]; readonly adjustments: readonly bigint[]; readonly taxes: ReadonlyMap<string, bigint> };

/** How far a VAT group has come: by amounts, or by quantities where the amounts say nothing. */
type Progress = { readonly reached: bigint; readonly all: bigint; readonly isWhole: boolean };

function reach(whole: StoredAmounts, takings: readonly Taking[], takenOf: (taking: Taking) => bigint): Reached {
  const digits = digitsOf(whole.currency);
  const stages = whole.lines.map((line, index) => stageOf(line, takings[index], takenOf, digits));
  const groups = Map.groupBy(stages, ({ key }) => key);
  const progresses = new Map([...groups].map(([key, own]) => [key, progressOf(own)]));
  const ofAll = progressOf(stages);
  const adjustments = whole.adjustments.map((each) => {
    const { reached, all } = progresses.get(vatKey(each)) ?? ofAll;
    return proportion(toUnits(each.amount, digits), reached, all);
  });
  const taxes = whole.vat.map((vat) => {
    const key = vatKey(vat);
    if ((progresses.get(key) ?? ofAll).isWhole) return [key, toUnits(vat.taxAmount, digits)] as const;
    const ofLines = sumUnits((groups.get(key) ?? []).map((stage) => stage.reached));
    const amount = ofLines + adjustmentsOf(whole.adjustments, key, (index) => fromUnits(adjustments[index] ?? 0n, digits), digits);
    return [key, taxInUnits(vat, amount, whole.pricesIncludeTax)] as const;
  });
  return { lines: stages.map((stage) => stage.reached), adjustments, taxes: new Map(taxes) };
}

/** A line at some quantity: its amount in units, and what its group's progress is made of. */
type Stage = { readonly key: string; readonly amount: bigint; readonly reached: bigint; readonly taken: bigint; readonly ordered: bigint };

function stageOf(line: PricedAmount, taking: Taking | undefined, takenOf: (taking: Taking) => bigint, digits: number): Stage {
  const amount = toUnits(line.amount, digits);
  const { ordered = 0n } = taking ?? {};
  const taken = taking ? takenOf(taking) : 0n;
  return { key: vatKey(line), amount, reached: proportion(amount, taken, ordered), taken, ordered };
}

function progressOf(stages: readonly Stage[]): Progress {
  const isWhole = stages.every(({ taken, ordered }) => taken === ordered);
  const all = sumUnits(stages.map(({ amount }) => amount));
  if (all !== 0n) return { reached: sumUnits(stages.map(({ reached }) => reached)), all, isWhole };
  return { reached: sumUnits(stages.map(({ taken }) => size(taken))), all: sumUnits(stages.map(({ ordered }) => size(ordered))), isWhole };
}

function adjustmentsOf(adjustments: readonly PricedAdjustment[], key: string, amountOf: (index: number) => string, digits: number): bigint {
  return sumUnits(adjustments.map((each, index) => (vatKey(each) === key ? signedUnits(each, amountOf(index), digits) : 0n)));
}

/** In one scale, so that what is reached by quantities is the same at the end of one part and at the beginning of the next, however they are written. */
function takingsOf(quantities: readonly PartQuantity[]): readonly Taking[] {
  const all = quantities.map(({ ordered, done, part }) => ({ ordered: exact(ordered), before: exact(done ?? 0), part: exact(part) }));
  const places = Math.max(0, ...all.flatMap((each) => Object.values(each)).map((value) => value.decimalPlaces()));
  const whole = (value: Exact): bigint => toUnits(value, places);
  return all.map(({ ordered, before, part }) => ({
    ordered: whole(ordered),
    before: whole(before),
    after: whole(before.plus(part)),
  }));
}

function proportion(amount: bigint, reached: bigint, all: bigint): bigint {
  return all === 0n ? 0n : roundedFraction(amount * reached, all);
}

function size(value: bigint): bigint {
  return value < 0n ? -value : value;
}

function difference(after: readonly bigint[], before: readonly bigint[], index: number, digits: number): string {
  return fromUnits((after[index] ?? 0n) - (before[index] ?? 0n), digits);
}

function nothing(line: PricedAmount, digits: number): LineAmounts {
  const zero = fromUnits(0n, digits);
  return { ...line, amount: zero, netAmount: zero, adjustmentShare: zero, taxableAmount: zero, taxAmount: zero, grossAmount: zero };
}

function refuseLinesWithoutQuantity(whole: StoredAmounts, quantities: readonly PartQuantity[]): void {
  const faults = whole.lines.flatMap(({ amount }, index) => {
    if (exact(amount).isZero() || !exact(quantities[index]?.ordered ?? 0).isZero()) return [];
    const message = `${nameOfLine(index)} has an amount but no quantity, so it cannot be taken in parts. Give it a quantity, such as 1.`;
    return [{ pointer: `/lines/${index}/quantity`, field: 'quantity', rule: 'positive', message }];
  });
  if (faults.length > 0) throw invalidValues(faults);
}
