import { isRecord } from '#platform/kernel/is-record.ts';
import type { AllocationLine, OpenItem } from '#admin-ui/src/api/allocations.ts';
import { compareDecimals, isDecimal, negated, sumOfDecimals } from '#admin-ui/src/fields/exact.ts';

/** What was typed at an item; empty texts are nothing. */
export type Typed = Omit<AllocationLine, 'itemId'>;

/** What was typed, by item. */
export type TypedLines = { readonly [itemId: string]: Typed };

export const NOTHING: Typed = { amount: '', discount: '', paid: '' };

/** What is wrong with a line: no number, more than is open, more than there is. */
export type LineFault = 'number' | 'open' | 'rest';

/** What of the item that is allocated is not used by these lines; null where something that was typed is no number. */
export function restOf(item: OpenItem, others: readonly OpenItem[], typed: TypedLines): string | null {
  const taken = others.map((other) => takenBy(item, other, typed[other.id] ?? NOTHING));
  if (taken.some((amount) => amount === null)) return null;
  return sumOfDecimals([item.open, ...taken.map((amount) => negated(amount ?? '0'))]);
}

/** What is left open of an item after its line; null where something that was typed is no number. */
export function openAfter(other: OpenItem, { amount, discount }: Typed): string | null {
  const parts = [amount, discount].filter((text) => text !== '');
  return parts.every(isAmount) ? sumOfDecimals([other.open, ...parts.map(negated)]) : null;
}

/** What is wrong with a line, that its lines take more than there is among it. */
export function faultOf(item: OpenItem, others: readonly OpenItem[], { typed, of }: { typed: TypedLines; of: OpenItem }): LineFault | null {
  const line = typed[of.id] ?? NOTHING;
  const after = openAfter(of, line);
  if (after === null || (line.paid !== '' && !isAmount(line.paid))) return 'number';
  if (compareDecimals(after, '0') < 0) return 'open';
  if (line.amount === '') return null;
  const rest = restOf(item, others, typed);
  return rest !== null && compareDecimals(rest, '0') < 0 ? 'rest' : null;
}

/** As much of an item as it has open and the rest allows, with the early discount that a payment of that day may take. */
export function filled(item: OpenItem, other: OpenItem, rest: string): Typed {
  const discount = item.kind === 'payment' && item.currency === other.currency ? discountOn(other, item.date) : '0';
  const payable = sumOfDecimals([other.open, negated(discount)]);
  if (item.currency !== other.currency) return { ...NOTHING, amount: other.open };
  if (compareDecimals(rest, '0') <= 0) return NOTHING;
  if (compareDecimals(rest, payable) < 0) return { ...NOTHING, amount: rest };
  return { ...NOTHING, amount: payable, discount: compareDecimals(discount, '0') > 0 ? discount : '' };
}

/** What is proposed: items in their order, as far as it goes. Those in other currencies are left to people. */
export function proposed(item: OpenItem, others: readonly OpenItem[]): TypedLines {
  let lines: TypedLines = {};
  for (const other of others.filter(({ currency }) => currency === item.currency)) {
    const line = filled(item, other, restOf(item, others, lines) ?? '0');
    if (line.amount !== '') lines = { ...lines, [other.id]: line };
  }
  return lines;
}

/** The lines that say something, as they are sent. */
export function toSend(others: readonly OpenItem[], typed: TypedLines): readonly AllocationLine[] {
  return others.flatMap(({ id }) => {
    const line = typed[id];
    return line && line.amount !== '' ? [{ itemId: id, ...line }] : [];
  });
}

function takenBy(item: OpenItem, other: OpenItem, { amount, paid }: Typed): string | null {
  const text = item.currency === other.currency ? amount : paid;
  if (text === '') return '0';
  return isAmount(text) ? text : null;
}

function isAmount(text: string): boolean {
  return isDecimal(text) && !text.startsWith('-');
}

/** The early discounts of the instalments of an item that nothing was settled of yet, for who pays on a day. The server has the last word. */
function discountOn({ instalments, allocated }: OpenItem, day: string): string {
  const rows = Array.isArray(instalments) ? instalments.filter(isRecord) : [];
  if (allocated !== null && compareDecimals(allocated, '0') > 0) return '0';
  const granted = rows.filter((row) => typeof row['discountDate'] === 'string' && row['discountDate'] >= day);
  return sumOfDecimals(granted.map((row) => row['discountAmount']).filter(isDecimal));
}
