import { fieldType } from '#platform/kernel/field-types/index.ts';
import type { FieldDefinition } from '#platform/kernel/model.ts';
import type { RecordValues } from '#platform/kernel/module.ts';
import { perObject } from '#platform/metadata/per-object.ts';
import { apiNameOf } from '#platform/metadata/schema-index.ts';
import { columnType } from '../ddl/columns.ts';
import { identifier } from '../identifier.ts';

/** A column that is written: its field, the key of its value, and its type. */
export type Column = { readonly field: FieldDefinition; readonly key: string; readonly type: string };

/** The columns of an object's table in field order, system columns included. */
export const columnsOf = perObject((index, object): readonly Column[] =>
  index.fieldsOf(object).all.flatMap((field) => {
    const type = columnType(field);
    return type === null ? [] : [{ field, key: apiNameOf(field), type }];
  }),
);

/** A value as pg takes it for its column: JSON as text, all else as it is. */
export function parameterOf(column: Column, value: unknown): unknown {
  if (value === undefined || value === null) return null;
  return fieldType(column.field.type).storage === 'json' ? JSON.stringify(value) : value;
}

/** Records as one JSON parameter, and the SQL that turns it into rows named by column. */
export function recordset(
  columns: readonly Column[],
  records: readonly RecordValues[],
): { sql: (parameter: string) => string; value: string } {
  const named = columns.map((column) => `${identifier(column.field.column)} ${column.type}`).join(', ');
  const rows = records.map((record) => Object.fromEntries(columns.map((column) => [column.field.column, record[column.key] ?? null])));
  return {
    sql: (parameter) => `jsonb_to_recordset(${parameter}::jsonb) as given(${named})`,
    value: JSON.stringify(rows),
  };
}
