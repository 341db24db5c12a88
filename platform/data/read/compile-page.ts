import type { ObjectDefinition } from '#platform/kernel/model.ts';
import { ownSide } from '../names.ts';
import { newBuilder, newJoins, type Builder, type Joins } from './builder.ts';
import { afterPosition, parseCursor, queryShape, type Position } from './cursor.ts';
import { fromWhere, matching, searchedFirst } from './matching.ts';
import type { ListQuery } from './query.ts';
import { rowSelect } from './row.ts';
import { selectedMembers, type Selection } from './selection.ts';
import { compileShape, type RowSelect } from './shape.ts';
import { orderBy, sortKeys, type SortKey } from './sort.ts';
import type { ReadSource } from './source.ts';
import { ROW, tableOf } from './table.ts';

/**
 * A compiled page. `keyColumns`: where in a row the values of the sort keys stand. `isFilledOnly`: rows without a value in the first key are
 * not in it; they follow, as the part `empty`.
 */
export type CompiledPage = {
  readonly text: string;
  readonly values: readonly unknown[];
  readonly select: RowSelect;
  readonly keyColumns: readonly number[];
  readonly shape: () => string;
  readonly isFilledOnly: boolean;
};

/**
 * Compiles one page of a list. An order by a column that may be null is read in two parts, rows with a value and then rows without: nulls
 * come last in both directions, which no index has, while each part can be walked along one.
 */
export function compilePage(source: ReadSource, object: ObjectDefinition, query: ListQuery, wanted?: 'empty'): CompiledPage {
  const builder = newBuilder(source);
  const joins = newJoins(builder, ROW);
  const keys = sortKeys(builder, joins, object, query.sort);
  const shape = () => queryShape([object.id, keys, query.filter, query.q, query.deleted]);
  const conditions = [...matching(builder, joins, object, query)];
  const cursor = query.cursor === undefined ? null : parseCursor(query.cursor, shape(), keys);
  const part = partOf(keys, { query, cursor, wanted });
  conditions.push(...part.conditions);
  if (part.after) conditions.push(afterPosition(builder, part.keys, part.after));
  const order = `order by ${orderBy(part.keys)}`;
  const filtered = joins.sql();
  const select = selectOf(builder, joins, object, query);
  const { columns, keyColumns } = withKeys(select, keys);
  const compiled = { values: builder.values, select, keyColumns, shape, isFilledOnly: part.isFilledOnly };
  if (query.offset !== undefined && query.offset > 0) {
    // Deep in a list only ids are walked; the records themselves are read for the page alone.
    const ids = `select ${ROW}.id ${fromWhere(object, { sql: () => filtered }, conditions)} ${order} limit ${query.limit + 1} offset ${query.offset}`;
    return {
      ...compiled,
      text: `select ${columns} from ${tableOf(object)} ${ROW}${joins.sql()} where ${ROW}.id in (${ids}) ${order}`,
    };
  }
  const rows =
    query.q === undefined
      ? fromWhere(object, joins, conditions)
      : `${searchedFirst(object, { sql: () => filtered }, conditions)}${joins.sql()}`;
  return { ...compiled, text: `select ${columns} ${rows} ${order} limit ${query.limit + 1}` };
}

/** What one part of an order adds: its conditions, the keys that still order it, and where in these it goes on. */
type Part = {
  readonly conditions: readonly string[];
  readonly keys: readonly SortKey[];
  readonly after: Position | null;
  readonly isFilledOnly: boolean;
};

type Asked = { readonly query: ListQuery; readonly cursor: Position | null; readonly wanted: 'empty' | undefined };

function partOf(keys: readonly SortKey[], { query, cursor, wanted }: Asked): Part {
  const [first, ...rest] = keys;
  const isWhole = query.q !== undefined || (query.offset ?? 0) > 0;
  if (!first?.isNullable || isWhole) return { conditions: [], keys, after: cursor, isFilledOnly: false };
  if (wanted === 'empty') return { conditions: [`${first.sql} is null`], keys: rest, after: null, isFilledOnly: false };
  if (cursor?.[0] === null) return { conditions: [`${first.sql} is null`], keys: rest, after: cursor.slice(1), isFilledOnly: false };
  return { conditions: [`${first.sql} is not null`], keys: [{ ...first, isNullable: false }, ...rest], after: cursor, isFilledOnly: true };
}

/** The row of a record: compiled once for the default, per query where fields are named. */
export function selectOf(builder: Builder, joins: Joins, object: ObjectDefinition, selection: Selection): RowSelect {
  if (selection.fields === undefined && selection.expand === undefined)
    return rowSelect(builder.source.schema, object, builder.scope.permissions);
  return compileShape(selectedMembers(builder, joins, ownSide(object), selection));
}

function withKeys(select: RowSelect, keys: readonly SortKey[]): { columns: string; keyColumns: readonly number[] } {
  const extra: string[] = [];
  const keyColumns = keys.map((key) => {
    const selected = select.columns.indexOf(key.sql);
    return selected >= 0 ? selected : select.columns.length + extra.push(key.sql) - 1;
  });
  return { columns: [select.list, ...extra].filter((part) => part !== '').join(', '), keyColumns };
}
