import { isRecord } from './is-record.ts';
import type { Json } from './model.ts';
import { trusted } from './seam.ts';

/** Parsed JSON, of which nothing is known yet. Throws on text that is none. */
export function parseJson(text: string): unknown {
  return JSON.parse(text);
}

/** A JSON object out of text that the platform itself has written; anything else becomes an empty one. */
export function parseObject(text: string | null | undefined): { readonly [key: string]: unknown } {
  const parsed = parseJson(text ?? '{}');
  return isRecord(parsed) ? parsed : {};
}

/** The value of a JSON text, such as a jsonb column's; null for no text. What JSON.parse has read is JSON. */
export function jsonOf(text: string | null | undefined): Json {
  return trusted<Json>(JSON.parse(text ?? 'null'));
}

/** The same where an object is expected; whatever else stands there is an empty one. */
export function jsonObjectOf(text: string | null | undefined): { readonly [key: string]: Json } {
  return trusted<{ readonly [key: string]: Json }>(parseObject(text));
}

/** The same where a list is expected; whatever else stands there is an empty one. */
export function jsonListOf(text: string | null | undefined): readonly Json[] {
  const value = jsonOf(text);
  return isList(value) ? trusted<readonly Json[]>(value) : [];
}

/** Whether a value is a list, of whose elements nothing is known yet. */
export function isList(value: unknown): value is readonly unknown[] {
  return Array.isArray(value);
}

/** A text as it is, a number or truth value as it is written, and nothing for all else. */
export function plainText(value: unknown): string {
  if (typeof value === 'string') return value;
  return typeof value === 'number' || typeof value === 'boolean' || typeof value === 'bigint' ? String(value) : '';
}
