import pg from 'pg';
import { plainText } from '#platform/kernel/json.ts';
import type { Permissions } from '#platform/kernel/permissions.ts';
import { Refusal } from '#platform/kernel/errors.ts';
import type { FieldDefinition, ObjectDefinition } from '#platform/kernel/model.ts';
import type { RecordValues } from '#platform/kernel/module.ts';
import { apiNameOf, type SchemaIndex } from '#platform/metadata/schema-index.ts';
import { wantedIndexes } from '../ddl/schema-plan.ts';
import { identifier } from '../identifier.ts';
import { tableOf } from '../read/table.ts';
import type { Query } from './load.ts';

const UNIQUE_VIOLATION = '23505';

/** What a failed write was about. */
export type Failed = {
  readonly index: SchemaIndex;
  readonly object: ObjectDefinition;
  readonly values: RecordValues;
  readonly permissions: Permissions;
};

/** A violated unique rule as the refusal `duplicate`, naming the field and, where the caller may see it, the other record; anything else as it is. */
export async function duplicateOf(error: unknown, failed: Failed, query: Query): Promise<unknown> {
  if (!(error instanceof pg.DatabaseError) || error.code !== UNIQUE_VIOLATION) return error;
  const field = violatedField(failed, error.constraint);
  if (!field) return new Refusal('duplicate', `There is already such a ${failed.object.label.en}.`);
  // A rule over a field that the caller may not read must not say what stands in it.
  if (!failed.permissions.on(failed.object).mayRead(field))
    return new Refusal('duplicate', `There is already such a ${failed.object.label.en}.`);
  const key = apiNameOf(field);
  const value = failed.values[key];
  if (value === undefined) return taken(failed, { field, key });
  const [other] = await query({
    text: `select id from ${tableOf(failed.object)} where ${identifier(field.column)} = $1 and deleted_at is null limit 1`,
    values: [value],
  });
  return taken(failed, { field, key, value }, other?.[0] ?? undefined);
}

/** Of rows inside a record it is not known which one it was. */
function taken(failed: Failed, of: { field: FieldDefinition; key: string; value?: unknown }, other?: string): Refusal {
  const value = of.value === undefined ? ' of this kind' : ` ${plainText(of.value).slice(0, 80)}`;
  const message = `There is already a ${failed.object.label.en} with ${of.field.label.en}${value}.`;
  return new Refusal('duplicate', message, {
    errors: [{ pointer: `/${of.key}`, field: of.key, rule: 'unique', message }],
    ...(other === undefined ? {} : { other: { object: failed.object.name, id: other } }),
  });
}

function violatedField(failed: Failed, constraint: string | undefined): FieldDefinition | undefined {
  const index = wantedIndexes(failed.index.schema).find((one) => one.name === constraint);
  return failed.index.fieldsOf(failed.object).all.find((field) => field.id === index?.field);
}
