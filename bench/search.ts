/**
 * `npm run bench:search [-- --rows 1000000]`: how long one search over all services takes when one object has a million records, for
 * texts that hit nothing, a key, a title's beginning, a rare word and a word of every second record; and by which index each is found.
 * Uses DATABASE_URL, else starts the embedded PostgreSQL.
 */
import { parseArgs } from 'node:util';
import { lookupRecords } from '#platform/data/read/lookup.ts';
import type { Statement } from '#platform/data/database.ts';
import type { ModuleSchema } from '#platform/kernel/model.ts';
import { systemCaller } from '#platform/kernel/system-caller.ts';
import { indexSchema } from '#platform/metadata/schema-index.ts';
import { asList, asObject } from '#tests/demo/client.ts';
import { withCustomers, type Customers } from './customers-database.ts';
import { median } from './load.ts';

const { values } = parseArgs({ options: { rows: { type: 'string', default: '1000000' }, rounds: { type: 'string', default: '30' } } });
const ROWS = Number(values.rows);
const FIELDS = [
  {
    name: 'name',
    type: 'text',
    searchable: true,
    sql: `(array['Adler','Bauer','Conrad','Dietz','Ebner','Fuchs','Gruber','Huber'])[1 + n % 8] || ' ' || md5(n::text) || case when n % 2 = 0 then ' GmbH' else ' AG' end`,
  },
  { name: 'code', type: 'text', searchable: true, unique: true, sql: `'K-' || lpad(n::text, 8, '0')` },
  { name: 'email', type: 'email', searchable: true, unique: true, sql: `'mail' || n || '@example' || n % 500 || '.com'` },
  {
    name: 'city',
    type: 'text',
    searchable: true,
    sql: `(array['Berlin','Hamburg','Wien','Graz','Bern','Basel'])[1 + n % 6] || ' ' || n % 9973`,
  },
] as const;

/** What is typed, and what that means for the search. */
const TYPED = [
  ['zzqqxx', 'nothing'],
  ['K-00500000', 'a key'],
  ['k-0050', 'the beginning of keys'],
  ['Gruber c', 'the beginning of titles'],
  ['ad', 'two letters'],
  ['wien 4711', 'two words, few records'],
  ['gmbh', 'a word of every second record'],
  ['example7', 'a word of an address'],
  ['gmbh berlin', 'two frequent words'],
] as const;

await withCustomers(async (customers) => {
  await prepare(customers);
  await measure(customers);
});

async function prepare({ installation: ours, client }: Customers): Promise<void> {
  await ours.client.post('/api/platform/objects', {
    name: 'bench_account',
    label: 'Bench account',
    pluralLabel: 'Bench accounts',
    module: 'customers',
    collection: 'bench-accounts',
    titleField: 'name',
    fields: FIELDS.map(({ sql: _sql, ...field }) => ({ ...field, label: field.name })),
  });
  const { body } = await ours.client.get('/api/platform/objects/bench_account');
  const columns = new Map(asList(body['fields']).map((field) => [String(field['name']), String(field['column'])]));
  const table = `records."${String(asObject(body)['table'])}"`;
  const names = FIELDS.map(({ name }) => `"${columns.get(name)}"`).join(', ');
  const from = performance.now();
  await client.query('set synchronous_commit = off');
  for (let first = 1; first <= ROWS; first += 100_000)
    await client.query(`insert into ${table} (id, version, created_at, created_by, updated_at, updated_by, ${names})
      select gen_random_uuid(), 1, now(), 'bench', now(), 'bench', ${FIELDS.map(({ sql }) => sql).join(', ')}
      from generate_series(${first}, ${Math.min(ROWS, first + 99_999)}) n`);
  await client.query(`vacuum analyze ${table}`);
  console.log(`${ROWS} rows in ${((performance.now() - from) / 1000).toFixed(0)} s\n`);
}

async function measure({ installation: ours, client }: Customers): Promise<void> {
  for (const [typed, meaning] of TYPED) {
    const path = `/api/search?q=${encodeURIComponent(typed)}`;
    const times: number[] = [];
    let found = 0;
    let late = 0;
    for (let round = 0; round < Number(values.rounds); round += 1) {
      const from = performance.now();
      const { body } = await ours.client.get(path);
      times.push(performance.now() - from);
      found = asList(body['groups']).flatMap((group) => asList(group['items'])).length;
      late += asList(body['late']).length;
    }
    const sorted = times.toSorted((left, right) => left - right);
    const worst = sorted[Math.floor(sorted.length * 0.95)] ?? 0;
    console.log(
      `${typed.padEnd(14)} ${meaning.padEnd(32)} median ${median(times).toFixed(0).padStart(4)} ms, p95 ${worst.toFixed(0).padStart(4)} ms, ${found} found, ${late} late`,
    );
    console.log(`  ${(await planOf(client, typed)).join('\n  ')}`);
  }
}

/** The parts of the plan that say how the records were found, and how long PostgreSQL took. */
async function planOf(client: Customers['client'], typed: string): Promise<readonly string[]> {
  const { rows } = await client.query<{ schema: ModuleSchema }>('select schema from platform.applied_metadata');
  const schema = rows[0]?.schema;
  if (!schema) return [];
  const index = indexSchema(schema);
  const object = index.byName.get('bench_account');
  const lines: string[] = [];
  const query = async ({ text, values: parameters }: Statement): Promise<[]> => {
    const plan = await client.query<{ 'QUERY PLAN': string }>(`explain (analyze, costs off, timing off, summary on) ${text}`, [
      ...parameters,
    ]);
    lines.push(...plan.rows.map((row) => row['QUERY PLAN']).filter((line) => /Scan|Execution|Planning/.test(line)));
    return [];
  };
  if (object)
    await lookupRecords({ schema: index, caller: systemCaller('customers'), query }, object, { q: typed, limit: 5, isRanked: true });
  return lines.map((line) => line.trim());
}
