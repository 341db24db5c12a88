import type { FieldDefinition, ObjectDefinition } from './model.ts';

/** The field that says where a record stands in its life; none where the object has no such field. */
export function statusField(object: ObjectDefinition): FieldDefinition | undefined {
  return object.fields.find((field) => field.type === 'status' && field.state !== 'retired');
}

/** Whether commands alone move a status. Of an object without commands, such as those that administrators make, people set it like a choice. */
export function isMovedByCommands({ commands }: Pick<ObjectDefinition, 'commands'>, { type }: Pick<FieldDefinition, 'type'>): boolean {
  return type === 'status' && commands.length > 0;
}
