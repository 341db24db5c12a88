import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { Router, type Request, type RequestHandler } from 'express';
import type { Authenticator } from '#platform/access/authenticate.ts';
import type { Caller } from '#platform/kernel/caller.ts';
import { Refusal } from '#platform/kernel/errors.ts';
import type { PublicRoute, Route, RouteAnswer } from '#platform/kernel/route.ts';
import { readBytes, readObject } from './body.ts';
import { authenticated } from './authenticated.ts';
import { refuseUnknownQuery } from './known-query.ts';
import { isOtherSite, isSafe, tokenOf } from './request.ts';
import { openStream } from './streams.ts';

const NO_BYTES = new Uint8Array();

/** Mounts the platform's own resources: tables of routes. */
export function mountRoutes(routes: readonly Route[], authenticator: Authenticator): Router {
  const router = Router({ caseSensitive: true });
  for (const route of routes) mount(router, route, handlerOf(route, authenticator));
  return router;
}

/** Mounts calls that anybody may make. */
export function mountPublicRoutes(routes: readonly PublicRoute[]): Router {
  const router = Router({ caseSensitive: true });
  for (const route of routes) {
    mount(router, route, async (request, response) => {
      if (!isSafe(request) && isOtherSite(request)) throw otherSite();
      refuseUnknownQuery(route, request.query);
      const body = hasBody(request) && !route.isRaw ? await readObject(request) : {};
      const bytes = route.isRaw ? await readBytes(request) : NO_BYTES;
      const asked = {
        params: paramsOf(request),
        address: request.ip ?? '',
        userAgent: (request.headers['user-agent'] ?? '').slice(0, 300),
        isSecure: request.secure,
        token: tokenOf(request),
        query: request.query,
        headers: headersOf(request),
        body,
        bytes,
      };
      await send(await route.handler(asked), request, response);
    });
  }
  return router;
}

/** Puts a handler at the place of a route. */
export function mount(router: Router, route: Pick<Route, 'method' | 'path'>, handler: RequestHandler): void {
  if (route.method === 'GET') router.get(route.path, handler);
  else if (route.method === 'POST') router.post(route.path, handler);
  else if (route.method === 'PATCH') router.patch(route.path, handler);
  else if (route.method === 'PUT') router.put(route.path, handler);
  else router.delete(route.path, handler);
}

/** A service's call does not exist for people; an administrator's is refused to others. */
function refuseOthers(route: Route, caller: Caller): void {
  if (route.access === 'service' && caller.kind !== 'service') throw new Refusal('not_found', 'There is nothing here.');
  if (route.access === 'administrator' && !caller.permissions.administrator)
    throw new Refusal('not_allowed', 'This is for administrators.');
}

function handlerOf(route: Route, authenticator: Authenticator): RequestHandler {
  return async (request, response) => {
    const caller = await authenticated(authenticator, request);
    refuseOthers(route, caller);
    refuseUnknownQuery(route, request.query);
    const body = hasBody(request) ? await readObject(request, route.bodyBytesMax) : undefined;
    const answer = await route.handler({ ...requestOf(request, caller), body });
    await send(answer, request, response);
  };
}

function requestOf(
  request: Request,
  caller: Caller,
): {
  caller: Caller;
  params: { [name: string]: string };
  query: { [name: string]: unknown };
  headers: { [name: string]: string };
} {
  return { caller, params: paramsOf(request), query: request.query, headers: headersOf(request) };
}

function headersOf(request: Request): { [name: string]: string } {
  return Object.fromEntries(
    Object.entries(request.headers).flatMap(([name, value]) => (typeof value === 'string' ? [[name, value] as const] : [])),
  );
}

function paramsOf(request: Request): { [name: string]: string } {
  return Object.fromEntries(Object.entries(request.params).map(([name, value]) => [name, String(value)]));
}

function otherSite(): Refusal {
  return new Refusal('not_allowed', 'This request comes from another site. Sign in here and try again.');
}

function hasBody(request: Request): boolean {
  return request.method !== 'GET' && request.method !== 'DELETE';
}

async function send(answer: RouteAnswer, request: Request, response: Parameters<RequestHandler>[1]): Promise<void> {
  for (const [name, value] of Object.entries(answer.headers ?? {})) response.setHeader(name, value);
  if (answer.changes && request.accepts(['json', 'text/event-stream']) === 'text/event-stream')
    return follow(answer.changes, request, response);
  response.statusCode = answer.status;
  if (answer.parts) return writeParts(answer.parts, response);
  if (answer.body === undefined || answer.body === null) return void response.end();
  if (!response.hasHeader('Content-Type')) response.setHeader('Content-Type', 'application/json; charset=utf-8');
  response.end(typeof answer.body === 'string' || answer.body instanceof Uint8Array ? answer.body : JSON.stringify(answer.body));
}

/** Writes what comes as fast as it is taken. Who closes the window while it comes is no error. */
async function writeParts(parts: AsyncIterable<string | Uint8Array>, response: Parameters<RequestHandler>[1]): Promise<void> {
  await pipeline(Readable.from(parts), response).catch((error: unknown) => {
    if (!response.closed && !response.destroyed) throw error;
  });
}

/** Server-sent events until the resource has no more to say or the client has gone. */
async function follow(
  changes: NonNullable<RouteAnswer['changes']>,
  request: Request,
  response: Parameters<RequestHandler>[1],
): Promise<void> {
  const stream = openStream();
  request.on('close', stream.close);
  response.writeHead(200, {
    'Content-Type': 'text/event-stream; charset=utf-8',
    'Cache-Control': 'no-store',
    'X-Accel-Buffering': 'no',
  });
  response.flushHeaders();
  for await (const change of changes(stream.signal)) response.write(`data: ${JSON.stringify(change)}\n\n`);
  stream.close();
  response.end();
}
