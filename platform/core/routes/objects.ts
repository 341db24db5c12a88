import { Refusal } from '#platform/kernel/errors.ts';
import type { ObjectDefinition } from '#platform/kernel/model.ts';
import type { Core } from '../core.ts';
import { findObject, type CoreState } from '../state.ts';
import { visibleObject, type VisibleObject } from '../visible.ts';
import { changed, flagOf, onlyKnown, optionsOf, param, tag, type CoreRequest, type CoreRoute } from './route.ts';

/** `/objects`: the object manager's list and definitions. */
export function objectRoutes(core: Core): readonly CoreRoute[] {
  return [
    {
      method: 'GET',
      path: '/objects',
      access: 'session',
      handle: async (request) => {
        onlyKnown(request, ['retired', 'module']);
        const state = await core.state();
        const shown = state.objects.filter((object) => request.query['module'] === undefined || object.module === request.query['module']);
        const items = shown.flatMap((object) => visible(object, state, request) ?? []);
        return {
          status: 200,
          headers: { 'x-metadata-version': String(state.version) },
          body: { items, version: state.version },
        };
      },
    },
    {
      method: 'POST',
      path: '/objects',
      access: 'administrator',
      handle: async (request) => {
        onlyKnown(request, []);
        const applied = await core.applyChanges(
          request.caller,
          [{ change: { kind: 'addObject', object: request.body }, pointer: '' }],
          optionsOf(request),
        );
        const answer = changed(applied, 201, { ...(await shownNow(core, applied.objects[0], request)) });
        return {
          ...answer,
          headers: { ...answer.headers, location: `/api/platform/objects/${applied.objects[0]?.name}` },
        };
      },
    },
    {
      method: 'GET',
      path: '/objects/:object',
      access: 'session',
      handle: async (request) => {
        onlyKnown(request, ['retired']);
        const state = await core.state();
        const object = knownObject(state, request);
        const headers = { etag: tag(object.version), 'x-metadata-version': String(state.version) };
        return { status: 200, headers, body: object };
      },
    },
    {
      method: 'PATCH',
      path: '/objects/:object',
      access: 'administrator',
      handle: async (request) => {
        onlyKnown(request, []);
        const object = param(request, 'object');
        const applied = await core.applyChanges(
          request.caller,
          [{ change: { kind: 'changeObject', object, set: request.body }, pointer: '' }],
          optionsOf(request, object),
        );
        return changed(applied, 200, { ...(await shownNow(core, applied.objects[0], request)) });
      },
    },
    {
      method: 'DELETE',
      path: '/objects/:object',
      access: 'administrator',
      handle: async (request) => {
        onlyKnown(request, ['permanent']);
        const object = param(request, 'object');
        const kind = flagOf(request, 'permanent') ? 'dropObject' : 'retireObject';
        const applied = await core.applyChanges(request.caller, [{ change: { kind, object }, pointer: '' }], optionsOf(request, object));
        return changed(applied, 200, kind === 'dropObject' ? { name: object, state: 'dropped' } : { ...applied.objects[0] });
      },
    },
    {
      method: 'POST',
      path: '/objects/:object/restore',
      access: 'administrator',
      handle: async (request) => {
        onlyKnown(request, []);
        const object = param(request, 'object');
        const applied = await core.applyChanges(
          request.caller,
          [{ change: { kind: 'restoreObject', object }, pointer: '' }],
          optionsOf(request, object),
        );
        return changed(applied, 200, { ...(await shownNow(core, applied.objects[0], request)) });
      },
    },
    {
      method: 'PUT',
      path: '/objects/:object/access/:role',
      access: 'administrator',
      handle: async (request) => {
        onlyKnown(request, []);
        const object = param(request, 'object');
        const applied = await core.applyChanges(
          request.caller,
          [{ change: { kind: 'setAccess', object, role: param(request, 'role'), grant: request.body }, pointer: '' }],
          optionsOf(request, object),
        );
        return changed(applied, 200, { access: applied.objects[0]?.access });
      },
    },
  ];
}

/** The object that the path names, as the caller may know it; what they may not know is not found. */
export function knownObject(state: CoreState, request: CoreRequest): VisibleObject {
  const named = param(request, 'object');
  const object = findObject(state, named);
  const shown = object && visible(object, state, request);
  if (!shown) throw new Refusal('not_found', `There is no object "${named.slice(0, 80)}".`);
  return shown;
}

function visible(object: ObjectDefinition, state: CoreState, request: CoreRequest): VisibleObject | null {
  return visibleObject(object, { caller: request.caller, state, retired: flagOf(request, 'retired') });
}

async function shownNow(core: Core, object: ObjectDefinition | undefined, request: CoreRequest): Promise<VisibleObject | null> {
  return object ? visibleObject(object, { caller: request.caller, state: await core.state(), retired: true }) : null;
}
