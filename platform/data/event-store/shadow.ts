import type { Shadow, Told } from '#platform/kernel/event-store.ts';
import { parseObject } from '#platform/kernel/json.ts';
import type { Transaction } from '../database.ts';

/** Positions that are looked at in one statement. */
const AT_ONCE = 10_000n;
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
/** The row that is in every shadow, before all records. */
const MARK = '00000000-0000-0000-0000-000000000000';

/** Records rebuilt from their events: see `Shadow`. */
export function openShadow({ query }: Transaction, id: string): Shadow {
  if (!UUID.test(id)) throw new Error(`${id} is no id of a shadow.`);
  const table = `event_store.shadow_${id.replaceAll('-', '')}`;
  return Object.freeze({
    open: async () => {
      await query({ text: 'select event_store.open_shadow($1::uuid)', values: [id] });
    },
    isWhole: async () => {
      const [known] = await query({ text: 'select to_regclass($1)::text', values: [table] });
      if (!known?.[0]) return false;
      return (await query({ text: `select 1 from ${table} where id = '${MARK}'`, values: [] })).length > 0;
    },
    rebuild: async ({ object, types, after, upTo }: Parameters<Shadow['rebuild']>[0]) => {
      const end = BigInt(after) + AT_ONCE < BigInt(upTo) ? BigInt(after) + AT_ONCE : BigInt(upTo);
      const [row] = await query({ text: rebuilding(table), values: [after, String(end), object, types] });
      return { last: String(end), events: Number(row?.[0] ?? 0) };
    },
    page: async ({ after, upTo, limit }: Parameters<Shadow['page']>[0]) => {
      const text = `select id, version, is_gone, record from ${table}
        where id > $1::uuid and ($2::uuid is null or id <= $2::uuid) order by id limit ${limit}`;
      const rows = await query({ text, values: [after ?? MARK, upTo] });
      return rows.map(([of, version, isGone, record]): Told => ({
        id: of ?? '',
        version: Number(version),
        isGone: isGone === 't' || isGone === 'true',
        record: parseObject(record ?? '{}'),
      }));
    },
    drop: async () => {
      await query({ text: 'select event_store.drop_shadow($1::uuid)', values: [id] });
    },
  });
}

/** The ids of all shadows that there are. */
export async function shadowsOf({ query }: Transaction): Promise<readonly string[]> {
  const text = `select substr(relname, 8)::uuid from pg_class where relnamespace = 'event_store'::regnamespace and relkind = 'r' and relname ~ '^shadow_[0-9a-f]{32}$'`;
  return (await query({ text, values: [] })).map(([id]) => id ?? '');
}

/**
 * What a record carries and whether it is in the recycle bin are told by different events: each counts by its own version. The record stays in the database: it need not travel.
 */
function rebuilding(table: string): string {
  return `with told as (
      select e.record_id as id, e.object_version as version, p.payload::json -> 'record' as record,
        case when e.type like '%Deleted' then true
          when p.payload::json #> '{changed,deletedAt}' is not null then p.payload::json #>> '{changed,deletedAt,new}' is not null end as is_gone
      from event_store.event e join event_store.payload p on p.position = e.position and p.time = e.time
      where e.position > $1::bigint and e.position <= $2::bigint and e.object = $3 and e.type = any($4::text[]) and e.record_id is not null
    ), newest as (
      select id, max(version) as version, (array_agg(record order by version desc))[1] as record,
        coalesce(max(version) filter (where is_gone is not null), 0) as life,
        coalesce((array_agg(is_gone order by version desc) filter (where is_gone is not null))[1], false) as is_gone, count(*) as events
      from told where json_typeof(record) = 'object' group by id
    ), put as (
      insert into ${table} as s (id, version, life, is_gone, record) select id, version, life, is_gone, record from newest
      on conflict (id) do update set version = greatest(s.version, excluded.version), life = greatest(s.life, excluded.life),
        record = case when excluded.version >= s.version then excluded.record else s.record end,
        is_gone = case when excluded.life >= s.life then excluded.is_gone else s.is_gone end
    ) select coalesce(sum(events), 0) from newest`;
}
