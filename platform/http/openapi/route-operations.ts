import type { Permissions } from '#platform/kernel/permissions.ts';
import type { PublicRoute, Route, RouteDescription } from '#platform/kernel/route.ts';
import { json, problems, ref, type Part } from './shared.ts';

/** A call of a document: where, how, and its description. */
export type Operation = { readonly path: string; readonly method: string; readonly operation: Part };

/** Who may see a route in a document: services' calls nobody, administrators' only administrators. */
export function isSeen(route: Route, permissions: Permissions): boolean {
  if (route.access === 'service') return false;
  return route.access !== 'administrator' || permissions.administrator;
}

/** The description of one of the platform's own routes. `tag` groups it. */
export function describeRoute(
  route: Route | PublicRoute,
  at: { readonly base: string; readonly tag: string; readonly isPublic?: boolean },
): Operation {
  const path = `${at.base}${templateOf(route.path)}`;
  const operation: Part = {
    operationId: operationId(route.method, path),
    tags: [at.tag],
    summary: route.summary ?? `${route.method} ${route.path}`,
    ...(at.isPublic === true ? { security: [] } : {}),
    parameters: [...pathParameters(route), ...queryParameters(route), ...headerParameters(route)],
    ...(route.body ? { requestBody: { required: true, content: json(route.body) } } : {}),
    responses: responsesOf(route),
  };
  return { path, method: route.method.toLowerCase(), operation };
}

/** `/jobs/:id` → `/jobs/{id}`, as the document writes it. */
export function templateOf(path: string): string {
  return path.replaceAll(/:(\w+)/g, '{$1}');
}

/** A name for a call that is the same as long as its address is. */
export function operationId(method: string, path: string): string {
  return `${method.toLowerCase()}_${path
    .replace(/^\/api\//, '')
    .replaceAll(/[^A-Za-z0-9]+/g, '_')
    .replace(/_$/, '')}`;
}

function pathParameters(route: RouteDescription): readonly Part[] {
  const names = [...route.path.matchAll(/:(\w+)/g)].map((found) => found[1] ?? '');
  return names.map((name) => ({ name, in: 'path', required: true, schema: { type: 'string' } }));
}

function queryParameters(route: RouteDescription): readonly Part[] {
  return Object.entries(route.query ?? {}).map(([name, { description, ...schema }]) => ({
    name,
    in: 'query',
    ...(description === undefined ? {} : { description }),
    schema,
  }));
}

const HEADER_PARAMETERS: { readonly [header: string]: string } = {
  'If-Match': 'ifMatch',
  Prefer: 'prefer',
  'Idempotency-Key': 'idempotencyKey',
};

function headerParameters(route: RouteDescription): readonly Part[] {
  return (route.headers ?? []).flatMap((header) => {
    const name = HEADER_PARAMETERS[header];
    return name === undefined ? [] : [ref('parameters', name)];
  });
}

function responsesOf(route: RouteDescription): Part {
  const status = route.status ?? 200;
  const hasETag = route.headers?.includes('If-Match') === true && status !== 204;
  const done: Part = {
    description: status === 204 ? 'Done' : status === 201 ? 'Created' : 'The answer',
    ...(hasETag ? { headers: { ETag: ref('headers', 'ETag'), 'X-Metadata-Version': ref('headers', 'MetadataVersion') } } : {}),
    ...(status === 204 ? {} : { content: json(route.answer ?? {}) }),
  };
  const pending: Part =
    route.headers?.includes('Prefer') === true
      ? { '202': { description: 'Written, not served yet: `"state":"pending"`', content: json(route.answer ?? {}) } }
      : {};
  const wrong = route.method === 'GET' ? problems(403, 404) : problems(403, 404, 409, 412, 413, 415, 422, 428, 429);
  return { [status]: done, ...pending, ...wrong };
}
