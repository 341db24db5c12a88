import type { Database, RawRow } from '#platform/data/database.ts';
import type { Session } from '#platform/data/session.ts';
import type { PlatformEvent } from '#platform/kernel/event.ts';
import { dataRefOf } from './event-data.ts';
import { jsonObjectOf } from '#platform/kernel/json.ts';

/**
 * How far the outbox has been published: every row of a transaction before `from`, and of those in [`from`, `to`) every row up to
 * `position`. `to` is null between two windows.
 *
 * Why windows of transactions and not the position alone: positions are drawn before the commit, so a row with a lower position can
 * appear after one with a higher position was read, and a cursor by position would pass it by for ever. Transactions before
 * `pg_snapshot_xmin` have all ended; what they wrote is visible or will never be.
 */
export type Cursor = { readonly from: string; readonly to: string | null; readonly position: string; readonly window?: Window };

/**
 * What was seen when a window was opened and stays true until it is through, as all its transactions had ended then: its `last` position, and the
 * first transaction that had not begun. One that took a record before another of the window had drawn its position by then, so it lies below this `ceiling`.
 */
export type Window = { readonly last: string; readonly ceiling: string };

/** Part of the outbox, in publishing order, and the cursor that stands behind it once it is published. */
export type Batch = { readonly events: readonly PlatformEvent[]; readonly next: Cursor };

/** What a look at the outbox found. `waiting`: rows are there whose transactions may still be overtaken. */
export type Look = { readonly batch: Batch | null; readonly waiting: boolean };

/** The cursor of an outbox that was never published. */
export const START: Cursor = { from: '0', to: null, position: '0' };

/**
 * The oldest transaction of this database that has not ended. A snapshot knows those of the whole server; that one belongs to another
 * database is proved by who holds its lock. Dearer than the snapshot alone, so it is for when that stands still.
 */
const OLDEST_HERE = `
  select coalesce(min(running), pg_snapshot_xmax(pg_current_snapshot())) from pg_snapshot_xip(pg_current_snapshot()) as running
  where not exists (
    select 1 from pg_locks as lock join pg_stat_activity as holder using (pid)
    where lock.locktype = 'transactionid' and lock.transactionid = running::xid
      and holder.datid <> (select oid from pg_database where datname = current_database()))`;

/** `position + 0` keeps the planner from walking the primary key through the whole history in search of a young transaction. */
const WINDOW = `
  select horizon,
    (select min(position + 0) from platform.outbox where transaction >= $1::xid8 and transaction < horizon),
    (select max(position + 0) from platform.outbox where transaction >= $1::xid8 and transaction < horizon),
    exists (select 1 from platform.outbox where transaction >= horizon), pg_snapshot_xmax(pg_current_snapshot())
  from (select coalesce($2::xid8, greatest($1::xid8,
      case when $3 then (${OLDEST_HERE}) else pg_snapshot_xmin(pg_current_snapshot()) end)) as horizon) as look`;

/** Larger data do not travel: whoever needs them asks for them. Smaller ones than a kilobyte in store cannot unfold to so much. */
const DATA_BYTES_MOST = 256 * 1024;
const COLUMNS = `position, id, type, subject, to_char(time at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'),
  actor, correlation_id, causation_id, work_date::text, object_version, metadata_version,
  case when pg_column_size(data) < 1000 or octet_length(data::text) <= ${DATA_BYTES_MOST} then data end as data`;

/**
 * The rows of the window from a position on, and before them what they stand on: a row of the same subject with a lower position
 * whose transaction is younger than the window (it took the record first and committed first). It travels now, to keep the order
 * per record, and once more with its own window, where the consumers' inboxes know it. `coalesce` keeps the planner from collecting and sorting the
 * whole window by its transactions for each page of it: between its ends nearly all positions are of the window.
 */
const ROWS = `
  with batch as materialized (
    select * from platform.outbox
    where position > $3::bigint and position <= $4::bigint and coalesce(transaction, $2) >= $1::xid8 and coalesce(transaction, $2) < $2::xid8
    order by position limit $5::integer)
  select ${COLUMNS}, true as due from batch
  union all
  select ${COLUMNS}, false from platform.outbox as early
  where transaction >= $2::xid8 and transaction < $6::xid8 and exists (select 1 from batch where batch.subject = early.subject and batch.position > early.position)
  order by 1`;

/**
 * Reads the next batch after a cursor, of at most `limit` due rows. `module` becomes the events' source. `closely` looks past
 * transactions of other databases on the same server, which hold nothing up.
 */
export async function readOutbox(
  session: Pick<Session, 'query'>,
  cursor: Cursor,
  options: { module: string; limit: number; closely: boolean },
): Promise<Look> {
  const { to, window } = cursor;
  if (to && window)
    return { batch: await readRows(session, cursor, { ...options, ...window, horizon: to, start: cursor.position }), waiting: true };
  const [look] = await session.query({ name: 'outbox_window', text: WINDOW, values: [cursor.from, to, options.closely] });
  const [horizon, first, last, waiting, ceiling] = look ?? [];
  if (!horizon || !ceiling) throw new Error('PostgreSQL answered no horizon.');
  if (!first || !last) return { batch: to ? { events: [], next: after(horizon) } : null, waiting: waiting === 't' };
  const start = to ? cursor.position : String(BigInt(first) - 1n);
  return { batch: await readRows(session, cursor, { ...options, last, ceiling, horizon, start }), waiting: waiting === 't' };
}

type Page = Window & { readonly horizon: string; readonly start: string; readonly module: string; readonly limit: number };

async function readRows(session: Pick<Session, 'query'>, { from }: Cursor, page: Page): Promise<Batch> {
  const { horizon, start, last, ceiling, limit, module } = page;
  const rows = await session.query({ name: 'outbox_rows', text: ROWS, values: [from, horizon, start, last, limit, ceiling] });
  const due = rows.filter((row) => row[12] === 't');
  const position = due.at(-1)?.[0];
  const finished = !position || position === last || due.length < limit;
  const next = finished ? after(horizon) : { from, to: horizon, position, window: { last, ceiling } };
  return { events: rows.map((row) => eventOf(row, module)), next };
}

function after(horizon: string): Cursor {
  return { from: horizon, to: null, position: '0' };
}

/** An outbox row, in the order of COLUMNS, as an event. */
function eventOf(row: RawRow, module: string): PlatformEvent {
  const [position, id, type, subject, time, actor, correlation, causation, workDate, objectVersion, metadataVersion, data] = row;
  return {
    specversion: '1.0',
    id: id ?? '',
    source: `/${module}`,
    type: type ?? '',
    subject: subject ?? '',
    time: time ?? '',
    datacontenttype: 'application/json',
    actor: actor ?? '',
    correlationid: correlation ?? '',
    ...(causation ? { causationid: causation } : {}),
    ...(workDate ? { workdate: workDate } : {}),
    objectversion: Number(objectVersion),
    metadataversion: Number(metadataVersion),
    ...(data ? { data: jsonObjectOf(data) } : { data: {}, dataref: dataRefOf(module, position ?? '') }),
  };
}

/** A page of the outbox by position, and where the next begins; null after the last. */
export type OutboxPage = { readonly events: readonly PlatformEvent[]; readonly next: string | null };

/**
 * Reads again what has been published, after one position and up to another. Rows in between that are not committed yet are left out:
 * they will be published in their turn.
 */
export async function rereadOutbox(
  database: Pick<Database, 'read'>,
  range: { after: string; upTo: string; limit: number },
  module: string,
): Promise<OutboxPage> {
  const rows = await database.read({
    name: 'outbox_again',
    text: `select ${COLUMNS} from platform.outbox where position > $1::bigint and position <= $2::bigint order by position limit $3::integer`,
    values: [range.after, range.upTo, range.limit],
  });
  const last = rows.at(-1)?.[0] ?? null;
  return { events: rows.map((row) => eventOf(row, module)), next: rows.length < range.limit ? null : last };
}

/** The last position there is, and one that lies before everything since a time. */
export async function outboxSince(database: Pick<Database, 'read'>, since: string): Promise<{ after: string; upTo: string }> {
  const [ends] = await database.read({ text: 'select min(position), max(position) from platform.outbox', values: [] });
  let [low, high] = [BigInt(ends?.[0] ?? 1), BigInt(ends?.[1] ?? 0) + 1n];
  const upTo = String(high - 1n);
  // Times grow with positions but for the length of a transaction, so halving finds the place without an index.
  while (low < high) {
    const middle = (low + high) / 2n;
    const [row] = await database.read({ text: AT, values: [String(middle), since, TRANSACTION_SECONDS] });
    if (row?.[0] === 't') high = middle;
    else low = row?.[1] ? BigInt(row[1]) + 1n : high;
  }
  return { after: String(low - 1n), upTo };
}

/** No transaction that writes lasts longer. */
const TRANSACTION_SECONDS = 120;

const AT = `select time >= $2::timestamptz - make_interval(secs => $3::integer), position from platform.outbox
  where position >= $1::bigint order by position limit 1`;

/** How many rows wait to be published (counted up to 10,000), and the age of the oldest. */
export type Lag = { readonly events: number; readonly seconds: number };

/** The statement behind `Relay.lag`. */
export const LAG = {
  text: `select count(*), coalesce(extract(epoch from clock_timestamp() - min(time)), 0)
    from (select time from platform.outbox, (select coalesce(max(from_transaction), '0'::xid8) as start, max(to_transaction) as stop,
        coalesce(max(position), 0) as done from platform.relay where name = 'outbox') as cursor
      where transaction >= start and (stop is null or transaction >= stop or outbox.position > done) limit 10000) as waiting`,
  values: [],
} as const;
