import { Refusal } from '#platform/kernel/errors.ts';
import { isRecord } from '#platform/kernel/is-record.ts';
import type { Core } from '../core.ts';
import { numberOf, onlyKnown, param, type CoreRequest, type CoreRoute } from './route.ts';

/** Whether a service answers now. */
export type Reach = (module: string) => Promise<boolean>;

/** `/schema/{module}` and `/services`: what services pull, what they report, and how they are. */
export function serviceRoutes(core: Core, reach: Reach): readonly CoreRoute[] {
  return [
    {
      method: 'GET',
      path: '/schema/:module',
      access: 'service',
      handle: async (request) => {
        onlyKnown(request, ['since']);
        const { version, schema } = await core.schema(knownModule(core, request), numberOf(request, 'since', Number.MAX_SAFE_INTEGER));
        const headers = { 'x-metadata-version': String(version) };
        return schema ? { status: 200, headers, body: schema } : { status: 304, headers };
      },
    },
    {
      method: 'POST',
      path: '/services/:module/applied',
      access: 'service',
      handle: async (request) => {
        onlyKnown(request, []);
        const module = knownModule(core, request);
        if (request.caller.actor !== `service:${module}`) throw new Refusal('not_allowed', `Only ${module} says what it serves.`);
        const version = isRecord(request.body) ? request.body['version'] : undefined;
        const error = isRecord(request.body) ? request.body['error'] : undefined;
        if (typeof version !== 'number' || !Number.isSafeInteger(version) || version < 0)
          throw new Refusal('malformed_request', 'Send {"version": n}, with "error" when it could not be applied.');
        await core.services.report(module, version, typeof error === 'string' ? error : undefined);
        return { status: 204 };
      },
    },
    {
      method: 'GET',
      path: '/services',
      access: 'administrator',
      handle: async (request) => {
        onlyKnown(request, []);
        const state = await core.state();
        const reports = new Map((await core.services.list()).map((one) => [one.module, one]));
        const items = core.modules.map(async (module) => {
          const report = reports.get(module);
          const wanted = state.touched.get(module) ?? 0;
          const version = report?.version ?? 0;
          return {
            module,
            reachable: await reach(module),
            version,
            lag: Math.max(0, wanted - version),
            error: report?.error ?? null,
            reportedAt: report?.at ?? null,
          };
        });
        return { status: 200, body: { items: await Promise.all(items), version: state.version } };
      },
    },
  ];
}

function knownModule(core: Core, request: CoreRequest): string {
  const module = param(request, 'module');
  if (!core.modules.includes(module)) throw new Refusal('not_found', `There is no module "${module.slice(0, 60)}".`);
  return module;
}
