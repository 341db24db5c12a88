import { queryOptions, useQuery } from '@tanstack/react-query';
import type { Label, OptionList } from '#platform/kernel/model.ts';
import { askFor } from './client.ts';

/** An option list with the fields that use it; for administrators. */
export type SharedList = OptionList & {
  readonly usedBy: readonly { readonly object: string; readonly field: string; readonly label: Label }[];
};

const listsQuery = queryOptions({
  queryKey: ['option-lists'],
  queryFn: ({ signal }) => askFor<{ items: readonly SharedList[] }>('/api/platform/option-lists', { signal }),
  staleTime: 60_000,
});

/** The option lists by name, read together: there are few, and screens name them. Only administrators may. */
export function useOptionLists(isEnabled = true) {
  const query = useQuery({ ...listsQuery, enabled: isEnabled });
  return { ...query, lists: query.data?.items ?? [] };
}
