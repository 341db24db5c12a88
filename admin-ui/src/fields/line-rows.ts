import { apiName, type Field } from '../api/metadata.ts';
import type { RecordValues } from '../api/records.ts';
import { isDecimal, sumOfDecimals } from './exact.ts';

/** A row as it is edited: its values, and `$key` and `$changed` that never leave the browser. */
export type Row = RecordValues;

export function rowsOf(value: unknown): readonly Row[] {
  return Array.isArray(value) ? value.filter((row): row is Row => typeof row === 'object' && row !== null) : [];
}

/** A new row, with the values that its fields begin with. */
export function addedRow(rows: readonly Row[], defaults: RecordValues): readonly Row[] {
  return [...rows, { ...defaults, $key: crypto.randomUUID(), $changed: true }];
}

/** The rows with one moved up or down; at the edge they stay. */
export function movedRow(rows: readonly Row[], index: number, step: -1 | 1): readonly Row[] {
  const moved = rows[index];
  const neighbour = rows[index + step];
  if (!moved || !neighbour) return rows;
  return rows.map((row, position) => (position === index ? neighbour : position === index + step ? moved : row));
}

/** The rows with values put into the one of that key or id. */
export function withValues(rows: readonly Row[], key: unknown, values: RecordValues): readonly Row[] {
  return rows.map((row) => ((row['id'] ?? row['$key']) === key ? { ...row, ...values, $changed: true } : row));
}

export function withoutRow(rows: readonly Row[], index: number): readonly Row[] {
  return rows.filter((_row, position) => position !== index);
}

/** A row with one value changed; a reference chosen brings its record along, so that its title shows. */
export function withValue(
  rows: readonly Row[],
  index: number,
  change: { readonly field: Field; readonly value: unknown; readonly chosen?: RecordValues | null | undefined },
): readonly Row[] {
  const { field, value, chosen } = change;
  const title = chosen === undefined ? {} : { [field.name]: chosen };
  return rows.map((row, position) => (position === index ? { ...row, [apiName(field)]: value, ...title, $changed: true } : row));
}

/** Cells copied from a spreadsheet, put into the rows from `index` on; rows that are missing are added. */
export function pastedRows(
  rows: readonly Row[],
  text: string,
  at: { readonly index: number; readonly fields: readonly Field[] },
): readonly Row[] {
  const lines = text
    .replace(/\r?\n$/, '')
    .split(/\r?\n/)
    .slice(0, 500);
  const result = [...rows];
  for (const [offset, line] of lines.entries()) {
    const before = result[at.index + offset] ?? { $key: crypto.randomUUID() };
    const values = line.split('\t').flatMap((cell, column) => {
      const field = at.fields[column];
      const isPlain = field !== undefined && field.editable && field.type !== 'lookup' && field.type !== 'user';
      return isPlain ? [[field.name, cell.trim() === '' ? null : cell.trim()] as const] : [];
    });
    result[at.index + offset] = { ...before, ...Object.fromEntries(values), $changed: true };
  }
  return result;
}

/** The exact sum of a column; what is no number does not count. */
export function sumOf(rows: readonly Row[], name: string): string {
  return sumOfDecimals(rows.map((row) => row[name]).filter(isDecimal));
}

/** The row as the API takes it: what the caller may set, and the id where it has one. Titles and marks stay here. */
export function rowToSend(row: Row, fields: readonly Field[]): RecordValues {
  const values = fields
    .filter((field) => field.editable && field.system !== true && apiName(field) in row)
    .map((field) => [apiName(field), row[apiName(field)]] as const);
  return { ...(typeof row['id'] === 'string' ? { id: row['id'] } : {}), ...Object.fromEntries(values) };
}
