import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Company } from '#metadata/records.gen.ts';
import { fetchFacts } from '#platform/data/save/facts.ts';
import { sellerContent } from '#platform/kernel/documents/sales-document.ts';
import { plainText } from '#platform/kernel/json.ts';
import { digitsOf } from '#platform/kernel/money/currency.ts';
import type { Json, Label } from '#platform/kernel/model.ts';
import type { Need } from '#platform/kernel/module.ts';
import type { Report, ReportColumn, ReportRow } from '#platform/kernel/report.ts';
import { trusted } from '#platform/kernel/seam.ts';
import { systemCaller } from '#platform/kernel/system-caller.ts';
import type { SchemaIndex } from '#platform/metadata/schema-index.ts';
import { fetchLogo, withLogo } from './company-logo.ts';
import type { Documents } from './documents.ts';
import { formatOf, wordsOf, writtenDay, writtenDecimal } from './language.ts';

/** Longer reports are read on a screen or as CSV: nobody files paper of hundreds of sheets. */
export const REPORT_ROWS_MAX = 2000;

/** A report that was worked out, and what was asked for it, in words. */
export type PrintableReport = {
  readonly report: Pick<Report, 'label' | 'columns'>;
  readonly rows: readonly ReportRow[];
  readonly parameters: readonly { readonly label: Label; readonly type: string; readonly value: string }[];
  readonly language: 'en' | 'de';
  readonly companyId: string | undefined;
  /** The instant and zone in which it is printed. */
  readonly at: Date;
  readonly timeZone: string;
};

const SOURCE = readFileSync(join(import.meta.dirname, 'report.typ'), 'utf8');

/** A report as PDF, under the head of the company. */
export async function printReport({ options }: Documents, printable: PrintableReport): Promise<Buffer> {
  const { database, schema, module, printers } = options;
  const source = { index: schema(), query: database.read, system: systemCaller(module.name) };
  const facts = await fetchFacts(source, companyNeed(source.index, printable.companyId), new Map());
  await fetchLogo(options, facts);
  const [company] = facts['company'] ?? [];
  const head = await withLogo(database.read, { facts, data: reportData(printable, company && trusted<Company>(company)) });
  const { bytes } = await printers.reports.print({
    source: SOURCE,
    ...head,
    atSeconds: Math.floor(printable.at.getTime() / 1000),
    as: 'pdf',
  });
  return bytes;
}

/** The company that is meant, else the first; nothing where this service knows of none. */
export function companyNeed(index: SchemaIndex, id: string | undefined): { readonly [fact: string]: Need } {
  if (!index.foreign.has('company')) return {};
  return { company: id === undefined ? { object: 'company', limit: 1 } : { object: 'company', filter: { id } } };
}

function reportData(printable: PrintableReport, company: Company | undefined): { readonly [name: string]: Json } {
  const { report, rows, language, at, timeZone } = printable;
  const say = (label: Label): string => said(label, language);
  const printed = new Intl.DateTimeFormat(language === 'de' ? 'de-DE' : 'en-GB', { dateStyle: 'medium', timeStyle: 'short', timeZone });
  return {
    title: say(report.label),
    language,
    isDraft: false,
    isWide: isWide(report.columns),
    company: sellerContent({}, company, language),
    printed: printed.format(at),
    parameters: printable.parameters.map(({ label, type, value }) => ({
      label: say(label),
      value: type === 'date' ? writtenDay(value, language) : value,
    })),
    columns: report.columns.map(({ label, type }) => ({ label: say(label), type })),
    rows: rows.map((row) => ({
      cells: report.columns.map((column) => cellOf(column, row, language)),
      kind: row.row?.kind ?? null,
      level: row.row?.level ?? 0,
    })),
    words: wordsOf(language),
    format: formatOf(language, company?.currency ?? 'EUR'),
  };
}

/** A value as it stands on paper: the typesetter would take longer over thousands of figures. */
function cellOf({ name, type, options }: ReportColumn, row: ReportRow, language: 'en' | 'de'): string | null {
  const value = plainText(row[name] ?? '');
  if (value === '') return null;
  if (type === 'select') return said(options?.find(({ key }) => key === value)?.label ?? { en: value }, language);
  if (type === 'date') return writtenDay(value, language);
  if (type === 'text') return value;
  if (type === 'money') return writtenDecimal(value, language, digitsOf(plainText(row['currency'] ?? '')));
  return `${writtenDecimal(value, language)}${type === 'percent' ? ' %' : ''}`;
}

function said(label: Label, language: 'en' | 'de'): string {
  return label[language] ?? label.en;
}

/** About how much room a column takes, for the choice of how the sheet lies. */
const WIDTHS: Readonly<Record<ReportColumn['type'], number>> = { text: 3, select: 2, date: 1.5, money: 1.8, number: 1.5, percent: 1.2 };
const UPRIGHT_MAX = 13;

function isWide(columns: readonly ReportColumn[]): boolean {
  return columns.reduce((width, { type }) => width + WIDTHS[type], 0) > UPRIGHT_MAX;
}
