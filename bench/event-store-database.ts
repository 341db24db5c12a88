import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { openDatabase, type Database } from '#platform/data/database.ts';
import { EVENT_STORE_MIGRATIONS } from '#platform/data/event-store/tables.ts';
import { prepareDatabase } from '#platform/data/prepare/prepare-database.ts';
import { startPostgres } from '#platform/embedded/postgres.ts';

/** An event store alone: as the service has it, and a connection of the server's owner. */
export type EventStoreDatabase = { readonly database: Database; readonly client: pg.Client };

/** Runs with an event store on DATABASE_URL, else on the embedded PostgreSQL. Nothing of it is left, unless a folder is named in which it is kept for another run. */
export async function withEventStore(kept: string | undefined, run: (store: EventStoreDatabase) => Promise<void>): Promise<void> {
  const folder = kept ?? mkdtempSync(join(tmpdir(), 'tessera-bench-'));
  mkdirSync(folder, { recursive: true });
  const postgres = process.env['DATABASE_URL'] ? undefined : await startPostgres({ dataFolder: folder, log: () => undefined });
  const adminUrl = process.env['DATABASE_URL'] ?? postgres?.url ?? '';
  const name = kept === undefined ? `bench_${process.pid}_audit` : 'bench_kept_audit';
  const { appUrl } = await prepareDatabase({ adminUrl, database: name, secret: 'bench', tables: { events: EVENT_STORE_MIGRATIONS } });
  const database = openDatabase({ name: 'audit', url: appUrl, connections: 4 });
  const client = new pg.Client({ connectionString: Object.assign(new URL(adminUrl), { pathname: `/${name}` }).href });
  await client.connect();
  try {
    await run({ database, client });
  } finally {
    await client.end();
    await database.close();
    if (kept === undefined) await dropped(adminUrl, name);
    await postgres?.stop();
    if (kept === undefined) rmSync(folder, { recursive: true, force: true });
  }
}

async function dropped(adminUrl: string, name: string): Promise<void> {
  const admin = new pg.Client({ connectionString: adminUrl });
  await admin.connect();
  await admin.query(`drop database ${name} with (force)`);
  await admin.end();
}
