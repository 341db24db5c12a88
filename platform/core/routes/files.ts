import { Refusal } from '#platform/kernel/errors.ts';
import { isRecord } from '#platform/kernel/is-record.ts';
import type { RouteAnswer, RouteRequest } from '#platform/kernel/route.ts';
import type { Core } from '../core.ts';
import { exportObjects } from '../files/customised-file.ts';
import { exportLists } from '../files/list-files.ts';
import { planFiles, refuseMoved } from '../files/plan-files.ts';
import { impactOf } from '../files/impact.ts';
import { readFiles } from '../files/read-files.ts';
import { changed, named, NO_QUERY, optionsOf, tag, type CoreRoute } from './route.ts';

const FILES_BYTES_MAX = 16 * 1024 * 1024;
const ADMINISTRATOR = { access: 'administrator', query: NO_QUERY } as const;

/** `/metadata`: what administrators made, as files; what files would change; and applying them, as one. */
export const FILE_ROUTES: readonly CoreRoute[] = [
  {
    ...ADMINISTRATOR,
    method: 'GET',
    path: '/metadata',
    summary: 'The customised metadata as files, for git or another installation',
    answer: named('MetadataFiles'),
    handler: exported,
  },
  {
    ...ADMINISTRATOR,
    method: 'POST',
    path: '/metadata/plan',
    summary: 'What files would add, change and remove, and the rows that stand in the way',
    bodyBytesMax: FILES_BYTES_MAX,
    body: named('FilesToPlan'),
    answer: named('FilesPlan'),
    handler: planned,
  },
  {
    ...ADMINISTRATOR,
    method: 'POST',
    path: '/metadata/apply',
    summary: 'Apply files as one version, if the metadata are still what the plan was made for',
    headers: ['Prefer'],
    bodyBytesMax: FILES_BYTES_MAX,
    body: named('FilesToApply'),
    answer: {
      type: 'object',
      properties: { version: { type: 'integer' }, state: { enum: ['active', 'pending'] }, lines: { type: 'array' } },
    },
    handler: applied,
  },
];

async function exported(core: Core): Promise<RouteAnswer> {
  const state = await core.state();
  const files = [...exportObjects(state), ...exportLists(state.lists)].sort(([left], [right]) => (left < right ? -1 : 1));
  return {
    status: 200,
    headers: { etag: tag(state.version) },
    body: { format: 1, version: state.version, files: Object.fromEntries<unknown>(files) },
  };
}

async function planned(core: Core, request: RouteRequest): Promise<RouteAnswer> {
  const sent = readFiles(request.body);
  const made = await core.planned(request.caller, (state, context) => ({ state, ...planFiles(state, sent, context) }));
  const impact = await impactOf(made, core.fit);
  return { status: 200, body: { version: made.state.version, lines: made.lines, kept: made.kept, ...impact } };
}

async function applied(core: Core, request: RouteRequest): Promise<RouteAnswer> {
  const sent = readFiles(request.body);
  const version = isRecord(request.body) ? request.body['version'] : undefined;
  if (typeof version !== 'number' || !Number.isSafeInteger(version))
    throw new Refusal(
      'malformed_request',
      'Send "version": the number that the plan has. It is refused when the metadata have moved since.',
    );
  const result = await core.applyPlan(
    request.caller,
    (state, context) => {
      refuseMoved(state, version);
      return planFiles(state, sent, context).plan;
    },
    optionsOf(request),
  );
  return changed(result, 200, { state: 'active' });
}
