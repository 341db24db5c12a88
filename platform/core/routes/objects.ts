import type { Caller } from '#platform/kernel/caller.ts';
import { Refusal } from '#platform/kernel/errors.ts';
import type { ObjectDefinition } from '#platform/kernel/model.ts';
import { permissionsOf } from '#platform/kernel/permissions.ts';
import type { RouteAnswer, RouteRequest } from '#platform/kernel/route.ts';
import type { Core } from '../core.ts';
import { findObject, type CoreState } from '../state.ts';
import { visibleObject, type VisibleObject } from '../visible.ts';
import { applyOne, CHANGE_HEADERS, changed, flagOf, named, NO_QUERY, param, PERMANENT, tag, type CoreRoute } from './route.ts';

const AS = {
  as: { type: 'string', description: 'As people of this role would have it, by name; for administrators, who look through their eyes.' },
} as const;
const RETIRED = { retired: { type: 'boolean', description: 'With what is retired; for administrators.' } } as const;
const ADMINISTRATOR = { access: 'administrator', query: NO_QUERY, headers: CHANGE_HEADERS, answer: named('ObjectDefinition') } as const;

/** `/objects`: the object manager's list and definitions. */
export const OBJECT_ROUTES: readonly CoreRoute[] = [
  {
    method: 'GET',
    path: '/objects',
    summary: 'The objects that the caller may see, with their fields',
    query: { ...RETIRED, ...AS, module: { type: 'string' } },
    answer: { type: 'object', properties: { items: { type: 'array', items: named('ObjectDefinition') }, version: { type: 'integer' } } },
    handler: listObjects,
  },
  {
    ...ADMINISTRATOR,
    method: 'POST',
    path: '/objects',
    summary: 'Define an object',
    status: 201,
    body: named('ObjectSettings'),
    handler: defineObject,
  },
  {
    method: 'GET',
    path: '/objects/:object',
    summary: 'One object',
    query: { ...RETIRED, ...AS },
    answer: named('ObjectDefinition'),
    handler: getObject,
  },
  {
    ...ADMINISTRATOR,
    method: 'PATCH',
    path: '/objects/:object',
    summary: 'Change an object',
    body: named('ObjectSettings'),
    handler: changeObject,
  },
  {
    ...ADMINISTRATOR,
    method: 'DELETE',
    path: '/objects/:object',
    summary: 'Retire an object, or drop it',
    query: PERMANENT,
    handler: removeObject,
  },
  {
    ...ADMINISTRATOR,
    method: 'POST',
    path: '/objects/:object/restore',
    summary: 'Bring a retired object back',
    handler: restoreObject,
  },
  {
    ...ADMINISTRATOR,
    method: 'PUT',
    path: '/objects/:object/access/:role',
    summary: 'What a role may do with an object',
    body: named('Grant'),
    answer: { type: 'object', properties: { access: { type: 'object', additionalProperties: named('Grant') } } },
    handler: grant,
  },
];

async function listObjects(core: Core, request: RouteRequest): Promise<RouteAnswer> {
  const state = await core.state();
  const { module } = request.query;
  const shown = state.objects.filter((object) => module === undefined || object.module === module);
  const items = shown.flatMap((object) => visible(object, state, request) ?? []);
  return { status: 200, headers: { 'x-metadata-version': String(state.version) }, body: { items, version: state.version } };
}

async function defineObject(core: Core, request: RouteRequest): Promise<RouteAnswer> {
  const applied = await applyOne(core, request, { kind: 'addObject', object: request.body });
  const object = applied.objects[0];
  const answer = changed(applied, 201, { ...(await shownNow(core, object, request)) });
  return { ...answer, headers: { ...answer.headers, location: `/api/platform/objects/${object?.name}` } };
}

async function getObject(core: Core, request: RouteRequest): Promise<RouteAnswer> {
  const state = await core.state();
  const object = knownObject(state, request);
  return { status: 200, headers: { etag: tag(object.version), 'x-metadata-version': String(state.version) }, body: object };
}

async function changeObject(core: Core, request: RouteRequest): Promise<RouteAnswer> {
  const object = param(request, 'object');
  const applied = await applyOne(core, request, { kind: 'changeObject', object, set: request.body }, object);
  return changed(applied, 200, { ...(await shownNow(core, applied.objects[0], request)) });
}

async function removeObject(core: Core, request: RouteRequest): Promise<RouteAnswer> {
  const object = param(request, 'object');
  const kind = flagOf(request, 'permanent') ? 'dropObject' : 'retireObject';
  const applied = await applyOne(core, request, { kind, object }, object);
  return changed(applied, 200, kind === 'dropObject' ? { name: object, state: 'dropped' } : { ...applied.objects[0] });
}

async function restoreObject(core: Core, request: RouteRequest): Promise<RouteAnswer> {
  const object = param(request, 'object');
  const applied = await applyOne(core, request, { kind: 'restoreObject', object }, object);
  return changed(applied, 200, { ...(await shownNow(core, applied.objects[0], request)) });
}

async function grant(core: Core, request: RouteRequest): Promise<RouteAnswer> {
  const [object, role] = [param(request, 'object'), param(request, 'role')];
  const applied = await applyOne(core, request, { kind: 'setAccess', object, role, grant: request.body }, object);
  return changed(applied, 200, { access: applied.objects[0]?.access });
}

/** The object that the path names, as the caller may know it; what they may not know is not found. */
export function knownObject(state: CoreState, request: RouteRequest): VisibleObject {
  const name = param(request, 'object');
  const object = findObject(state, name);
  const shown = object && visible(object, state, request);
  if (!shown) throw new Refusal('not_found', `There is no object "${name.slice(0, 80)}".`);
  return shown;
}

function visible(object: ObjectDefinition, state: CoreState, request: RouteRequest): VisibleObject | null {
  return visibleObject(object, { caller: seenBy(request), state, retired: flagOf(request, 'retired') });
}

/** The caller, or for an administrator who asks, somebody of the role that they name. */
function seenBy({ caller, query }: RouteRequest): Caller {
  const { as: role } = query;
  if (role === undefined) return caller;
  if (!caller.permissions.administrator) throw new Refusal('not_allowed', 'Only administrators look through the eyes of a role.');
  if (typeof role !== 'string') throw new Refusal('malformed_request', '"as" is the name of one role.');
  return { ...caller, roles: [role], permissions: permissionsOf([role]) };
}

async function shownNow(core: Core, object: ObjectDefinition | undefined, request: RouteRequest): Promise<VisibleObject | null> {
  return object ? visibleObject(object, { caller: request.caller, state: await core.state(), retired: true }) : null;
}
