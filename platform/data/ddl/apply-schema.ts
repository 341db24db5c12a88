import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { Refusal } from '#platform/kernel/errors.ts';
import { faultPoint } from '#platform/kernel/fault-point.ts';
import type { ModuleSchema } from '#platform/kernel/model.ts';
import { sqlState } from '../database-errors.ts';
import { identifier } from '../identifier.ts';
import { carryMirrorsOver, type AskRows } from '../mirrors/moved-fields.ts';
import { createIndex, planSchema, wantedIndexes, type SchemaPlan, type WantedIndex } from './schema-plan.ts';

/** The database to change, as the role that owns its tables. */
export type DdlTarget = { readonly migratorUrl: string; readonly module: string };

/**
 * The schema in force afterwards (a newer one when another replica was faster), and what remains: indexes on full tables,
 * built without stopping writers. Until `finish` resolves a new unique rule does not hold.
 */
export type Applied = { readonly schema: ModuleSchema; readonly finish: () => Promise<void> };

/** Writers wait behind a change that waits for its lock, so it gives up soon and tries again. */
const LOCK_MS = 20;
const PAUSE_MS = 50;
const PATIENCE_MS = 300_000;
const PAUSE_MS_MAX = 1_000;
const SMALL_ROWS = 1_000;
const LOCK_NOT_AVAILABLE = '55P03';
const DEADLOCK = '40P01';
const TOO_MANY_COLUMNS = '54011';

/**
 * Brings the tables to a schema. One replica at a time (an advisory lock of the session); DDL and the new version in one transaction, so
 * that a crash leaves either all of it or nothing; a short lock_timeout with pauses that grow, so that a long reader never makes writers queue.
 */
export async function applySchema(target: DdlTarget, after: ModuleSchema): Promise<Applied> {
  return withDdlLock(target, async (client) => {
    const before = await lastApplied(client);
    const schema = before && before.version >= after.version ? before : after;
    if (schema === after) {
      const ask: AskRows = async (text, values) => (await client.query({ text, values: [...values], rowMode: 'array' })).rows;
      await carryMirrorsOver(ask, before, after);
      const plan = planSchema(before, after);
      // Where nothing was ever applied there is no table yet, so none is full.
      await applyPlan(client, { plan, now: before ? await indexesForNow(client, plan.indexes) : plan.indexes }, after);
      // What events have written since under the old columns alone, where this service had missed the version before.
      await carryMirrorsOver(ask, before, after);
    }
    const { missing, stale } = await indexesLeft(client, schema);
    return { schema, finish: () => (missing.length + stale.length === 0 ? Promise.resolve() : buildIndexes(target, schema)) };
  });
}

async function withDdlLock<T>(target: DdlTarget, run: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({
    connectionString: target.migratorUrl,
    application_name: `tessera ${target.module} ddl`,
  });
  client.on('error', () => undefined);
  await client.connect();
  try {
    await client.query(`select pg_advisory_lock(hashtextextended('tessera.ddl', 0))`);
    return await run(client);
  } finally {
    await client.end();
  }
}

async function lastApplied(client: pg.Client): Promise<ModuleSchema | null> {
  const { rows } = await client.query<{ schema: ModuleSchema }>('select schema from platform.applied_metadata');
  return rows[0]?.schema ?? null;
}

type Planned = { readonly plan: SchemaPlan; readonly now: readonly WantedIndex[] };

async function applyPlan(client: pg.Client, { plan, now }: Planned, after: ModuleSchema): Promise<void> {
  const deadline = Date.now() + PATIENCE_MS;
  for (let attempt = 0; ; attempt += 1) {
    try {
      await faultPoint('ddl.before');
      await inOneTransaction(client, plan, { after, now });
      await faultPoint('ddl.afterCommit');
      return;
    } catch (error) {
      await client.query('rollback');
      if (sqlState(error) === TOO_MANY_COLUMNS)
        throw new Refusal(
          'record_too_wide',
          'The table has no room for another column: PostgreSQL allows 1,600 over its lifetime. Move fields to a related object.',
        );
      if (![LOCK_NOT_AVAILABLE, DEADLOCK].includes(sqlState(error) ?? '') || Date.now() > deadline) throw error;
      await sleep(Math.min(PAUSE_MS_MAX, PAUSE_MS * 2 ** Math.min(attempt, 5)) * (0.5 + Math.random()));
    }
  }
}

async function inOneTransaction(
  client: pg.Client,
  plan: SchemaPlan,
  made: { after: ModuleSchema; now: readonly WantedIndex[] },
): Promise<void> {
  // Nobody waits for the disk with the tables locked: that is done behind, by one more commit, which takes this one along.
  await client.query(`begin; set local lock_timeout = ${LOCK_MS}; set local synchronous_commit = off`);
  await client.query(
    `insert into platform.applied_metadata (version, schema) values ($1, $2)
     on conflict (singleton) do update set version = excluded.version, schema = excluded.schema, at = now()`,
    [made.after.version, JSON.stringify(made.after)],
  );
  // Tables last, and all in one message: they are locked from here to the commit.
  const statements = [
    ...plan.statements,
    ...made.now.map((index) => createIndex(index, '')),
    ...plan.dropped.map((name) => `drop index if exists records.${identifier(name)}, mirror.${identifier(name)}`),
  ];
  if (statements.length > 0) await client.query(statements.join(';\n'));
  await faultPoint('ddl.beforeCommit');
  await client.query('commit');
  await client.query('update platform.applied_metadata set at = now()');
}

/** Indexes on tables that do not exist yet or have few rows; the others are built concurrently after the commit. */
async function indexesForNow(client: pg.Client, indexes: readonly WantedIndex[]): Promise<readonly WantedIndex[]> {
  const small = new Map<string, boolean>();
  for (const { table } of indexes) if (!small.has(table)) small.set(table, await isSmall(client, table));
  return indexes.filter((index) => small.get(index.table));
}

async function isSmall(client: pg.Client, table: string): Promise<boolean> {
  const { rows } = await client.query<{ known: string | null }>('select to_regclass($1)::text as known', [table]);
  if (!rows[0]?.known) return true;
  const counted = await client.query<{ count: number }>(
    `select count(*)::int as count from (select 1 from ${table} limit ${SMALL_ROWS + 1}) as any_row`,
  );
  return (counted.rows[0]?.count ?? 0) <= SMALL_ROWS;
}

type IndexesLeft = { readonly missing: readonly WantedIndex[]; readonly stale: readonly string[] };

/**
 * Indexes that a schema wants and that are not there, or not whole; and those, by their places, that an older version of the platform wanted for the same schema: they cost
 * every write, and nothing asks for them.
 */
async function indexesLeft(client: pg.Client, schema: ModuleSchema): Promise<IndexesLeft> {
  const { rows } = await client.query<{ space: string; name: string; valid: boolean }>(
    `select n.nspname as space, c.relname as name, i.indisvalid as valid
     from pg_index i join pg_class c on c.oid = i.indexrelid join pg_namespace n on n.oid = c.relnamespace
     where n.nspname in ('records', 'mirror')`,
  );
  const wanted = new Map(wantedIndexes(schema).map((index) => [index.name, index]));
  const valid = new Set(rows.flatMap((row) => (row.valid ? [row.name] : [])));
  return {
    missing: [...wanted.values()].filter(({ name }) => !valid.has(name)),
    stale: rows.filter(({ name }) => OURS.test(name) && !wanted.has(name)).map(({ space, name }) => `${space}.${identifier(name)}`),
  };
}

/** How indexes of a schema are called: what else is there is somebody's own. */
const OURS = /^[iu]_[0-9a-f]{20}$/;

/**
 * Builds what is missing, one after the other, and then drops what is stale. Resumable: an index left invalid by a crash is dropped and built
 * again. Concurrently: a plain drop would wait for readers with the whole table locked, and writers behind it.
 */
async function buildIndexes(target: DdlTarget, schema: ModuleSchema): Promise<void> {
  await withDdlLock(target, async (client) => {
    const { missing, stale } = await indexesLeft(client, schema);
    for (const index of missing) {
      const space = index.table.startsWith('mirror.') ? 'mirror' : 'records';
      await client.query(`drop index concurrently if exists ${space}.${identifier(index.name)}`);
      await faultPoint('index.before');
      await Promise.all([client.query(createIndex(index, 'concurrently')), faultPoint('index.amid')]);
    }
    for (const name of stale) await client.query(`drop index concurrently if exists ${name}`);
  });
}
