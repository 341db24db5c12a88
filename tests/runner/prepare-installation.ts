/**
 * Starts an installation on fresh databases, sets it up, waits until nothing is under way in it, stops it and prints a `Prepared` of it as
 * JSON: what most test files begin with. A process of its own, so that the runner does not carry the platform.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { startInstallation, type Installation } from '#tests/support/installation.ts';
import { close, type Prepared } from '#tests/support/prepared.ts';
import { needed, testDatabaseUrl } from '#tests/support/services.ts';

const LOOKS_AT_REST = 4;
const LOOKS_MAX = 300;
const UNDER_WAY = `select (select count(*) from platform.job where state in ('queued', 'running') and run_after <= now())
  + (select count(*) from platform.attempt)`;

const installation = await startInstallation();
await untilAtRest(installation);
await installation.running.stop();
const prepared: Prepared = { databasePrefix: installation.databasePrefix, token: installation.admin.token };
await close(prepared, needed(testDatabaseUrl()));
console.log(JSON.stringify(prepared));

/** Some looks after one another: what one service has just told another is on its way for a moment. */
async function untilAtRest({ running }: Installation): Promise<void> {
  let atRest = 0;
  for (let look = 0; atRest < LOOKS_AT_REST; look += 1) {
    if (look > LOOKS_MAX) throw new Error('The installation does not come to rest');
    const busy = await Promise.all(
      running.services.map(async ({ lag, store }) => {
        const [row] = await store.database.read({ text: UNDER_WAY, values: [] });
        return ((await lag())?.events ?? 0) + Number(row?.[0] ?? 0) > 0;
      }),
    );
    atRest = busy.some(Boolean) ? 0 : atRest + 1;
    await sleep(100);
  }
}
