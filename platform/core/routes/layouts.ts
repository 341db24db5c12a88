import { Refusal } from '#platform/kernel/errors.ts';
import type { RouteAnswer, RouteRequest } from '#platform/kernel/route.ts';
import type { Core } from '../core.ts';
import { layoutVersions, type LayoutVersion } from '../layout-versions.ts';
import { layoutWarnings } from '../layout-warnings.ts';
import { knownObject } from './objects.ts';
import { applyOne, CHANGE_HEADERS, changed, flagOf, named, NO_QUERY, param, tag, type CoreRoute } from './route.ts';

const LAYOUT = { path: '/objects/:object/layouts/:layout', query: NO_QUERY, answer: named('Layout') } as const;

/** `/objects/{object}/layouts`: pages and list columns. The ETag of a layout is that of its object. */
export const LAYOUT_ROUTES: readonly CoreRoute[] = [
  {
    method: 'GET',
    path: '/objects/:object/layouts',
    summary: 'The layouts of an object',
    query: NO_QUERY,
    answer: { type: 'object', properties: { items: { type: 'array', items: named('Layout') } } },
    handler: listLayouts,
  },
  { ...LAYOUT, method: 'GET', summary: 'One layout', handler: getLayout },
  {
    ...LAYOUT,
    method: 'PUT',
    summary: 'Replace a layout; If-Match is required',
    access: 'administrator',
    headers: CHANGE_HEADERS,
    body: named('Layout'),
    handler: putLayout,
  },
  {
    ...LAYOUT,
    method: 'DELETE',
    summary: 'Back to the layout that the object came with, or to one that is generated from its fields',
    access: 'administrator',
    query: { generated: { type: 'boolean', description: 'Generated from the fields, also where the object came with another one.' } },
    headers: CHANGE_HEADERS,
    handler: resetLayout,
  },
  {
    method: 'GET',
    path: '/objects/:object/layouts/:layout/versions',
    summary: 'What a layout was, newest first: who changed it when, and how it stood then',
    access: 'administrator',
    query: NO_QUERY,
    answer: { type: 'object', properties: { items: { type: 'array', items: named('LayoutVersion') } } },
    handler: listVersions,
  },
];

/** So many of the last changes of an object are looked through for those of a layout. */
const VERSIONS_MAX = 200;

async function listLayouts(core: Core, request: RouteRequest): Promise<RouteAnswer> {
  const object = knownObject(await core.state(), request);
  return { status: 200, headers: { etag: tag(object.version) }, body: { items: object.layouts } };
}

async function getLayout(core: Core, request: RouteRequest): Promise<RouteAnswer> {
  const object = knownObject(await core.state(), request);
  const wanted = param(request, 'layout');
  const layout = object.layouts.find((one) => one.name === wanted);
  if (!layout) throw new Refusal('not_found', `${object.label.en} has no layout "${wanted.slice(0, 80)}".`);
  return { status: 200, headers: { etag: tag(object.version) }, body: layout };
}

async function putLayout(core: Core, request: RouteRequest): Promise<RouteAnswer> {
  if (request.headers['if-match'] === undefined)
    throw new Refusal('version_required', "Send the ETag of the layout you changed as If-Match, so that nobody else's change is lost.");
  const [object, layout] = [param(request, 'object'), param(request, 'layout')];
  const applied = await applyOne(core, request, { kind: 'setLayout', object, layout, value: request.body }, object);
  const [after] = applied.objects;
  const put = after?.layouts.find((one) => one.name === layout);
  const warnings = after && put ? layoutWarnings(after, put).map((one) => one[request.caller.language] ?? one.en) : [];
  return changed(applied, 200, { ...put, ...(warnings.length > 0 ? { warnings } : {}) });
}

async function resetLayout(core: Core, request: RouteRequest): Promise<RouteAnswer> {
  const [object, layout] = [param(request, 'object'), param(request, 'layout')];
  const kind = flagOf(request, 'generated') ? 'generateLayout' : 'resetLayout';
  const applied = await applyOne(core, request, { kind, object, layout }, object);
  return changed(applied, 200, { ...applied.objects[0]?.layouts.find((one) => one.name === layout) });
}

async function listVersions(core: Core, request: RouteRequest): Promise<RouteAnswer> {
  const state = await core.state();
  const { id } = knownObject(state, request);
  const object = state.byId.get(id);
  const name = param(request, 'layout');
  if (!object) throw new Refusal('not_found', 'There is no such object.');
  const entries = await core.log({ changing: id, limit: VERSIONS_MAX });
  const versions = layoutVersions(object, { name, all: state.objects, rows: entries.map((entry) => entry.row) });
  if (versions.length === 0) throw new Refusal('not_found', `${object.label.en} has no layout "${name.slice(0, 80)}".`);
  return { status: 200, body: { items: versions.map((version) => versionItem(version, request)) } };
}

function versionItem({ row, layout }: LayoutVersion, { caller }: RouteRequest): { readonly [key: string]: unknown } {
  if (!row) return { version: null, layout };
  const { version, at, actor, actorName, summary } = row;
  return { version, at, by: actor, byName: actorName, summary: summary[caller.language] ?? summary.en, summaries: summary, layout };
}
