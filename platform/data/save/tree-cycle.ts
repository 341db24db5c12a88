import { invalidValues } from '#platform/kernel/errors.ts';
import type { FieldDefinition, ObjectDefinition } from '#platform/kernel/model.ts';
import type { RecordValues } from '#platform/kernel/module.ts';
import { perObject } from '#platform/metadata/per-object.ts';
import { apiNameOf, type SchemaIndex } from '#platform/metadata/schema-index.ts';
import { identifier } from '../identifier.ts';
import { tableOf } from '../read/table.ts';
import type { Query } from './load.ts';

/** The references of an object to itself: each of them makes its records a tree. */
export const treeFields = perObject((index, object): readonly FieldDefinition[] =>
  index.fieldsOf(object).all.filter((field) => field.type === 'lookup' && field.target === object.name),
);

/**
 * Refuses to put a record below itself. Movements in one tree take turns, so that two at once cannot close a circle that neither sees:
 * call it inside the transaction that writes.
 */
export async function refuseCycle(
  query: Query,
  at: { index: SchemaIndex; object: ObjectDefinition },
  change: { record: RecordValues; changed: ReadonlySet<string> },
): Promise<void> {
  for (const field of treeFields(at.index, at.object)) {
    const key = apiNameOf(field);
    const above = change.record[key];
    if (!change.changed.has(key) || typeof above !== 'string') continue;
    const table = tableOf(at.object);
    await query({ text: 'select pg_advisory_xact_lock(hashtextextended($1, 0))', values: [`tree ${field.id}`] });
    const [found] = await query({
      text: `with recursive above(id) as (select $1::uuid union select r.${identifier(field.column)} from ${table} r join above a on r.id = a.id)
        select 1 from above where id = $2::uuid`,
      values: [above, change.record['id']],
    });
    if (found)
      throw invalidValues([
        { pointer: `/${key}`, field: key, rule: 'cycle', message: `${field.label.en} would put this ${at.object.label.en} below itself.` },
      ]);
  }
}
