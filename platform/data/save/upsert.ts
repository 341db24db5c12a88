import type { Key } from '../read/record.ts';
import type { Caller } from '#platform/kernel/caller.ts';
import { Refusal } from '#platform/kernel/errors.ts';
import type { FieldDefinition, ObjectDefinition } from '#platform/kernel/model.ts';
import type { RecordValues } from '#platform/kernel/module.ts';
import { didYouMean } from '#platform/kernel/nearest.ts';
import { apiNameOf } from '#platform/metadata/schema-index.ts';
import { columnType } from '../ddl/columns.ts';
import { identifier } from '../identifier.ts';
import { findField, ownSide, shown } from '../names.ts';
import { tableOf } from '../read/table.ts';
import type { Store } from '../store.ts';
import type { SaveOptions, Saved } from './change.ts';
import { saveRecord } from './save.ts';

/** Changes the living record with that value of a unique field, or creates it with it. Two at once make one: the loser changes what the winner made. */
export async function upsertRecord(
  store: Store,
  caller: Caller,
  target: { object: ObjectDefinition; key: Key; values: RecordValues },
  options: SaveOptions = {},
): Promise<Saved> {
  const { object, key } = target;
  const field = uniqueField(store, caller, { object, name: key.field });
  const values = { ...target.values, [apiNameOf(field)]: key.value };
  const known = await idByKey(store, object, { field, value: key.value, options });
  if (known) return saveRecord(store, caller, { operation: 'update', object, id: known, values }, options);
  try {
    return await saveRecord(store, caller, { operation: 'create', object, values }, options);
  } catch (error) {
    if (options.transaction || !(error instanceof Refusal) || error.code !== 'duplicate') throw error;
    const winner = await idByKey(store, object, { field, value: key.value, options });
    if (!winner) throw error;
    return saveRecord(store, caller, { operation: 'update', object, id: winner, values }, options);
  }
}

/** The unique field of that name, as this caller may know it; refused otherwise. */
export function uniqueField(store: Store, caller: Caller, at: { object: ObjectDefinition; name: string }): FieldDefinition {
  const scope = { schema: store.schema(), permissions: caller.permissions };
  const field = findField(scope, ownSide(at.object), at.name);
  const unique = scope.schema
    .fieldsOf(at.object)
    .all.filter((one) => one.unique === true && caller.permissions.on(at.object).mayRead(one))
    .map((one) => one.name);
  if (!field) throw new Refusal('unknown_name', `${at.object.label.en} has no field ${shown(at.name)}.${didYouMean(at.name, unique)}`);
  if (field.unique !== true)
    throw new Refusal(
      'malformed_request',
      `${field.label.en} is not unique, so it cannot name one ${at.object.label.en}. Unique are: ${unique.join(', ') || 'none'}.`,
    );
  return field;
}

async function idByKey(
  store: Store,
  object: ObjectDefinition,
  key: { field: FieldDefinition; value: string; options: SaveOptions },
): Promise<string | null> {
  const query = key.options.transaction?.query ?? store.database.read;
  const type = columnType(key.field) ?? 'text';
  const text = `select id from ${tableOf(object)} where ${identifier(key.field.column)} = $1::${type} and deleted_at is null`;
  const [row] = await query({ text, values: [key.value] });
  return row?.[0] ?? null;
}
