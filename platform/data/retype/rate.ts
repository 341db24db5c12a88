import type { Reader } from '../slow-read.ts';

/** What two busy processors carried over in a second while people wrote (PERFORMANCE.md): believed until it has been measured here. */
const ROWS_PER_SECOND = 5_000;
const MEASURED_ROWS_MIN = 10_000;

/** About how long it takes to carry so many rows over into another type, by the last time that it was done to many in this database. */
export async function carriedOverSeconds(reader: Reader, rows: number): Promise<number> {
  const [last] = await reader.query({
    text: `select done / extract(epoch from ended_at - started_at) from platform.job
      where kind = 'retype' and state = 'done' and done >= $1::bigint and ended_at > started_at order by ended_at desc limit 1`,
    values: [MEASURED_ROWS_MIN],
  });
  return rows / (last?.[0] ? Number(last[0]) : ROWS_PER_SECOND);
}
