import type { Json, LayoutDefinition, LayoutItem, ObjectDefinition } from '#platform/kernel/model.ts';
import { trusted } from '#platform/kernel/seam.ts';

/** What a layout may name: objects by name and fields by id, none of them retired. */
export type Living = { readonly objects: ReadonlySet<string>; readonly fields: ReadonlySet<string> };

/** Everything that is in use. */
export function livingOf(objects: readonly ObjectDefinition[]): Living {
  const active = objects.filter((object) => object.state === 'active');
  const fields = active.flatMap((object) => object.fields.filter((field) => field.state !== 'retired'));
  return { objects: new Set(active.map((object) => object.name)), fields: new Set(fields.map((field) => field.id)) };
}

/** A drawn layout as a file has it: without the places that it keeps for what is retired. */
export function fileLayout(layout: LayoutDefinition, living: Living): Json {
  const ids = (columns: readonly string[]) => columns.filter((id) => living.fields.has(id));
  const kept = (item: LayoutItem): readonly LayoutItem[] => {
    if (item.kind === 'history' || item.kind === 'otherRelated') return [item];
    if (!living.fields.has(item.field) || (item.kind === 'related' && !living.objects.has(item.object))) return [];
    if (item.kind === 'field') return [item];
    const shown = item.columns ? { ...item, columns: ids(item.columns) } : item;
    if (shown.kind !== 'related' || !shown.sort || living.fields.has(shown.sort.field)) return [shown];
    const { sort: _sort, ...unsorted } = shown;
    return [unsorted];
  };
  const { id: _id, name: _name, generated: _generated, ...content } = layout;
  const value = {
    ...content,
    ...(content.columns ? { columns: ids(content.columns) } : {}),
    ...(content.sections ? { sections: content.sections.map((section) => ({ ...section, items: section.items.flatMap(kept) })) } : {}),
  };
  // A layout is plain data.
  return trusted<Json>(JSON.parse(JSON.stringify(value)));
}
