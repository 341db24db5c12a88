import pg from 'pg';
import type { ConnectionBudget } from './connection-budget.ts';
import { isConnectionError, refusalOf, sqlState } from './database-errors.ts';
import { RawQuery } from './raw-query.ts';
import { openReadLanes } from './read-lanes.ts';
import { openSession, type Session } from './session.ts';

/** A row as it comes from the wire: the text of each column, or null. Nothing is parsed on the read path. */
export type RawRow = readonly (string | null)[];

/** One SQL statement. `name` makes it a prepared statement; only the compiler's own text ever stands in `text`. */
export type Statement = { readonly text: string; readonly values: readonly unknown[]; readonly name?: string };

/** Runs statements inside one transaction. `afterCommit` calls back when it is committed, and never when it is rolled back. */
export type Transaction = {
  readonly query: (statement: Statement) => Promise<readonly RawRow[]>;
  readonly afterCommit?: (then: () => void) => void;
};

/** A service's own database as the application role. */
export type Database = {
  readonly name: string;
  /** A short autocommit read on a pipelined connection. */
  readonly read: (statement: Statement) => Promise<readonly RawRow[]>;
  /** One autocommit statement that writes. */
  readonly write: (statement: Statement) => Promise<readonly RawRow[]>;
  /**
   * Runs a transaction: committed when `run` returns, rolled back when it throws. When a table changed under a prepared statement,
   * or the transaction had to give way to another one, nothing has happened, and `run` is called again: let it have no effects of its own.
   */
  readonly transaction: <T>(run: (transaction: Transaction) => Promise<T>) => Promise<T>;
  /** A connection of its own, for session locks and NOTIFY. */
  readonly session: () => Promise<Session>;
  /** Connections of the pool, and transactions that wait for one. */
  readonly pool: () => { readonly all: number; readonly idle: number; readonly waiting: number };
  readonly close: () => Promise<void>;
};

type DatabaseOptions = {
  readonly name: string;
  readonly url: string;
  readonly connections: number;
  readonly budget?: ConnectionBudget;
  readonly queueMs?: number;
};

/** Who is away refuses at once; who does not answer may only be busy, and its processors with it. */
const CONNECT_MS = 5_000;
/** A writer may stand behind many others, and they behind a change of their table: that is no reason to say that the database is away. */
const QUEUE_MS = 15_000;
const STATEMENT_MS = 30_000;
const IDLE_IN_TRANSACTION_MS = 60_000;
const READ_LANES_MAX = 3;
const PREPARED_MAX = 500;
const PLAN_CHANGED = '0A000';
/** A writer and a change of its table waited for each other, and the writer was chosen to give way. */
const DEADLOCK = '40P01';
const ATTEMPTS_MAX = 4;
/** Starting parallel workers takes longer than most reads do, and takes the processors from all others. */
const ONE_PROCESS = '-c max_parallel_workers_per_gather=0';

/**
 * Opens a database: a pool for what writes, and pipelined connections, opened when needed, for what only reads.
 * `url` is a postgres:// URL of a role that may read and write rows; `connections` the pool's maximum, and `budget` what it shares
 * with the pools of other services in the process.
 * Sessions run in UTC with ISO dates: the text of a timestamp is always the same.
 */
export function openDatabase(options: DatabaseOptions): Database {
  const session = sessionOf(options.name, options.url);
  const pool = new pg.Pool({
    ...session,
    max: options.connections,
    connectionTimeoutMillis: options.queueMs ?? QUEUE_MS,
    Client: ImpatientClient,
  });
  options.budget?.share(pool, options.connections);
  pool.on('error', () => undefined);
  // A client that is lent out when its connection breaks reports it twice: to the statement under way, and here.
  pool.on('connect', (client) => client.on('error', () => undefined));
  const lanes = openReadLanes({
    open: () => new pg.Client({ ...sessionOf(options.name, options.url, ONE_PROCESS), pipeline: true }),
    lanesMax: READ_LANES_MAX,
    hungMs: STATEMENT_MS + 5_000,
  });
  return Object.freeze({
    name: options.name,
    read: (statement: Statement) => orRefuse(() => lanes.query(statement)),
    write: (statement: Statement) => orRefuse(() => runAlone(pool, statement)),
    transaction: <T>(run: (transaction: Transaction) => Promise<T>) => orRefuse(() => transact(pool, run)),
    session: () => openSession(options),
    pool: () => ({ all: pool.totalCount, idle: pool.idleCount, waiting: pool.waitingCount }),
    close: async () => {
      await Promise.all([lanes.close(), pool.end()]);
    },
  });
}

/** The pool knows one time-out for both: a new connection comes within CONNECT_MS, while a turn may be waited for much longer. */
class ImpatientClient extends pg.Client {
  constructor(config?: string | pg.ClientConfig) {
    super(typeof config === 'object' ? { ...config, connectionTimeoutMillis: CONNECT_MS } : config);
  }
}

async function transact<T>(pool: pg.Pool, run: (transaction: Transaction) => Promise<T>, attempt = 1): Promise<T> {
  const client = await pool.connect();
  let isUsable = false;
  try {
    await send(client, { text: 'begin', values: [] });
    const waiting: (() => void)[] = [];
    const result = await run({
      query: async (statement) => (await send(client, statement)).rows,
      afterCommit: (then) => void waiting.push(then),
    });
    const { tag } = await send(client, { text: 'commit', values: [] });
    isUsable = true;
    // PostgreSQL answers the commit of a failed transaction with a rollback, not with an error.
    if (tag !== 'COMMIT') throw new Error('The transaction had failed and was rolled back, though its error was swallowed');
    for (const then of waiting) then();
    return result;
  } catch (error) {
    if (!isUsable) isUsable = await rolledBack(client);
    if (!isWorthAnother(error) || attempt >= ATTEMPTS_MAX) throw error;
    if (sqlState(error) === PLAN_CHANGED) isUsable = false;
  } finally {
    giveBack(client, isUsable);
  }
  return transact(pool, run, attempt + 1);
}

/** Whether nothing has happened and it may go well the next time. */
function isWorthAnother(error: unknown): boolean {
  return sqlState(error) === PLAN_CHANGED || sqlState(error) === DEADLOCK;
}

/** One statement that commits by itself. When what was prepared is stale it has not run, and runs on another connection. */
async function runAlone(pool: pg.Pool, statement: Statement, attempt = 1): Promise<readonly RawRow[]> {
  const client = await pool.connect();
  let isUsable = true;
  try {
    return (await send(client, statement)).rows;
  } catch (error) {
    isUsable = sqlState(error) !== PLAN_CHANGED && !isConnectionError(error);
    if (!isWorthAnother(error) || attempt >= ATTEMPTS_MAX) throw error;
  } finally {
    giveBack(client, isUsable);
  }
  return runAlone(pool, statement, attempt + 1);
}

function rolledBack(client: pg.PoolClient): Promise<boolean> {
  return send(client, { text: 'rollback', values: [] }).then(
    () => true,
    () => false,
  );
}

/** Gives a client back to the pool; one that is broken, or holds too many prepared statements, is closed instead. */
function giveBack(client: pg.PoolClient, isUsable: boolean): void {
  client.release(!isUsable || (prepared.get(client)?.size ?? 0) > PREPARED_MAX);
}

const prepared = new WeakMap<pg.PoolClient, Set<string>>();

function send(client: pg.PoolClient, statement: Statement): Promise<{ rows: readonly RawRow[]; tag: string }> {
  const known = prepared.get(client) ?? new Set<string>();
  prepared.set(client, known);
  const name = statement.name ?? '';
  const isPrepared = name !== '' && known.has(name);
  return new Promise((resolve, reject) => {
    const query = new RawQuery(statement, { name, isPrepared, cork }, (error, rows, tag) => {
      if (error) return reject(error);
      if (name !== '') known.add(name);
      resolve({ rows, tag });
    });
    client.query(query);
  });
}

/** One statement's messages leave in one write. */
function cork(stream: pg.Connection['stream']): void {
  stream.cork();
  process.nextTick(() => stream.uncork());
}

async function orRefuse<T>(run: () => Promise<T>): Promise<T> {
  try {
    return await run();
  } catch (error) {
    throw refusalOf(error);
  }
}

function sessionOf(name: string, url: string, more = ''): pg.ClientConfig {
  const parsed = new URL(url);
  const given = parsed.searchParams.get('options') ?? '';
  parsed.searchParams.set('options', `${given} -c TimeZone=UTC -c DateStyle=ISO -c IntervalStyle=iso_8601 -c jit=off ${more}`.trim());
  return {
    connectionString: parsed.href,
    application_name: `tessera ${name}`,
    connectionTimeoutMillis: CONNECT_MS,
    statement_timeout: STATEMENT_MS,
    idle_in_transaction_session_timeout: IDLE_IN_TRANSACTION_MS,
    keepAlive: true,
  };
}
