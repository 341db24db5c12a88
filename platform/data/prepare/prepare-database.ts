import { createHash, createHmac } from 'node:crypto';
import type pg from 'pg';
import { identifier, literal } from '../identifier.ts';
import { withClient } from './connect.ts';
import { PLATFORM_MIGRATIONS } from './platform-tables.ts';

/** Lists of migrations by name. Each list is counted by itself: one that grows shifts no other. Applied in the order of the names given. */
export type Migrations = Readonly<Record<string, readonly string[]>>;

/** What to prepare. `secret` makes the roles' passwords; `tables` are migrations beside the platform's, such as the core's. */
export type PrepareOptions = {
  readonly adminUrl: string;
  readonly database: string;
  readonly secret: string;
  readonly tables?: Migrations;
};

/** How to reach the database: traffic as the application's role, DDL as the migrator's. The same where roles cannot be made. */
export type PreparedDatabase = { readonly appUrl: string; readonly migratorUrl: string };

/**
 * Makes the database, its two roles, schemas and the platform's tables, as far as they are missing. Idempotent, and safe when replicas
 * start at once (an advisory lock). Throws DatabaseError.
 */
export async function prepareDatabase(options: PrepareOptions): Promise<PreparedDatabase> {
  const urls = await withClient(options.adminUrl, (admin) => prepareServer(admin, options));
  const migrations: Migrations = { platform: PLATFORM_MIGRATIONS, ...options.tables };
  const digest = createHash('sha256').update(JSON.stringify(migrations)).digest('hex');
  await withClient(urlFor(options.adminUrl, { database: options.database }), async (client) => {
    if ((await appliedDigest(client)) === digest) return;
    await migrate(client, options.database, { migrations, digest });
  });
  return urls;
}

type Role = { readonly user: string; readonly password: string };

async function prepareServer(admin: pg.Client, options: PrepareOptions): Promise<PreparedDatabase> {
  const { rows } = await admin.query<{ database: boolean; creates_roles: boolean }>(
    `select exists (select from pg_database where datname = $1) as database, (rolcreaterole or rolsuper) as creates_roles
     from pg_roles where rolname = current_user`,
    [options.database],
  );
  const state = rows[0];
  if (!state?.database) await admin.query(`create database ${identifier(options.database)}`).catch(ignoreExisting);
  const own = urlFor(options.adminUrl, { database: options.database });
  if (!state?.creates_roles) return { appUrl: own, migratorUrl: own };
  const migrator = roleOf(options, 'migrator');
  const app = roleOf(options, 'app');
  await makeRoles(admin, [migrator, app]);
  return {
    appUrl: urlFor(own, { database: options.database, ...app }),
    migratorUrl: urlFor(own, { database: options.database, ...migrator }),
  };
}

function roleOf(options: PrepareOptions, kind: 'app' | 'migrator'): Role {
  const password = createHmac('sha256', options.secret).update(`${options.database}/${kind}`).digest('hex');
  return { user: `${options.database}_${kind}`, password };
}

/** Makes the roles that are missing, and gives those of another secret the password of this one. Their comment says which they have. */
async function makeRoles(admin: pg.Client, roles: readonly Role[]): Promise<void> {
  const { rows } = await admin.query<{ user: string; mark: string | null }>(
    `select rolname as user, shobj_description(oid, 'pg_authid') as mark from pg_roles where rolname = any($1::text[])`,
    [roles.map(({ user }) => user)],
  );
  for (const role of roles) {
    const found = rows.find(({ user }) => user === role.user);
    if (found?.mark === markOf(role)) continue;
    const words = `role ${identifier(role.user)} login password ${literal(role.password)}`;
    await admin.query(`${found ? 'alter' : 'create'} ${words}`).catch(ignoreExisting);
    await admin.query(`comment on role ${identifier(role.user)} is ${literal(markOf(role))}`);
  }
}

/** Tells passwords apart and gives none away. */
function markOf({ password }: Role): string {
  return `tessera ${createHash('sha256').update(password).digest('hex').slice(0, 16)}`;
}

async function appliedDigest(client: pg.Client): Promise<string | undefined> {
  const { rows } = await client.query<{ known: string | null }>(`select to_regclass('platform.migration')::text as known`);
  if (!rows[0]?.known) return undefined;
  const found = await client.query<{ digest: string }>('select digest from platform.migration order by at desc limit 1');
  return found.rows[0]?.digest;
}

type Wanted = { readonly migrations: Migrations; readonly digest: string };

async function migrate(client: pg.Client, database: string, wanted: Wanted): Promise<void> {
  const migrator = identifier(`${database}_migrator`);
  const app = identifier(`${database}_app`);
  const hasRoles = (await client.query(`select from pg_roles where rolname = $1`, [`${database}_app`])).rows.length > 0;
  await client.query(`create extension if not exists pg_trgm`).catch(() => undefined);
  await client.query('begin');
  await client.query(`select pg_advisory_xact_lock(hashtextextended('tessera.prepare', 0))`);
  if (hasRoles)
    await client
      .query(`grant ${migrator} to current_user; grant all on database ${identifier(database)} to ${migrator}`)
      .catch(() => undefined);
  await applyMissing(client, wanted);
  if (hasRoles) await client.query(grants(migrator, app));
  await client.query('commit');
}

async function applyMissing(client: pg.Client, { migrations, digest }: Wanted): Promise<void> {
  await client.query(
    `create schema if not exists platform; create table if not exists platform.migration (
       list text, number integer, digest text not null, at timestamptz not null default now(), primary key (list, number))`,
  );
  const { rows } = await client.query<{ list: string; number: number }>('select list, number from platform.migration');
  const done = new Set(rows.map(({ list, number }) => `${list} ${number}`));
  const missing = Object.entries(migrations).flatMap(([list, texts]) =>
    texts.flatMap((text, at) => (done.has(`${list} ${at + 1}`) ? [] : [`${text}\n;\n${noted(list, at + 1, digest)}`])),
  );
  // In one message: a new database lacks some twenty of them.
  if (missing.length > 0) await client.query(missing.join(';\n'));
}

function noted(list: string, number: number, digest: string): string {
  return `insert into platform.migration (list, number, digest) values (${literal(list)}, ${number}, ${literal(digest)})`;
}

/** The migrator owns what is in the three schemas; the application reads and writes rows, and only adds to the outbox. */
function grants(migrator: string, app: string): string {
  const schemas = ['platform', 'records', 'mirror'];
  const own = schemas.map(
    (schema) => `alter schema ${schema} owner to ${migrator}; grant usage on schema ${schema} to ${app};
    grant select, insert, update, delete on all tables in schema ${schema} to ${app}; grant usage on all sequences in schema ${schema} to ${app};
    grant all on all tables in schema ${schema} to ${migrator}; grant all on all sequences in schema ${schema} to ${migrator};
    alter default privileges for role ${migrator} in schema ${schema} grant select, insert, update, delete on tables to ${app};
    alter default privileges for role ${migrator} in schema ${schema} grant usage on sequences to ${app};`,
  );
  return `${own.join('\n')} revoke update, delete, truncate on platform.outbox, platform.document from ${app};`;
}

function urlFor(adminUrl: string, to: { database: string; user?: string; password?: string }): string {
  const url = new URL(adminUrl);
  url.pathname = `/${to.database}`;
  if (to.user !== undefined) url.username = to.user;
  if (to.password !== undefined) url.password = to.password;
  return url.href;
}

function ignoreExisting(error: unknown): void {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  if (!['42P04', '42710', '23505'].includes(code)) throw error;
}
