import type { Transaction } from '../database.ts';
import type { ColumnPair } from '../ddl/column-pairs.ts';
import { converted } from '../ddl/conversion.ts';
import { identifier } from '../identifier.ts';
import { sizeOf } from '../read/filled.ts';
import { tableOf } from '../read/table.ts';
import type { Reader } from '../slow-read.ts';

/** A table of fewer pages is counted: its statistics may be from before an import, or be missing. */
const PAGES_COUNTED = 20_000;

/** About how many rows there are to carry over: of a large table what PostgreSQL's statistics say, for counting millions takes long. */
export async function rowsAbout(reader: Reader, { object }: ColumnPair): Promise<number> {
  const { pages, rowsAbout: about } = await sizeOf(reader, object);
  if (pages > PAGES_COUNTED && about > 0) return Math.round(about);
  const [row] = await reader.query({ text: `select count(*) from ${tableOf(object)}`, values: [] });
  return Number(row?.[0] ?? 0);
}

/**
 * Carries over the next rows by key. Rows that somebody is writing at the moment are left for later: nobody waits for the other. Answers
 * where it has come to (null: at the end) and how many rows it has looked at. The transaction's commit does not wait for the disk, while
 * writers may wait for these rows: after a crash it may not have happened, nor the checkpoint that is written with it; the next commit that
 * waits makes sure of all before it.
 */
export async function carryOver(
  transaction: Transaction,
  pair: ColumnPair,
  page: { readonly after: string | null; readonly limit: number },
): Promise<{ readonly after: string | null; readonly seen: number }> {
  const { table, value, open } = sqlOf(pair);
  const [row] = await transaction.query({
    text: `with page as (select id from ${table} where ($1::uuid is null or id > $1::uuid) order by id limit $2),
      free as (select r.id from ${table} r join page on page.id = r.id where ${open} for no key update of r skip locked),
      done as (update ${table} r set ${identifier(pair.young.column)} = ${value} from free where r.id = free.id)
      select (select id from page order by id desc limit 1), (select count(*) from page), set_config('synchronous_commit', 'off', true)`,
    values: [page.after, page.limit],
  });
  const seen = Number(row?.[1] ?? 0);
  return { after: seen < page.limit ? null : (row?.[0] ?? null), seen };
}

/** Carries over rows that were left: as many as fit into one step. Answers how many. */
export async function carryOverLeft(transaction: Transaction, pair: ColumnPair, limit: number): Promise<number> {
  const { table, value, open } = sqlOf(pair);
  const rows = await transaction.query({
    text: `with left_over as (select r.id from ${table} r where ${open} and (${value}) is not null limit $1 for no key update skip locked)
      update ${table} r set ${identifier(pair.young.column)} = ${value} from left_over where r.id = left_over.id returning 1`,
    values: [limit],
  });
  return rows.length;
}

/** How many rows have not been carried over, whether they do not fit or are being written, and some of them. */
export async function notCarriedOver(
  reader: Reader,
  pair: ColumnPair,
): Promise<{ readonly count: number; readonly ids: readonly string[] }> {
  const { table, open } = sqlOf(pair);
  const [counted] = await reader.query({ text: `select count(*) from ${table} r where ${open}`, values: [] });
  const count = Number(counted?.[0] ?? 0);
  const rows =
    count === 0 ? [] : await reader.query({ text: `select r.id from ${table} r where ${open} order by r.id limit 20`, values: [] });
  return { count, ids: rows.map(([id]) => id ?? '') };
}

function sqlOf({ object, old, young }: ColumnPair): { readonly table: string; readonly value: string; readonly open: string } {
  const value = converted(`r.${identifier(old.column)}`, old.settings, young.settings);
  return {
    table: tableOf(object),
    value,
    open: `r.${identifier(old.column)} is not null and r.${identifier(young.column)} is null`,
  };
}
