import { isPlainItem } from '#platform/kernel/layouts.ts';
import type { LayoutDefinition, LayoutItem, ObjectDefinition } from '#platform/kernel/model.ts';

/** The layout with no other fields than those that `keeps` says, by id: in its columns, its items, and in the columns and order of these. */
export function keptInLayout(layout: LayoutDefinition, keeps: (field: string) => boolean): LayoutDefinition {
  const kept = (item: LayoutItem): readonly LayoutItem[] => {
    if (isPlainItem(item)) return [item];
    if (!keeps(item.field)) return [];
    if (item.kind === 'field') return [item];
    const shown = item.columns ? { ...item, columns: item.columns.filter(keeps) } : item;
    if (shown.kind !== 'related' || !shown.sort || keeps(shown.sort.field)) return [shown];
    const { sort: _sort, ...unsorted } = shown;
    return [unsorted];
  };
  return {
    ...layout,
    ...(layout.columns ? { columns: layout.columns.filter(keeps) } : {}),
    ...(layout.sections ? { sections: layout.sections.map((section) => ({ ...section, items: section.items.flatMap(kept) })) } : {}),
  };
}

/** The layout without sections in which nothing stands. */
export function withoutEmptySections(layout: LayoutDefinition): LayoutDefinition {
  return layout.sections ? { ...layout, sections: layout.sections.filter((section) => section.items.length > 0) } : layout;
}

/** The fields that a layout names, by id: its object's own, and those of related records and rows. */
export function fieldsInLayout(layout: LayoutDefinition): ReadonlySet<string> {
  const found = new Set<string>();
  keptInLayout(layout, (field) => found.add(field).has(field));
  return found;
}

const idsOf = new WeakMap<ObjectDefinition, ReadonlySet<string>>();

/** The ids of an object's fields, retired ones too. Definitions are never changed in place, so they are gathered once. */
export function fieldIds(object: ObjectDefinition): ReadonlySet<string> {
  const known = idsOf.get(object);
  if (known) return known;
  const ids = new Set(object.fields.map(({ id }) => id));
  idsOf.set(object, ids);
  return ids;
}
