import type { Request } from 'express';
import { shown } from '#platform/data/names.ts';
import { Refusal } from '#platform/kernel/errors.ts';
import { didYouMean } from '#platform/kernel/nearest.ts';

/** Parameters that are plain text; an unknown one is refused with the nearest known. */
export function parameters(request: Request, known: readonly string[]): { readonly [name: string]: string | undefined } {
  if (!request.url.includes('?')) return {};
  const given = Object.entries(request.query).map(([name, value]) => {
    if (!known.includes(name)) throw new Refusal('unknown_name', `There is no parameter ${shown(name)}.${didYouMean(name, known)}`);
    if (typeof value !== 'string') throw new Refusal('malformed_request', `Give ${name} once, as text.`);
    return [name, value] as const;
  });
  return Object.fromEntries(given);
}

/** A parameter that is `true` or `false`; false where it is left out. */
export function flag(name: string, text: string | undefined): boolean {
  if (text === undefined || text === 'false') return false;
  if (text === 'true') return true;
  throw new Refusal('malformed_request', `${name} is true or false.`);
}

const LIMIT_MAX = 200;

/** How many items a page has. */
export function limitOf(text: string | undefined, otherwise: number): number {
  const limit = Number(text ?? otherwise);
  if (!Number.isInteger(limit) || limit < 1 || limit > LIMIT_MAX)
    throw new Refusal('malformed_request', `limit is a whole number from 1 to ${LIMIT_MAX}.`);
  return limit;
}
