import { fieldType } from '#platform/kernel/field-types/index.ts';
import type { FieldDefinition, ObjectDefinition } from '#platform/kernel/model.ts';
import type { RecordValues } from '#platform/kernel/module.ts';
import { perObject } from '#platform/metadata/per-object.ts';
import { apiNameOf, type SchemaIndex } from '#platform/metadata/schema-index.ts';
import { columnType } from '../ddl/columns.ts';
import type { Statement } from '../database.ts';
import { identifier } from '../identifier.ts';
import { prepared } from '../read/statement-names.ts';
import { tableOf } from '../read/table.ts';
import { manyValues, selectMany, type TypedColumn } from './many-rows.ts';

/** A column that is written: its field, the key of its value, its name as SQL has it, and its type. */
export type Column = TypedColumn & { readonly field: FieldDefinition; readonly key: string };

/** The columns of an object's table in field order, system columns included. */
export const columnsOf = perObject((index, object): readonly Column[] =>
  index.fieldsOf(object).all.flatMap((field) => {
    const type = columnType(field);
    return type === null ? [] : [{ field, key: apiNameOf(field), name: identifier(field.column), type }];
  }),
);

/** A value as pg takes it for its column: JSON as text, all else as it is. */
export function parameterOf(column: Column, value: unknown): unknown {
  if (value === undefined || value === null) return null;
  return fieldType(column.field.type).storage === 'json' ? JSON.stringify(value) : value;
}

/** Inserts rows of an object, one array for each column. */
export function insertMany(index: SchemaIndex, object: ObjectDefinition, records: readonly RecordValues[]): Statement {
  return prepared(manyOf(index, object).insert, valuesOf(columnsOf(index, object), records));
}

/** Inserts rows, or makes those that are there already like these. */
export function upsertMany(index: SchemaIndex, object: ObjectDefinition, records: readonly RecordValues[]): Statement {
  return prepared(manyOf(index, object).upsert, valuesOf(columnsOf(index, object), records));
}

const manyOf = perObject((index, object) => {
  const columns = columnsOf(index, object);
  const names = columns.map(({ name }) => name);
  const updates = names.filter((name) => name !== '"id"').map((name) => `${name} = excluded.${name}`);
  const insert = `insert into ${tableOf(object)} (${names.join(', ')}) ${selectMany(columns)}`;
  return { insert, upsert: `${insert} on conflict (id) do update set ${updates.join(', ')}` };
});

function valuesOf(columns: readonly Column[], records: readonly RecordValues[]): readonly unknown[] {
  return manyValues(columns, records, (record, column) => parameterOf(column, record[column.key]));
}
