import { createHash, createHmac } from 'node:crypto';
import pg from 'pg';
import { identifier, literal } from '../identifier.ts';
import { PLATFORM_MIGRATIONS } from './platform-tables.ts';

/** What to prepare. `secret` makes the roles' passwords; `tables` are further migrations of this service's own, such as the core's. */
export type PrepareOptions = {
  readonly adminUrl: string;
  readonly database: string;
  readonly secret: string;
  readonly tables?: readonly string[];
};

/** How to reach the database: traffic as the application's role, DDL as the migrator's. The same where roles cannot be made. */
export type PreparedDatabase = { readonly appUrl: string; readonly migratorUrl: string };

/** A database that cannot be prepared: one sentence with the way out. */
export class DatabaseError extends Error {}

/**
 * Makes the database, its two roles, schemas and the platform's tables, as far as they are missing. Idempotent, and safe when replicas
 * start at once (an advisory lock). Throws DatabaseError.
 */
export async function prepareDatabase(options: PrepareOptions): Promise<PreparedDatabase> {
  const urls = await withClient(options.adminUrl, (admin) => prepareServer(admin, options));
  const digest = createHash('sha256')
    .update(JSON.stringify([PLATFORM_MIGRATIONS, options.tables ?? []]))
    .digest('hex');
  await withClient(urlFor(options.adminUrl, { database: options.database }), async (client) => {
    if ((await appliedDigest(client)) === digest) return;
    await migrate(client, options, digest);
  });
  return urls;
}

async function prepareServer(admin: pg.Client, options: PrepareOptions): Promise<PreparedDatabase> {
  const { rows } = await admin.query<{
    database: boolean;
    roles: boolean;
    creates_roles: boolean;
    creates_databases: boolean;
  }>(
    `select exists (select from pg_database where datname = $1) as database,
       (select count(*) = 2 from pg_roles where rolname in ($1 || '_migrator', $1 || '_app')) as roles,
       (rolcreaterole or rolsuper) as creates_roles, (rolcreatedb or rolsuper) as creates_databases
     from pg_roles where rolname = current_user`,
    [options.database],
  );
  const state = rows[0];
  if (!state?.database && !state?.creates_databases)
    throw new DatabaseError(
      `The database ${options.database} is missing and this user may not create it. Create it (createdb ${options.database}), or give DATABASE_URL a user that may.`,
    );
  if (!state.database) await admin.query(`create database ${identifier(options.database)}`).catch(ignoreExisting);
  if (!state.creates_roles)
    return {
      appUrl: urlFor(options.adminUrl, { database: options.database }),
      migratorUrl: urlFor(options.adminUrl, { database: options.database }),
    };
  const role = (kind: 'app' | 'migrator'): { user: string; password: string } => ({
    user: `${options.database}_${kind}`,
    password: passwordOf(options, kind),
  });
  for (const kind of ['migrator', 'app'] as const) await makeRole(admin, role(kind), state.roles);
  return {
    appUrl: urlFor(options.adminUrl, { database: options.database, ...role('app') }),
    migratorUrl: urlFor(options.adminUrl, { database: options.database, ...role('migrator') }),
  };
}

async function makeRole(admin: pg.Client, role: { user: string; password: string }, exists: boolean): Promise<void> {
  const words = `login password ${literal(role.password)}`;
  if (!exists) await admin.query(`create role ${identifier(role.user)} ${words}`).catch(ignoreExisting);
  else if (!(await knows(admin, role.user))) await admin.query(`alter role ${identifier(role.user)} ${words}`);
}

/** Whether the role has a password already; a new secret is set by `alter role` at the next preparation only where there is none. */
async function knows(admin: pg.Client, user: string): Promise<boolean> {
  const { rows } = await admin.query<{ known: boolean }>(`select rolcanlogin as known from pg_roles where rolname = $1`, [user]);
  return rows[0]?.known === true;
}

async function appliedDigest(client: pg.Client): Promise<string | undefined> {
  const { rows } = await client.query<{ known: string | null }>(`select to_regclass('platform.migration')::text as known`);
  if (!rows[0]?.known) return undefined;
  const found = await client.query<{ digest: string }>('select digest from platform.migration order by number desc limit 1');
  return found.rows[0]?.digest;
}

async function migrate(client: pg.Client, options: PrepareOptions, digest: string): Promise<void> {
  const migrator = identifier(`${options.database}_migrator`);
  const app = identifier(`${options.database}_app`);
  const hasRoles = (await client.query(`select from pg_roles where rolname = $1`, [`${options.database}_app`])).rows.length > 0;
  await client.query(`create extension if not exists pg_trgm`).catch(() => undefined);
  await client.query('begin');
  await client.query(`select pg_advisory_xact_lock(hashtextextended('tessera.prepare', 0))`);
  if (hasRoles)
    await client
      .query(`grant ${migrator} to current_user; grant all on database ${identifier(options.database)} to ${migrator}`)
      .catch(() => undefined);
  await client.query(
    `create schema if not exists platform; create table if not exists platform.migration (number integer primary key, digest text not null, at timestamptz not null default now())`,
  );
  const { rows } = await client.query<{ done: number }>('select coalesce(max(number), 0)::int as done from platform.migration');
  const all = [...PLATFORM_MIGRATIONS, ...(options.tables ?? [])];
  for (const [index, text] of all.entries()) {
    if (index < (rows[0]?.done ?? 0)) continue;
    await client.query(text);
    await client.query('insert into platform.migration (number, digest) values ($1, $2)', [
      index + 1,
      index + 1 === all.length ? digest : '',
    ]);
  }
  if (hasRoles) await client.query(grants(migrator, app));
  await client.query('commit');
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
  return `${own.join('\n')} revoke update, delete, truncate on platform.outbox from ${app};`;
}

function passwordOf(options: PrepareOptions, kind: string): string {
  return createHmac('sha256', options.secret).update(`${options.database}/${kind}`).digest('hex');
}

function urlFor(adminUrl: string, to: { database: string; user?: string; password?: string }): string {
  const url = new URL(adminUrl);
  url.pathname = `/${to.database}`;
  if (to.user !== undefined) url.username = to.user;
  if (to.password !== undefined) url.password = to.password;
  return url.href;
}

async function withClient<T>(url: string, run: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({
    connectionString: url,
    application_name: 'tessera prepare',
    connectionTimeoutMillis: 10_000,
  });
  client.on('error', () => undefined);
  try {
    await client.connect();
  } catch (error) {
    throw new DatabaseError(reasonOf(error, url), { cause: error });
  }
  try {
    return await run(client);
  } finally {
    await client.end();
  }
}

function reasonOf(error: unknown, url: string): string {
  const { host, username, pathname } = new URL(url);
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  const said = error instanceof Error ? error.message : String(error);
  if (code === 'ECONNREFUSED' || code === 'ENOTFOUND' || code === 'ETIMEDOUT')
    return `No PostgreSQL answers at ${host}. Start it, or correct DATABASE_URL, or leave DATABASE_URL out to use the embedded one.`;
  if (code === '28P01' || code === '28000')
    return `PostgreSQL at ${host} does not accept the user ${decodeURIComponent(username)} with this password. Correct DATABASE_URL.`;
  if (code === '3D000')
    return `The database ${pathname.slice(1)} does not exist at ${host}. DATABASE_URL names the maintenance database, usually postgres.`;
  return `PostgreSQL at ${host} cannot be used: ${said}`;
}

function ignoreExisting(error: unknown): void {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  if (!['42P04', '42710', '23505'].includes(code)) throw error;
}
