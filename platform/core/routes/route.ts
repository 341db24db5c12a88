import type { Caller } from '#platform/kernel/caller.ts';
import { Refusal } from '#platform/kernel/errors.ts';
import { nearest } from '#platform/kernel/nearest.ts';
import type { Applied, ChangeOptions } from '../core.ts';

/** A request as the core's routes take it: parsed by http, the caller known. Header names in lower case. */
export type CoreRequest = {
  readonly caller: Caller;
  readonly params: Readonly<Record<string, string>>;
  readonly query: Readonly<Record<string, unknown>>;
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly body: unknown;
};

/** An answer; without a body nothing is sent. */
export type CoreAnswer = {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: unknown;
};

/** One route below `/api/platform`, its path in Express' notation. `access`: anyone signed in, administrators, or services by their token. */
export type CoreRoute = {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  readonly path: string;
  readonly access: 'session' | 'administrator' | 'service';
  readonly handle: (request: CoreRequest) => Promise<CoreAnswer>;
};

const WAIT_MAX_SECONDS = 60;

/** A path parameter that the route's own path names. */
export function param(request: CoreRequest, name: string): string {
  return request.params[name] ?? '';
}

/** Refuses query parameters that the route does not have. */
export function onlyKnown(request: CoreRequest, known: readonly string[]): void {
  const unknown = Object.keys(request.query).find((name) => !known.includes(name));
  if (unknown === undefined) return;
  const near = nearest(unknown, known);
  throw new Refusal(
    'unknown_name',
    `There is no parameter "${unknown}"${near ? `; did you mean "${near}"?` : known.length > 0 ? `: take ${known.join(', ')}.` : ' here.'}`,
  );
}

/** A whole number of the query, or undefined. */
export function numberOf(request: CoreRequest, name: string, most: number): number | undefined {
  const given = request.query[name];
  if (given === undefined) return undefined;
  if (typeof given !== 'string' || !/^\d{1,15}$/.test(given) || Number(given) > most)
    throw new Refusal('malformed_request', `"${name}" is a whole number of at most ${most}.`);
  return Number(given);
}

/** Whether a flag of the query is on (`?permanent=true`). */
export function flagOf(request: CoreRequest, name: string): boolean {
  const given = request.query[name];
  if (given === undefined || given === 'false') return false;
  if (given === 'true') return true;
  throw new Refusal('malformed_request', `"${name}" is true or false.`);
}

/** `Prefer: wait=N` (RFC 7240) in milliseconds; undefined when it is not said. */
export function waitOf(request: CoreRequest): number | undefined {
  const wanted = /(?:^|[,;\s])wait=(\d{1,4})(?:$|[,;\s])/i.exec(request.headers['prefer'] ?? '')?.[1];
  return wanted === undefined ? undefined : Math.min(Number(wanted), WAIT_MAX_SECONDS) * 1000;
}

/** The version that `If-Match` demands; undefined without the header or with `*`. */
export function matchOf(request: CoreRequest): number | undefined {
  const header = request.headers['if-match'];
  if (header === undefined || header.trim() === '*') return undefined;
  const version = /^(?:W\/)?"(\d{1,15})"$/.exec(header.trim())?.[1];
  if (version === undefined) throw new Refusal('malformed_request', 'If-Match takes the ETag of an earlier answer, such as "12".');
  return Number(version);
}

/** What the headers say about a change of an object. */
export function optionsOf(request: CoreRequest, object?: string): ChangeOptions {
  const version = object === undefined ? undefined : matchOf(request);
  const waitMs = waitOf(request);
  return {
    ...(version === undefined || object === undefined ? {} : { ifVersion: { object, version } }),
    ...(waitMs === undefined ? {} : { waitMs }),
  };
}

/** The ETag of a metadata version. */
export function tag(version: number): string {
  return `"${version}"`;
}

/** The answer of a change: `done` once it is served, else 202 with `"state":"pending"`. */
export function changed(applied: Applied, done: number, body: { readonly [key: string]: unknown }): CoreAnswer {
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
