import { Refusal } from '#platform/kernel/errors.ts';
import { isRecord } from '#platform/kernel/is-record.ts';
import type { RouteAnswer, RouteRequest } from '#platform/kernel/route.ts';
import type { Readiness } from '#platform/http/readiness.ts';
import type { Core } from '../core.ts';
import { named, NO_QUERY, numberOf, param, type CoreRoute } from './route.ts';

/** What a service says of itself now; null when it does not answer. */
export type Reach = (module: string) => Promise<Readiness | null>;

/** `/schema/{module}` and `/services`: what services pull, what they report, and how they are. */
export function serviceRoutes(reach: Reach): readonly CoreRoute[] {
  return [
    {
      method: 'GET',
      path: '/schema/:module',
      summary: 'The effective metadata of a service; 304 when nothing of it is new',
      access: 'service',
      query: { since: { type: 'integer', minimum: 0 } },
      handler: schemaOf,
    },
    {
      method: 'POST',
      path: '/services/:module/applied',
      summary: 'A service says which version it serves',
      access: 'service',
      query: NO_QUERY,
      status: 204,
      handler: reportApplied,
    },
    {
      method: 'POST',
      path: '/services/:module/carried-over',
      summary: 'A service says that the values of a field are all in its new column',
      access: 'service',
      query: NO_QUERY,
      status: 204,
      handler: carriedOver,
    },
    {
      method: 'GET',
      path: '/services',
      summary: 'Each service: reachable, version applied, lag, last error',
      access: 'administrator',
      query: NO_QUERY,
      answer: { type: 'object', properties: { items: { type: 'array', items: named('ServiceState') }, version: { type: 'integer' } } },
      handler: (core) => listServices(core, reach),
    },
  ];
}

async function schemaOf(core: Core, request: RouteRequest): Promise<RouteAnswer> {
  const { version, schema } = await core.schema(knownModule(core, request), numberOf(request, 'since', Number.MAX_SAFE_INTEGER));
  const headers = { 'x-metadata-version': String(version) };
  return schema ? { status: 200, headers, body: schema } : { status: 304, headers };
}

async function reportApplied(core: Core, request: RouteRequest): Promise<RouteAnswer> {
  const module = knownModule(core, request);
  if (request.caller.actor !== `service:${module}`) throw new Refusal('not_allowed', `Only ${module} says what it serves.`);
  const { version, error } = isRecord(request.body) ? request.body : {};
  if (typeof version !== 'number' || !Number.isSafeInteger(version) || version < 0)
    throw new Refusal('malformed_request', 'Send {"version": n}, with "error" when it could not be applied.');
  await core.services.report(module, version, typeof error === 'string' ? error : undefined);
  return { status: 204 };
}

async function carriedOver(core: Core, request: RouteRequest): Promise<RouteAnswer> {
  const module = knownModule(core, request);
  if (request.caller.actor !== `service:${module}`) throw new Refusal('not_allowed', `Only ${module} says what is carried over there.`);
  const { object, field, job } = isRecord(request.body) ? request.body : {};
  if (typeof object !== 'string' || typeof field !== 'string' || typeof job !== 'string')
    throw new Refusal('malformed_request', 'Send {"object", "field", "job"}.');
  await core.changeOver({ object, field, job });
  return { status: 204 };
}

async function listServices(core: Core, reach: Reach): Promise<RouteAnswer> {
  const state = await core.state();
  const reports = new Map((await core.services.list()).map((one) => [one.module, one]));
  const items = core.modules.map(async (module) => {
    const report = reports.get(module);
    const version = report?.version ?? 0;
    const readiness = await reach(module);
    return {
      module,
      reachable: readiness !== null,
      ready: readiness?.ready ?? false,
      checks: readiness?.checks ?? [],
      version,
      lag: Math.max(0, (state.touched.get(module) ?? 0) - version),
      error: report?.error ?? null,
      reportedAt: report?.at ?? null,
    };
  });
  return { status: 200, body: { items: await Promise.all(items), version: state.version } };
}

function knownModule(core: Core, request: RouteRequest): string {
  const module = param(request, 'module');
  if (!core.modules.includes(module)) throw new Refusal('not_found', `There is no module "${module.slice(0, 60)}".`);
  return module;
}
