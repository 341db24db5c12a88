import { Refusal } from '#platform/kernel/errors.ts';
import type { ObjectDefinition, ViewDefinition } from '#platform/kernel/model.ts';
import { didYouMean } from '#platform/kernel/nearest.ts';
import { isMeantFor } from '#platform/metadata/view.ts';
import { findChildren, findField, findStep, ownSide, shown, type Scope, type Side } from '../names.ts';
import { compilePage } from './compile-page.ts';
import type { ListQuery } from './query.ts';
import { scopeOf, type ReadSource } from './source.ts';

/** Whether a query names a view that is not among those that are shared with the caller: it may be one of their own, which the core keeps. */
export function needsOwnViews({ view: named }: ListQuery, object: ObjectDefinition, { caller }: ReadSource): boolean {
  return named !== undefined && caller.permissions.on(object).read && !sharedWith(object, caller).some((view) => isNamed(view, named));
}

/**
 * A query with the settings of the view that it names, a shared one or one of the caller's `own`: the view's filter holds beside the query's own, its order and columns where
 * the query says nothing of them. Columns that the caller may not read are left out. Refuses (400) a view that is not there for the caller.
 */
export function withView(query: ListQuery, object: ObjectDefinition, source: ReadSource, own: readonly ViewDefinition[] = []): ListQuery {
  const { caller } = source;
  const { view: named } = query;
  if (named === undefined || !caller.permissions.on(object).read) return query;
  const views = [...sharedWith(object, caller), ...own];
  const view = views.find((one) => isNamed(one, named));
  const names = views.map(({ name }) => name);
  if (!view) throw new Refusal('unknown_name', `You have no view ${shown(named)} of ${object.pluralLabel.en}.${didYouMean(named, names)}`);
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

function sharedWith(object: ObjectDefinition, caller: ReadSource['caller']): readonly ViewDefinition[] {
  return object.views.filter((view) => view.visibility.kind !== 'user' && isMeantFor(view, caller));
}

function isNamed({ id, name }: ViewDefinition, named: string): boolean {
  return id === named || name === named;
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
