import type { OpenItem } from '#metadata/records.gen.ts';
import type { Instalment } from '#platform/kernel/money/instalments.ts';
import { daysBetween } from '#platform/kernel/dates.ts';
import { exact, sumOf, type Exact } from '#platform/kernel/decimal.ts';
import { isRecord } from '#platform/kernel/is-record.ts';
import { isList, plainText } from '#platform/kernel/json.ts';
import { toCurrency } from '#platform/kernel/money/currency.ts';
import type { StatedAllocation, StatedItem } from './statement.ts';

/** What is owed by how long it has been due; `inFavour` is what the customer has open, negative. They add up to `total`. */
export type Ageing = {
  readonly [bucket in 'notDue' | 'days30' | 'days60' | 'days90' | 'older' | 'inFavour' | 'total']: string;
};

/** An item with the instalments in which it is due. */
export type AgedItem = StatedItem & Pick<OpenItem, 'instalments'>;

type Piece = { readonly bucket: keyof Ageing; readonly amount: Exact };

/** How old what is open of items in one currency was on a day: what was settled by then counts for the earliest instalments first. */
export function ageing(items: readonly AgedItem[], allocations: readonly StatedAllocation[], day: string): Ageing {
  const currency = items[0]?.currency ?? '';
  const settled = new Map<string, Exact>();
  const add = (id: string, amount: string): unknown => settled.set(id, exact(amount).plus(settled.get(id) ?? 0));
  for (const { debitId, creditId, amount, creditAmount, date, undoneOn } of allocations) {
    if (date > day || (undoneOn && undoneOn <= day)) continue;
    add(debitId, amount);
    add(creditId, creditAmount ?? amount);
  }
  const counted = items.filter(({ date, voidedOn }) => date <= day && !(voidedOn && voidedOn <= day));
  const pieces = counted.flatMap((item) => piecesOf(item, settled.get(item.id) ?? exact(0), day));
  const sum = (bucket: keyof Ageing): Exact => sumOf(pieces.filter((piece) => piece.bucket === bucket).map(({ amount }) => amount));
  const total = sumOf(pieces.map(({ amount }) => amount));
  return inCurrency((bucket) => (bucket === 'total' ? total : sum(bucket)), currency);
}

/** Ageings in one currency together. */
export function sumOfAgeings(ageings: readonly Ageing[], currency: string): Ageing {
  return inCurrency((bucket) => sumOf(ageings.map((one) => exact(one[bucket]))), currency);
}

function inCurrency(figure: (bucket: keyof Ageing) => Exact, currency: string): Ageing {
  const said = (bucket: keyof Ageing): string => toCurrency(figure(bucket), currency);
  return {
    notDue: said('notDue'),
    days30: said('days30'),
    days60: said('days60'),
    days90: said('days90'),
    older: said('older'),
    inFavour: said('inFavour'),
    total: said('total'),
  };
}

function piecesOf(item: AgedItem, settled: Exact, day: string): readonly Piece[] {
  if (item.side === 'credit') return [{ bucket: 'inFavour', amount: settled.minus(item.amount) }];
  let left = settled;
  return dueParts(item).map(({ dueDate, amount }) => {
    const taken = left.gt(amount) ? exact(amount) : left;
    left = left.minus(taken);
    return { bucket: bucketOf(daysBetween(dueDate, day)), amount: exact(amount).minus(taken) };
  });
}

function bucketOf(days: number): keyof Ageing {
  if (days <= 0) return 'notDue';
  if (days <= 30) return 'days30';
  if (days <= 60) return 'days60';
  return days <= 90 ? 'days90' : 'older';
}

/** The instalments, or all of it on the due date. */
function dueParts({ instalments, dueDate, date, amount }: AgedItem): readonly Pick<Instalment, 'dueDate' | 'amount'>[] {
  const rows = isList(instalments) ? instalments.filter(isRecord) : [];
  if (rows.length === 0) return [{ dueDate: dueDate ?? date, amount }];
  return rows
    .map((row) => ({ dueDate: plainText(row['dueDate']), amount: plainText(row['amount']) }))
    .toSorted((a, b) => a.dueDate.localeCompare(b.dueDate));
}
