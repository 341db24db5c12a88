import { Refusal } from '#platform/kernel/errors.ts';
import type { FieldDefinition, ObjectDefinition } from '#platform/kernel/model.ts';
import { didYouMean } from '#platform/kernel/nearest.ts';
import type { Permissions } from '#platform/kernel/permissions.ts';
import { apiNameOf, type SchemaIndex } from '#platform/metadata/schema-index.ts';
import { mirroredFields } from './mirrored-fields.ts';

/**
 * The one choke point for names. Every identifier that comes from outside is resolved here, against the fields that this
 * caller may read; what they may not read does not exist, and is refused in the very words of a name that nobody knows.
 */

/** Whose eyes names are read with: nothing that `permissions` may not read exists. */
export type Scope = { readonly schema: SchemaIndex; readonly permissions: Permissions };

/** An object as one side of a path: its records are in this service, or a foreign object's mirror is. */
export type Side = { readonly object: ObjectDefinition; readonly isForeign: boolean };

/** One hop of a path: a lookup field, and the object it leads to. */
export type Step = { readonly field: FieldDefinition; readonly to: Side };

/** A resolved path such as `customer.name`: the hops, and the field at their end. */
export type Path = { readonly steps: readonly Step[]; readonly side: Side; readonly field: FieldDefinition };

/** Many records behind one field: children that live in the record, or what its many references lead to. */
export type Children = { readonly field: FieldDefinition; readonly side: Side };

/** Names in one path: three hops and a field. */
export const PATH_NAMES_MAX = 4;

/** The object's records in this service. */
export function ownSide(object: ObjectDefinition): Side {
  return { object, isForeign: false };
}

/** The fields of an object that exist for the caller: `id` first, then its own fields, the platform's last. None without the right to read. */
export function readableFields(scope: Scope, object: ObjectDefinition): readonly FieldDefinition[] {
  const rights = scope.permissions.on(object);
  const readable = scope.schema
    .fieldsOf(object)
    .all.filter((field) => rights.mayRead(field) && isWithinReach(scope, ownSide(object), field));
  const rank = (field: FieldDefinition) => (field.column === 'id' ? 0 : field.system === true ? 2 : 1);
  return readable.toSorted((left, right) => rank(left) - rank(right));
}

/** The fields of one side that exist for the caller: of a foreign object only what its mirror keeps. */
export function fieldsOfSide(scope: Scope, side: Side): readonly FieldDefinition[] {
  if (!side.isForeign) return readableFields(scope, side.object);
  const rights = scope.permissions.on(side.object);
  return mirroredFields(scope.schema, side.object).filter((field) => rights.mayRead(field));
}

/** A field by its API name (`customerId`) or a former one; null when there is none for this caller. */
export function findField(scope: Scope, side: Side, name: string): FieldDefinition | null {
  const field = scope.schema.fieldsOf(side.object).byApiName.get(name);
  if (!field || !scope.permissions.on(side.object).mayRead(field)) return null;
  if (side.isForeign) return mirroredFields(scope.schema, side.object).includes(field) ? field : null;
  return isWithinReach(scope, side, field) ? field : null;
}

/** A hop by the name of a lookup (`customer`); null when there is none, or the caller may not read where it leads. */
export function findStep(scope: Scope, side: Side, name: string): Step | null {
  if (side.isForeign) return null;
  const field = scope.schema.fieldsOf(side.object).byName.get(name);
  if (!field || !scope.permissions.on(side.object).mayRead(field)) return null;
  const to = field.type === 'manyToMany' ? null : targetOf(scope.schema, field);
  return to && scope.permissions.on(to.object).read ? { field, to } : null;
}

/**
 * The way to what a related value or snapshot copies: the reference, and the field at its end. Null when this caller may not go it,
 * and for all other fields.
 */
export function findOrigin(scope: Scope, side: Side, field: FieldDefinition): { step: Step; field: FieldDefinition } | null {
  const [first, last] = field.path?.split('.') ?? [];
  const step = first === undefined ? null : findStep(scope, side, first);
  const origin = step && last !== undefined ? findOriginField(scope, step.to, last) : null;
  return step && origin ? { step, field: origin } : null;
}

/** Origins are named by field name; a reference is read by its id. */
function findOriginField(scope: Scope, side: Side, name: string): FieldDefinition | null {
  const field = scope.schema.fieldsOf(side.object).byName.get(name);
  return field && field.type !== 'relatedValue' ? findField(scope, side, apiNameOf(field)) : null;
}

/** A related value exists for those who may read its origin; every other field for those who may read it. */
function isWithinReach(scope: Scope, side: Side, field: FieldDefinition): boolean {
  return field.type !== 'relatedValue' || findOrigin(scope, side, field) !== null;
}

/** Children by the name of their field (`lines`), or many references (`tags`); null when there are none for this caller. */
export function findChildren(scope: Scope, side: Side, name: string): Children | null {
  if (side.isForeign) return null;
  const field = scope.schema.fieldsOf(side.object).byName.get(name);
  if (!field || !scope.permissions.on(side.object).mayRead(field)) return null;
  const child = field.type === 'children' ? scope.schema.byName.get(field.child ?? '') : undefined;
  const to = field.type === 'manyToMany' ? targetOf(scope.schema, field) : child ? ownSide(child) : null;
  return to && scope.permissions.on(to.object).read ? { field, side: to } : null;
}

/** Resolves a path to a value, for filter, sort and group: `total`, `customerId`, `customer.name`. Refuses with `unknown_name`. */
export function resolvePath(scope: Scope, side: Side, path: string): Path {
  const names = path.split('.');
  if (names.length > PATH_NAMES_MAX) throw unknownName(side.object, path, []);
  const steps: Step[] = [];
  let at = side;
  for (const name of names.slice(0, -1)) {
    const step = findStep(scope, at, name);
    if (!step) throw unknownName(side.object, path, stepNames(scope, at, steps));
    steps.push(step);
    at = step.to;
  }
  const field = findField(scope, at, names.at(-1) ?? '');
  if (!field) throw unknownName(side.object, path, valueNames(scope, at, steps));
  const origin = field.type === 'relatedValue' ? findOrigin(scope, at, field) : null;
  return origin ? { steps: [...steps, origin.step], side: origin.step.to, field: origin.field } : { steps, side: at, field };
}

/** What a lookup or user field leads to; null when this service knows nothing of it. */
export function targetOf(schema: SchemaIndex, field: FieldDefinition): Side | null {
  const name = field.type === 'user' ? (field.target ?? 'user') : field.target;
  if (name === undefined) return null;
  const own = schema.byName.get(name);
  if (own) return ownSide(own);
  const foreign = schema.foreign.get(name);
  return foreign ? { object: foreign, isForeign: true } : null;
}

/** The names of the values of one side, for "did you mean". */
export function valueNames(scope: Scope, side: Side, steps: readonly Step[] = []): readonly string[] {
  return fieldsOfSide(scope, side).map((field) => prefixed(steps, apiNameOf(field)));
}

/** The names by which a path may go on from one side, for "did you mean". */
export function stepNames(scope: Scope, side: Side, steps: readonly Step[] = []): readonly string[] {
  const names = fieldsOfSide(scope, side).map((field) => field.name);
  return names.filter((name) => findStep(scope, side, name) ?? findChildren(scope, side, name)).map((name) => prefixed(steps, name));
}

/** The refusal of a name, the same whether it does not exist or is not for this caller. */
export function unknownName(object: ObjectDefinition, name: string, candidates: Iterable<string>): Refusal {
  return new Refusal('unknown_name', `${object.label.en} has no field ${shown(name)}.${didYouMean(name, candidates)}`);
}

/** A text from outside, fit to be quoted in a message. */
export function shown(text: string): string {
  const clean = text.replace(/[\p{Cc}\p{Cs}]/gu, '').slice(0, 80);
  return clean === '' ? '(empty)' : clean;
}

function prefixed(steps: readonly Step[], name: string): string {
  return [...steps.map((step) => step.field.name), name].join('.');
}
