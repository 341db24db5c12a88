import { stringify } from 'csv-stringify/sync';
import { CSV_OUT } from './csv-file.ts';
import { isRecord } from '#platform/kernel/is-record.ts';
import { isList, plainText } from '#platform/kernel/json.ts';

/** The refused rows of an import as CSV, in the columns of the file, with the line and the reasons before them: to be corrected and sent again. */
export function refusedRows(headers: readonly string[], errors: readonly unknown[]): string {
  const rows = new Map<string, { readonly reasons: string[]; readonly cells: readonly string[] }>();
  for (const error of errors.filter(isRecord)) {
    const row = plainText(error['row']);
    if (!isList(error['cells'])) continue;
    const known = rows.get(row) ?? { reasons: [], cells: error['cells'].map(plainText) };
    rows.set(row, known);
    const column = plainText(error['column']);
    known.reasons.push(column === '' ? plainText(error['message']) : `${column}: ${plainText(error['message'])}`);
  }
  const lines = [...rows].map(([row, { reasons, cells }]) => [row, reasons.join(' '), ...cells]);
  return `\ufeff${stringify([['Row', 'Reason', ...headers], ...lines], CSV_OUT)}`;
}
