import type { ShownList } from './list-query.ts';

/** A list as it is now, in the words of a saved view; null takes away what it does not have. */
export function viewContent({ columns, sort, filter, display, group }: ShownList): Readonly<Record<string, unknown>> {
  return {
    columns: columns.map((field) => field.name),
    sort: sort === '' ? null : sort,
    filter: filter ?? null,
    group: group ? group.name : null,
    display: display ? { kind: display.kind, by: display.by.name } : null,
  };
}
