import { parseObject } from '#platform/kernel/json.ts';
import { Refusal } from '#platform/kernel/errors.ts';
import type { ObjectDefinition } from '#platform/kernel/model.ts';
import { permissionsOf } from '#platform/kernel/permissions.ts';
import type { SchemaIndex } from '#platform/metadata/schema-index.ts';
import type { RawRow, Statement } from '../database.ts';
import { rowSelect } from '../read/row.ts';
import { prepared } from '../read/statement-names.ts';
import { tableOf } from '../read/table.ts';
import type { Draft } from './change.ts';

/** Runs a statement: a pipelined connection, or a transaction. */
export type Query = (statement: Statement) => Promise<readonly RawRow[]>;

/** Living records, those in the recycle bin, or both. */
export type Life = 'living' | 'deleted' | 'any';

const EVERYTHING = permissionsOf(['system']);
const CONDITIONS: { readonly [life in Life]: string } = {
  living: ' and r.deleted_at is null',
  deleted: ' and r.deleted_at is not null',
  any: '',
};

/** The whole record as the writer sees it, under a row lock when asked; null when it is not there. */
export async function loadRecord(
  query: Query,
  at: { index: SchemaIndex; object: ObjectDefinition },
  which: { id: string; life?: Life; lock?: boolean },
): Promise<Draft | null> {
  const table = `${tableOf(at.object)} as r`;
  const condition = `r.id = $1${CONDITIONS[which.life ?? 'living']}`;
  if (which.lock) await query(prepared(`select 1 from ${table} where ${condition} for update`, [which.id]));
  const row = rowSelect(at.index, at.object, EVERYTHING);
  const [found] = await query(prepared(`select ${row.columns.join(', ')} from ${table} where ${condition}`, [which.id]));
  return found ? { ...parseObject(row.json(found)) } : null;
}

/** Many living records whole, by id, under row locks that are taken in the order of the ids; those that are not there are left out. */
export async function loadLocked(
  query: Query,
  at: { index: SchemaIndex; object: ObjectDefinition },
  ids: readonly string[],
): Promise<ReadonlyMap<string, Draft>> {
  const from = `${tableOf(at.object)} as r where r.id = any($1::uuid[])${CONDITIONS.living}`;
  await query(prepared(`select 1 from ${from} order by r.id for update`, [ids]));
  const row = rowSelect(at.index, at.object, EVERYTHING);
  const found = await query(prepared(`select ${row.columns.join(', ')} from ${from}`, [ids]));
  const records = found.map((one): Draft => ({ ...parseObject(row.json(one)) }));
  return new Map(records.map((record) => [String(record['id']), record]));
}

/** The refusal of an id that names no living record. */
export function notFound(object: ObjectDefinition, id: string): Refusal {
  return new Refusal('not_found', `There is no ${object.label.en} ${id.slice(0, 40)}.`);
}
