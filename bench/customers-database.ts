import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { startPostgres } from '#platform/embedded/postgres.ts';
import { startInstallation, type Installation } from './installation.ts';

/** An installation, and a connection to its database of customers, into which rows are put faster than through the API. */
export type Customers = { readonly installation: Installation; readonly client: pg.Client };

/** Runs with an installation of its own on DATABASE_URL, else on the embedded PostgreSQL; nothing of the latter is left. */
export async function withCustomers(run: (customers: Customers) => Promise<void>): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'tessera-bench-'));
  const postgres = process.env['DATABASE_URL'] ? undefined : await startPostgres({ dataFolder: folder, log: () => undefined });
  const adminUrl = process.env['DATABASE_URL'] ?? postgres?.url ?? '';
  const prefix = `bench_${process.pid}_`;
  const installation = await startInstallation({
    DATABASE_URL: adminUrl,
    DATABASE_PREFIX: prefix,
    PORT: String(20_000 + (process.pid % 20_000)),
    TESSERA_DATA: join(folder, 'tessera'),
  });
  const database = new URL(adminUrl);
  database.pathname = `/${prefix}customers`;
  const client = new pg.Client({ connectionString: database.href });
  await client.connect();
  try {
    await run({ installation, client });
  } finally {
    await client.end();
    await installation.stop();
    await postgres?.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}
