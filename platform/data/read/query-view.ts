import { Refusal } from '#platform/kernel/errors.ts';
import type { ObjectDefinition, ViewDefinition } from '#platform/kernel/model.ts';
import { didYouMean } from '#platform/kernel/nearest.ts';
import { isMeantFor } from '#platform/metadata/view.ts';
import { findChildren, findField, findStep, ownSide, shown, type Scope, type Side } from '../names.ts';
import { compilePage } from './compile-page.ts';
import type { ListQuery } from './query.ts';
import { scopeOf, type ReadSource } from './source.ts';

/**
 * A query with the settings of the shared view that it names: the view's filter holds beside the query's own, its order and columns where
 * the query says nothing of them. Columns that the caller may not read are left out. Refuses (400) a view that is not there for the caller;
 * one's own private views are the screens' alone.
 */
export function withView(query: ListQuery, object: ObjectDefinition, source: ReadSource): ListQuery {
  const { caller } = source;
  if (query.view === undefined || !caller.permissions.on(object).read) return query;
  const views = object.views.filter((view) => view.visibility.kind !== 'user' && isMeantFor(view, caller));
  const view = views.find(({ id, name }) => id === query.view || name === query.view);
  const names = views.map(({ name }) => name);
  if (!view)
    throw new Refusal('unknown_name', `${object.label.en} has no shared view ${shown(query.view)}.${didYouMean(query.view, names)}`);
  refuseHidden(view, object, { source, sort: query.sort === undefined ? view.sort : undefined });
  const filters = [view.filter, query.filter].filter((filter) => filter !== undefined);
  return {
    ...(view.sort === undefined || view.sort === '' ? {} : { sort: view.sort }),
    ...(view.columns === undefined
      ? {}
      : { fields: ['id', ...view.columns.filter((path) => isThere(scopeOf(source), ownSide(object), path.split('.')))] }),
    ...query,
    ...(filters.length === 0 ? {} : { filter: filters.length === 1 ? filters[0] : { and: filters } }),
  };
}

/** Whether a column leads to something that exists for the caller. */
function isThere(scope: Scope, side: Side, [name = '', ...rest]: readonly string[]): boolean {
  const next = findStep(scope, side, name)?.to ?? findChildren(scope, side, name)?.side;
  if (rest.length > 0) return next !== undefined && isThere(scope, next, rest);
  return next !== undefined || findField(scope, side, name) !== null;
}

type Asked = { readonly source: ReadSource; readonly sort: string | undefined };

/** The caller did not write the view: a name in it that does not exist for them is not said to them either. */
function refuseHidden({ filter }: ViewDefinition, object: ObjectDefinition, { source, sort }: Asked): void {
  const bare = { limit: 1, count: 'none', deleted: 'no', ...(sort === undefined || sort === '' ? {} : { sort }) } as const;
  try {
    compilePage(source, object, { ...bare, ...(filter === undefined ? {} : { filter }) });
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    throw new Refusal('unknown_name', 'This view is narrowed or sorted by something that is not there for you. Ask without it.');
  }
}
