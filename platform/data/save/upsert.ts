import type { Caller } from '#platform/kernel/caller.ts';
import { faultAt, invalidValues, Refusal } from '#platform/kernel/errors.ts';
import { plainText } from '#platform/kernel/json.ts';
import type { FieldDefinition, ObjectDefinition } from '#platform/kernel/model.ts';
import type { RecordValues } from '#platform/kernel/module.ts';
import { suggested } from '#platform/kernel/nearest.ts';
import { sentence, type Sentence } from '#platform/kernel/sentence.ts';
import { apiNameOf } from '#platform/metadata/schema-index.ts';
import { columnType } from '../ddl/columns.ts';
import { identifier } from '../identifier.ts';
import { findField, ownSide, shown } from '../names.ts';
import { storageOf } from '../read/json-value.ts';
import type { Key } from '../read/record.ts';
import { tableOf } from '../read/table.ts';
import { comparable } from '../read/values.ts';
import type { Transaction } from '../database.ts';
import { withSavepoint } from '../savepoint.ts';
import type { Store } from '../store.ts';
import { createMany } from './bulk-create.ts';
import { updateMany } from './bulk-update.ts';
import type { SaveOptions, Saved } from './change.ts';
import type { Query } from './load.ts';
import { saveRecord } from './save.ts';

/** A record by its key, and what it should be. `ifVersion`: refuse when it is not there, or not of that version. */
export type Upsert = { readonly object: ObjectDefinition; readonly key: Key; readonly values: RecordValues; readonly ifVersion?: number };

/** Changes the living record with that value of a unique field, or creates it with it. Two at once make one: the loser changes what the winner made. */
export async function upsertRecord(store: Store, caller: Caller, target: Upsert, options: SaveOptions = {}): Promise<Saved> {
  const { object, ifVersion } = target;
  const field = uniqueField(store, caller, { object, name: target.key.field });
  const at: Keyed = { field, value: keyValue(caller, field, target.key), options };
  const values = withoutKey(store, caller, target, at);
  const expected = ifVersion === undefined ? {} : { ifVersion };
  const change = async (id: string): Promise<Saved> =>
    saveRecord(store, caller, { operation: 'update', object, id, values, ...expected }, options);
  const known = await idByKey(store, object, at);
  if (known) return change(known);
  refuseAbsent(target, field);
  const create = (): Promise<Saved> =>
    saveRecord(store, caller, { operation: 'create', object, values: { ...values, [apiNameOf(field)]: written(at) } }, options);
  try {
    return await (options.transaction ? withSavepoint(options.transaction, create) : create());
  } catch (error) {
    const winner = error instanceof Refusal && error.code === 'duplicate' ? await idByKey(store, object, at) : null;
    if (!winner) throw error;
    return change(winner);
  }
}

/** Records with their keys among their values, which stand under the API name of the field `by`. */
export type UpsertBatch = { readonly object: ObjectDefinition; readonly by: string; readonly records: readonly RecordValues[] };

/**
 * Changes the records whose keys are there and creates the others, each with one statement for all: those first, then these. All or none; a refusal does not
 * say which record it was (a key that stands twice among the new ones is one), so ask one by one for that.
 */
export async function upsertMany(
  store: Store,
  caller: Caller,
  batch: UpsertBatch,
  options: SaveOptions & { readonly transaction: Transaction },
): Promise<readonly Saved[]> {
  const { object, by, records } = batch;
  const { transaction } = options;
  const field = uniqueField(store, caller, { object, name: by });
  const keys = records.map((record) => keyValue(caller, field, { field: by, value: plainText(record[by]) }));
  const ids = await idsByKeys(transaction.query, object, { field, keys });
  const changes = ids.flatMap((id, at) => {
    const { [by]: _key, ...values } = records[at] ?? {};
    return id === null ? [] : [{ id, values }];
  });
  const saved = changes.length === 0 ? [] : await updateMany(store, caller, { object, changes }, options);
  const fresh = records.filter((_, at) => ids[at] === null);
  const [value] = keys;
  if (fresh.length > 0 && value !== undefined) refuseAbsent({ object, key: { field: by, value }, values: {} }, field);
  return fresh.length === 0 ? saved : [...saved, ...(await createMany(store, caller, { object, records: fresh }, options))];
}

/** The living records with these keys, in their order; null where there is none. */
export async function idsByKeys(
  query: Query,
  object: ObjectDefinition,
  { field, keys }: { field: FieldDefinition; keys: readonly string[] },
): Promise<readonly (string | null)[]> {
  const rows = await query({
    text: `select id from unnest($1::${columnType(field) ?? 'text'}[]) with ordinality as wanted (key, at)
      left join ${tableOf(object)} on ${identifier(field.column)} = wanted.key and deleted_at is null order by at`,
    values: [keys],
  });
  return rows.map(([id]) => id ?? null);
}

/** The unique field of that name, as this caller may know it; refused otherwise. */
export function uniqueField(store: Store, caller: Caller, at: { object: ObjectDefinition; name: string }): FieldDefinition {
  const scope = { schema: store.schema(), permissions: caller.permissions };
  const field = findField(scope, ownSide(at.object), at.name);
  const unique = scope.schema
    .fieldsOf(at.object)
    .all.filter((one) => isUnique(one) && caller.permissions.on(at.object).mayRead(one))
    .map((one) => one.name);
  if (!field) throw new Refusal('unknown_name', noField(at.object, at.name, suggested(at.name, unique)));
  if (!isUnique(field)) throw new Refusal('malformed_request', notUnique(at.object, field, unique.join(', ')));
  return field;
}

function noField(object: ObjectDefinition, name: string, near: Sentence): Sentence {
  return sentence(
    (of) => `${of(object)} has no field ${shown(name)}.${near.en}`,
    (of) => `${of(object)} hat kein Feld „${shown(name)}“.${near.de}`,
  );
}

function notUnique(object: ObjectDefinition, field: FieldDefinition, unique: string): Sentence {
  return sentence(
    (of) => `${of(field)} is not unique, so it cannot name one ${of(object)}. Unique are: ${unique || 'none'}.`,
    (of) =>
      `${of(field)} ist nicht eindeutig und nennt daher keinen einzelnen Datensatz (${of(object)}). Eindeutig sind: ${unique || 'keine'}.`,
  );
}

/** Unique, and not only to become so. */
function isUnique(field: FieldDefinition): boolean {
  return (field.unique === true && field.state === 'active') || field.column === 'id';
}

type Keyed = { readonly field: FieldDefinition; readonly value: string; readonly options: SaveOptions };

function keyValue(caller: Caller, field: FieldDefinition, key: Key): string {
  const sought = comparable({ field, name: key.field, caller }, key.value);
  if (sought.kind === 'value' && sought.value !== '') return sought.value;
  const said = sentence(
    (of) => `${of(field)} needs a value that names one record.`,
    (of) => `${of(field)} braucht einen Wert, der genau einen Datensatz nennt.`,
  );
  throw invalidValues([faultAt({ pointer: '', field: key.field, rule: 'key' }, said)]);
}

/** The body without the key. A key that says something else than the address is refused: which of the two is meant? */
function withoutKey(store: Store, caller: Caller, target: Upsert, { field, value }: Keyed): RecordValues {
  const { byApiName } = store.schema().fieldsOf(target.object);
  const entries = Object.entries(target.values).filter(([name, given]) => {
    if (byApiName.get(name)?.id !== field.id) return true;
    const same = comparable({ field, name, caller }, given);
    if (same.kind === 'value' && same.value === value) return false;
    const message = `${field.label.en} is another one in the body than in the key. Leave it out of the body, or change it with PATCH.`;
    throw invalidValues([{ pointer: `/${name}`, field: name, rule: 'key', message }]);
  });
  return Object.fromEntries(entries);
}

/** The key as the validator takes it: a number where the field holds whole numbers. */
function written({ field, value }: Keyed): string | number {
  return storageOf(field) === 'integer' ? Number(value) : value;
}

function refuseAbsent({ object, ifVersion, key }: Upsert, field: FieldDefinition): void {
  if (ifVersion !== undefined)
    throw new Refusal('stale_version', `There is no ${object.label.en} with ${field.label.en} ${shown(key.value)} yet.`);
  if (field.readOnly !== true) return;
  const said = sentence(
    (of) => `There is no ${of(object)} with ${of(field)} ${shown(key.value)}, and the platform gives it.`,
    (of) => `Es gibt keinen Datensatz (${of(object)}) mit ${of(field)} „${shown(key.value)}“, und diesen Wert vergibt die Plattform.`,
  );
  throw new Refusal('not_found', said, { errors: [faultAt({ pointer: '', field: key.field, rule: 'key' }, said)] });
}

async function idByKey(store: Store, object: ObjectDefinition, { field, value, options }: Keyed): Promise<string | null> {
  const [id] = await idsByKeys(options.transaction?.query ?? store.database.read, object, { field, keys: [value] });
  return id ?? null;
}
