import type { FieldDefinition, ModuleSchema, ObjectDefinition } from '#platform/kernel/model.ts';
import { fieldsTogether } from '#platform/metadata/unique-together.ts';
import type { ColumnPair } from '../ddl/column-pairs.ts';
import { wantedIndexes } from '../ddl/schema-plan.ts';
import { identifier } from '../identifier.ts';
import { tableOf } from '../read/table.ts';
import type { Reader } from '../slow-read.ts';

/** The other columns whose values are unique together with those of a field: one list for each rule, an empty one where the field alone is unique. */
export function uniqueKeys(object: ObjectDefinition, field: FieldDefinition, isUnique: boolean): readonly (readonly string[])[] {
  const together = (object.uniqueTogether ?? []).flatMap((names) => {
    const fields = names.includes(field.name) ? fieldsTogether(object, names) : null;
    return fields ? [fields.filter(({ id }) => id !== field.id).map(({ column }) => column)] : [];
  });
  return [...(isUnique ? [[]] : []), ...together];
}

/** Whether the indexes that keep the new column unique hold. Until then two writers at once could make the same value. */
export async function areUniqueIndexesThere(reader: Reader, schema: ModuleSchema, { field, young }: ColumnPair): Promise<boolean> {
  const wanted = wantedIndexes(schema).filter(
    ({ fields, definition }) => fields?.includes(field.id) === true && definition.includes(identifier(young.column)),
  );
  if (wanted.length === 0) return true;
  const [row] = await reader.query({
    text: `select count(*) from pg_index i join pg_class c on c.oid = i.indexrelid join pg_namespace n on n.oid = c.relnamespace
      where n.nspname = 'records' and i.indisvalid and c.relname = any($1::text[])`,
    values: [wanted.map(({ name }) => name)],
  });
  return Number(row?.[0]) === wanted.length;
}

/** Rows that have come to have the same value in the new column before its index could refuse that; how many, and some of them. */
export async function sameInNewColumn(
  reader: Reader,
  pair: ColumnPair,
): Promise<{ readonly count: number; readonly ids: readonly string[] }> {
  const { object, young } = pair;
  const isLiving = livingOf(object);
  const all = keysOf(pair).map((others) => {
    const columns = [young.column, ...others].map(identifier);
    const present = columns.map((column) => `x.${column} is not null`).join(' and ');
    const keys = (row: string): string => columns.map((column) => `${row}.${column}`).join(', ');
    return `(${isLiving('r')} and (${keys('r')}) in (select ${keys('x')} from ${tableOf(object)} x where ${isLiving('x')} and ${present} group by ${keys('x')} having count(*) > 1))`;
  });
  if (all.length === 0) return { count: 0, ids: [] };
  const rows = await reader.query({
    text: `select r.id, count(*) over () from ${tableOf(object)} r where ${all.join(' or ')} order by r.id limit 20`,
    values: [],
  });
  return { count: Number(rows[0]?.[1] ?? 0), ids: rows.map(([id]) => id ?? '') };
}

/** The rules in which the new column is to be unique. */
export function keysOf({ object, field, young }: ColumnPair): readonly (readonly string[])[] {
  return uniqueKeys(object, field, young.settings.unique === true);
}

/** Whether a row counts for what is unique: what is in the recycle bin does not. */
export function livingOf({ parent }: ObjectDefinition): (row: string) => string {
  return (row) => (parent === undefined ? `${row}.deleted_at is null` : 'true');
}
