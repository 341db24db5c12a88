import { isList, plainText } from '#platform/kernel/json.ts';
import { arrayText } from '../raw-query.ts';

/** A column as SQL names it, and PostgreSQL's type of it. */
export type TypedColumn = { readonly name: string; readonly type: string };

/** What stands between the texts of a JSON column: a character that JSON writes as an escape, so that no text has it. */
const BETWEEN = '\u001e';

/**
 * `select "a", "b" from unnest($1::text[], $2::integer[]) as given("a", "b")`: many rows as one parameter for each column. The text does not
 * depend on their number, so it can be prepared, and PostgreSQL reads arrays in half the time that it takes for the same rows as JSON.
 */
export function selectMany(columns: readonly TypedColumn[]): string {
  const names = columns.map(({ name }) => name).join(', ');
  const shown = columns.map(({ name, type }) => (isArray(type) ? `${name}::${type}` : name)).join(', ');
  return `select ${shown} from unnest(${columns.map(arrayOf).join(', ')}) as given(${names})`;
}

function arrayOf({ type }: TypedColumn, position: number): string {
  const place = `$${position + 1}`;
  if (isJson(type)) return `string_to_array(${place}::text, U&'\\001e', '')::${type}[]`;
  return `${place}::${isArray(type) ? 'text' : type}[]`;
}

/** The parameters of `selectMany`: `value` says what stands in a column of a row, JSON as text. One of the columns has a value in every row. */
export function manyValues<Row, Column extends TypedColumn>(
  columns: readonly Column[],
  rows: readonly Row[],
  value: (row: Row, column: Column) => unknown,
): readonly unknown[] {
  return columns.map((column) => {
    const values = rows.map((row) => value(row, column));
    // unnest fills up what is shorter than the longest with nulls: a column without any value costs nothing.
    if (values.every((one) => one === null || one === undefined)) return null;
    // As elements of an array all their quotes would have to be escaped.
    if (isJson(column.type)) return values.map((one) => (typeof one === 'string' ? one : '')).join(BETWEEN);
    // What such types are written as needs no quotation marks in an array, which every value would have to be looked through for.
    if (isPlain(column.type)) return `{${values.map((one) => (one === null || one === undefined ? 'NULL' : plainText(one))).join(',')}}`;
    // unnest takes arrays of arrays apart down to the last element: each goes as text.
    return isArray(column.type) ? values.map((one) => (isList(one) ? arrayText(one) : one)) : values;
  });
}

function isJson(type: string): boolean {
  return type === 'json' || type === 'jsonb';
}

const PLAIN: ReadonlySet<string> = new Set(['uuid', 'integer', 'bigint', 'numeric', 'boolean', 'date']);

function isPlain(type: string): boolean {
  return PLAIN.has(type);
}

function isArray(type: string): boolean {
  return type.endsWith('[]');
}
