import { Refusal } from '#platform/kernel/errors.ts';
import type { ObjectDefinition } from '#platform/kernel/model.ts';
import { findField, ownSide, unknownName, valueNames } from '../names.ts';
import { fieldExpression, newBuilder, newJoins } from './builder.ts';
import { selectOf } from './compile-page.ts';
import { fromWhere } from './matching.ts';
import type { Selection } from './selection.ts';
import { reading, type ReadSource } from './source.ts';
import { prepared, preparedWhenCommon } from './statement-names.ts';
import { ROW, versionOf, visible, type Deleted } from './table.ts';
import { comparable } from './values.ts';

/** One record: its JSON text, and its version, which is its ETag. */
export type FoundRecord = { readonly json: string; readonly version: number };

/** What to answer of one record, and whether one in the recycle bin counts (`no` unless said). */
export type RecordSelection = Selection & { readonly deleted?: Deleted | undefined };

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** The record of that id; null when there is none for this caller. A child answers its parent's version. */
export function getRecord(
  source: ReadSource,
  object: ObjectDefinition,
  id: string,
  selection: RecordSelection = {},
): Promise<FoundRecord | null> {
  return reading(source, object, async (from, of) =>
    UUID.test(id) ? selectOne(from, of, { column: `${ROW}.id`, value: id }, selection) : null,
  );
}

/** A record by its key: the name of a unique field, and its value. */
export type Key = { readonly field: string; readonly value: string };

/** The record with that value in a unique field; null when there is none. Refuses a field that is unknown or not unique. */
export function findRecord(
  source: ReadSource,
  object: ObjectDefinition,
  { field: name, value }: Key,
  selection: RecordSelection = {},
): Promise<FoundRecord | null> {
  return reading(source, object, async (from, of) => {
    const scope = { schema: from.schema, permissions: from.caller.permissions };
    const side = ownSide(of);
    const field = findField(scope, side, name);
    if (!field) throw unknownName(of, name, valueNames(scope, side));
    const isUnique = (field.unique === true && field.state === 'active') || field.column === 'id';
    if (!isUnique) throw new Refusal('malformed_request', `${field.label.en} is not unique, so it does not name one record.`);
    const sought = comparable({ field, name, caller: from.caller }, value);
    if (sought.kind !== 'value') return null;
    return selectOne(from, of, { column: fieldExpression(ROW, side, field).sql, value: sought.value }, selection);
  });
}

async function selectOne(
  source: ReadSource,
  object: ObjectDefinition,
  by: { column: string; value: string },
  selection: RecordSelection,
): Promise<FoundRecord | null> {
  const builder = newBuilder(source);
  const joins = newJoins(builder, ROW);
  const conditions = [
    `${by.column} = ${builder.parameter(by.value)}`,
    ...visible(source.schema, object, { alias: ROW, deleted: selection.deleted ?? 'no' }),
  ];
  const select = selectOf(builder, joins, object, selection);
  const text = `select ${versionOf(source.schema, object, ROW)}, ${select.list} ${fromWhere(object, joins, conditions)} limit 1`;
  const isDefault = selection.fields === undefined && selection.expand === undefined;
  const statement = isDefault ? prepared(text, builder.values) : preparedWhenCommon(text, builder.values);
  const [row] = await source.query(statement);
  return row ? { json: select.json(row, 1), version: Number(row[0]) } : null;
}
