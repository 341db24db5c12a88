import { Refusal } from '#platform/kernel/errors.ts';
import { isRecord } from '#platform/kernel/is-record.ts';
import type { ObjectDefinition, ViewDefinition } from '#platform/kernel/model.ts';
import type { RouteAnswer, RouteRequest } from '#platform/kernel/route.ts';
import { refuseProblems } from '#platform/metadata/definition-errors.ts';
import { readView } from '#platform/metadata/view.ts';
import type { Change } from '../change.ts';
import type { Core } from '../core.ts';
import { allPrivateViews, privateViews, removePrivateView, savePrivateView } from '../private-views.ts';
import type { CoreState } from '../state.ts';
import { visibleObject } from '../visible.ts';
import { knownObject } from './objects.ts';
import { applyOne, CHANGE_HEADERS, changed, named, NO_QUERY, optionsOf, param, type CoreRoute } from './route.ts';

const VIEW = { query: NO_QUERY, answer: named('View') } as const;

const ITEMS = { type: 'object', properties: { items: { type: 'array', items: named('View') } } } as const;

/** `/objects/{object}/views`: shared views are metadata and an administrator's; private ones are everybody's own. */
export const VIEW_ROUTES: readonly CoreRoute[] = [
  {
    method: 'GET',
    path: '/objects/:object/views',
    summary: 'The saved list views that the caller has',
    query: NO_QUERY,
    answer: ITEMS,
    handler: listViews,
  },
  {
    method: 'GET',
    path: '/views',
    summary: 'The private views of the caller, of every object',
    query: NO_QUERY,
    answer: ITEMS,
    handler: listMine,
  },
  {
    method: 'GET',
    path: '/objects/:object/views/of/:owner',
    summary: 'The private views of somebody who asks a service for records by one of them',
    access: 'service',
    query: NO_QUERY,
    answer: ITEMS,
    handler: async (core, request) => ({
      status: 200,
      body: { items: await privateViews(core.store.database, param(request, 'object'), param(request, 'owner')) },
    }),
  },
  {
    ...VIEW,
    method: 'POST',
    path: '/objects/:object/views',
    summary: 'Save a view; private unless `visibility` says for whom else',
    headers: ['Prefer'],
    status: 201,
    body: named('View'),
    handler: saveView,
  },
  {
    ...VIEW,
    method: 'PATCH',
    path: '/objects/:object/views/:view',
    summary: 'Change a view',
    headers: ['Prefer'],
    body: named('View'),
    handler: changeView,
  },
  {
    method: 'DELETE',
    path: '/objects/:object/views/:view',
    summary: 'Remove a view',
    query: NO_QUERY,
    headers: CHANGE_HEADERS,
    status: 204,
    handler: removeView,
  },
];

async function listViews(core: Core, request: RouteRequest): Promise<RouteAnswer> {
  const state = await core.state();
  const object = knownObject(state, request);
  return { status: 200, body: { items: [...object.views, ...(await mine(core, request, object.id))] } };
}

/** With the name of their object; those of objects that the caller does not know any more are left out. */
async function listMine(core: Core, request: RouteRequest): Promise<RouteAnswer> {
  const { caller } = request;
  const state = await core.state();
  const all = caller.userId === undefined ? [] : await allPrivateViews(core.store.database, caller.userId);
  const items = all.flatMap(({ object: id, view }) => {
    const object = state.byId.get(id);
    return object?.state === 'active' && visibleObject(object, { caller, state }) ? [{ ...view, object: object.name }] : [];
  });
  return { status: 200, body: { items } };
}

async function saveView(core: Core, request: RouteRequest): Promise<RouteAnswer> {
  const { state, object } = await viewedObject(core, request);
  if (!isShared(request.body)) return { status: 201, body: await savePrivate(core, request, { object, state }) };
  const name = isRecord(request.body) ? request.body['name'] : undefined;
  if (typeof name === 'string' && object.views.some((view) => view.name === name))
    throw new Refusal('duplicate', `There is a view "${name}" already.`);
  return applyView(core, request, { change: { kind: 'setView', object: object.id, view: request.body }, status: 201 });
}

async function changeView(core: Core, request: RouteRequest): Promise<RouteAnswer> {
  const { state, object } = await viewedObject(core, request);
  const own = (await mine(core, request, object.id)).find((view) => view.id === param(request, 'view'));
  if (own) return { status: 200, body: await savePrivate(core, request, { object, state, before: own }) };
  const shared = sharedView(object, request);
  const view = { ...(isRecord(request.body) ? request.body : {}), id: shared.id };
  return applyView(core, request, { change: { kind: 'setView', object: object.id, view }, status: 200 });
}

async function removeView(core: Core, request: RouteRequest): Promise<RouteAnswer> {
  const { object } = await viewedObject(core, request);
  const { userId } = request.caller;
  if (userId !== undefined && (await removePrivateView(core.store.database, userId, param(request, 'view')))) return { status: 204 };
  const view = sharedView(object, request);
  const applied = await applyOne(core, request, { kind: 'removeView', object: object.id, view: view.id }, object.id);
  return applied.served.state === 'active' ? { status: 204 } : changed(applied, 202, {});
}

async function mine(core: Core, request: RouteRequest, object: string): Promise<readonly ViewDefinition[]> {
  const { userId } = request.caller;
  return userId === undefined ? [] : privateViews(core.store.database, object, userId);
}

/** The whole object, for a caller who may know of it. */
async function viewedObject(core: Core, request: RouteRequest): Promise<{ readonly state: CoreState; readonly object: ObjectDefinition }> {
  const state = await core.state();
  const { id, name } = knownObject(state, request);
  const object = state.byId.get(id);
  if (!object) throw new Refusal('not_found', `There is no object "${name}".`);
  return { state, object };
}

function sharedView(object: ObjectDefinition, request: RouteRequest): ViewDefinition {
  const id = param(request, 'view');
  const view = object.views.find((one) => one.id === id || one.name === id);
  if (!view) throw new Refusal('not_found', `${object.label.en} has no view "${id.slice(0, 80)}".`);
  return view;
}

/** A view is its owner's unless it says for whom else. */
function isShared(body: unknown): boolean {
  const visibility = isRecord(body) ? body['visibility'] : undefined;
  return isRecord(visibility) && visibility['kind'] !== 'user';
}

type Saving = { readonly object: ObjectDefinition; readonly state: CoreState; readonly before?: ViewDefinition };

/** A private view may name only what its owner may read. */
async function savePrivate(core: Core, request: RouteRequest, { object, state, before }: Saving): Promise<ViewDefinition> {
  const { caller } = request;
  if (caller.userId === undefined) throw new Refusal('conflict', 'A private view belongs to a person; sign in as one.');
  const find = (name: string) => {
    const other = state.objects.find((one) => one.name === name && one.state === 'active');
    return (other && visibleObject(other, { caller, state })) ?? undefined;
  };
  const shown = find(object.name);
  if (!shown) throw new Refusal('not_found', 'There is no such object.');
  const { visibility: _visibility, id: _id, ...content } = isRecord(request.body) ? request.body : {};
  const { view, problems } = readView(content, {
    object: shown,
    find,
    language: caller.language,
    ...(before ? { before } : {}),
  });
  refuseProblems(problems);
  if (!view) throw new Error('A view without problems is there');
  return savePrivateView(core.store.database, object.id, caller.userId, view);
}

async function applyView(
  core: Core,
  request: RouteRequest,
  asked: { change: Change & { object: unknown }; status: number },
): Promise<RouteAnswer> {
  const applied = await core.applyChanges(request.caller, [{ change: asked.change, pointer: '' }], optionsOf(request));
  const view = applied.objects[0]?.views;
  const given = asked.change.kind === 'setView' && isRecord(asked.change.view) ? asked.change.view : {};
  const saved = view?.find((one) => one.id === given['id']) ?? view?.find((one) => one.name === given['name']);
  return changed(applied, asked.status, { ...saved });
}
