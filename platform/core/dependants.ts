import type { FieldDefinition, Label, ObjectDefinition } from '#platform/kernel/model.ts';
import { isLiving, usesOf } from '#platform/metadata/option-lists.ts';
import { usesIn } from './field-uses.ts';

/** What stands on a field or object: where it is used, as an administrator would look for it. A blocking one must be changed first. */
export type Dependant = {
  readonly kind:
    | 'title'
    | 'layout'
    | 'layoutRule'
    | 'view'
    | 'money'
    | 'unique'
    | 'condition'
    | 'mirror'
    | 'sort'
    | 'value'
    | 'count'
    | 'explanation'
    | 'command'
    | 'reference'
    | 'rows'
    | 'options';
  readonly object: string;
  /** Of the field, layout or view that uses it; of the object where that does itself. */
  readonly name: string;
  readonly label: Label;
  readonly where: string;
  readonly isBlocking: boolean;
};

const known = new WeakMap<readonly ObjectDefinition[], ReadonlyMap<string, readonly Dependant[]>>();

/** Where each field of these objects is used, by the field's id; what nothing uses is not in it. Worked out once for the same objects. */
export function fieldUses(objects: readonly ObjectDefinition[]): ReadonlyMap<string, readonly Dependant[]> {
  const uses = known.get(objects) ?? byField(objects);
  known.set(objects, uses);
  return uses;
}

function byField(objects: readonly ObjectDefinition[]): ReadonlyMap<string, readonly Dependant[]> {
  const groups = Map.groupBy(usesIn(objects), ({ field }) => field);
  return new Map([...groups].map(([field, uses]) => [field, uses.map(({ field: _field, ...use }) => use)]));
}

/** Where a field is used. */
export function dependantsOf(objects: readonly ObjectDefinition[], field: FieldDefinition): readonly Dependant[] {
  return fieldUses(objects).get(field.id) ?? [];
}

/** What refers to an object, so that it cannot go. */
export function dependantsOfObject(objects: readonly ObjectDefinition[], object: ObjectDefinition): readonly Dependant[] {
  const others = objects.filter((other) => other.state === 'active' && other.id !== object.id && other.parent !== object.name);
  return others.flatMap((other) =>
    other.fields
      .filter(
        (field) =>
          field.state !== 'retired' &&
          field.system !== true &&
          (field.target === object.name || field.targets?.includes(object.name) === true || field.child === object.name),
      )
      .map((field): Dependant => ({
        kind: field.type === 'children' ? 'rows' : 'reference',
        object: other.name,
        name: field.name,
        label: field.label,
        where: `${other.label.en} refers to it by ${field.label.en}`,
        isBlocking: true,
      })),
  );
}

/** The fields that take their options from a list: they follow its change, and stand in the way of its going. */
export function dependantsOfList(
  objects: readonly ObjectDefinition[],
  { kind, optionList }: { readonly kind: string; readonly optionList: string },
): readonly Dependant[] {
  return usesOf(objects, optionList)
    .filter(isLiving)
    .map(({ object, field }): Dependant => ({
      kind: 'options',
      object: object.name,
      name: field.name,
      label: field.label,
      where: `${field.label.en} of ${object.label.en} takes its options from it`,
      isBlocking: kind === 'dropOptionList',
    }));
}
