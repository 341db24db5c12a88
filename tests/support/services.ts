/**
 * What tests that need more than Node stand on. `npm test` finds or starts these services and passes them by environment; a test
 * that runs alone (`node --test <file>`) takes what is set there. A test without its service is skipped and says why:
 *
 *   const database = testDatabaseUrl();
 *   test('An offer is saved once', { skip: skipReason(database) }, async () => connect(needed(database)));
 */

/** A service's address or path, or a sentence that says why there is none. */
export type Provided = { readonly value: string } | { readonly missing: string };

/** The variables of the environment that carry them; `<name>_MISSING` carries the reason instead. */
export const SERVICE_VARIABLES = {
  database: 'TEST_DATABASE_URL',
  rabbitmq: 'TEST_RABBITMQ_URL',
  redis: 'TEST_REDIS_URL',
  chromium: 'TEST_CHROMIUM',
} as const;

/** A PostgreSQL server as a user who may create databases; the URL names a maintenance database. See `freshPrefix`. */
export function testDatabaseUrl(): Provided {
  return provided(SERVICE_VARIABLES.database);
}

/** A RabbitMQ that other test files use at the same time: give exchanges and queues names of your own. */
export function rabbitmqUrl(): Provided {
  return provided(SERVICE_VARIABLES.rabbitmq);
}

/** A Redis that other test files use at the same time: prefix the keys, and never flush. */
export function redisUrl(): Provided {
  return provided(SERVICE_VARIABLES.redis);
}

/** The executable of a Chromium or Chrome, for Playwright's `executablePath`. */
export function chromiumPath(): Provided {
  return provided(SERVICE_VARIABLES.chromium);
}

/** For `test(name, { skip: skipReason(a, b) }, …)`: why the test cannot run here, or false when it can. */
export function skipReason(...needs: readonly Provided[]): string | false {
  const reasons = needs.flatMap((need) => ('missing' in need ? [need.missing] : []));
  return reasons.length > 0 && reasons.join('; ');
}

/** The value, in a test whose `skip` asked for it. Throws the reason where there is none. */
export function needed(need: Provided): string {
  if ('missing' in need) throw new Error(need.missing);
  return need.value;
}

function provided(variable: string): Provided {
  const value = process.env[variable];
  if (value) return { value };
  return { missing: process.env[`${variable}_MISSING`] ?? `${variable} is not set (npm test sets it)` };
}
