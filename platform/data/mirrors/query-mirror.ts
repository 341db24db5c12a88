import type { ObjectDefinition } from '#platform/kernel/model.ts';
import type { RecordValues, WorkQuery } from '#platform/kernel/module.ts';
import { resolvePath, type Side } from '../names.ts';
import { newBuilder, newJoins, pathExpression, sideTable, type Builder, type Joins } from '../read/builder.ts';
import { filterCondition, recordFilter } from '../read/filter.ts';
import { ordered } from '../read/sort.ts';
import type { ReadSource } from '../read/source.ts';
import { mirroredRecords } from './mirror-rows.ts';

const ROWS_DEFAULT = 50;

/** Records of another service's object out of its mirror, by what the mirror keeps: filter, one key to sort by, limit. */
export async function queryMirror(source: ReadSource, object: ObjectDefinition, query: WorkQuery): Promise<readonly RecordValues[]> {
  const side: Side = { object, isForeign: true };
  const builder = newBuilder(source);
  const joins = newJoins(builder, 'r');
  const condition = filterCondition(recordFilter(builder, joins, { side, alias: 'r' }), query.filter ?? {});
  const order = orderOf(builder, joins, { side, sort: query.sort });
  const limit = builder.parameter(query.limit ?? ROWS_DEFAULT);
  const rows = await source.query({
    text: `select r.id, r.version, r.data from ${sideTable(side)} r where not r.deleted and ${condition} order by ${order} limit ${limit}`,
    values: builder.values,
  });
  return mirroredRecords({ index: source.schema, object }, rows);
}

function orderOf(builder: Builder, joins: Joins, { side, sort = 'id' }: { side: Side; sort: string | undefined }): string {
  const name = sort.replace(/^-/, '');
  const key = pathExpression(joins, resolvePath(builder.scope, side, name));
  return `${ordered(key)}${sort.startsWith('-') ? ' desc nulls last' : ''}, r.id`;
}
