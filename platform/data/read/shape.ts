import { identifier } from '../identifier.ts';
import type { RawRow } from '../database.ts';
import { jsonSelected, selected, valueWriter } from './json-value.ts';
import type { StorageKind } from '#platform/kernel/field-types/field-type.ts';

/**
 * The shape of one JSON object: its keys in order, and where each value comes from.
 * `value`: an SQL expression; `object`: another record through a join, null when `present` is null; `rows`: children.
 */
export type Member =
  | { readonly kind: 'value'; readonly key: string; readonly sql: string; readonly storage: StorageKind }
  | { readonly kind: 'object'; readonly key: string; readonly present: string; readonly members: readonly Member[] }
  | { readonly kind: 'rows'; readonly key: string; readonly rows: Rows };

/** Children of a record. `from` is a FROM clause with its joins, `where` ties them to their parent, `order` is ORDER BY. */
export type Rows = {
  readonly from: string;
  readonly where: string;
  readonly order: string;
  readonly members: readonly Member[];
};

/** Columns to select, and how a row of them (from position `from` on) becomes the text of one JSON object. */
export type RowSelect = {
  readonly columns: readonly string[];
  /** The columns as the text of a select list. */
  readonly list: string;
  readonly json: (row: RawRow, from?: number) => string;
};

/** Compiles a shape once; the writer it makes does no look-ups per row. */
export function compileShape(members: readonly Member[]): RowSelect {
  const columns: string[] = [];
  const write = objectWriter(members, columns);
  return Object.freeze({ columns, list: columns.join(', '), json: (row: RawRow, from = 0) => write(row, from) });
}

/** The SQL expression of a shape's JSON, made by PostgreSQL: an expression of type json. */
export function shapeSql(members: readonly Member[]): string {
  return `(select row_to_json(o) from (select ${jsonColumns(members)}) o)`;
}

type Write = (row: RawRow, from: number) => string;

function objectWriter(members: readonly Member[], columns: string[]): Write {
  const writers = members.map((member) => memberWriter(member, columns));
  const prefixes = members.map((member, position) => `${position === 0 ? '' : ','}${JSON.stringify(member.key)}:`);
  return (row, from) => {
    let text = '{';
    for (let position = 0; position < writers.length; position++) text += `${prefixes[position]}${writers[position]?.(row, from)}`;
    return `${text}}`;
  };
}

function memberWriter(member: Member, columns: string[]): Write {
  const at = columns.length;
  if (member.kind === 'object') {
    columns.push(member.present);
    const write = objectWriter(member.members, columns);
    return (row, from) => (row[from + at] === null ? 'null' : write(row, from));
  }
  if (member.kind === 'rows') {
    columns.push(rowsSql(member.rows));
    return (row, from) => row[from + at] ?? '[]';
  }
  columns.push(selected(member.storage, member.sql));
  const write = valueWriter(member.storage);
  return (row, from) => {
    const text = row[from + at];
    return text === null || text === undefined ? 'null' : write(text);
  };
}

function rowsSql(rows: Rows): string {
  const inner = `select ${jsonColumns(rows.members)} from ${rows.from} where ${rows.where} order by ${rows.order}`;
  return `(select '[' || string_agg(row_to_json(o)::text, ',') || ']' from (${inner}) o)`;
}

function jsonColumns(members: readonly Member[]): string {
  return members.map((member) => `${jsonExpression(member)} as ${identifier(member.key)}`).join(', ');
}

function jsonExpression(member: Member): string {
  if (member.kind === 'value') return jsonSelected(member.storage, member.sql);
  if (member.kind === 'object') return `case when ${member.present} is null then null else ${shapeSql(member.members)} end`;
  return `coalesce(${rowsSql(member.rows)}::json, '[]'::json)`;
}
