import { performance } from 'node:perf_hooks';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { asList, asObject } from '#tests/demo/client.ts';
import type { Installation } from './installation.ts';

const ROWS = 1_000_000;
const WRITES_PER_SECOND = 300;
const QUIET_MS = 5_000;

/** What writers have seen: how long a write took (sorted, milliseconds), and how many failed. */
type Seen = { readonly times: number[]; failed: number };

/**
 * A text field of a million rows becomes a number and is taken back, under three hundred writes a second, creates and updates of the field
 * itself in turn. Says how long each took, and how long the longest write, beside that of quiet seconds before.
 */
export async function retypeMillion(installation: Installation, databaseUrl: string): Promise<void> {
  const table = await define(installation);
  const ids = await fill(databaseUrl, table);
  const quiet = await writing(installation, ids, () => sleep(QUIET_MS));
  let seconds = { forth: 0, back: 0 };
  const during = await writing(installation, ids, async () => {
    const forth = performance.now();
    const { body } = await installation.client.patch('/api/platform/objects/bench_parcel/fields/weight', { type: 'integer' });
    const job = String(asObject(body['retype'])['job']);
    const version = await followed(installation, job);
    const back = performance.now();
    await installation.client.post(`/api/platform/changes/${version}/undo`, {});
    seconds = { forth: (back - forth) / 1000, back: (performance.now() - back) / 1000 };
    await sleep(1_000);
  });
  console.log(
    `\na text field of ${ROWS.toLocaleString('en')} rows becomes a number in ${seconds.forth.toFixed(1)} s, and text again in ${seconds.back.toFixed(2)} s`,
  );
  console.log(`meanwhile ${summary(during)}; in quiet seconds before ${summary(quiet)}`);
}

async function define({ client }: Installation): Promise<{ readonly name: string; readonly column: string }> {
  await client.post('/api/platform/objects', {
    name: 'bench_parcel',
    label: 'Bench parcel',
    module: 'offers',
    collection: 'bench-parcels',
    titleField: 'name',
    fields: [
      { name: 'name', type: 'text' },
      { name: 'weight', type: 'text' },
    ],
  });
  const { body } = await client.get('/api/platform/objects/bench_parcel');
  const field = asList(body['fields']).find((one) => one['name'] === 'weight');
  return { name: `records."${String(body['table'])}"`, column: String(field?.['column']) };
}

async function fill(url: string, { name, column }: { readonly name: string; readonly column: string }): Promise<readonly string[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  await client.query(`insert into ${name} (id, version, created_at, created_by, updated_at, updated_by, "${column}")
    select gen_random_uuid(), 1, now(), 'bench', now(), 'bench', (n % 100000)::text from generate_series(1, ${ROWS}) n`);
  await client.query(`vacuum analyze ${name}`);
  await client.query('checkpoint').catch(() => undefined);
  const { rows } = await client.query<{ id: string }>(`select id from ${name} tablesample system (2) limit 5000`);
  await client.end();
  return rows.map((row) => row.id);
}

/** Waits for the job and for its service, and answers the version in which the field changed over. */
async function followed({ client }: Installation, job: string): Promise<number> {
  for (let shown = 0; ;) {
    const { body } = await client.get(`/api/offers/jobs/${job}`);
    if (body['state'] === 'done') break;
    if (body['state'] === 'failed') throw new Error(JSON.stringify(body['errors']));
    const done = Number(body['done'] ?? 0);
    if (done - shown >= ROWS / 5)
      console.log(`  ${(shown = done).toLocaleString('en')} of about ${Number(body['total'] ?? 0).toLocaleString('en')}`);
    await sleep(200);
  }
  const { body } = await client.get('/api/platform/changes?limit=1');
  return Number(asList(body['items'])[0]?.['version']);
}

/** Open loop: a write begins when its time has come, whether or not earlier ones have ended, so that a stall is seen by all it holds up. */
async function writing(installation: Installation, ids: readonly string[], meanwhile: () => Promise<void>): Promise<Seen> {
  const seen: Seen = { times: [], failed: 0 };
  const under = new Set<Promise<void>>();
  let stopped = false;
  const begun = performance.now();
  const write = async (n: number): Promise<void> => {
    const started = performance.now();
    const body = JSON.stringify({ name: `Row ${n}`, weight: String(n % 100_000) });
    const [method, path] = n % 2 === 0 ? ['PATCH', `/${ids[n % ids.length]}`] : ['POST', ''];
    const response = await fetch(`${installation.url}/api/offers/bench-parcels${path}`, {
      method,
      headers: { authorization: `Bearer ${installation.token}`, 'content-type': 'application/json' },
      body,
    }).catch(() => null);
    await response?.text();
    // Whoever writes text after the change has a number refused or taken: the type is then another one, which is no failure.
    if (!response || (response.status >= 300 && response.status !== 422)) seen.failed += 1;
    seen.times.push(performance.now() - started);
  };
  const pace = async (): Promise<void> => {
    for (let n = 0; !stopped; n += 1) {
      const early = begun + (n * 1000) / WRITES_PER_SECOND - performance.now();
      if (early > 0) await sleep(early);
      const one: Promise<void> = write(n).finally(() => under.delete(one));
      under.add(one);
    }
  };
  const pacing = pace();
  await meanwhile();
  stopped = true;
  await pacing;
  await Promise.all(under);
  seen.times.sort((left, right) => left - right);
  return seen;
}

function summary({ times, failed }: Seen): string {
  const at = (part: number): string => (times[Math.floor((times.length - 1) * part)] ?? 0).toFixed(0);
  return `${times.length.toLocaleString('en')} writes, median ${at(0.5)} ms, p99 ${at(0.99)} ms, p99.9 ${at(0.999)} ms, longest ${at(1)} ms, ${failed} failed`;
}
