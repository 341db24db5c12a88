import { Refusal } from '#platform/kernel/errors.ts';
import type { FieldDefinition } from '#platform/kernel/model.ts';
import type { Applied, Core } from '../core.ts';
import { findObject, type CoreState } from '../state.ts';
import { changed, flagOf, onlyKnown, optionsOf, param, type CoreRequest, type CoreRoute } from './route.ts';

/** `/objects/{object}/fields`: new field, change, rename, retype, retire, restore, drop. */
export function fieldRoutes(core: Core): readonly CoreRoute[] {
  return [
    {
      method: 'POST',
      path: '/objects/:object/fields',
      access: 'administrator',
      handle: async (request) => {
        onlyKnown(request, []);
        const object = param(request, 'object');
        const applied = await core.applyChanges(
          request.caller,
          [{ change: { kind: 'addField', object, field: request.body }, pointer: '' }],
          optionsOf(request, object),
        );
        const field = addedField(applied);
        const answer = changed(applied, 201, { ...field });
        return {
          ...answer,
          headers: {
            ...answer.headers,
            location: `/api/platform/objects/${applied.objects[0]?.name}/fields/${field?.name}`,
          },
        };
      },
    },
    {
      method: 'PATCH',
      path: '/objects/:object/fields/:field',
      access: 'administrator',
      handle: async (request) => {
        onlyKnown(request, []);
        const before = namedField(await core.state(), request);
        const applied = await core.applyChanges(
          request.caller,
          [{ change: { kind: 'changeField', ...before.named, set: request.body }, pointer: '' }],
          optionsOf(request, before.named.object),
        );
        return changed(applied, 200, { ...now(applied, before.id) });
      },
    },
    {
      method: 'DELETE',
      path: '/objects/:object/fields/:field',
      access: 'administrator',
      handle: async (request) => {
        onlyKnown(request, ['permanent']);
        const before = namedField(await core.state(), request);
        const kind = flagOf(request, 'permanent') ? 'dropField' : 'retireField';
        const applied = await core.applyChanges(
          request.caller,
          [{ change: { kind, ...before.named }, pointer: '' }],
          optionsOf(request, before.named.object),
        );
        return changed(applied, 200, kind === 'dropField' ? { id: before.id, state: 'dropped' } : { ...now(applied, before.id) });
      },
    },
    {
      method: 'POST',
      path: '/objects/:object/fields/:field/restore',
      access: 'administrator',
      handle: async (request) => {
        onlyKnown(request, []);
        const named = { object: param(request, 'object'), field: param(request, 'field') };
        const applied = await core.applyChanges(
          request.caller,
          [{ change: { kind: 'restoreField', ...named }, pointer: '' }],
          optionsOf(request, named.object),
        );
        const restored = applied.objects[0]?.fields.find(
          (field) => field.id === named.field || (field.name === named.field && field.state !== 'retired'),
        );
        return changed(applied, 200, { ...restored });
      },
    },
  ];
}

/** The field that this version added: the last one of its object, since new fields go to the end. */
function addedField(applied: Applied): FieldDefinition | undefined {
  const name = applied.facts.find((fact) => fact.type === 'FieldAdded')?.field;
  return applied.objects[0]?.fields.findLast((field) => field.name === name);
}

function now(applied: Applied, id: string): FieldDefinition | undefined {
  return applied.objects[0]?.fields.find((field) => field.id === id);
}

/** The field of the path by its id, so that a rename under way does not lose it. A retired one is found when no other has the name. */
function namedField(state: CoreState, request: CoreRequest): { id: string; named: { object: string; field: string } } {
  const [object, field] = [param(request, 'object'), param(request, 'field')];
  const found = findObject(state, object);
  if (!found) throw new Refusal('not_found', `There is no object "${object.slice(0, 80)}".`);
  const by = (matches: (one: FieldDefinition) => boolean) =>
    found.fields.find((one) => one.state !== 'retired' && matches(one)) ?? found.fields.findLast(matches);
  const one = by((each) => each.id === field) ?? by((each) => each.name === field) ?? by((each) => each.aliases?.includes(field) === true);
  if (!one) throw new Refusal('not_found', `${found.label.en} has no field "${field.slice(0, 80)}".`);
  return { id: one.id, named: { object: found.id, field: one.id } };
}
