import { Refusal } from '#platform/kernel/errors.ts';
import { isRecord } from '#platform/kernel/is-record.ts';
import type { ObjectDefinition, ViewDefinition } from '#platform/kernel/model.ts';
import { refuseProblems } from '#platform/metadata/definition-errors.ts';
import { readView } from '#platform/metadata/view.ts';
import type { Change } from '../change.ts';
import type { Core } from '../core.ts';
import { privateViews, removePrivateView, savePrivateView } from '../private-views.ts';
import { findObject, type CoreState } from '../state.ts';
import { visibleObject } from '../visible.ts';
import { knownObject } from './objects.ts';
import { changed, onlyKnown, optionsOf, param, type CoreAnswer, type CoreRequest, type CoreRoute } from './route.ts';

/** `/objects/{object}/views`: shared views are metadata and an administrator's; private ones are everybody's own. */
export function viewRoutes(core: Core): readonly CoreRoute[] {
  const { database } = core.store;
  const mine = (request: CoreRequest, object: ObjectDefinition) =>
    request.caller.userId === undefined ? Promise.resolve([]) : privateViews(database, object.id, request.caller.userId);
  return [
    {
      method: 'GET',
      path: '/objects/:object/views',
      access: 'session',
      handle: async (request) => {
        onlyKnown(request, []);
        const state = await core.state();
        const object = knownObject(state, request);
        return { status: 200, body: { items: [...object.views, ...(await mine(request, named(state, request)))] } };
      },
    },
    {
      method: 'POST',
      path: '/objects/:object/views',
      access: 'session',
      handle: async (request) => {
        onlyKnown(request, []);
        const state = await core.state();
        knownObject(state, request);
        const object = named(state, request);
        if (!isShared(request.body)) return { status: 201, body: await savePrivate(core, request, { object, state }) };
        if (isRecord(request.body) && object.views.some((view) => isRecord(request.body) && view.name === request.body['name']))
          throw new Refusal('duplicate', `There is a view "${String(request.body['name'])}" already.`);
        return applyView(core, request, {
          change: { kind: 'setView', object: object.id, view: request.body },
          status: 201,
        });
      },
    },
    {
      method: 'PATCH',
      path: '/objects/:object/views/:view',
      access: 'session',
      handle: async (request) => {
        onlyKnown(request, []);
        const state = await core.state();
        knownObject(state, request);
        const object = named(state, request);
        const own = (await mine(request, object)).find((view) => view.id === param(request, 'view'));
        if (own) return { status: 200, body: await savePrivate(core, request, { object, state, before: own }) };
        const shared = sharedView(object, request);
        const view = { ...(isRecord(request.body) ? request.body : {}), id: shared.id };
        return applyView(core, request, { change: { kind: 'setView', object: object.id, view }, status: 200 });
      },
    },
    {
      method: 'DELETE',
      path: '/objects/:object/views/:view',
      access: 'session',
      handle: async (request) => {
        onlyKnown(request, []);
        const state = await core.state();
        knownObject(state, request);
        const object = named(state, request);
        const { userId } = request.caller;
        if (userId !== undefined && (await removePrivateView(database, userId, param(request, 'view')))) return { status: 204 };
        const view = sharedView(object, request);
        const applied = await core.applyChanges(
          request.caller,
          [{ change: { kind: 'removeView', object: object.id, view: view.id }, pointer: '' }],
          optionsOf(request, object.id),
        );
        return applied.served.state === 'active' ? { status: 204 } : changed(applied, 202, {});
      },
    },
  ];
}

function named(state: CoreState, request: CoreRequest): ObjectDefinition {
  const object = findObject(state, param(request, 'object'));
  if (!object) throw new Refusal('not_found', `There is no object "${param(request, 'object').slice(0, 80)}".`);
  return object;
}

function sharedView(object: ObjectDefinition, request: CoreRequest): ViewDefinition {
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
async function savePrivate(core: Core, request: CoreRequest, { object, state, before }: Saving): Promise<ViewDefinition> {
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
  request: CoreRequest,
  asked: { change: Change & { object: unknown }; status: number },
): Promise<CoreAnswer> {
  const applied = await core.applyChanges(request.caller, [{ change: asked.change, pointer: '' }], optionsOf(request));
  const view = applied.objects[0]?.views;
  const given = asked.change.kind === 'setView' && isRecord(asked.change.view) ? asked.change.view : {};
  const saved = view?.find((one) => one.id === given['id']) ?? view?.find((one) => one.name === given['name']);
  return changed(applied, asked.status, { ...saved });
}
