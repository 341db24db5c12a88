import pg from 'pg';
import { checkDeclared } from '#platform/data/commands/declared-event.ts';
import type { EventDefinition } from '#platform/kernel/module.ts';
import type { Installation } from './installation.ts';
import { needed, testDatabaseUrl } from './services.ts';

/** What a service told the others about one subject, such as `offer/<id>`, in order. */
export type Told = { readonly type: string; readonly actor: string; readonly data: ReturnType<typeof JSON.parse> };

/** Reads the outbox of a service. */
export function eventsAbout(installation: Installation, module: string, subject: string): Promise<readonly Told[]> {
  return outboxOf(installation, module, { where: 'subject = $1', value: subject });
}

/** Which of the declared events a service has not told up to now; those it told must be as they are declared. */
export async function untold(installation: Installation, module: string, declared: readonly EventDefinition[]): Promise<readonly string[]> {
  const types = declared.map(({ type }) => type);
  const told = await outboxOf(installation, module, { where: 'type = any($1)', value: types });
  for (const { type, data } of told) checkDeclared(declared, type, data);
  return types.filter((type) => !told.some((event) => event.type === type));
}

async function outboxOf(
  installation: Installation,
  module: string,
  { where, value }: { where: string; value: string | readonly string[] },
): Promise<readonly Told[]> {
  const url = new URL(needed(testDatabaseUrl()));
  url.pathname = `/${installation.databasePrefix}${module}`;
  const client = new pg.Client({ connectionString: url.href });
  await client.connect();
  try {
    const found = await client.query<Told>(`select type, actor, data from platform.outbox where ${where} order by position`, [value]);
    return found.rows;
  } finally {
    await client.end();
  }
}
