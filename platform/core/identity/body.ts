import { Refusal } from '#platform/kernel/errors.ts';
import { isRecord } from '#platform/kernel/is-record.ts';
import { didYouMean } from '#platform/kernel/nearest.ts';

/** The body of a request that needs one. Refuses anything but a JSON object. */
export function objectBody(body: unknown): { readonly [key: string]: unknown } {
  if (!isRecord(body)) throw new Refusal('malformed_request', 'Send a JSON object.');
  return body;
}

/** Refuses keys that a call does not take, with the nearest one that it does; `at` is the pointer of the object they stand in. */
export function onlyKeys(body: { readonly [key: string]: unknown }, known: readonly string[], at = ''): void {
  const unknown = Object.keys(body).find((key) => !known.includes(key));
  if (unknown === undefined) return;
  const message = `There is no ${unknown.slice(0, 60)} here; ${known.join(', ')} can be given.${didYouMean(unknown, known)}`;
  throw new Refusal('unknown_name', message, { errors: [{ pointer: `${at}/${unknown}`, field: unknown, rule: 'unknown', message }] });
}
