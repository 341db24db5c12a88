import type { FieldDefinition } from './model.ts';

/** The fields of an object of this module, or of one that a lookup of it names, by API name; null for an object that is not known here. */
export type FieldsOf = (object: string) => ReadonlyMap<string, FieldDefinition> | null;
