import type { FieldDefinition, ObjectDefinition } from './model.ts';

/** The field that says where a record stands in its life; none where the object has no such field. */
export function statusField(object: ObjectDefinition): FieldDefinition | undefined {
  return object.fields.find((field) => field.type === 'status' && field.state !== 'retired');
}
