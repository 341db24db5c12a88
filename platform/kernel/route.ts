import type { Caller } from './caller.ts';
import type { JsonSchema } from './field-types/field-type.ts';

/** What a handler of the platform's own resources sees of a request. `params` are the path's, `body` is parsed JSON. */
export type RouteRequest = {
  readonly caller: Caller;
  readonly params: { readonly [name: string]: string };
  readonly query: { readonly [name: string]: unknown };
  /** By lower-case name. */
  readonly headers: { readonly [name: string]: string };
  readonly body: unknown;
};

/** What it answers: JSON or bytes, or `parts` of what is long as they come, and `changes` where the resource can be followed as server-sent events until the signal is aborted. */
export type RouteAnswer = {
  readonly status: number;
  readonly body?: unknown;
  readonly parts?: AsyncIterable<string | Uint8Array>;
  readonly headers?: { readonly [name: string]: string };
  readonly changes?: (signal: AbortSignal) => AsyncIterable<unknown>;
};

/** What the documentation says of a call, and what is checked before its handler runs. */
export type RouteDescription = {
  readonly method: 'GET' | 'POST' | 'PATCH' | 'PUT' | 'DELETE';
  /** Begins behind `/api/{module}` and names parameters with a colon: `/jobs/:id`. */
  readonly path: string;
  /** A short sentence. */
  readonly summary?: string;
  /** The query parameters it takes, each with its schema; any other is refused. Left out: whatever is sent goes to the handler. */
  readonly query?: { readonly [name: string]: JsonSchema };
  /** JSON Schemas of the body and of the answer, for the documentation. */
  readonly body?: JsonSchema;
  readonly answer?: JsonSchema;
  /** The status of success; 200 when left out. */
  readonly status?: number;
  /** The most bytes of a body; 1 MB when left out. */
  readonly bodyBytesMax?: number;
  /** Request headers that mean something here, such as `If-Match`. */
  readonly headers?: readonly string[];
};

/** One call. */
export type Route = RouteDescription & {
  /** Who may call it: anyone signed in (the default), administrators, or other services. */
  readonly access?: 'session' | 'administrator' | 'service';
  readonly handler: (request: RouteRequest) => Promise<RouteAnswer>;
};

/** What a handler sees of a request that anybody may make. `address` is the caller's, `token` the credential they sent, if any. */
export type PublicRequest = {
  readonly params: { readonly [name: string]: string };
  readonly address: string;
  readonly userAgent: string;
  readonly isSecure: boolean;
  readonly token: string | null;
  readonly query: { readonly [name: string]: unknown };
  /** By lower-case name. */
  readonly headers: { readonly [name: string]: string };
  readonly body: { readonly [name: string]: unknown };
  /** The body as it came, where the route is raw; else none. */
  readonly bytes: Uint8Array;
};

/** A call without credentials: set-up, signing in. */
export type PublicRoute = RouteDescription & {
  /** The body is not read as JSON: the handler gets its bytes. */
  readonly isRaw?: boolean;
  readonly handler: (request: PublicRequest) => Promise<RouteAnswer>;
};
