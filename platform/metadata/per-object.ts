import type { ObjectDefinition } from '#platform/kernel/model.ts';
import type { SchemaIndex } from './schema-index.ts';

/**
 * What is worked out of an object under one schema, worked out once: at its first use, and kept as long as the schema's index lives.
 * Requests ask for such things by the thousand a second; a new metadata version has a new index and begins anew.
 */
export function perObject<T>(
  work: (index: SchemaIndex, object: ObjectDefinition) => T,
): (index: SchemaIndex, object: ObjectDefinition) => T {
  const known = new WeakMap<SchemaIndex, Map<string, T>>();
  return (index, object) => {
    const objects = known.get(index) ?? new Map<string, T>();
    known.set(index, objects);
    const found = objects.get(object.id);
    if (found !== undefined) return found;
    const made = work(index, object);
    objects.set(object.id, made);
    return made;
  };
}
