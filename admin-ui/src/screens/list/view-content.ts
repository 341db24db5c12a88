import { groupingText } from './groupings.ts';
import type { ShownList } from './list-query.ts';

/** A list as it is now, in the words of a saved view; null takes away what it does not have. */
export function viewContent({ columns, sort, filter, display, groups }: ShownList): Readonly<Record<string, unknown>> {
  return {
    columns: columns.map((field) => field.name),
    sort: sort === '' ? null : sort,
    filter: filter ?? null,
    group: groups.length > 0 ? groups.map(groupingText).join(',') : null,
    display: display ? { kind: display.kind, by: display.by.name } : null,
  };
}
