import type { SeenObject } from './object-schemas.ts';
import { json, ref, TEXT, type Part } from './shared.ts';

/** What one call does with the records of one object; null when the caller may not, or the object does not have it. */
export type Describe = (seen: SeenObject) => Part | null;

/** An operation of those who may read. */
export function reading(seen: SeenObject, operation: Part): Part | null {
  return seen.rights.read ? operation : null;
}

/** Children have no calls of their own that write. */
export function isRoot(seen: SeenObject): boolean {
  return seen.object.parent === undefined;
}

/** What one record is called. */
export function one(seen: SeenObject): string {
  return seen.object.label.en;
}

/** What many are called. */
export function plural(seen: SeenObject): string {
  return seen.object.pluralLabel.en;
}

/** A parameter that many calls share. */
export function parameter(of: string): Part {
  return ref('parameters', of);
}

/** A query parameter of a call. */
export function queryParameter(of: string, description: string, schema: Part = TEXT): Part {
  return { name: of, in: 'query', description, schema };
}

/** An answer of a service, which says the version of the metadata that gave it. */
export function answer(description: string, schema: Part, headers: readonly string[] = []): Part {
  const all = {
    'X-Metadata-Version': ref('headers', 'MetadataVersion'),
    ...Object.fromEntries(headers.map((header) => [header, ref('headers', header)])),
  };
  return { description, headers: all, content: json(schema) };
}

/** A list of items. */
export function itemsOf(item: Part, more: Part = {}): Part {
  return { type: 'object', required: ['items'], properties: { items: { type: 'array', items: item }, ...more } };
}
