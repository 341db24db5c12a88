import { systemNames } from './system-fields.ts';

/** The API name of an object. */
const OBJECT_NAME = /^[a-z][a-z0-9_]{0,40}$/;
/** The collection of an object in paths. */
const COLLECTION_NAME = /^[a-z][a-z0-9-]{0,60}$/;
/** The API name of a field or a command. */
const FIELD_NAME = /^[a-z][A-Za-z0-9]{0,40}$/;
/** Collections that the record API uses itself. `jobs/stream`-like paths would be ambiguous. */
const RESERVED_COLLECTIONS: ReadonlySet<string> = new Set([
  'jobs',
  'stream',
  'search',
  'files',
  'reports',
  'lookup',
  'public',
  'webhooks',
  'internal',
  'openapi',
  'document-templates',
]);
/** PostgreSQL cuts longer identifiers silently. */
export const IDENTIFIER_BYTES_MAX = 63;

/** Filters use these words themselves; the others are found on every JavaScript object, where a look-up by name would meet them. */
const RESERVED_FIELDS: ReadonlySet<string> = new Set(['and', 'or', 'not', 'prototype', ...Object.getOwnPropertyNames(Object.prototype)]);

/** What is wrong with the name of a field of an object (or child object), as the end of a sentence; null when nothing is. */
export function fieldNameProblem(name: unknown, isChild: boolean): string | null {
  if (typeof name !== 'string' || !FIELD_NAME.test(name)) {
    return 'must begin with a small letter and go on with at most 40 letters and digits (no accents, blanks or underscores), such as deliveryTerms';
  }
  if (name.endsWith('Id')) return 'must not end in Id: that is how references are written';
  if (systemNames(isChild).has(name)) return `is taken: every record has its own "${name}"`;
  return RESERVED_FIELDS.has(name) ? 'is reserved' : null;
}

/** What is wrong with the name of an object; null when nothing is. */
export function objectNameProblem(name: unknown): string | null {
  if (typeof name !== 'string' || !OBJECT_NAME.test(name)) {
    return 'must begin with a small letter and go on with at most 40 small letters, digits and underscores, such as service_contract';
  }
  return RESERVED_FIELDS.has(name) ? 'is reserved' : null;
}

/** What is wrong with the name of a collection; null when nothing is. */
export function collectionProblem(name: unknown): string | null {
  if (typeof name !== 'string' || !COLLECTION_NAME.test(name)) {
    return 'must begin with a small letter and go on with at most 60 small letters, digits and hyphens, such as service-contracts';
  }
  return RESERVED_COLLECTIONS.has(name) ? 'is reserved for the record API' : null;
}

/** The column or table of a standard name: `taxCategory` → `tax_category`. */
export function snakeCase(name: string): string {
  return name
    .replace(/([a-z0-9])([A-Z])/g, '$1_$2')
    .replace(/([A-Z]+)([A-Z][a-z])/g, '$1_$2')
    .toLowerCase();
}

/** A collection for an object that names none: `service_contract` → `service-contracts`, `company` → `companies`. */
export function collectionOf(object: string): string {
  const word = object.replaceAll('_', '-');
  if (/[^aeiou]y$/.test(word)) return `${word.slice(0, -1)}ies`;
  return /(s|x|z|ch|sh)$/.test(word) ? `${word}es` : `${word}s`;
}
