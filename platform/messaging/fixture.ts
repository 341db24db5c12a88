import { randomUUID } from 'node:crypto';
import pg from 'pg';
import { openDatabase, type Database } from '#platform/data/database.ts';
import type { PlatformEvent } from '#platform/kernel/event.ts';

const SERVER = process.env['TEST_DATABASE_URL'] ?? 'postgres://root@127.0.0.1:5432/postgres';

const TABLES = `
  create schema platform;
  create table platform.outbox (position bigint generated always as identity primary key, transaction xid8 not null default pg_current_xact_id(),
    id uuid not null, type text not null, object text, record_id uuid, subject text not null, time timestamptz not null default now(),
    actor text not null, correlation_id text not null, causation_id text, work_date date, object_version integer not null, metadata_version bigint not null, data json not null);
  create index outbox_transaction on platform.outbox (transaction, position);
  create index outbox_record on platform.outbox (record_id, position);
  create table platform.relay (name text primary key, from_transaction xid8, to_transaction xid8, position bigint);
  create table platform.inbox (consumer text, event_id uuid, at timestamptz not null default now(), primary key (consumer, event_id));
  create table platform.attempt (consumer text, event_id uuid, starts integer not null, at timestamptz not null default now(), primary key (consumer, event_id));
  create table platform.dead_letter (id uuid primary key, consumer text not null, event jsonb, received text not null, reason text not null,
    stack_hash text not null, attempts integer not null, replays integer not null default 0, headers jsonb not null,
    state text not null default 'open', at timestamptz not null default now(), resolved_at timestamptz, resolved_by text);
  create table platform.job (id uuid primary key, kind text not null, key text unique, state text not null, done bigint not null default 0, total bigint,
    input jsonb not null, checkpoint jsonb, result jsonb, errors jsonb not null default '[]', wanted text, attempts integer not null default 0,
    lease uuid, lease_until timestamptz, run_after timestamptz not null default now(), by text not null, at timestamptz not null default now(),
    started_at timestamptz, ended_at timestamptz);
  create index job_waiting on platform.job (run_after) where state in ('queued', 'running');
  create table public.effect (id uuid, consumer text, at bigserial);`;

/** A database of its own for one test file, with the tables of messaging and jobs. */
export type Fixture = {
  readonly name: string;
  readonly url: string;
  readonly database: Database;
  readonly admin: pg.Pool;
  readonly drop: () => Promise<void>;
};

/** Creates the database and its tables. */
export async function createFixture(name: string, connections = 10): Promise<Fixture> {
  const full = `messaging_${name}_${randomUUID().slice(0, 8)}`;
  const server = new pg.Pool({ connectionString: SERVER, max: 1 });
  await server.query(`create database ${full}`);
  const url = new URL(SERVER);
  url.pathname = `/${full}`;
  const admin = new pg.Pool({ connectionString: url.href, max: 5 });
  admin.on('error', () => undefined);
  await admin.query(TABLES);
  const database = openDatabase({ name, url: url.href, connections });
  const drop = async (): Promise<void> => {
    await database.close();
    await admin.end();
    await server.query(`drop database ${full} with (force)`);
    await server.end();
  };
  return { name: full, url: url.href, database, admin, drop };
}

/** Writes outbox rows in one autocommit statement. */
export async function emit(
  target: Pick<pg.ClientBase, 'query'> | pg.Pool,
  subjects: readonly string[],
  type = 'OfferCreated',
): Promise<void> {
  await target.query(
    `insert into platform.outbox (id, type, subject, actor, correlation_id, object_version, metadata_version, data)
      select gen_random_uuid(), $2, subject, 'user:1', 'c-1', 1, 1, jsonb_build_object('n', n)
      from unnest($1::text[]) with ordinality as given (subject, n)`,
    [subjects, type],
  );
}

/** Waits until something holds, at most `milliseconds`. */
export async function until(holds: () => boolean | Promise<boolean>, milliseconds = 10_000): Promise<void> {
  const deadline = Date.now() + milliseconds;
  while (!(await holds())) {
    if (Date.now() > deadline) throw new Error(`It did not come true within ${milliseconds} ms: ${holds.toString()}`);
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}

/** An event of the offers module. */
export function eventOf(subject: string, id: string = randomUUID()): PlatformEvent {
  return {
    specversion: '1.0',
    id,
    source: '/offers',
    type: 'OfferCreated',
    subject,
    time: new Date().toISOString(),
    datacontenttype: 'application/json',
    actor: 'user:1',
    correlationid: 'c-1',
    objectversion: 1,
    metadataversion: 1,
    data: {},
  };
}
