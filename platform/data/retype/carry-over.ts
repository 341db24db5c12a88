import type { Transaction } from '../database.ts';
import type { ColumnPair } from '../ddl/column-pairs.ts';
import { converted } from '../ddl/conversion.ts';
import { identifier } from '../identifier.ts';
import { sizeOf } from '../read/filled.ts';
import { tableOf } from '../read/table.ts';
import type { Reader } from '../slow-read.ts';
import { keysOf, livingOf } from './unique-keys.ts';

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
  const { table, open, update } = sqlOf(pair);
  const [row] = await transaction.query({
    text: `with page as (select id from ${table} where ($1::uuid is null or id > $1::uuid) order by id limit $2),
      free as (select ${update.takes} from ${table} r join page on page.id = r.id where ${open} for no key update of r skip locked),
      done as (${update.text})
      select (select id from page order by id desc limit 1), (select count(*) from page), set_config('synchronous_commit', 'off', true)`,
    values: [page.after, page.limit],
  });
  const seen = Number(row?.[1] ?? 0);
  return { after: seen < page.limit ? null : (row?.[0] ?? null), seen };
}

/** Carries over rows that were left: as many as fit into one step. Answers how many. */
export async function carryOverLeft(transaction: Transaction, pair: ColumnPair, limit: number): Promise<number> {
  const { table, value, open, update } = sqlOf(pair);
  const rows = await transaction.query({
    text: `with free as (select ${update.takes} from ${table} r where ${open} and (${value}) is not null${update.andFree} limit $1 for no key update skip locked)
      ${update.text} returning 1`,
    values: [limit],
  });
  return rows.length;
}

/** Rows that have not been carried over, whether they do not fit or are being written: how many, some of them, and how many have a value that is there already. */
export type Left = { readonly count: number; readonly ids: readonly string[]; readonly taken: number };

/** What is left to carry over. */
export async function notCarriedOver(reader: Reader, pair: ColumnPair): Promise<Left> {
  const { table, open, update, value } = sqlOf(pair);
  const isTaken = update.andFree === '' ? 'false' : `(${value}) is not null and not (true${update.andFree})`;
  const [counted] = await reader.query({
    text: `select count(*), count(*) filter (where ${isTaken}) from ${table} r where ${open}`,
    values: [],
  });
  const count = Number(counted?.[0] ?? 0);
  const rows =
    count === 0 ? [] : await reader.query({ text: `select r.id from ${table} r where ${open} order by r.id limit 20`, values: [] });
  return { count, ids: rows.map(([id]) => id ?? ''), taken: Number(counted?.[1] ?? 0) };
}

/**
 * How rows that are locked are carried over: what is taken of them, and the statement. Where the new column is unique, of those that would be the
 * same only the first is, and none whose value is there (`andFree`): the others are left, and told.
 */
type Update = { readonly takes: string; readonly text: string; readonly andFree: string };

function sqlOf(pair: ColumnPair): { readonly table: string; readonly value: string; readonly open: string; readonly update: Update } {
  const { object, old, young } = pair;
  const value = converted(`r.${identifier(old.column)}`, old.settings, young.settings);
  const open = `r.${identifier(old.column)} is not null and r.${identifier(young.column)} is null`;
  return { table: tableOf(object), value, open, update: updateOf(pair, value) };
}

/** The values are taken where the rows are locked, so that they are those of now. */
function updateOf(pair: ColumnPair, value: string): Update {
  const table = tableOf(pair.object);
  const column = identifier(pair.young.column);
  const keys = keysOf(pair).map((others) => others.map(identifier));
  const isLiving = livingOf(pair.object);
  const takes = ['r.id', `${value} as carried`, `${isLiving('r')} as living`, ...new Set(keys.flat().map((other) => `r.${other}`))];
  const isKey = (row: string, others: readonly string[]): string =>
    [`${row}.living`, ...others.map((other) => `${row}.${other} is not null`)].join(' and ');
  const places = keys.map((others, at) => {
    const same = ['living', 'carried', ...others].join(', ');
    return `case when ${isKey('free', others)} then row_number() over (partition by ${same} order by id) else 1 end as nth_${at}`;
  });
  const isThere = (others: readonly string[], carried: string, row: string): string => {
    const same = others.map((other) => ` and x.${other} = ${row}.${other}`).join('');
    return `exists (select from ${table} x where x.${column} = ${carried} and ${isLiving('x')}${same})`;
  };
  const chosen = `(select ${['free.*', ...places].join(', ')} from free) chosen`;
  const guards = keys.map(
    (others, at) => ` and chosen.nth_${at} = 1 and not (chosen.living and ${isThere(others, 'chosen.carried', 'chosen')})`,
  );
  return {
    takes: takes.join(', '),
    text: `update ${table} r set ${column} = chosen.carried from ${chosen} where r.id = chosen.id${guards.join('')}`,
    andFree: keys.map((others) => ` and not (${isLiving('r')} and ${isThere(others, value, 'r')})`).join(''),
  };
}
