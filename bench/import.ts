import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { LAG } from '#platform/messaging/outbox.ts';
import { asObject } from '#tests/demo/client.ts';
import type { Installation } from './installation.ts';
import { cpuOf, peakMemoryOf, startPeak } from './load.ts';
import { openServerClock, type ServerClock } from './server-clock.ts';

const GROUPS = 40;
const PATH = '/api/customers/customers';
const HEADERS = 'Key,Company,Group,Mail,Phone,VAT,Town,Limit';
const MAPPING = {
  Key: 'externalReference',
  Company: 'name',
  Group: 'groupId',
  Mail: 'email',
  Phone: 'phone',
  VAT: 'vatNumber',
  Town: 'billingAddress.city',
  Limit: 'creditLimit',
};
const TOWNS = ['Berlin', 'Hamburg', 'Wien', 'Graz', 'Bern', 'Zürich', 'Köln'];

/** One import that is measured: what it is called, the options of its request, and what makes its names others. */
type Run = { readonly name: string; readonly options: { readonly [name: string]: string }; readonly mark: string };

const RUNS: readonly Run[] = [
  { name: 'dry run', options: { dryRun: 'true' }, mark: '' },
  { name: 'import', options: {}, mark: '' },
  { name: 'the same by key, nothing new', options: { by: 'externalReference' }, mark: '' },
  { name: 'update by key', options: { by: 'externalReference' }, mark: ' AG' },
];

/** Imports customers of eight columns, one of them the name of their group: tried, made, and changed by their key. */
export async function importCustomers(installation: Installation, database: URL, rows: number): Promise<void> {
  for (let n = 0; n < GROUPS; n += 1) await installation.client.post('/api/customers/customer-groups', { name: `Group ${n}` });
  database.pathname = database.pathname.replace(/offers$/, 'customers');
  const client = new pg.Client({ connectionString: database.href });
  await client.connect();
  const clock = await openServerClock(client);
  console.log(`\n${rows.toLocaleString('en')} customers of eight columns`);
  for (const run of RUNS) console.log(await measured(installation, { client, clock, rows, run }));
  await client.end();
}

type Measured = { readonly client: pg.Client; readonly clock: ServerClock; readonly rows: number; readonly run: Run };

async function measured(installation: Installation, { client, clock, rows, run }: Measured): Promise<string> {
  const file = new Blob([csv(rows, run.mark)], { type: 'text/csv' });
  await published(client);
  startPeak(installation.pid);
  const before = { process: cpuOf(installation.pid), server: clock(), at: performance.now() };
  const result = await imported(installation, file, run.options);
  const done = performance.now();
  await published(client);
  const cpu = { process: cpuOf(installation.pid) - before.process, server: clock() - before.server };
  return [
    `${run.name.padEnd(30)} ${seconds((done - before.at) / 1000)}, mirrors ${seconds((performance.now() - done) / 1000)} later`,
    `CPU ${seconds(cpu.process)} of the process and ${seconds(cpu.server)} of PostgreSQL`,
    `at most ${peakMemoryOf(installation.pid).toFixed(0)} MB resident`,
    JSON.stringify(result),
  ].join('; ');
}

function csv(rows: number, mark: string): string {
  const lines = Array.from({ length: rows }, (_, n) =>
    [
      `K-${n}`,
      `Company ${(n * 7919) % rows} GmbH${mark}`,
      `Group ${n % GROUPS}`,
      `office${n}@company${n % 997}.example`,
      `+49 30 ${1_000_000 + n}`,
      germanVat(n),
      TOWNS[n % TOWNS.length],
      `${(n % 500) * 100}.00`,
    ].join(','),
  );
  return `${HEADERS}\n${lines.join('\n')}\n`;
}

async function imported({ url, token, client }: Installation, file: Blob, options: Run['options']): Promise<unknown> {
  const form = new FormData();
  for (const [name, value] of Object.entries({ ...options, mapping: JSON.stringify(MAPPING) })) form.append(name, value);
  form.append('file', file, 'customers.csv');
  const sent = await fetch(`${url}${PATH}/import`, { method: 'POST', headers: { authorization: `Bearer ${token}` }, body: form });
  const { id } = asObject(await sent.json());
  if (sent.status !== 202) throw new Error(`The import answered ${sent.status}`);
  for (;;) {
    const { body } = await client.get(`/api/customers/jobs/${String(id)}`);
    if (body['state'] === 'done') return body['result'];
    if (body['state'] === 'failed') throw new Error(JSON.stringify(body['errors']));
    await sleep(100);
  }
}

/** A VAT number of eight digits and the check digit that belongs to them (ISO 7064, MOD 11,10). */
function germanVat(n: number): string {
  const digits = String(10_000_000 + n);
  let product = 10;
  for (const digit of digits) product = (2 * ((Number(digit) + product) % 10 || 10)) % 11;
  return `DE${digits}${(11 - product) % 10}`;
}

/** Waits until all events have gone to all who hear them: with the services in one process, until the mirrors have them. */
async function published(client: pg.Client): Promise<void> {
  for (;;) {
    const { rows } = await client.query<{ count: string }>(LAG.text);
    if (rows[0]?.count === '0') return;
    await sleep(50);
  }
}

function seconds(value: number): string {
  return `${value.toFixed(1)} s`;
}
