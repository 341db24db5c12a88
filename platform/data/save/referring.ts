import type { FieldDefinition, ObjectDefinition } from '#platform/kernel/model.ts';
import { identifier } from '../identifier.ts';

/** A condition on rows, with its one value; `sql` takes the place of its parameter. */
export type RefersTo = { readonly sql: (parameter: string) => string; readonly value: unknown };

/** When the field of a row refers to a record of `object`; null where it never does. The way from a row to its parent is none. */
export function refersTo(field: FieldDefinition, { object, id }: { object: ObjectDefinition; id: string }): RefersTo | null {
  const column = identifier(field.column);
  if (field.column === 'parent_id') return null;
  if (field.type === 'lookup' && field.target === object.name) return { sql: (place) => `${column} = ${place}::uuid`, value: id };
  if (field.type === 'manyToMany' && field.target === object.name) return { sql: (place) => `${column} @> ${place}::uuid[]`, value: [id] };
  if (field.type !== 'polymorphic' || field.targets?.includes(object.name) !== true) return null;
  return { sql: (place) => `${column} = ${place}::jsonb`, value: JSON.stringify({ object: object.name, id }) };
}
