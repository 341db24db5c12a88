import { isList, plainText } from '#platform/kernel/json.ts';
import { isDeepStrictEqual } from 'node:util';
import { invalidValues, type Refusal } from '#platform/kernel/errors.ts';
import { isRecord } from '#platform/kernel/is-record.ts';
import type { FieldDefinition, ObjectDefinition } from '#platform/kernel/model.ts';
import type { RecordValues } from '#platform/kernel/module.ts';
import { uuidV7 } from '#platform/kernel/uuid.ts';
import { perObject } from '#platform/metadata/per-object.ts';
import type { SchemaIndex } from '#platform/metadata/schema-index.ts';
import type { Statement } from '../database.ts';
import { tableOf } from '../read/table.ts';
import { upsertMany } from './columns.ts';

/** A field with child rows, and the object of these. */
export type ChildField = { readonly field: FieldDefinition; readonly child: ObjectDefinition };

/** `untold`: keys of a row that are not taken from a request. */
export type RowsPlace = ChildField & { readonly untold: ReadonlySet<string> };

/** The children of an object. */
export const childFields = perObject((index, object): readonly ChildField[] =>
  index.fieldsOf(object).all.flatMap((field) => {
    const child = field.type === 'children' ? index.byName.get(field.child ?? '') : undefined;
    return child ? [{ field, child }] : [];
  }),
);

/** The rows that a request gives under a name, as the whole list or as a patch, and where each stands. */
export function givenRows(values: RecordValues, name: string): readonly { readonly row: RecordValues; readonly pointer: string }[] {
  const patch = values[`${name}Patch`];
  const [list, place] = isRecord(patch) ? [patch['upsert'], `/${name}Patch/upsert`] : [values[name], `/${name}`];
  if (!isList(list)) return [];
  return list.flatMap((row, position) => (isRecord(row) ? [{ row, pointer: `${place}/${position}` }] : []));
}

/**
 * The rows as they would be: an array replaces the set (a known id is that row changed, no id a new row, a missing one goes),
 * `<lines>Patch` {upsert, delete} changes single ones. An id that is not among this record's rows is refused.
 */
export function mergedRows(at: RowsPlace, given: RecordValues, current: readonly RecordValues[]): readonly RecordValues[] {
  const { name } = at.field;
  const byId = new Map(current.map((row) => [row['id'], row]));
  const merge = (row: RecordValues, pointer: string): RecordValues => {
    if (row['id'] === undefined || row['id'] === null) return { ...told(row, at.untold), id: uuidV7() };
    const known = byId.get(row['id']);
    if (!known) throw unknownRow(at, row['id'], `${pointer}/id`);
    return { ...known, ...told(row, at.untold) };
  };
  const patch = given[`${name}Patch`];
  if (isRecord(patch)) return patchedRows(at, { patch, current }, (row, position) => merge(row, `/${name}Patch/upsert/${position}`));
  const rows = given[name];
  if (!Array.isArray(rows)) return current;
  return rows.filter(isRecord).map((row, position) => merge(row, `/${name}/${position}`));
}

function patchedRows(
  at: ChildField,
  { patch, current }: { patch: RecordValues; current: readonly RecordValues[] },
  merge: (row: RecordValues, position: number) => RecordValues,
): readonly RecordValues[] {
  const upsert = (isList(patch['upsert']) ? patch['upsert'] : []).filter(isRecord).map(merge);
  const gone = new Set(isList(patch['delete']) ? patch['delete'] : []);
  const missing = [...gone].find((id) => !current.some((row) => row['id'] === id));
  if (missing !== undefined) throw unknownRow(at, missing, `/${at.field.name}Patch/delete`);
  const changed = new Map(upsert.map((row) => [row['id'], row]));
  const kept = current.filter((row) => !gone.has(row['id'])).map((row) => changed.get(row['id']) ?? row);
  const known = new Set(current.map((row) => row['id']));
  return [...kept, ...upsert.filter((row) => !known.has(row['id']))];
}

function unknownRow(at: ChildField, id: unknown, pointer: string): Refusal {
  const message = `There is no row ${plainText(id).slice(0, 40)} in ${at.field.label.en}. Leave the id out to add a row.`;
  return invalidValues([{ pointer, field: 'id', rule: 'unknownRow', message }]);
}

/** What the platform sets on a row is never taken from a request. */
function told(row: RecordValues, untold: ReadonlySet<string>): RecordValues {
  return Object.fromEntries(Object.entries(row).filter(([key]) => !untold.has(key)));
}

/** Rows with their places, in order. */
export function placed(rows: readonly RecordValues[], parentId: string): readonly RecordValues[] {
  return rows.map((row, position) => ({ ...row, parentId, position }));
}

/** The statements that make the stored rows these: what went is deleted, what is new or other is written, in one statement each. */
export function childStatements(
  at: { index: SchemaIndex; child: ObjectDefinition },
  before: readonly RecordValues[],
  after: readonly RecordValues[],
): readonly Statement[] {
  const known = new Map(before.map((row) => [row['id'], row]));
  const kept = new Set(after.map((row) => row['id']));
  const gone = before.map((row) => row['id']).filter((id) => !kept.has(id));
  const written = after.filter((row) => !isDeepStrictEqual(row, known.get(row['id'])));
  const table = tableOf(at.child);
  return [
    ...(gone.length > 0 ? [{ text: `delete from ${table} where id = any($1::uuid[])`, values: [gone] }] : []),
    ...(written.length > 0 ? [upsertMany(at.index, at.child, written)] : []),
  ];
}

/** The child rows under a name; none when there are none. */
export function rowsOf(values: RecordValues | null, name: string): readonly RecordValues[] {
  const rows = values?.[name];
  return isList(rows) ? rows.filter(isRecord) : [];
}
