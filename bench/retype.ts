import { performance } from 'node:perf_hooks';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { asList, asObject } from '#tests/demo/client.ts';
import type { Installation } from './installation.ts';
import { median } from './load.ts';

const ROWS = 1_000_000;
const QUIET_MS = 5_000;

/** One write: when it began (milliseconds since the first), how long it took, and of which object it was. */
type Write = { readonly at: number; readonly took: number; readonly isWatched: boolean };

/** What writers have seen. A write is refused when it has the type that the field had before; that is told apart from a failure. */
type Seen = { readonly writes: Write[]; readonly failures: string[]; refused: number };

/**
 * A text field of a million rows becomes a number and is taken back, under `perSecond` writes, creates and updates of the field
 * itself in turn. Says how long each took, and how long the longest write. Every tenth write goes to another object of the same service, which
 * nothing happens to: what these wait too is the machine's, not the change's.
 */
export async function retypeMillion(installation: Installation, databaseUrl: string, perSecond: number): Promise<void> {
  const table = await define(installation);
  const ids = await fill(databaseUrl, table);
  await asked(installation);
  const quiet = await writing(installation, { ids, perSecond }, () => sleep(QUIET_MS));
  let marks = { carried: 0, over: 0, back: 0 };
  const begun = performance.now();
  const passed = (): number => performance.now() - begun;
  const during = await writing(installation, { ids, perSecond }, async () => {
    const { body } = await installation.client.patch('/api/platform/objects/bench_parcel/fields/weight', { type: 'integer' });
    console.log(`  the change is answered after ${(passed() / 1000).toFixed(1)} s`);
    const job = String(asObject(body['retype'])['job']);
    const carried = await followed(installation, job);
    const version = await lastVersion(installation);
    const over = passed();
    await installation.client.post(`/api/platform/changes/${version}/undo`, {});
    marks = { carried, over, back: passed() };
    await sleep(1_000);
  });
  console.log(
    `\na text field of ${ROWS.toLocaleString('en')} rows becomes a number in ${(marks.over / 1000).toFixed(1)} s (${Math.round(marks.carried / (marks.over / 1000)).toLocaleString('en')} rows/s), and text again in ${((marks.back - marks.over) / 1000).toFixed(2)} s`,
  );
  report('in quiet seconds before', quiet);
  report('meanwhile', during);
  const longest = during.writes.filter((one) => one.isWatched).toSorted((left, right) => right.took - left.took);
  for (const { at, took } of longest.slice(0, 8))
    console.log(`    ${took.toFixed(0)} ms for a write begun after ${(at / 1000).toFixed(1)} s`);
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
  const fields = [{ name: 'name', type: 'text' }];
  await client.post('/api/platform/objects', {
    name: 'bench_other',
    label: 'Bench other',
    module: 'offers',
    collection: 'bench-others',
    titleField: 'name',
    fields,
  });
  const { body } = await client.get('/api/platform/objects/bench_parcel');
  const field = asList(body['fields']).find((one) => one['name'] === 'weight');
  return { name: `records."${String(body['table'])}"`, column: String(field?.['column']) };
}

async function fill(url: string, { name, column }: { readonly name: string; readonly column: string }): Promise<readonly string[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  await client.query(`insert into ${name} (id, version, created_at, created_by, updated_at, updated_by, "${column}")
    select uuidv7(), 1, now(), 'bench', now(), 'bench', (n % 100000)::text from generate_series(1, ${ROWS}) n`);
  await client.query(`vacuum analyze ${name}`);
  await client.query('checkpoint').catch(() => undefined);
  const { rows } = await client.query<{ id: string }>(`select id from ${name} tablesample system (2) limit 5000`);
  await client.end();
  return rows.map((row) => row.id);
}

/** What the object manager asks of so many rows: how filled the fields are, and what the change would do. */
async function asked({ client }: Installation): Promise<void> {
  const timed = async <T>(ask: () => Promise<T>): Promise<{ answer: T; took: number }> => {
    const started = performance.now();
    const answer = await ask();
    return { answer, took: performance.now() - started };
  };
  const took: number[] = [];
  for (let n = 0; n < 9; n += 1) took.push((await timed(() => client.get('/api/platform/objects/bench_parcel/usage'))).took);
  const changes = [{ kind: 'changeField', object: 'bench_parcel', field: 'weight', set: { type: 'integer' } }];
  const preview = await timed(() => client.post('/api/platform/changes/preview', { changes }));
  const seconds = Number(preview.answer.body['seconds']);
  console.log(
    `how filled the fields of ${ROWS.toLocaleString('en')} rows are: ${median(took).toFixed(0)} ms; which rows do not fit: ${preview.took.toFixed(0)} ms, and it says that the change takes ${seconds.toFixed(0)} s`,
  );
}

/** Waits for the job; answers how many rows it has looked at. */
async function followed({ client }: Installation, job: string): Promise<number> {
  const begun = performance.now();
  for (let shown = -1; ;) {
    const { body } = await client.get(`/api/offers/jobs/${job}`);
    const done = Number(body['done'] ?? 0);
    if (shown < 0 && body['state'] !== undefined) {
      shown = 0;
      console.log(`  the job is there ${((performance.now() - begun) / 1000).toFixed(1)} s after the answer`);
    }
    if (body['state'] === 'done') return done;
    if (body['state'] === 'failed') throw new Error(JSON.stringify(body['errors']));
    if (done - Math.max(0, shown) >= ROWS / 5)
      console.log(`  ${(shown = done).toLocaleString('en')} of about ${Number(body['total'] ?? 0).toLocaleString('en')}`);
    await sleep(200);
  }
}

async function lastVersion({ client }: Installation): Promise<number> {
  const { body } = await client.get('/api/platform/changes?limit=1');
  return Number(asList(body['items'])[0]?.['version']);
}

type Writing = { readonly ids: readonly string[]; readonly perSecond: number };

/** Open loop: a write begins when its time has come, whether or not earlier ones have ended, so that a stall is seen by all it holds up. */
async function writing(installation: Installation, { ids, perSecond }: Writing, meanwhile: () => Promise<void>): Promise<Seen> {
  const seen: Seen = { writes: [], failures: [], refused: 0 };
  const under = new Set<Promise<void>>();
  let stopped = false;
  let isText = true;
  const begun = performance.now();
  const write = async (n: number): Promise<void> => {
    const started = performance.now();
    const isWatched = n % 10 !== 0;
    const hadText = isText;
    const weight = n % 100_000;
    const values = isWatched ? { name: `Row ${n}`, weight: hadText ? String(weight) : weight } : { name: `Row ${n}` };
    const path = !isWatched ? 'bench-others' : n % 2 === 0 ? `bench-parcels/${ids[n % ids.length]}` : 'bench-parcels';
    const { status, body } = await send(installation, { method: path.includes('/') ? 'PATCH' : 'POST', path, body: values });
    seen.writes.push({ at: started - begun, took: performance.now() - started, isWatched });
    if (status === 422 && isWatched && body.includes('"pointer":"/weight"')) {
      seen.refused += 1;
      isText = !hadText;
    } else if (status < 200 || status >= 300)
      seen.failures.push(`${status} after ${((started - begun) / 1000).toFixed(1)} s: ${body.slice(0, 300)}`);
  };
  const pace = async (): Promise<void> => {
    for (let n = 0; !stopped; n += 1) {
      const early = begun + (n * 1000) / perSecond - performance.now();
      if (early > 0) await sleep(early);
      const one: Promise<void> = write(n).finally(() => under.delete(one));
      under.add(one);
    }
  };
  const pacing = pace();
  try {
    await meanwhile();
  } finally {
    stopped = true;
    await pacing;
  }
  await Promise.all(under);
  return seen;
}

type Sent = { readonly method: string; readonly path: string; readonly body: unknown };

/** The answer's status, 0 where there is none, and its text. */
async function send({ url, token }: Installation, { method, path, body }: Sent): Promise<{ status: number; body: string }> {
  try {
    const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' };
    const response = await fetch(`${url}/api/offers/${path}`, { method, headers, body: JSON.stringify(body) });
    return { status: response.status, body: await response.text() };
  } catch (error) {
    const cause = error instanceof Error && error.cause instanceof Error ? error.cause.message : '';
    return { status: 0, body: `${String(error)} ${cause}` };
  }
}

function report(when: string, { writes, failures, refused }: Seen): void {
  const summary = (isWatched: boolean): string => {
    const times = writes.filter((one) => one.isWatched === isWatched).map((one) => one.took);
    times.sort((left, right) => left - right);
    const at = (part: number): string => (times[Math.floor((times.length - 1) * part)] ?? 0).toFixed(0);
    return `${times.length.toLocaleString('en')} writes, median ${at(0.5)} ms, p99 ${at(0.99)} ms, p99.9 ${at(0.999)} ms, longest ${at(1)} ms`;
  };
  console.log(`${when}: ${summary(true)}; ${refused} refused for their type, ${failures.length} failed`);
  console.log(`  beside it, an object that nothing happens to: ${summary(false)}`);
  for (const failure of new Set(failures.slice(0, 5))) console.log(`  FAILED ${failure}`);
}
