import { createHash } from 'node:crypto';
import type { ObjectDefinition } from '#platform/kernel/model.ts';
import type { RecordValues } from '#platform/kernel/module.ts';
import { apiNameOf, type SchemaIndex } from '#platform/metadata/schema-index.ts';
import type { Database, Transaction } from '../database.ts';
import { mirroredFields } from '../mirrored-fields.ts';
import { keepInMirror } from './mirror-rows.ts';

/** A page of an owner's records, in API words, and where the next begins. */
export type MirrorPage = { readonly items: readonly RecordValues[]; readonly next: string | null };

/** Foreign objects whose mirror does not have what the schema asks of it: new ones, and those with other fields than when it was filled. */
export async function staleMirrors(database: Database, index: SchemaIndex): Promise<readonly ObjectDefinition[]> {
  const rows = await database.read({ text: 'select object, fields from platform.mirror_state', values: [] });
  const filled = new Map(rows.map(([object, fields]) => [object, fields]));
  return [...index.foreign.values()].filter((object) => filled.get(object.id) !== mirrorFields(index, object));
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
  for (const record of page.items) await keepInMirror(transaction.query, at, { record, deleted: false });
}

/** Remembers that a mirror has what the schema asks of it. */
export async function mirrorFilled(transaction: Transaction, object: ObjectDefinition, fields: string): Promise<void> {
  await transaction.query({
    text: `insert into platform.mirror_state (object, fields) values ($1, $2) on conflict (object) do update set fields = excluded.fields, at = now()`,
    values: [object.id, fields],
  });
}
