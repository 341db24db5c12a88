import { stringify } from 'csv-stringify/sync';
import { plainText } from '#platform/kernel/json.ts';
import type { RecordValues } from '#platform/kernel/module.ts';
import type { Report } from '#platform/kernel/report.ts';
import { CSV_OUT, harmless } from './csv-file.ts';

/** The rows of a report as CSV, with the names of its columns, as records leave too. */
export function reportCsv({ columns }: Report, rows: readonly RecordValues[]): string {
  const cells = rows.map((row) => columns.map((column) => harmless(plainText(row[column.name] ?? ''))));
  return `\ufeff${stringify([columns.map((column) => column.name), ...cells], CSV_OUT)}`;
}
