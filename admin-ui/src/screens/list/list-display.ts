import { DISPLAYED_BY, movingCommand, type ViewDisplay } from '#platform/kernel/view-display.ts';
import type { BusinessObject, Field } from '#admin-ui/src/api/metadata.ts';

/** A list that is not a table, and the field by which its records stand in columns or on days. */
export type ShownDisplay = { readonly kind: ViewDisplay['kind']; readonly by: Field };

/** The fields by which an object's records can be drawn so; what they go through first, then the status, the platform's own bookkeeping last. */
export function displayFields(object: BusinessObject, kind: ViewDisplay['kind']): readonly Field[] {
  const types: readonly string[] = DISPLAYED_BY[kind];
  const rank = (field: Field): number => (field.system === true ? types.length : types.indexOf(field.type));
  const isMoved = (field: Field): boolean => kind === 'board' && movingCommand(object, field) !== undefined;
  return object.fields.filter((field) => types.includes(field.type) || isMoved(field)).toSorted((left, right) => rank(left) - rank(right));
}

/** How a list is drawn; as a table where its field is not there for the caller. */
export function shownDisplay(object: BusinessObject, display: 'table' | ViewDisplay | undefined): ShownDisplay | undefined {
  if (display === undefined || display === 'table') return undefined;
  const by = displayFields(object, display.kind).find((field) => field.name === display.by);
  return by && { kind: display.kind, by };
}
