import type { StorageKind } from '#platform/kernel/field-types/field-type.ts';
import { fieldType } from '#platform/kernel/field-types/index.ts';
import type { FieldDefinition } from '#platform/kernel/model.ts';

const COLUMN_TYPES: { readonly [kind in Exclude<StorageKind, 'none'>]: string } = {
  text: 'text',
  integer: 'integer',
  bigint: 'bigint',
  numeric: 'numeric',
  boolean: 'boolean',
  date: 'date',
  time: 'time',
  interval: 'interval',
  timestamp: 'timestamptz',
  uuid: 'uuid',
  json: 'jsonb',
  textArray: 'text[]',
  uuidArray: 'uuid[]',
};

/** PostgreSQL's type of a field's column; null for a field without one (children). */
export function columnType(field: Pick<FieldDefinition, 'type'>): string | null {
  const { storage } = fieldType(field.type);
  return storage === 'none' ? null : COLUMN_TYPES[storage];
}
