import { queryOptions, useQuery } from '@tanstack/react-query';
import type { InputField, Label } from '#platform/kernel/model.ts';
import type { ReportColumn, ReportLink, ReportRow } from '#platform/kernel/report.ts';
import { askFor } from './client.ts';

export type { ReportColumn, ReportLink, ReportRow };

/** What is asked of a report, as its address has it: texts by name. */
export type ReportInput = { readonly [name: string]: string };

/** A report that one may have: what it tells, what it asks for, and what it takes for what is left out. */
export type KnownReport = {
  readonly module: string;
  readonly name: string;
  readonly label: Label;
  readonly help: Label;
  readonly input: readonly InputField[];
  readonly columns: readonly ReportColumn[];
  readonly defaults: { readonly [name: string]: unknown };
  readonly offeredAt: readonly string[];
  /** What it is called as a letter to a customer; absent where it is none. */
  readonly letter?: Label;
  /** Other forms in which it leaves. */
  readonly files: readonly { readonly format: string; readonly label: Label }[];
};

/** A page of a worked out report. `asked` is the whole input that it answers. */
export type WorkedReport = Pick<KnownReport, 'label' | 'columns'> & {
  readonly asked: { readonly [name: string]: unknown };
  readonly rows: readonly ReportRow[];
  readonly next: string | null;
};

const reportsQuery = queryOptions({
  queryKey: ['reports'],
  queryFn: async ({ signal }) => (await askFor<{ items: readonly KnownReport[] }>('/api/platform/reports', { signal })).items,
  staleTime: 300_000,
});

/** The reports of all services that one may have; null while they are not known yet. */
export function useReports(): readonly KnownReport[] | null {
  return useQuery(reportsQuery).data ?? null;
}

/** Where a report is; `format` is what it comes as. */
export function reportPath({ module, name }: Pick<KnownReport, 'module' | 'name'>, asked: ReportInput): string {
  const query = new URLSearchParams(asked).toString();
  return `/api/${module}/reports/${name}${query === '' ? '' : `?${query}`}`;
}

/** A page of a report, from `after` on. */
export function workOut(
  report: Pick<KnownReport, 'module' | 'name'>,
  { input, after }: { readonly input: ReportInput; readonly after: string | null },
  signal: AbortSignal,
): Promise<WorkedReport> {
  return askFor<WorkedReport>(reportPath(report, after === null ? input : { ...input, after }), { signal });
}

/** What an address asks of a report: texts, also what looks like a number or yes and no there. */
export function readReportInput(search: Record<string, unknown>): ReportInput {
  return Object.fromEntries(Object.entries(search).flatMap(([name, value]) => (isPlain(value) ? [[name, String(value)]] : [])));
}

function isPlain(value: unknown): value is string | number | boolean {
  return ['string', 'number', 'boolean'].includes(typeof value);
}
