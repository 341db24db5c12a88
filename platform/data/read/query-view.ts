import type { Caller } from '#platform/kernel/caller.ts';
import { Refusal } from '#platform/kernel/errors.ts';
import type { ObjectDefinition } from '#platform/kernel/model.ts';
import { didYouMean } from '#platform/kernel/nearest.ts';
import { isMeantFor } from '#platform/metadata/view.ts';
import { shown } from '../names.ts';
import type { ListQuery } from './query.ts';

/**
 * A query with the settings of the shared view that it names: the view's filter holds beside the query's own, its order and columns where
 * the query says nothing of them. Refuses (400) a view that is not there for the caller; one's own private views are the screens' alone.
 */
export function withView(query: ListQuery, object: ObjectDefinition, caller: Caller): ListQuery {
  if (query.view === undefined) return query;
  const views = object.views.filter((view) => view.visibility.kind !== 'user' && isMeantFor(view, caller));
  const view = views.find(({ id, name }) => id === query.view || name === query.view);
  const names = views.map(({ name }) => name);
  if (!view)
    throw new Refusal('unknown_name', `${object.label.en} has no shared view ${shown(query.view)}.${didYouMean(query.view, names)}`);
  const filters = [view.filter, query.filter].filter((filter) => filter !== undefined);
  return {
    ...(view.sort === undefined || view.sort === '' ? {} : { sort: view.sort }),
    ...(view.columns === undefined ? {} : { fields: ['id', ...view.columns] }),
    ...query,
    ...(filters.length === 0 ? {} : { filter: filters.length === 1 ? filters[0] : { and: filters } }),
  };
}
