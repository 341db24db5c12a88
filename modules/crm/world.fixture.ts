import { eventually } from '#tests/support/eventually.ts';
import type { Client } from '#tests/support/client.ts';
import { startInstallation, type Installation } from '#tests/support/installation.ts';
import { signInAs } from '#tests/support/people.ts';
import { skipReason, testDatabaseUrl } from '#tests/support/services.ts';
import { openShuffledBus } from '#tests/support/shuffled-bus.ts';

/** Why the tests of CRM are left out, if they are. */
export const skip = skipReason(testDatabaseUrl());

/** The installation of the tests of CRM, which they share, as it takes long to start: every event comes twice there, and in any order. */
export type World = {
  readonly installation: Installation;
  readonly manager: Client;
  readonly sales: Client;
  readonly viewer: Client;
  /** A customer, of Euros. */
  readonly customerId: string;
};

let started: World | undefined;

/** Starts it; it has its pipeline. */
export async function startWorld(): Promise<World> {
  const installation = await startInstallation({ bus: openShuffledBus(11) });
  const manager = await signInAs(installation, 'manager');
  const sales = await signInAs(installation, 'sales');
  const viewer = await signInAs(installation, 'viewer');
  const customerId = (await sales.post('/api/customers/customers', { name: 'Adler AG', currency: 'EUR' })).body.id;
  await eventually('there is a pipeline', async () => (await sales.get('/api/crm/stages')).body.items.length === 7);
  started = { installation, manager, sales, viewer, customerId };
  return started;
}

/** It, for tests in files that are run with it. */
export function world(): World {
  if (!started) throw new Error('The tests of CRM run from crm.test.ts, which starts what they share.');
  return started;
}
