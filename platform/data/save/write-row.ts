import type { ObjectDefinition } from '#platform/kernel/model.ts';
import type { RecordValues } from '#platform/kernel/module.ts';
import { perObject } from '#platform/metadata/per-object.ts';
import type { SchemaIndex } from '#platform/metadata/schema-index.ts';
import type { Statement } from '../database.ts';
import { identifier } from '../identifier.ts';
import { prepared } from '../read/statement-names.ts';
import { tableOf } from '../read/table.ts';
import { columnsOf, parameterOf, type Column } from './columns.ts';
import { manyValues, selectMany, type TypedColumn } from './many-rows.ts';
import { outboxInsert, outboxValues, type OutboxRow } from './outbox-row.ts';

/** Where a row is written. */
export type RowPlace = { readonly index: SchemaIndex; readonly object: ObjectDefinition };

/** Inserts a row and its event in one statement. `event: null` for objects that make none. */
export function insertRow(at: RowPlace, record: RecordValues, event: OutboxRow | null): Statement {
  const columns = columnsOf(at.index, at.object);
  const insert = insertOf(at.index, at.object);
  const values = parameters(columns, record);
  return event === null ? prepared(insert.alone, values) : prepared(insert.announced, [...values, ...outboxValues(event)]);
}

/** The insert of an object's rows, by itself and with its event. */
const insertOf = perObject((index, object) => {
  const columns = columnsOf(index, object);
  const names = columns.map((column) => identifier(column.field.column)).join(', ');
  const places = columns.map((column, position) => `$${position + 1}::${column.type}`).join(', ');
  const alone = `insert into ${tableOf(object)} (${names}) values (${places}) returning id`;
  return { alone, announced: announced(alone, columns.length) };
});

/**
 * Changes a living row of a known version, and adds its event, in one statement. It answers one row when the row was of that version and none
 * when somebody else was faster.
 */
export function updateRow(
  at: RowPlace,
  change: { record: RecordValues; version: number; keys: ReadonlySet<string> },
  event: OutboxRow | null,
): Statement {
  const columns = writtenColumns(at, change.keys);
  const sets = columns.map((column, position) => `${identifier(column.field.column)} = $${position + 3}::${column.type}`).join(', ');
  const update = `update ${tableOf(at.object)} set ${sets} where id = $1 and version = $2 and deleted_at is null returning id`;
  return withEvent(update, [change.record['id'], change.version, ...parameters(columns, change.record)], event);
}

/**
 * Changes living rows of known versions, the same columns in all of them, in one statement. It answers one row for each that was of that
 * version.
 */
export function updateRows(
  at: RowPlace,
  change: { records: readonly RecordValues[]; versions: readonly number[]; keys: ReadonlySet<string> },
): Statement {
  const columns = writtenColumns(at, change.keys);
  const given = [{ name: 'id', type: 'uuid' }, { name: 'former', type: 'integer' }, ...columns.map(aside)];
  const sets = columns.map(({ name }, position) => `${name} = given.c${position}`).join(', ');
  const text = `update ${tableOf(at.object)} as r set ${sets} from (${selectMany(given)}) as given
    where r.id = given.id and r.version = given.former and r.deleted_at is null returning r.id`;
  const values = [
    change.records.map((record) => record['id']),
    change.versions,
    ...manyValues(columns, change.records, (record, column) => parameterOf(column, record[column.key])),
  ];
  return prepared(text, values);
}

/** A column under a name that no column of the table has. */
function aside({ type }: Column, position: number): TypedColumn {
  return { name: `c${position}`, type };
}

/** Those of the columns with changed values that are to be written, and those in which the platform says who changed them and when. */
function writtenColumns({ index, object }: RowPlace, keys: ReadonlySet<string>): readonly Column[] {
  return columnsOf(index, object).filter((column) => keys.has(column.key) || PLATFORM_KEYS.has(column.key));
}

const PLATFORM_KEYS: ReadonlySet<string> = new Set(['version', 'updatedAt', 'updatedBy']);

/** Puts a record into the recycle bin or takes it out (`at` null). */
export function moveRow(
  at: RowPlace,
  change: { record: RecordValues; version: number; deletedAt: string | null },
  event: OutboxRow | null,
): Statement {
  const life = change.deletedAt === null ? 'is not null' : 'is null';
  const update = `update ${tableOf(at.object)} set deleted_at = $3::timestamptz, version = $4::integer, updated_at = $5::timestamptz, updated_by = $6::text
    where id = $1 and version = $2 and deleted_at ${life} returning id`;
  const { record } = change;
  return withEvent(
    update,
    [record['id'], change.version, change.deletedAt, record['version'], record['updatedAt'], record['updatedBy']],
    event,
  );
}

/** Removes a row for good. */
export function removeRow(at: RowPlace, id: string, event: OutboxRow | null): Statement {
  return withEvent(`delete from ${tableOf(at.object)} where id = $1 returning id`, [id], event);
}

function parameters(columns: readonly Column[], record: RecordValues): readonly unknown[] {
  return columns.map((column) => parameterOf(column, record[column.key]));
}

function withEvent(change: string, values: readonly unknown[], event: OutboxRow | null): Statement {
  if (event === null) return prepared(change, values);
  return prepared(announced(change, values.length), [...values, ...outboxValues(event)]);
}

/** A change of `count` parameters that puts its event into the outbox when it changes something. */
function announced(change: string, count: number): string {
  return `with changed as (${change}), event as (${outboxInsert(count + 1, 'changed')}) select id from changed`;
}
