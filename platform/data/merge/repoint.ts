import { isDeepStrictEqual } from 'node:util';
import { isRecord } from '#platform/kernel/is-record.ts';
import { isList } from '#platform/kernel/json.ts';
import type { FieldDefinition, ObjectDefinition } from '#platform/kernel/model.ts';
import type { RecordValues } from '#platform/kernel/module.ts';
import { apiNameOf, type SchemaIndex } from '#platform/metadata/schema-index.ts';
import { identifier } from '../identifier.ts';
import { tableOf } from '../read/table.ts';
import { childFields, rowsOf } from '../save/children.ts';
import { differencesOf } from '../save/differences.ts';
import { complete } from '../save/draft.ts';
import { loadLocked, type Query } from '../save/load.ts';
import { refersTo, type RefersTo } from '../save/referring.ts';
import type { Saving } from '../save/saving.ts';
import { writePatched } from '../save/update.ts';

/** Which references are to lead elsewhere: those to `from`, a record of `target`, from now on to `into`. */
export type Redirection = { readonly target: ObjectDefinition; readonly from: string; readonly into: string };

/** The objects of this service whose records, or rows inside them, can refer to the target. */
export function referringObjects(index: SchemaIndex, { target, from }: Redirection): readonly ObjectDefinition[] {
  const at = { object: target, id: from };
  const refers = (object: ObjectDefinition): boolean => index.fieldsOf(object).all.some((field) => refersTo(field, at) !== null);
  return index.objects.filter((object) => object.parent === undefined && [object, ...childrenOf(index, object)].some(refers));
}

/** The next living records that refer to the merged one, by id. */
export async function referringIds(
  query: Query,
  { index }: Pick<Saving, 'index'>,
  at: Redirection & { readonly object: ObjectDefinition; readonly after: string; readonly limit: number },
): Promise<readonly string[]> {
  const values: unknown[] = [at.after];
  const place = ({ sql, value }: RefersTo): string => sql(`$${values.push(value)}`);
  const own = conditionsOf(index, at.object, at).map(
    (one) => `select id from ${tableOf(at.object)} where ${place(one)} and deleted_at is null`,
  );
  const rows = childrenOf(index, at.object).flatMap((child) =>
    conditionsOf(index, child, at).map((one) => `select parent_id from ${tableOf(child)} where ${place(one)}`),
  );
  const text = `select distinct found.id from (${[...own, ...rows].join(' union all ')}) found(id) where found.id > $1::uuid order by 1 limit ${at.limit}`;
  return (await query({ text, values })).map(([id]) => id ?? '');
}

/**
 * Leads the references of some records elsewhere. Nothing else of them changes: no hook runs, and what is issued stays as it was issued. Each makes its event.
 */
export async function repoint(
  saving: Saving,
  query: Query,
  at: Redirection & { object: ObjectDefinition; ids: readonly string[] },
): Promise<void> {
  const place = { index: saving.index, object: at.object };
  for (const before of (await loadLocked(query, place, at.ids)).values()) {
    const after = redirected(saving.index, at.object, { record: before, at });
    const differences = differencesOf(saving.index, at.object, { before, after });
    if (Object.keys(differences).length === 0) continue;
    const record = complete(saving, at.object, { values: { ...after }, before });
    await writePatched(saving, at.object, { after: { before, record, differences }, query });
  }
}

/** Records in the recycle bin lead elsewhere too, without anybody's being told. */
export async function repointDeleted(query: Query, index: SchemaIndex, at: Redirection & { object: ObjectDefinition }): Promise<void> {
  for (const field of index.fieldsOf(at.object).all) {
    if (field.type !== 'lookup' || refersTo(field, { object: at.target, id: at.from }) === null) continue;
    const column = identifier(field.column);
    const text = `update ${tableOf(at.object)} set ${column} = $2 where ${column} = $1 and deleted_at is not null and id <> $1`;
    await query({ text, values: [at.from, at.into] });
  }
}

/** A record with its references, and those of its rows, replaced. One that would refer to itself refers to nothing. */
export function redirected(
  index: SchemaIndex,
  object: ObjectDefinition,
  { record, at }: { record: RecordValues; at: Redirection },
): RecordValues {
  const own = withReplaced(index.fieldsOf(object).all, record, at);
  const rows = childFields(index, object).map(
    ({ field, child }) => [field.name, rowsOf(record, field.name).map((row) => withReplaced(index.fieldsOf(child).all, row, at))] as const,
  );
  return { ...own, ...Object.fromEntries(rows) };
}

function withReplaced(fields: readonly FieldDefinition[], values: RecordValues, at: Redirection): RecordValues {
  const changed = fields.flatMap((field) => {
    if (refersTo(field, { object: at.target, id: at.from }) === null) return [];
    const key = apiNameOf(field);
    const value = replaced(values[key], at);
    if (isDeepStrictEqual(value, values[key])) return [];
    return [[key, value === values['id'] ? null : value] as const];
  });
  return { ...values, ...Object.fromEntries(changed) };
}

function replaced(value: unknown, { target, from, into }: Redirection): unknown {
  if (value === from) return into;
  if (isList(value)) return [...new Set(value.map((id) => (id === from ? into : id)))];
  return isRecord(value) && value['object'] === target.name && value['id'] === from ? { ...value, id: into } : value;
}

function conditionsOf(index: SchemaIndex, object: ObjectDefinition, { target, from }: Redirection): readonly RefersTo[] {
  return index.fieldsOf(object).all.flatMap((field) => refersTo(field, { object: target, id: from }) ?? []);
}

function childrenOf(index: SchemaIndex, object: ObjectDefinition): readonly ObjectDefinition[] {
  return childFields(index, object).map(({ child }) => child);
}
