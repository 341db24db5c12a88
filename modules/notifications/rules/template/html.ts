import { isRecord } from '#platform/kernel/is-record.ts';

const HTML = Symbol('html');

/** A value that is clean HTML: it is written as it is where HTML is written. What comes out of records and events is never one. */
export function html(text: string): { readonly [HTML]: string } {
  return Object.freeze({ [HTML]: text });
}

/** Its text; null for any other value. */
export function htmlIn(value: unknown): string | null {
  const text: unknown = isRecord(value) ? Reflect.get(value, HTML) : null;
  return typeof text === 'string' ? text : null;
}
