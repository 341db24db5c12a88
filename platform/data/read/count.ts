import { isRecord } from '#platform/kernel/is-record.ts';
import type { ObjectDefinition } from '#platform/kernel/model.ts';
import { newBuilder, newJoins } from './builder.ts';
import { fromWhere, matching } from './matching.ts';
import type { ListQuery } from './query.ts';
import type { ReadSource } from './source.ts';
import { ROW } from './table.ts';

/** Up to here an estimated count is exact: people compare small numbers with what they see. */
const EXACT_MAX = 10_000;

/** How many records a query matches, as it asked: null, the planner's estimate, or counted. */
export async function countRecords(source: ReadSource, object: ObjectDefinition, query: ListQuery): Promise<number | null> {
  if (query.count === 'none') return null;
  const builder = newBuilder(source);
  const joins = newJoins(builder, ROW);
  const conditions = matching(builder, joins, object, query);
  const rows = fromWhere(object, joins, conditions);
  const { values } = builder;
  const count = async (text: string) => Number((await source.query({ text, values }))[0]?.[0] ?? 0);
  if (query.count === 'exact') return count(`select count(*) ${rows}`);
  const few = await count(`select count(*) from (select ${rows} limit ${EXACT_MAX + 1}) few`);
  if (few <= EXACT_MAX) return few;
  const [plan] = await source.query({ text: `explain (format json) select ${rows}`, values });
  return Math.max(few, plannedRows(plan?.[0] ?? ''));
}

function plannedRows(plan: string): number {
  const parsed: unknown = JSON.parse(plan);
  const top: unknown = Array.isArray(parsed) && isRecord(parsed[0]) ? parsed[0]['Plan'] : null;
  const rows = isRecord(top) ? top['Plan Rows'] : 0;
  return typeof rows === 'number' ? rows : 0;
}
