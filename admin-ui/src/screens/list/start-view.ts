import type { ViewDefinition } from '#admin-ui/src/api/metadata.ts';
import { isNode } from './list-state.ts';

/**
 * The view that a list begins with in place of all its records as they are: the one for everyone that is called `all` and leaves none
 * of them out. No other view moves in front, however many are shared: a list that nobody asked to narrow shows everything.
 */
export function startView(views: readonly ViewDefinition[]): ViewDefinition | undefined {
  return views.find(({ name, visibility, filter }) => name === 'all' && visibility.kind === 'everyone' && isEmpty(filter));
}

function isEmpty(filter: unknown): boolean {
  return !isNode(filter) || Object.keys(filter).length === 0;
}
