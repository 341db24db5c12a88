import type { ListQuery } from '#platform/data/read/query.ts';
import { needsOwnViews, withView } from '#platform/data/read/query-view.ts';
import type { ReadSource } from '#platform/data/read/source.ts';
import type { Call } from './call.ts';

/** A query with what its view says, if it names one. The core is asked only for what is not shared. */
export async function viewed({ api, caller, object }: Call, query: ListQuery, source: ReadSource): Promise<ListQuery> {
  const { userId } = caller;
  const own = userId !== undefined && needsOwnViews(query, object, source) ? await api.ownViews(object, userId) : [];
  return withView(query, object, source, own);
}
