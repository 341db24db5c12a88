import type { Allocation, OpenItem } from '#metadata/records.gen.ts';
import { exact, sumOf, type Exact } from '#platform/kernel/decimal.ts';
import { toCurrency } from '#platform/kernel/money/currency.ts';

/** What a statement is made of. */
export type StatedItem = Pick<OpenItem, 'id' | 'kind' | 'side' | 'date' | 'dueDate' | 'currency' | 'amount' | 'reference' | 'voidedOn'> &
  Partial<Pick<OpenItem, 'invoiceId' | 'creditNoteId' | 'paymentId'>>;

/** An allocation, as far as statements go. */
export type StatedAllocation = Pick<
  Allocation,
  'debitId' | 'creditId' | 'date' | 'amount' | 'currency' | 'creditAmount' | 'creditCurrency' | 'undoneOn'
>;

/** A row of a statement: what a document changed, and what was owed then. Opening and closing change nothing. */
export type StatementRow = {
  readonly kind: OpenItem['kind'] | 'opening' | 'undone' | 'exchanged' | 'closing';
  readonly date: string;
  readonly reference: string | null;
  readonly dueDate: string | null;
  readonly currency: string;
  readonly amount: string | null;
  readonly balance: string;
  /** The record that it tells of: the document itself, where it has one, else the open item. */
  readonly document: { readonly object: string; readonly id: string } | null;
};

type Movement = Omit<StatementRow, 'amount' | 'balance'> & { readonly change: Exact };

/**
 * A customer's account in a period, currency by currency: what was owed before, what documents changed, what is owed after. Allocations move
 * nothing between the customer and us, but from one currency to another; what became void counts back from the day of that.
 */
export function statement(
  items: readonly StatedItem[],
  allocations: readonly StatedAllocation[],
  { from, to }: { readonly from: string; readonly to: string },
): readonly StatementRow[] {
  const movements = [...items.map(movementOf), ...items.flatMap(undone), ...allocations.flatMap((one) => exchanged(items, one))].filter(
    ({ date }) => date <= to,
  );
  const currencies = [...new Set(movements.map(({ currency }) => currency))].toSorted((a, b) => a.localeCompare(b));
  return currencies.flatMap((currency) =>
    ofCurrency(
      movements.filter((one) => one.currency === currency),
      { from, to, currency },
    ),
  );
}

/** What an item is worth: positive where it is owed to us. */
export function worthOf({ side, amount }: Pick<OpenItem, 'side' | 'amount'>): Exact {
  return side === 'debit' ? exact(amount) : exact(amount).negated();
}

function ofCurrency(
  movements: readonly Movement[],
  { from, to, currency }: { readonly from: string; readonly to: string; readonly currency: string },
): readonly StatementRow[] {
  const opening = sumOf(movements.filter(({ date }) => date < from).map(({ change }) => change));
  const inPeriod = movements.filter(({ date }) => date >= from).toSorted((a, b) => a.date.localeCompare(b.date));
  let balance = opening;
  const rows = inPeriod.map(({ change, ...row }): StatementRow => {
    balance = balance.plus(change);
    return { ...row, amount: toCurrency(change, currency), balance: toCurrency(balance, currency) };
  });
  const mark = { reference: null, dueDate: null, currency, amount: null, document: null };
  return [
    { kind: 'opening', date: from, ...mark, balance: toCurrency(opening, currency) },
    ...rows,
    { kind: 'closing', date: to, ...mark, balance: toCurrency(balance, currency) },
  ];
}

function movementOf(item: StatedItem): Movement {
  const { kind, date, currency } = item;
  const said = { reference: item.reference ?? null, dueDate: item.dueDate ?? null, document: documentOf(item) };
  return { kind, date, ...said, currency, change: worthOf(item) };
}

function undone(item: StatedItem): readonly Movement[] {
  return item.voidedOn ? [{ ...movementOf(item), kind: 'undone', date: item.voidedOn, change: worthOf(item).negated() }] : [];
}

/** What is settled in another currency is owed less in the one, and in favour less in the other. */
function exchanged(items: readonly StatedItem[], allocation: StatedAllocation): readonly Movement[] {
  const { amount, currency, creditAmount, creditCurrency, date, undoneOn } = allocation;
  if (!creditCurrency || creditCurrency === currency) return [];
  const said = (id: string): Pick<Movement, 'kind' | 'dueDate' | 'reference' | 'document'> => {
    const item = items.find((one) => one.id === id);
    return { kind: 'exchanged', dueDate: null, reference: item?.reference ?? null, document: item ? documentOf(item) : null };
  };
  const there: readonly Movement[] = [
    { ...said(allocation.debitId), date, currency, change: exact(amount).negated() },
    { ...said(allocation.creditId), date, currency: creditCurrency, change: exact(creditAmount ?? amount) },
  ];
  const back = undoneOn ? there.map((one) => ({ ...one, date: undoneOn, change: one.change.negated() })) : [];
  return [...there, ...back];
}

function documentOf({ id, kind, invoiceId, creditNoteId, paymentId }: StatedItem): StatementRow['document'] {
  if (kind === 'invoice' && invoiceId) return { object: 'invoice', id: invoiceId };
  if (kind === 'creditNote' && creditNoteId) return { object: 'credit_note', id: creditNoteId };
  if (kind === 'payment' && paymentId) return { object: 'payment', id: paymentId };
  return { object: 'open_item', id };
}
