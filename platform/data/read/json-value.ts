import { fieldType } from '#platform/kernel/field-types/index.ts';
import type { StorageKind } from '#platform/kernel/field-types/field-type.ts';
import type { FieldDefinition } from '#platform/kernel/model.ts';

/** Turns the text of a column as PostgreSQL sends it into JSON text. Never sees null. */
export type WriteValue = (text: string) => string;

const quoted: WriteValue = (text) => `"${text}"`;
const verbatim: WriteValue = (text) => text;

/** How each storage kind's text becomes JSON. bigint and numeric are strings with the digits as stored. */
const WRITERS: Readonly<Record<StorageKind, WriteValue>> = {
  text: JSON.stringify,
  integer: verbatim,
  bigint: quoted,
  numeric: quoted,
  boolean: (text) => (text === 't' ? 'true' : 'false'),
  date: quoted,
  time: quoted,
  interval: quoted,
  timestamp: (text) => `"${instant(text)}"`,
  uuid: quoted,
  json: verbatim,
  textArray: verbatim,
  uuidArray: verbatim,
  none: verbatim,
};

/** The writer for a column's text. */
export function valueWriter(storage: StorageKind): WriteValue {
  return WRITERS[storage];
}

/** The storage kind of a field. */
export function storageOf(field: FieldDefinition): StorageKind {
  return fieldType(field.type).storage;
}

/** The expression to select for a column, so that its text is what the writer of its storage kind expects. */
export function selected(storage: StorageKind, expression: string): string {
  return storage === 'textArray' || storage === 'uuidArray' ? `to_json(${expression})` : expression;
}

/** The expression whose JSON by PostgreSQL's `row_to_json` is the API's JSON: for rows inside rows. */
export function jsonSelected(storage: StorageKind, expression: string): string {
  if (storage === 'bigint' || storage === 'numeric') return `${expression}::text`;
  if (storage === 'timestamp') return `to_char(${expression} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`;
  return expression;
}

/** `2026-01-31 13:45:00.5+00`, as a session in UTC with ISO dates sends it, in RFC 3339 with milliseconds. */
function instant(text: string): string {
  const zone = text.length - 3;
  const dot = text.indexOf('.', 19);
  const milliseconds = dot < 0 ? '000' : text.slice(dot + 1, Math.min(zone, dot + 4)).padEnd(3, '0');
  return `${text.slice(0, 10)}T${text.slice(11, 19)}.${milliseconds}Z`;
}
