import { performance } from 'node:perf_hooks';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import type { Installation } from './installation.ts';
import { median } from './load.ts';
import { benchRecord, type BenchTable } from './table.ts';

const ADDED = 10;
const WRITERS = 8;

/** Milliseconds from POST of a field to a write that uses it, median over several fields. */
export async function fieldUsable(installation: Installation, id: string): Promise<number> {
  const times: number[] = [];
  for (let n = 0; n < ADDED; n += 1) {
    const started = performance.now();
    await installation.client.post('/api/platform/objects/bench_item/fields', {
      name: `usable${n}`,
      label: `Usable ${n}`,
      type: 'text',
    });
    await installation.client.patch(`/api/offers/bench-items/${id}`, { [`usable${n}`]: 'there' });
    times.push(performance.now() - started);
  }
  return median(times);
}

/** The longest a write took, and how many failed, while fields are added under a reader that keeps its transaction open. */
export async function writeStall(
  installation: Installation,
  table: BenchTable,
  ids: readonly string[],
): Promise<{ longest: number; quiet: number; failed: number; writes: number }> {
  const quiet = await writeFor(installation, ids, () => sleep(2000));
  const reader = new pg.Client({ connectionString: table.url });
  await reader.connect();
  const during = await writeFor(installation, ids, async () => {
    for (let n = 0; n < 5; n += 1) {
      await reader.query('begin');
      await reader.query(`select count(*) from ${table.table}`);
      const adding = installation.client.post('/api/platform/objects/bench_item/fields', {
        name: `stall${n}`,
        label: `Stall ${n}`,
        type: 'text',
      });
      await sleep(900);
      await reader.query('commit');
      await adding;
    }
  });
  await reader.end();
  return { longest: during.longest, quiet: quiet.longest, failed: during.failed, writes: during.writes };
}

async function writeFor(
  installation: Installation,
  ids: readonly string[],
  meanwhile: () => Promise<void>,
): Promise<{ longest: number; failed: number; writes: number }> {
  const seen = { longest: 0, failed: 0, writes: 0 };
  let stopped = false;
  const writer = async (first: number): Promise<void> => {
    for (let n = first; !stopped; n += WRITERS) {
      const started = performance.now();
      await installation.client
        .patch(`/api/offers/bench-items/${ids[n % ids.length]}`, { quantity: benchRecord(n)['quantity'] })
        .catch(() => (seen.failed += 1));
      seen.longest = Math.max(seen.longest, performance.now() - started);
      seen.writes += 1;
      await sleep(3);
    }
  };
  const writers = Array.from({ length: WRITERS }, (_, n) => writer(n));
  await meanwhile();
  stopped = true;
  await Promise.all(writers);
  return seen;
}
