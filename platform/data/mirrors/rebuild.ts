import { createHash } from 'node:crypto';
import type { ObjectDefinition } from '#platform/kernel/model.ts';
import type { RecordValues } from '#platform/kernel/module.ts';
import { apiNameOf, type SchemaIndex } from '#platform/metadata/schema-index.ts';
import type { Database, Transaction } from '../database.ts';
import { identifier } from '../identifier.ts';
import { mirroredFields } from '../mirrored-fields.ts';
import { keepInMirror } from './mirror-rows.ts';

/** A page of an owner's records, in API words, and where the next begins. */
export type MirrorPage = { readonly items: readonly RecordValues[]; readonly next: string | null };

/** A mirror that must be filled: what it is to keep, and when it was filled last. */
export type StaleMirror = { readonly object: ObjectDefinition; readonly fields: string; readonly filledAt: string | null };

/** Mirrors that do not have what the schema asks of them: new ones, those with other fields than when they were filled, and empty ones. */
export async function staleMirrors(database: Database, index: SchemaIndex): Promise<readonly StaleMirror[]> {
  const rows = await database.read({ text: 'select object, fields, at from platform.mirror_state', values: [] });
  const filled = new Map(rows.map(([object, fields, at]) => [object, { fields, at: at ?? null }]));
  const checked = mirroredObjects(index).map(async (object) => {
    const [before, fields] = [filled.get(object.id), mirrorFields(index, object)];
    const isStale = before?.fields !== fields || (await isEmpty(database, object));
    return isStale ? [{ object, fields, filledAt: before?.at ?? null }] : [];
  });
  return (await Promise.all(checked)).flat();
}

/** The objects of other services whose records are kept here. */
export function mirroredObjects(index: SchemaIndex): readonly ObjectDefinition[] {
  return [...index.foreign.values()].filter((object) => object.parent === undefined);
}

async function isEmpty(database: Database, object: ObjectDefinition): Promise<boolean> {
  const rows = await database.read({ text: `select 1 from mirror.${identifier(object.table)} limit 1`, values: [] });
  return rows.length === 0;
}

/** What a mirror keeps, as a text that changes with it. */
export function mirrorFields(index: SchemaIndex, object: ObjectDefinition): string {
  return createHash('sha256')
    .update(
      mirroredFields(index, object)
        .map((field) => field.id)
        .sort()
        .join(' '),
    )
    .digest('hex')
    .slice(0, 32);
}

/** The fields to ask the owner for, in API words, version included. */
export function mirrorSelection(index: SchemaIndex, object: ObjectDefinition): string {
  const names = mirroredFields(index, object).map((field) => apiNameOf(field));
  const system = index
    .fieldsOf(object)
    .all.filter((field) => ['version', 'owner_id', 'team_id', 'company_id'].includes(field.column))
    .map((field) => apiNameOf(field));
  return [...new Set(['id', ...names, ...system])].join(',');
}

/** Writes one page into the mirror. Newer rows that events brought meanwhile stay. */
export async function fillMirror(
  transaction: Transaction,
  at: { index: SchemaIndex; object: ObjectDefinition },
  page: MirrorPage,
): Promise<void> {
  await keepInMirror(
    transaction.query,
    at,
    page.items.map((record) => ({ record, deleted: false })),
  );
}

/** Remembers that a mirror has what the schema asks of it. */
export async function mirrorFilled(transaction: Transaction, object: ObjectDefinition, fields: string): Promise<void> {
  await transaction.query({
    text: `insert into platform.mirror_state (object, fields) values ($1, $2) on conflict (object) do update set fields = excluded.fields, at = now()`,
    values: [object.id, fields],
  });
}
