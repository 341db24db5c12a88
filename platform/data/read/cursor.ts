import { isList, parseJson } from '#platform/kernel/json.ts';
import { hash } from 'node:crypto';
import { Refusal } from '#platform/kernel/errors.ts';
import type { Builder } from './builder.ts';
import { ordered, type SortKey } from './sort.ts';
import type { StorageKind } from '#platform/kernel/field-types/field-type.ts';

/** The values of the sort keys of the last row of a page, as PostgreSQL wrote them. */
export type Position = readonly (string | null)[];

/** A short name for what a cursor is bound to: the object, the order and the filter of its query. */
export function queryShape(parts: readonly unknown[]): string {
  return hash('sha256', JSON.stringify(parts), 'base64url').slice(0, 12);
}

/** A position as the opaque text of `next`. */
export function cursorText(shape: string, position: Position): string {
  return Buffer.from(JSON.stringify([shape, ...position])).toString('base64url');
}

/** Reads a cursor back; refuses one that is damaged or belongs to another query. */
export function parseCursor(cursor: string, shape: string, keys: readonly SortKey[]): Position {
  const parsed = decode(cursor);
  if (!isList(parsed)) throw wrongCursor();
  const [boundTo, ...position] = parsed;
  if (boundTo !== shape || position.length !== keys.length) throw wrongCursor();
  return keys.map((key, at) => checked(key, position[at]));
}

/**
 * The condition for rows after a position: beyond it in the first key, or equal there and beyond in the second, and so on.
 * Nulls come last in both directions, so nothing is after a null, and null is after everything else.
 */
export function afterPosition(builder: Builder, keys: readonly SortKey[], position: Position): string {
  const places = position.map((value) => (value === null ? null : builder.parameter(value)));
  if (keys.length > 1 && keys.every((key) => !key.isNullable && key.isDescending === keys[0]?.isDescending)) {
    // One comparison of rows, which an index over the same columns answers directly.
    return `(${keys.map(ordered).join(', ')}) ${keys[0]?.isDescending ? '<' : '>'} (${places.join(', ')})`;
  }
  const alternatives = keys.flatMap((key, at) => {
    const beyond = beyondKey(key, places[at] ?? null);
    if (beyond === null) return [];
    const equal = keys.slice(0, at).map((earlier, index) => equalKey(earlier, places[index] ?? null));
    return [[...equal, beyond].join(' and ')];
  });
  return alternatives.length === 0 ? 'false' : `(${alternatives.join(' or ')})`;
}

function beyondKey(key: SortKey, place: string | null): string | null {
  if (place === null) return null;
  const beyond = `${ordered(key)} ${key.isDescending ? '<' : '>'} ${place}`;
  return key.isNullable ? `(${beyond} or ${key.sql} is null)` : beyond;
}

function equalKey(key: SortKey, place: string | null): string {
  return place === null ? `${key.sql} is null` : `${ordered(key)} = ${place}`;
}

const FORMS: Partial<Readonly<Record<StorageKind, RegExp>>> = {
  integer: /^-?\d{1,10}$/,
  bigint: /^-?\d{1,19}$/,
  numeric: /^-?\d{1,200}(\.\d{1,200})?$/,
  boolean: /^[tf]$/,
  date: /^\d{4,6}-\d\d-\d\d$/,
  timestamp: /^\d{4,6}-\d\d-\d\d \d\d:\d\d:\d\d(\.\d{1,6})?\+00$/,
  uuid: /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/,
};

function checked(key: SortKey, value: unknown): string | null {
  if (value === null && key.isNullable) return null;
  if (typeof value !== 'string' || value.includes('\u0000')) throw wrongCursor();
  if (FORMS[key.storage]?.test(value) === false) throw wrongCursor();
  return value;
}

function decode(cursor: string): unknown {
  try {
    return parseJson(Buffer.from(cursor, 'base64url').toString('utf8'));
  } catch {
    return null;
  }
}

function wrongCursor(): Refusal {
  return new Refusal('malformed_request', 'The cursor does not belong to this query. Start again without it.');
}
