import { isRecord } from './is-record.ts';

/** Parsed JSON, of which nothing is known yet. Throws on text that is none. */
export function parseJson(text: string): unknown {
  return JSON.parse(text);
}

/** A JSON object out of text that the platform itself has written; anything else becomes an empty one. */
export function parseObject(text: string | null | undefined): { readonly [key: string]: unknown } {
  const parsed = parseJson(text ?? '{}');
  return isRecord(parsed) ? parsed : {};
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
