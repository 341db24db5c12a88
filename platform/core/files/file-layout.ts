import type { Json, LayoutDefinition, ObjectDefinition } from '#platform/kernel/model.ts';
import { trusted } from '#platform/kernel/seam.ts';
import { keptInLayout } from '#platform/metadata/layout-fields.ts';

/** What files may name: fields by id, in objects that are in use, none of them retired. */
export type Living = ReadonlySet<string>;

/** Everything that is in use. */
export function livingOf(objects: readonly ObjectDefinition[]): Living {
  const active = objects.filter((object) => object.state === 'active');
  return new Set(active.flatMap((object) => object.fields.filter((field) => field.state !== 'retired').map((field) => field.id)));
}

/** A drawn layout as a file has it: without the places that it keeps for what is retired. */
export function fileLayout(layout: LayoutDefinition, living: Living): Json {
  const { id: _id, name: _name, generated: _generated, ...content } = keptInLayout(layout, (field) => living.has(field));
  // A layout is plain data.
  return trusted<Json>(JSON.parse(JSON.stringify(content)));
}
