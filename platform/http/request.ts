import type { Request } from 'express';
import { sessionCookie } from '#platform/access/authenticate.ts';
import { Refusal } from '#platform/kernel/errors.ts';

/** One parameter of the path; there by the route's definition. */
export function pathParameter(request: Request, name: string): string {
  const value = request.params[name];
  return typeof value === 'string' ? value : '';
}

/** The version that `If-Match` names; undefined without the header or for `*`. A weak or foreign tag matches nothing. */
export function ifMatch(request: Request): number | undefined {
  const header = request.headers['if-match'];
  if (header === undefined || header === '*') return undefined;
  const version = /^"?(\d{1,15})"?$/.exec(header)?.[1];
  return version === undefined ? -1 : Number(version);
}

/** Whether the request was made by a page of this origin, as the browser says. Programs say nothing and use no cookies. */
export function isSameOrigin(request: Request): boolean {
  const site = request.headers['sec-fetch-site'];
  if (site !== undefined) return site === 'same-origin' || site === 'none';
  const { origin, host } = request.headers;
  return origin !== undefined && URL.canParse(origin) && new URL(origin).host === host;
}

/** Whether a browser says that a page of another site makes the request. */
export function isOtherSite(request: Request): boolean {
  const isBrowser = request.headers['sec-fetch-site'] !== undefined || request.headers.origin !== undefined;
  return isBrowser && !isSameOrigin(request);
}

/** The idempotency key, if the client sent one; at most 255 printable characters. */
export function idempotencyKey(request: Request): string | undefined {
  const key = request.headers['idempotency-key'];
  if (key === undefined) return undefined;
  if (typeof key !== 'string' || !/^[\x21-\x7e]{1,255}$/.test(key))
    throw new Refusal('malformed_request', 'Idempotency-Key is a text of 1 to 255 printable characters without spaces.');
  return key;
}

/** Whether the method changes nothing. */
export function isSafe(request: Request): boolean {
  return request.method === 'GET' || request.method === 'HEAD' || request.method === 'OPTIONS';
}

/** The credential that came with a request, looked at by nobody yet. */
export function tokenOf(request: Request): string | null {
  const bearer = /^Bearer +(\S+)$/i.exec(request.headers.authorization ?? '');
  return bearer?.[1] ?? sessionCookie(request.headers.cookie);
}

/** The refusal of an address that nobody answers. */
export function noSuchAddress(request: Request): Refusal {
  return new Refusal('not_found', `There is nothing at ${request.originalUrl.split('?')[0]?.slice(0, 200)}.`);
}
