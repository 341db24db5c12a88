import type { FieldDefinition, Json, ObjectDefinition, OptionList } from '#platform/kernel/model.ts';
import { trusted } from '#platform/kernel/seam.ts';
import { withRenamedConditions } from './condition-shape.ts';
import { applyPatches, diff, type Patch } from './diff.ts';
import { deepFreeze } from './freeze.ts';
import { withGeneratedLayouts } from './generated-layouts.ts';
import { withRenamedRules } from './layout-rules.ts';
import { isListTarget, listFromJson, withListOptions, withoutListed } from './option-lists.ts';
import { renameObject } from './rename.ts';
import { apiNameOf } from './schema-index.ts';
import { systemFields } from './system-fields.ts';

/** One customised property: the object or list it is of, and the step from the standard value (its `base`) to the customised one. */
export type Customisation = Patch & { readonly target: string };

/**
 * Where standard and customised layer met. `changed`: the standard value under a customised one is new; the customised one holds.
 * `gone`: what was customised is no longer in the standard. `renamed`: a new standard name met a custom one, which goes by
 * another name now and keeps the old one as an alias where none took it.
 */
export type Conflict = {
  readonly kind: 'changed' | 'gone' | 'renamed';
  readonly object: string;
  readonly path: string;
  readonly base?: Json;
  readonly standard?: Json;
  readonly customised?: Json;
};

/** Effective = standard + customised. Lists are customised alone. Versions are left at 0; core knows them. */
export function overlay(
  standard: readonly ObjectDefinition[],
  customisations: readonly Customisation[],
): { objects: readonly ObjectDefinition[]; lists: ReadonlyMap<string, OptionList>; conflicts: readonly Conflict[] } {
  const conflicts: Conflict[] = [];
  const byTarget = Map.groupBy(customisations, (one) => one.target);
  const lists = listsIn(byTarget);
  const known = new Set(standard.map((object) => object.id));
  const made = [...byTarget.keys()].filter((id) => !known.has(id) && !isListTarget(id)).map((id) => ({ id, base: undefined }));
  const customised = [...standard.map((object) => ({ id: object.id, base: object })), ...made].flatMap(({ id, base }) => {
    const result = applyPatches(base === undefined ? undefined : asJson(base), byTarget.get(id) ?? []);
    conflicts.push(...result.conflicts.map(({ patch, current }) => conflictOf(id, patch, current)));
    return isWhole(result.value) ? [fromJson(result.value)] : [];
  });
  const named = uniqueNames(customised, conflicts);
  const objects = named.map((object) => withListOptions(withSystemFields(object), lists));
  return { objects: deepFreeze(objects.map((object) => withGeneratedLayouts(object, objects))), lists, conflicts };
}

function listsIn(byTarget: ReadonlyMap<string, readonly Customisation[]>): ReadonlyMap<string, OptionList> {
  const targets = [...byTarget].filter(([target]) => isListTarget(target));
  const lists = targets.flatMap(([, patches]) => listFromJson(applyPatches(undefined, patches).value) ?? []);
  return new Map(deepFreeze(lists).map((list) => [list.name, list]));
}

/**
 * The customisations that lead from the standard object (undefined: a custom object) to the effective one. A value that was
 * customised before keeps the base it was customised from, so that an unresolved conflict stays one.
 */
export function customisationsOf(
  standard: ObjectDefinition | undefined,
  effective: ObjectDefinition,
  previous: readonly Customisation[],
): readonly Customisation[] {
  const before = new Map(previous.map((one) => [one.path, one]));
  const patches = diff(standard === undefined ? undefined : asJson(standard), asJson(asDrawnFrom(effective, standard)));
  return patches.map((patch) => {
    const old = before.get(patch.path);
    const isSame = old !== undefined && old.op === patch.op && JSON.stringify(old.value) === JSON.stringify(patch.value);
    const { base: _base, ...rest } = patch;
    const kept = isSame ? { ...rest, ...(old.base === undefined ? {} : { base: old.base }) } : patch;
    return { ...kept, target: effective.id };
  });
}

/**
 * An object as the JSON that differences are made of: without its version, which is not anybody's choice, and without what the lists of
 * its fields say, which is theirs.
 */
export function asJson(object: ObjectDefinition): Json {
  const { version: _version, ...rest } = object;
  return trusted<Json>(JSON.parse(JSON.stringify({ ...rest, fields: rest.fields.map(withoutListed) })));
}

/** The way back; the metadata that asJson made, changed by patches that were checked before they were stored. */
export function fromJson(value: Json): ObjectDefinition {
  return trusted<ObjectDefinition>({ ...trusted<ObjectDefinition>(value), version: 0 });
}

/** A generated layout is nobody's customisation: it counts as the one the standard object would have. */
function asDrawnFrom(effective: ObjectDefinition, standard: ObjectDefinition | undefined): ObjectDefinition {
  const drawn = effective.layouts.filter((layout) => layout.generated !== true);
  const generated = (standard?.layouts ?? []).filter((layout) => layout.generated === true && !drawn.some((one) => one.id === layout.id));
  const order = (standard?.layouts ?? []).map((layout) => layout.id);
  const rank = (id: string) => (order.includes(id) ? order.indexOf(id) : order.length);
  return { ...effective, layouts: [...drawn, ...generated].sort((left, right) => rank(left.id) - rank(right.id)) };
}

/** A customised object of the standard that the standard no longer has comes out in pieces; it is not served. */
function isWhole(value: Json | undefined): value is { readonly [key: string]: Json } {
  return typeof value === 'object' && value !== null && 'fields' in value && 'name' in value;
}

/** System fields follow the features; what was customised on them (a label) stays. */
function withSystemFields(object: ObjectDefinition): ObjectDefinition {
  const wanted = systemFields({ id: object.id, parent: object.parent, features: object.features });
  const given = new Map(object.fields.filter((field) => field.system === true).map((field) => [field.id, field]));
  return {
    ...object,
    fields: [...wanted.map((field) => relabelled(field, given.get(field.id))), ...object.fields.filter((field) => field.system !== true)],
  };
}

function relabelled(field: FieldDefinition, given: FieldDefinition | undefined): FieldDefinition {
  return given ? { ...field, label: given.label, ...(given.help ? { help: given.help } : {}) } : field;
}

function conflictOf(object: string, patch: Patch, current: Json | undefined): Conflict {
  return {
    kind: current === undefined ? 'gone' : 'changed',
    object,
    path: patch.path,
    ...(patch.base === undefined ? {} : { base: patch.base }),
    ...(current === undefined ? {} : { standard: current }),
    ...(patch.value === undefined ? {} : { customised: patch.value }),
  };
}

function uniqueNames(objects: readonly ObjectDefinition[], conflicts: Conflict[]): readonly ObjectDefinition[] {
  return uniqueObjects(objects, conflicts).map((object) => uniqueFields(object, conflicts));
}

function uniqueObjects(objects: readonly ObjectDefinition[], conflicts: Conflict[]): readonly ObjectDefinition[] {
  let result = objects;
  for (const object of objects.filter((one) => one.custom === true && one.state === 'active')) {
    const others = result.filter((one) => one.id !== object.id && one.state === 'active');
    const isTaken = (name: string, collection: string) =>
      others.some((one) => one.custom !== true && (one.name === name || (one.module === object.module && one.collection === collection)));
    if (!isTaken(object.name, object.collection)) continue;
    const number =
      [2, 3, 4, 5, 6, 7, 8, 9].find(
        (n) => !others.some((one) => one.name === `${object.name}_${n}` || one.collection === `${object.collection}-${n}`),
      ) ?? 10;
    const to = {
      name: `${object.name.slice(0, 38)}_${number}`,
      collection: `${object.collection.slice(0, 58)}-${number}`,
    };
    conflicts.push({ kind: 'renamed', object: object.id, path: '/name', base: object.name, customised: to.name });
    result = renameObject(result, object.id, to);
  }
  return result;
}

function uniqueFields(object: ObjectDefinition, conflicts: Conflict[]): ObjectDefinition {
  let result = object;
  const living = object.fields.filter((field) => field.state !== 'retired');
  const standard = new Set(living.filter((field) => field.custom !== true).map((field) => field.name.toLowerCase()));
  for (const field of living.filter((one) => one.custom === true && standard.has(one.name.toLowerCase()))) {
    const taken = new Set(result.fields.map((one) => one.name.toLowerCase()));
    const number =
      Array.from({ length: 1000 }, (_, index) => index + 2).find((n) => !taken.has(`${field.name.slice(0, 36)}${n}`.toLowerCase())) ?? 0;
    const name = `${field.name.slice(0, 36)}${number}`;
    conflicts.push({
      kind: 'renamed',
      object: object.id,
      path: `/fields/${field.id}/name`,
      base: field.name,
      customised: name,
    });
    const names = new Map([[apiNameOf(field), apiNameOf({ ...field, name })]]);
    result = {
      ...withRenamedRules(result, names),
      fields: result.fields.map((one) => {
        const renamed = one.id === field.id ? { ...one, name, aliases: [...new Set([...(one.aliases ?? []), field.name])] } : one;
        // What administrators made asks about their own field; what the standard says, about the standard's.
        return one.custom === true ? withRenamedConditions(renamed, names) : renamed;
      }),
      ...(result.uniqueTogether
        ? { uniqueTogether: result.uniqueTogether.map((rule) => rule.map((one) => (one === field.name ? name : one))) }
        : {}),
    };
  }
  return result;
}
