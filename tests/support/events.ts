import pg from 'pg';
import type { Installation } from './installation.ts';
import { needed, testDatabaseUrl } from './services.ts';

/** What a service told the others about one subject, such as `offer/<id>`, in order. */
export type Told = { readonly type: string; readonly actor: string; readonly data: ReturnType<typeof JSON.parse> };

/** Reads the outbox of a service. */
export async function eventsAbout(installation: Installation, module: string, subject: string): Promise<readonly Told[]> {
  const url = new URL(needed(testDatabaseUrl()));
  url.pathname = `/${installation.databasePrefix}${module}`;
  const client = new pg.Client({ connectionString: url.href });
  await client.connect();
  try {
    const found = await client.query<Told>('select type, actor, data from platform.outbox where subject = $1 order by position', [subject]);
    return found.rows;
  } finally {
    await client.end();
  }
}
