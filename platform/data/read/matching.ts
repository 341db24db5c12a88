import type { ObjectDefinition } from '#platform/kernel/model.ts';
import { ownSide } from '../names.ts';
import type { Builder, Joins } from './builder.ts';
import { filterCondition, recordFilter } from './filter.ts';
import type { ListQuery } from './query.ts';
import { searchQuery } from '../search.ts';
import { searchCondition } from './search-condition.ts';
import { ROW, tableOf, visible } from './table.ts';

/** Which records a query is about, whatever its page and order. */
export type Sought = Pick<ListQuery, 'filter' | 'q' | 'deleted'> & {
  /** Words to search for instead of `q`, as tsquery text. */
  readonly words?: string;
};

/** The conditions of a query's records: those that exist for the caller, its filter, its search. */
export function matching(builder: Builder, joins: Joins, object: ObjectDefinition, sought: Sought): readonly string[] {
  const conditions = [...visible(builder.source.schema, object, { alias: ROW, deleted: sought.deleted })];
  if (sought.filter !== undefined)
    conditions.push(filterCondition(recordFilter(builder, joins, { side: ownSide(object), alias: ROW }), sought.filter));
  if (sought.words !== undefined) conditions.push(searchCondition(builder, object, sought.words));
  else if (sought.q !== undefined) conditions.push(searchCondition(builder, object, searchQuery(sought.q)));
  return conditions;
}

/** FROM and WHERE for these conditions, with the joins known so far. */
export function fromWhere(object: ObjectDefinition, joins: Pick<Joins, 'sql'>, conditions: readonly string[]): string {
  return `from ${tableOf(object)} ${ROW}${joins.sql()} where ${conditions.length === 0 ? 'true' : conditions.join(' and ')}`;
}

/**
 * The same, with search kept apart from order and limit: the planner takes a word it has never seen for a common one, and
 * would walk the whole table in order to meet it. `offset 0` makes it find the rows first, by the index, and order them then.
 */
export function searchedFirst(object: ObjectDefinition, joins: Pick<Joins, 'sql'>, conditions: readonly string[]): string {
  return `from (select ${ROW}.* ${fromWhere(object, joins, conditions)} offset 0) ${ROW}`;
}
