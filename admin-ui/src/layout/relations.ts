import type { LayoutDefinition } from '#platform/kernel/model.ts';
import type { BusinessObject, Field } from '../api/metadata.ts';
import { byImportance } from '../ui/navigation.ts';

/** A lookup of another object at this one. */
export type Relation = { readonly object: BusinessObject; readonly field: Field };

/** Lookups at this object from records that have pages of their own; the platform's bookkeeping (company, owner) is none. */
export function relationsOf(object: BusinessObject, objects: readonly BusinessObject[]): readonly Relation[] {
  return byImportance(objects).flatMap((other) =>
    other.fields
      .filter((field) => field.type === 'lookup' && field.target === object.name && field.system !== true && field.state === 'active')
      .map((field) => ({ object: other, field })),
  );
}

/** Those that a layout does not place itself. */
export function otherRelations(
  object: BusinessObject,
  layout: Pick<LayoutDefinition, 'sections'>,
  objects: readonly BusinessObject[],
): readonly Relation[] {
  const placed = (layout.sections ?? []).flatMap((section) => section.items);
  return relationsOf(object, objects).filter(({ field }) => !placed.some((item) => item.kind === 'related' && item.field === field.id));
}
