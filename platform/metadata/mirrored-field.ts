import type { FieldDefinition, ObjectDefinition } from '#platform/kernel/model.ts';
import { findField, type FindObject } from './layout.ts';

/** A field of the target, or of what a reference of the target leads to: `customerGroups.parent`. */
export function mirroredField(target: ObjectDefinition, name: string, find: FindObject): FieldDefinition | undefined {
  const [first = '', further] = name.split('.');
  const field = findField(target, first);
  const next = further === undefined || field?.target === undefined ? undefined : find(field.target);
  return further === undefined ? field : next && findField(next, further);
}
