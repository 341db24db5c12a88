import type { Caller } from '#platform/kernel/caller.ts';
import { invalidValues, type FieldError } from '#platform/kernel/errors.ts';
import { isRecord } from '#platform/kernel/is-record.ts';
import { isList, plainText } from '#platform/kernel/json.ts';
import type { FieldDefinition, Label, ObjectDefinition } from '#platform/kernel/model.ts';
import type { RecordValues } from '#platform/kernel/module.ts';
import { trusted } from '#platform/kernel/seam.ts';
import { perObject } from '#platform/metadata/per-object.ts';
import { apiNameOf } from '#platform/metadata/schema-index.ts';
import { identifier } from '../identifier.ts';
import { rememberMerged, survivorsOf } from '../merge/aliases.ts';
import { keepInMirror } from '../mirrors/mirror-rows.ts';
import { targetOf, type Side } from '../names.ts';
import { tableOf } from '../read/table.ts';
import { childFields, givenRows } from './children.ts';
import type { Query } from './load.ts';
import type { Saving } from './saving.ts';

/** A reference that stands in a record: where, what it should lead to, and the id. */
type Reference = {
  readonly pointer: string;
  readonly key: string;
  readonly label: Label;
  readonly side: Side;
  readonly id: string;
};

/**
 * Refuses references of these records that lead nowhere: targets must live, and the caller must be allowed to know of them. One query per target object.
 * What a mirror lacks is asked of its owner, once, and kept. A reference to a record that was merged leads to the one that stands for it. Call it before
 * the transaction begins.
 */
export async function checkReferences<R extends RecordValues>(
  saving: Saving,
  object: ObjectDefinition,
  records: readonly R[],
): Promise<readonly R[]> {
  const references = records.map((values) => referencesIn(saving, object, { values, pointer: '' }));
  const byTarget = Map.groupBy(references.flat(), (reference) => reference.side.object);
  const errors: FieldError[] = [];
  const survivors = new Map<string, string>();
  for (const [target, group] of byTarget) {
    const { lost, merged } = await leading(saving, target, group);
    for (const [id, into] of merged) survivors.set(id, into);
    errors.push(...lost.map((reference) => nowhere(target, reference)));
  }
  if (errors.length > 0) throw invalidValues(errors);
  if (survivors.size === 0) return records;
  return records.map(
    (record, at) => references[at]?.reduce((values, one) => redirectedAt(values, one, survivors.get(one.id)), record) ?? record,
  );
}

/** Which references to one object lead nowhere, and which to records that were merged into others. */
async function leading(
  saving: Saving,
  target: ObjectDefinition,
  group: readonly Reference[],
): Promise<{ lost: readonly Reference[]; merged: ReadonlyMap<string, string> }> {
  if (!saving.options.asSystem && !saving.caller.permissions.on(target).read) return { lost: group, merged: new Map() };
  const found = await livingIds(saving, group);
  const missing = group.filter(({ id }) => !found.has(id));
  const merged = await survivorsOf(queryOf(saving), [...new Set(missing.map(({ id }) => id))]);
  return { lost: missing.filter(({ id }) => !merged.has(id)), merged };
}

function nowhere(target: ObjectDefinition, { pointer, key, label, id }: Reference): FieldError {
  return { pointer, field: key, rule: 'reference', message: `${label.en}: there is no ${target.label.en} ${id}.`, label };
}

/** The record with one of its references leading elsewhere. */
function redirectedAt<R extends RecordValues>(values: R, { pointer }: Reference, into: string | undefined): R {
  if (into === undefined) return values;
  const [, ...path] = pointer.split('/');
  return trusted<R>(withValueAt(values, path, into));
}

function withValueAt(value: unknown, [step, ...path]: readonly string[], into: string): unknown {
  if (step === undefined) return isRecord(value) ? { ...value, id: into } : into;
  if (isList(value)) return value.map((one, at) => (String(at) === step ? withValueAt(one, path, into) : one));
  return isRecord(value) ? { ...value, [step]: withValueAt(value[step], path, into) } : value;
}

function queryOf(saving: Saving): Query {
  return saving.options.transaction?.query ?? saving.store.database.read;
}

const REFERRING: readonly string[] = ['lookup', 'user', 'manyToMany', 'polymorphic'];

const referringFields = perObject((index, object): readonly FieldDefinition[] =>
  index.fieldsOf(object).all.filter((field) => REFERRING.includes(field.type) && field.column !== 'parent_id'),
);

function referencesIn(saving: Saving, object: ObjectDefinition, at: { values: RecordValues; pointer: string }): readonly Reference[] {
  const own = referringFields(saving.index, object).flatMap((field): readonly Reference[] => {
    const key = apiNameOf(field);
    return idsIn(field, at.values[key]).flatMap(({ id, target, place }) => {
      const side = targetOf(saving.index, target);
      return side && !isGiven(saving.caller, side.object.name, id)
        ? [{ pointer: `${at.pointer}/${key}${place}`, key, label: field.label, side, id }]
        : [];
    });
  });
  const rows = childFields(saving.index, object).flatMap(({ field, child }) => {
    return givenRows(at.values, field.name).flatMap(({ row, pointer }) =>
      referencesIn(saving, child, { values: row, pointer: at.pointer + pointer }),
    );
  });
  return [...own, ...rows];
}

/** The ids in the value of a reference, and the target of each. */
function idsIn(field: FieldDefinition, value: unknown): readonly { id: string; target: FieldDefinition; place: string }[] {
  if ((field.type === 'lookup' || field.type === 'user') && typeof value === 'string') return [{ id: value, target: field, place: '' }];
  if (field.type === 'manyToMany' && isList(value))
    return value.flatMap((id, position) => (typeof id === 'string' ? [{ id, target: field, place: `/${position}` }] : []));
  if (field.type !== 'polymorphic' || !isRecord(value) || typeof value['object'] !== 'string') return [];
  return [{ id: plainText(value['id']), target: { ...field, target: value['object'] }, place: '' }];
}

/** The caller's own user, team and company are known to exist: they come from the session. */
function isGiven(caller: Caller, target: string, id: string): boolean {
  if (target === 'user') return id === caller.userId;
  return target === 'company' ? id === caller.companyId : target === 'team' && caller.teamIds.includes(id);
}

/** Those of some references to one object that lead to a living record. What the mirror lacks is asked of its owner, once, and kept. */
export async function livingIds(saving: Saving, references: readonly Pick<Reference, 'side' | 'id'>[]): Promise<ReadonlySet<string>> {
  const side = references[0]?.side;
  const ids = [...new Set(references.map((reference) => reference.id))];
  if (!side) return new Set();
  const from = side.isForeign
    ? `mirror.${identifier(side.object.table)} where not deleted and`
    : `${tableOf(side.object)} where deleted_at is null and`;
  const query = queryOf(saving);
  const rows = await query({ text: `select id from ${from} id = any($1::uuid[])`, values: [ids] });
  const found = new Set(rows.map((row) => row[0] ?? ''));
  if (!side.isForeign) return found;
  for (const id of ids.filter((one) => !found.has(one))) if (await fetched(saving, side.object, id)) found.add(id);
  return found;
}

/** What its owner says of an id is kept; one that was merged is answered by the record that stands for it. */
async function fetched(saving: Saving, object: ObjectDefinition, id: string): Promise<boolean> {
  const record = await saving.store.fetchForeign(object.name, id);
  if (!record) return false;
  const query = saving.options.transaction?.query ?? saving.store.database.write;
  await keepInMirror(query, { index: saving.index, object }, [{ record, deleted: false }]);
  if (record['id'] === id) return true;
  await rememberMerged(query, { object: object.name, from: id, into: plainText(record['id']) });
  return false;
}
