import { invalidValues, type FieldError } from '#platform/kernel/errors.ts';
import { ValueProblem } from '#platform/kernel/field-types/field-type.ts';
import { holdsFiles, refuseFile, type FileValue } from '#platform/kernel/field-types/file.ts';
import { isRecord } from '#platform/kernel/is-record.ts';
import { isList } from '#platform/kernel/json.ts';
import type { FieldDefinition, ObjectDefinition } from '#platform/kernel/model.ts';
import type { RecordValues } from '#platform/kernel/module.ts';
import { perObject } from '#platform/metadata/per-object.ts';
import type { SchemaIndex } from '#platform/metadata/schema-index.ts';
import { mayReadFile } from '../read/held-file.ts';
import type { Draft } from './change.ts';
import { childFields, givenRows } from './children.ts';
import type { Query } from './load.ts';
import type { Saving } from './saving.ts';

/** A file in a field of a record, or of one of its rows; an attachment is in no field. */
export type Hold = { readonly file: string; readonly object: string; readonly record: string; readonly field: string };

/** A file that stands in what was given. */
type Given = { readonly field: FieldDefinition; readonly pointer: string; readonly id: string };

/** What is known of a file, and whether the caller may put it somewhere. */
export type Known = { readonly value: FileValue; readonly isAllowed: boolean };

/** The fields of an object that hold files. */
const fileFieldsOf = perObject((index, object): readonly FieldDefinition[] => index.fieldsOf(object).all.filter(holdsFiles));

/** Whether a record of the object, or a row in it, can hold files. */
export const canHoldFiles = perObject(
  (index, object): boolean =>
    fileFieldsOf(index, object).length > 0 || childFields(index, object).some(({ child }) => fileFieldsOf(index, child).length > 0),
);

/**
 * The given values with their files as the platform knows them: name, type and size are never the request's. Refuses files that are not there,
 * that the field does not take, and that somebody else uploaded, unless the record holds them already. Call it before the transaction begins.
 */
export async function withKnownFiles(saving: Saving, object: ObjectDefinition, records: readonly Draft[]): Promise<readonly Draft[]> {
  if (!canHoldFiles(saving.index, object)) return records;
  const given = records.flatMap((values) => filesIn(saving.index, object, { values, pointer: '' }));
  if (given.length === 0) return records;
  const known = await knownFiles(
    saving,
    given.map(({ id }) => id),
  );
  const errors = given.flatMap((one) => problemOf(one, known.get(one.id)));
  if (errors.length > 0) throw invalidValues(errors);
  return records.map((values) => replaced(saving.index, object, { values, known }));
}

/** Makes the files of a record held by it, and lets go of those that it had before and has no longer. */
export async function keepFiles(
  saving: Saving,
  object: ObjectDefinition,
  at: { before: RecordValues | null; after: RecordValues | null; query: Query },
): Promise<void> {
  if (!canHoldFiles(saving.index, object)) return;
  const before = new Map(holdsOf(saving.index, object, at.before).map((hold) => [JSON.stringify(hold), hold]));
  const after = new Map(holdsOf(saving.index, object, at.after).map((hold) => [JSON.stringify(hold), hold]));
  await release(
    at.query,
    [...before].flatMap(([key, hold]) => (after.has(key) ? [] : [hold])),
  );
  const added = [...after].flatMap(([key, hold]) => (before.has(key) ? [] : [hold]));
  if (added.length > 0) await claim(at.query, added, saving.caller.actor);
}

/** Makes files held. Refuses one that has been swept away meanwhile. */
export async function claim(query: Query, holds: readonly Hold[], actor: string): Promise<void> {
  const ids = [...new Set(holds.map(({ file }) => file))];
  const held = await query({ text: 'update platform.file set unheld_since = null where id = any($1::uuid[]) returning id', values: [ids] });
  if (held.length < ids.length)
    throw invalidValues([{ pointer: '', rule: 'file', message: 'A file has been removed meanwhile. Upload it again.' }]);
  await query({
    text: `insert into platform.file_holder (file_id, object, record_id, field, by)
      select file::uuid, object, record::uuid, field, $2 from jsonb_to_recordset($1::jsonb) as given(file text, object text, record text, field text)
      on conflict do nothing`,
    values: [JSON.stringify(holds), actor],
  });
}

/** Lets go of files; those that nothing holds any more go after a day. */
export async function release(query: Query, holds: readonly Hold[]): Promise<void> {
  if (holds.length === 0) return;
  await query({
    text: `delete from platform.file_holder h using jsonb_to_recordset($1::jsonb) as gone(file text, object text, record text, field text)
      where h.file_id = gone.file::uuid and h.object = gone.object and h.record_id = gone.record::uuid and h.field = gone.field`,
    values: [JSON.stringify(holds)],
  });
  await releaseUnheld(
    query,
    holds.map(({ file }) => file),
  );
}

/** Lets go of everything that a record holds that is removed for good, attachments included. */
export async function releaseAll(query: Query, object: Pick<ObjectDefinition, 'id'>, recordIds: readonly string[]): Promise<void> {
  if (recordIds.length === 0) return;
  const gone = await query({
    text: 'delete from platform.file_holder where record_id = any($1::uuid[]) and object = $2 returning file_id',
    values: [recordIds, object.id],
  });
  await releaseUnheld(
    query,
    gone.map(([file]) => file ?? ''),
  );
}

async function releaseUnheld(query: Query, files: readonly string[]): Promise<void> {
  if (files.length === 0) return;
  await query({
    text: `update platform.file f set unheld_since = now() where id = any($1::uuid[])
      and not exists (select from platform.file_holder h where h.file_id = f.id)`,
    values: [files],
  });
}

function holdsOf(index: SchemaIndex, object: ObjectDefinition, record: RecordValues | null): readonly Hold[] {
  if (!record) return [];
  const own = fileFieldsOf(index, object).flatMap((field) => {
    const id = fileId(record[field.name]);
    return id === null ? [] : [{ file: id, object: object.id, record: String(record['id']), field: field.id }];
  });
  const rows = childFields(index, object).flatMap(({ field, child }) =>
    recordsIn(record[field.name]).flatMap((row) => holdsOf(index, child, row)),
  );
  return [...own, ...rows];
}

function filesIn(index: SchemaIndex, object: ObjectDefinition, at: { values: RecordValues; pointer: string }): readonly Given[] {
  const own = fileFieldsOf(index, object).flatMap((field) => {
    const id = fileId(at.values[field.name]);
    return id === null ? [] : [{ field, pointer: `${at.pointer}/${field.name}`, id }];
  });
  const rows = childFields(index, object).flatMap(({ field, child }) =>
    givenRows(at.values, field.name).flatMap(({ row, pointer }) => filesIn(index, child, { values: row, pointer: at.pointer + pointer })),
  );
  return [...own, ...rows];
}

function replaced(index: SchemaIndex, object: ObjectDefinition, at: { values: RecordValues; known: ReadonlyMap<string, Known> }): Draft {
  const made: Draft = { ...at.values };
  for (const field of fileFieldsOf(index, object)) {
    const id = fileId(made[field.name]);
    if (id !== null) made[field.name] = at.known.get(id)?.value ?? null;
  }
  for (const { field, child } of childFields(index, object)) {
    const inside = (rows: unknown): unknown =>
      isList(rows) ? rows.map((row) => (isRecord(row) ? replaced(index, child, { values: row, known: at.known }) : row)) : rows;
    const patch = made[`${field.name}Patch`];
    if (Object.hasOwn(made, field.name)) made[field.name] = inside(made[field.name]);
    if (isRecord(patch)) made[`${field.name}Patch`] = { ...patch, upsert: inside(patch['upsert']) };
  }
  return made;
}

/** What is known of these files. One may be used by who uploaded it, and by whoever may read it where it is held already. */
export async function knownFiles(saving: Saving, ids: readonly string[]): Promise<ReadonlyMap<string, Known>> {
  const query = saving.options.transaction?.query ?? saving.store.database.read;
  const rows = await query({
    text: `select id, name, type, size, by from platform.file where id = any($1::uuid[]) and state = 'stored'`,
    values: [[...new Set(ids)]],
  });
  const known = new Map<string, Known>();
  for (const [id = null, name = null, type = null, size = null, by = null] of rows) {
    const file = { id: id ?? '', by: by ?? '' };
    const isOwn = saving.options.asSystem === true || file.by === saving.caller.actor;
    const isAllowed = isOwn || (await mayReadFile({ schema: saving.index, caller: saving.caller, query }, file));
    known.set(file.id, { value: { id: file.id, name: name ?? '', type: type ?? '', size: Number(size) }, isAllowed });
  }
  return known;
}

function problemOf({ field, pointer, id }: Given, known: Known | undefined): readonly FieldError[] {
  const error = { pointer, field: field.name };
  if (!known?.isAllowed)
    return [{ ...error, rule: 'file', message: `${field.label.en}: there is no file ${id}. Upload it first, then save.` }];
  try {
    refuseFile(field, known.value);
    return [];
  } catch (problem) {
    if (!(problem instanceof ValueProblem)) throw problem;
    return [{ ...error, rule: problem.rule, message: `${field.label.en} ${problem.message}.` }];
  }
}

function fileId(value: unknown): string | null {
  return isRecord(value) && typeof value['id'] === 'string' ? value['id'] : null;
}

function recordsIn(rows: unknown): readonly RecordValues[] {
  return isList(rows) ? rows.filter(isRecord) : [];
}
