import { exact, sumOf, type Exact } from '#platform/kernel/decimal.ts';
import { plainText } from '#platform/kernel/json.ts';

/** A row of the report `accounting/customer-balances`; that without a customer is of lines that carry none. */
export type LedgerRow = { readonly customerId: string | null; readonly balance: string; readonly byHand: string };

/** A row of the report `payments/customer-receivables`. */
export type ItemsRow = { readonly customerId: string; readonly open: string; readonly total: string };

/** A customer of whom not all say the same, and why as far as that can be told. Amounts are exact, not rounded. */
export type Disagreement = {
  readonly customerId: string | null;
  readonly cause: 'waiting' | 'byHand' | 'noCustomer' | 'unknown';
  readonly ledger: Exact;
  readonly openItems: Exact;
  readonly aged: Exact;
  readonly difference: Exact;
};

/** What each side says that customers owe, and those customers of whom they do not say the same, the largest difference first. */
export type Agreement = {
  readonly controlAccounts: Exact;
  readonly customerBalances: Exact;
  readonly openItems: Exact;
  readonly aged: Exact;
  readonly disagreements: readonly Disagreement[];
};

const NOTHING = { balance: '0', byHand: '0', open: '0', total: '0' };

/** Holds the books against the open items, customer by customer. `waiting` are customers with documents that are not posted yet. */
export function agreement(ledger: readonly LedgerRow[], items: readonly ItemsRow[], waiting: ReadonlySet<string>): Agreement {
  const posted = new Map(ledger.map((row) => [row.customerId, row]));
  const open = new Map<string | null, ItemsRow>(items.map((row) => [row.customerId, row]));
  const all = [...new Set([...posted.keys(), ...open.keys()])].map((customerId) => {
    const { balance, byHand } = posted.get(customerId) ?? NOTHING;
    const { open: openItems, total } = open.get(customerId) ?? NOTHING;
    const figures = { ledger: exact(balance), openItems: exact(openItems), aged: exact(total) };
    return { customerId, ...figures, difference: figures.ledger.minus(openItems), byHand: exact(byHand) };
  });
  const disagreements = all
    .filter(({ difference, openItems, aged }) => !difference.isZero() || !openItems.eq(aged))
    .map(({ byHand, ...one }) => ({ ...one, cause: causeOf({ ...one, byHand }, waiting) }))
    .toSorted((a, b) => b.difference.abs().cmp(a.difference.abs()));
  return {
    controlAccounts: sumOf(all.map((one) => one.ledger)),
    customerBalances: sumOf(all.filter(({ customerId }) => customerId !== null).map((one) => one.ledger)),
    openItems: sumOf(all.map((one) => one.openItems)),
    aged: sumOf(all.map((one) => one.aged)),
    disagreements,
  };
}

type Judged = Omit<Disagreement, 'cause'> & { readonly byHand: Exact };

function causeOf({ customerId, difference, byHand }: Judged, waiting: ReadonlySet<string>): Disagreement['cause'] {
  if (customerId === null) return 'noCustomer';
  if (waiting.has(customerId)) return 'waiting';
  return !difference.isZero() && difference.eq(byHand) ? 'byHand' : 'unknown';
}

/** What the books say, of the rows that their report answers; that of the sum is none. */
export function ledgerRows(rows: readonly ReportRow[]): readonly LedgerRow[] {
  return rows.flatMap((row) =>
    'customerId' in row ? [{ customerId: idOf(row), balance: figureOf(row, 'balance'), byHand: figureOf(row, 'byHand') }] : [],
  );
}

/** What the open items say, of the rows that their report answers. */
export function itemsRows(rows: readonly ReportRow[]): readonly ItemsRow[] {
  return rows.flatMap((row) => {
    const customerId = idOf(row);
    return customerId === null ? [] : [{ customerId, open: figureOf(row, 'open'), total: figureOf(row, 'total') }];
  });
}

type ReportRow = { readonly [column: string]: unknown };

function idOf({ customerId }: ReportRow): string | null {
  return typeof customerId === 'string' ? customerId : null;
}

function figureOf(row: ReportRow, column: string): string {
  return plainText(row[column] ?? '0');
}
