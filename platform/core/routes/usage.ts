import { Refusal } from '#platform/kernel/errors.ts';
import type { RouteAnswer, RouteRequest } from '#platform/kernel/route.ts';
import { FIELDS_MAX } from '#platform/metadata/cross-check.ts';
import type { AskFilled } from '#platform/metadata/filled.ts';
import type { Core } from '../core.ts';
import { fieldUses } from '../dependants.ts';
import { findObject } from '../state.ts';
import { named, NO_QUERY, param, type CoreRoute } from './route.ts';

/** `/objects/{object}/usage`: how many of its records have a value in each field, and where each field is used. */
export function usageRoute(filled: AskFilled): CoreRoute {
  return {
    method: 'GET',
    path: '/objects/:object/usage',
    summary: 'How filled each field of an object is, and where it is used',
    access: 'administrator',
    query: NO_QUERY,
    answer: named('Usage'),
    handler: (core, request) => usage(core, filled, request),
  };
}

async function usage(core: Core, filled: AskFilled, request: RouteRequest): Promise<RouteAnswer> {
  const state = await core.state();
  const name = param(request, 'object');
  const object = findObject(state, name);
  if (!object) throw new Refusal('not_found', `There is no object "${name.slice(0, 80)}".`);
  const uses = fieldUses(state.objects);
  const report = await filled(object.module, object.name);
  const fields = object.fields.map(({ id, name: field }) => ({
    id,
    name: field,
    filled: report?.filled[id] ?? null,
    usedIn: uses.get(id) ?? [],
  }));
  return {
    status: 200,
    body: {
      rows: report?.rows ?? null,
      isEstimate: report?.isEstimate ?? false,
      fields,
      numbers: report?.numbers ?? null,
      fieldsMost: FIELDS_MAX,
    },
  };
}
