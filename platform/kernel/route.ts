import type { Caller } from './caller.ts';

/** What a handler of the platform's own resources sees of a request. `params` are the path's, `body` is parsed JSON. */
export type RouteRequest = {
  readonly caller: Caller;
  readonly params: { readonly [name: string]: string };
  readonly query: { readonly [name: string]: unknown };
  /** By lower-case name. */
  readonly headers: { readonly [name: string]: string };
  readonly body: unknown;
};

/** What it answers: JSON, and `changes` where the resource can be followed as server-sent events until the signal is aborted. */
export type RouteAnswer = {
  readonly status: number;
  readonly body?: unknown;
  readonly headers?: { readonly [name: string]: string };
  readonly changes?: (signal: AbortSignal) => AsyncIterable<unknown>;
};

/** One call. `path` begins behind `/api/{module}` and names parameters with a colon: `/jobs/:id`. */
export type Route = {
  /** Who may call it: anyone signed in (the default), administrators, or other services. */
  readonly access?: 'session' | 'administrator' | 'service';
  readonly method: 'GET' | 'POST' | 'PATCH' | 'PUT' | 'DELETE';
  readonly path: string;
  readonly handler: (request: RouteRequest) => Promise<RouteAnswer>;
};

/** What a handler sees of a request that anybody may make. `address` is the caller's, `token` the credential they sent, if any. */
export type PublicRequest = {
  readonly address: string;
  readonly isSecure: boolean;
  readonly token: string | null;
  readonly query: { readonly [name: string]: unknown };
  readonly body: { readonly [name: string]: unknown };
};

/** A call without credentials: set-up, signing in. */
export type PublicRoute = {
  readonly method: Route['method'];
  readonly path: string;
  readonly answer: (request: PublicRequest) => Promise<RouteAnswer>;
};
