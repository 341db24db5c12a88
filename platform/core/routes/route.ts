import { Refusal } from '#platform/kernel/errors.ts';
import type { JsonSchema } from '#platform/kernel/field-types/field-type.ts';
import type { Route, RouteAnswer, RouteRequest } from '#platform/kernel/route.ts';
import type { Change } from '../change.ts';
import type { Applied, ChangeOptions, Core } from '../core.ts';

/** A route of the metadata API: a line of its table of contents, and the function that answers. */
export type CoreRoute = Omit<Route, 'handler'> & {
  readonly handler: (core: Core, request: RouteRequest) => Promise<RouteAnswer>;
};

/** Routes that have none take no query parameters. */
export const NO_QUERY: NonNullable<Route['query']> = {};
/** `?permanent=true`: for good, instead of retiring. */
export const PERMANENT: NonNullable<Route['query']> = { permanent: { type: 'boolean', description: 'For good, with its data.' } };
/** The request headers of a change of one object. */
export const CHANGE_HEADERS: readonly string[] = ['If-Match', 'Prefer'];
/** A schema of the document's components, by name. */
export const named = (name: string): JsonSchema => ({ $ref: `#/components/schemas/${name}` });

const WAIT_MAX_SECONDS = 60;

/** A path parameter that the route's own path names. */
export function param(request: RouteRequest, name: string): string {
  return request.params[name] ?? '';
}

/** A whole number of the query, or undefined. */
export function numberOf(request: RouteRequest, name: string, most: number): number | undefined {
  const given = request.query[name];
  if (given === undefined) return undefined;
  if (typeof given !== 'string' || !/^\d{1,15}$/.test(given) || Number(given) > most)
    throw new Refusal('malformed_request', `"${name}" is a whole number of at most ${most}.`);
  return Number(given);
}

/** Whether a flag of the query is on (`?permanent=true`). */
export function flagOf(request: RouteRequest, name: string): boolean {
  const given = request.query[name];
  if (given === undefined || given === 'false') return false;
  if (given === 'true') return true;
  throw new Refusal('malformed_request', `"${name}" is true or false.`);
}

/** `Prefer: wait=N` (RFC 7240) in milliseconds; undefined when it is not said. */
function waitOf(request: RouteRequest): number | undefined {
  const wanted = /(?:^|[,;\s])wait=(\d{1,4})(?:$|[,;\s])/i.exec(request.headers['prefer'] ?? '')?.[1];
  return wanted === undefined ? undefined : Math.min(Number(wanted), WAIT_MAX_SECONDS) * 1000;
}

/** The version that `If-Match` demands; undefined without the header or with `*`. */
function matchOf(request: RouteRequest): number | undefined {
  const header = request.headers['if-match'];
  if (header === undefined || header.trim() === '*') return undefined;
  const version = /^(?:W\/)?"(\d{1,15})"$/.exec(header.trim())?.[1];
  if (version === undefined) throw new Refusal('malformed_request', 'If-Match takes the ETag of an earlier answer, such as "12".');
  return Number(version);
}

/** What the headers say about a change of an object. */
export function optionsOf(request: RouteRequest, object?: string): ChangeOptions {
  const version = object === undefined ? undefined : matchOf(request);
  const waitMs = waitOf(request);
  return {
    ...(version === undefined || object === undefined ? {} : { ifVersion: { object, version } }),
    ...(waitMs === undefined ? {} : { waitMs }),
  };
}

/** Applies one change whose definition is the request's body; `object` is the one that `If-Match` speaks of. */
export function applyOne(core: Core, request: RouteRequest, change: Change, object?: string): Promise<Applied> {
  return core.applyChanges(request.caller, [{ change, pointer: '' }], optionsOf(request, object));
}

/** The ETag of a metadata version. */
export function tag(version: number): string {
  return `"${version}"`;
}

/** The answer of a change: `done` once it is served, else 202 with `"state":"pending"`. */
export function changed(applied: Applied, done: number, body: { readonly [key: string]: unknown }): RouteAnswer {
  const isServed = applied.served.state === 'active';
  const pending =
    applied.served.state === 'pending'
      ? { state: 'pending', ...(applied.served.error === undefined ? {} : { error: applied.served.error }) }
      : {};
  return {
    status: isServed ? done : 202,
    headers: { etag: tag(applied.version), 'x-metadata-version': String(applied.version) },
    body: { ...body, version: applied.version, ...pending },
  };
}
