import pg from 'pg';
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
  const key = apiNameOf(field);
  const value = failed.values[key];
  const visible = failed.permissions.on(failed.object).mayRead(field);
  const [other] = visible
    ? await query({
        text: `select id from ${tableOf(failed.object)} where ${identifier(field.column)} = $1 and deleted_at is null limit 1`,
        values: [value],
      })
    : [];
  const message = `There is already a ${failed.object.label.en} with ${field.label.en} ${String(value).slice(0, 80)}.`;
  return new Refusal('duplicate', message, {
    errors: [{ pointer: `/${key}`, field: key, rule: 'unique', message }],
    ...(other?.[0] ? { other: { object: failed.object.name, id: other[0] } } : {}),
  });
}

function violatedField(failed: Failed, constraint: string | undefined): FieldDefinition | undefined {
  const index = wantedIndexes(failed.index.schema).find((one) => one.name === constraint);
  return failed.index.fieldsOf(failed.object).all.find((field) => field.id === index?.field);
}
