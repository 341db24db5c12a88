import type { ReportRow } from '#admin-ui/src/api/reports.ts';

/** A row where it stands in the report: its place, whether rows of its own follow, and whether they are shown. */
export type PlacedRow = { readonly row: ReportRow; readonly at: number; readonly level: number; readonly isParent: boolean };

function levelOf({ row }: ReportRow): number {
  return row?.level ?? 0;
}

/** Whether a row heads those that follow and stand further in. */
function heads(rows: readonly ReportRow[], at: number): boolean {
  const [row, next] = [rows[at], rows[at + 1]];
  return row !== undefined && next !== undefined && row.row?.kind === 'group' && levelOf(next) > levelOf(row);
}

/** The places of all rows that others can be folded under. */
export function parentsOf(rows: readonly ReportRow[]): readonly number[] {
  return rows.flatMap((_row, at) => (heads(rows, at) ? [at] : []));
}

/** What is to be seen while these rows are folded: everything that does not stand under one of them. */
export function unfolded(rows: readonly ReportRow[], folded: ReadonlySet<number>): readonly PlacedRow[] {
  const seen: PlacedRow[] = [];
  let hiddenBelow: number | null = null;
  for (const [at, row] of rows.entries()) {
    const level = levelOf(row);
    if (hiddenBelow !== null && level > hiddenBelow) continue;
    const isParent = heads(rows, at);
    hiddenBelow = isParent && folded.has(at) ? level : null;
    seen.push({ row, at, level, isParent });
  }
  return seen;
}

/** The one currency that all amounts are in; null where there is none or more than one. */
export function onlyCurrency(rows: readonly ReportRow[]): string | null {
  const currencies = new Set(rows.flatMap(({ currency }) => (typeof currency === 'string' ? [currency] : [])));
  const [only] = currencies;
  return currencies.size === 1 && only !== undefined ? only : null;
}
