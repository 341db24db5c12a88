import { Refusal } from '#platform/kernel/errors.ts';
import type { FieldDefinition } from '#platform/kernel/model.ts';
import type { RouteAnswer, RouteRequest } from '#platform/kernel/route.ts';
import type { Applied, Core } from '../core.ts';
import { findObject, type CoreState } from '../state.ts';
import { applyOne, CHANGE_HEADERS, changed, flagOf, named, NO_QUERY, param, PERMANENT, type CoreRoute } from './route.ts';

const ADMINISTRATOR = { access: 'administrator', query: NO_QUERY, headers: CHANGE_HEADERS, answer: named('FieldDefinition') } as const;

/** `/objects/{object}/fields`: new field, change, rename, retype, retire, restore, drop. */
export const FIELD_ROUTES: readonly CoreRoute[] = [
  {
    ...ADMINISTRATOR,
    method: 'POST',
    path: '/objects/:object/fields',
    summary: 'Add a field; 201 once the owning service serves it',
    status: 201,
    body: named('FieldSettings'),
    handler: addField,
  },
  {
    ...ADMINISTRATOR,
    method: 'PATCH',
    path: '/objects/:object/fields/:field',
    summary: 'Change, rename or retype a field',
    body: named('FieldSettings'),
    handler: changeField,
  },
  {
    ...ADMINISTRATOR,
    method: 'DELETE',
    path: '/objects/:object/fields/:field',
    summary: 'Retire a field, or drop it',
    query: PERMANENT,
    handler: removeField,
  },
  {
    ...ADMINISTRATOR,
    method: 'POST',
    path: '/objects/:object/fields/:field/restore',
    summary: 'Bring a retired field back',
    handler: restoreField,
  },
];

async function addField(core: Core, request: RouteRequest): Promise<RouteAnswer> {
  const object = param(request, 'object');
  const applied = await applyOne(core, request, { kind: 'addField', object, field: request.body }, object);
  const field = addedField(applied);
  const answer = changed(applied, 201, { ...field });
  const location = `/api/platform/objects/${applied.objects[0]?.name}/fields/${field?.name}`;
  return { ...answer, headers: { ...answer.headers, location } };
}

async function changeField(core: Core, request: RouteRequest): Promise<RouteAnswer> {
  const before = namedField(await core.state(), request);
  const applied = await applyOne(core, request, { kind: 'changeField', ...before.named, set: request.body }, before.named.object);
  const field = now(applied, before.id);
  const answer = changed(applied, 200, { ...field });
  // Its values are still being carried over: the job says how far it is.
  return field?.retype ? { ...answer, status: 202, body: { ...field, version: applied.version, state: 'pending' } } : answer;
}

async function removeField(core: Core, request: RouteRequest): Promise<RouteAnswer> {
  const before = namedField(await core.state(), request);
  const kind = flagOf(request, 'permanent') ? 'dropField' : 'retireField';
  const applied = await applyOne(core, request, { kind, ...before.named }, before.named.object);
  return changed(applied, 200, kind === 'dropField' ? { id: before.id, state: 'dropped' } : { ...now(applied, before.id) });
}

async function restoreField(core: Core, request: RouteRequest): Promise<RouteAnswer> {
  const at = { object: param(request, 'object'), field: param(request, 'field') };
  const applied = await applyOne(core, request, { kind: 'restoreField', ...at }, at.object);
  const restored = applied.objects[0]?.fields.find(
    (field) => field.id === at.field || (field.name === at.field && field.state !== 'retired'),
  );
  return changed(applied, 200, { ...restored });
}

/** The field that this version added: the last one of its object, since new fields go to the end. */
function addedField(applied: Applied): FieldDefinition | undefined {
  const added = applied.facts.find((fact) => fact.type === 'FieldAdded');
  const name = added && 'field' in added ? added.field : undefined;
  return applied.objects[0]?.fields.findLast((field) => field.name === name);
}

function now(applied: Applied, id: string): FieldDefinition | undefined {
  return applied.objects[0]?.fields.find((field) => field.id === id);
}

/** The field of the path by its id, so that a rename under way does not lose it. A retired one is found when no other has the name. */
function namedField(state: CoreState, request: RouteRequest): { id: string; named: { object: string; field: string } } {
  const [object, field] = [param(request, 'object'), param(request, 'field')];
  const found = findObject(state, object);
  if (!found) throw new Refusal('not_found', `There is no object "${object.slice(0, 80)}".`);
  const by = (matches: (one: FieldDefinition) => boolean) =>
    found.fields.find((one) => one.state !== 'retired' && matches(one)) ?? found.fields.findLast(matches);
  const one = by((each) => each.id === field) ?? by((each) => each.name === field) ?? by((each) => each.aliases?.includes(field) === true);
  if (!one) throw new Refusal('not_found', `${found.label.en} has no field "${field.slice(0, 80)}".`);
  return { id: one.id, named: { object: found.id, field: one.id } };
}
