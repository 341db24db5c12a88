import { spawn, type ChildProcess } from 'node:child_process';
import pg from 'pg';
import { asList, asObject } from '#tests/demo/client.ts';
import type { Installation } from './installation.ts';
import { BENCH_FIELDS, type BenchTable } from './table.ts';

/** Rows in the measured table. */
const ROWS = 100_000;

/** Defines the measured object through the metadata API and fills its table, in SQL, with a hundred thousand rows. */
export async function prepareTable(
  installation: Installation,
  databaseUrl: string,
): Promise<{ table: BenchTable; ids: readonly string[] }> {
  const fields = BENCH_FIELDS.map(({ schema: _schema, sql: _sql, ...field }) => ({ ...field, label: field.name }));
  await installation.client.post('/api/platform/objects', {
    name: 'bench_item',
    label: 'Bench item',
    pluralLabel: 'Bench items',
    module: 'offers',
    collection: 'bench-items',
    titleField: 'name',
    features: { history: true },
    fields,
  });
  const { body } = await installation.client.get('/api/platform/objects/bench_item');
  const defined = new Map(asList(body['fields']).map((field) => [String(field['name']), String(field['column'])]));
  const columns = BENCH_FIELDS.map((field) => ({
    name: field.name,
    column: defined.get(field.name) ?? '',
    schema: field.schema,
  }));
  const table = { url: databaseUrl, table: `records."${String(asObject(body)['table'])}"`, port: 0, fields: columns };
  return { table, ids: await fill(table) };
}

async function fill(table: BenchTable): Promise<readonly string[]> {
  const client = new pg.Client({ connectionString: table.url });
  await client.connect();
  const names = table.fields.map((field) => `"${field.column}"`).join(', ');
  const values = BENCH_FIELDS.map((field) => field.sql).join(', ');
  await client.query(`insert into ${table.table} (id, version, created_at, created_by, updated_at, updated_by, ${names})
    select gen_random_uuid(), 1, now(), 'bench', now(), 'bench', ${values} from generate_series(1, ${ROWS}) n`);
  await client.query(`vacuum analyze ${table.table}`);
  const { rows } = await client.query<{ id: string }>(`select id from ${table.table} order by random() limit 5000`);
  await client.end();
  return rows.map((row) => row.id);
}

/** Starts the hand-written service as a process of its own on a free port. */
export function startHandwritten(table: BenchTable): Promise<ChildProcess> {
  const child = spawn(process.execPath, ['bench/handwritten.ts', JSON.stringify(table)], {
    env: { ...process.env, NODE_ENV: 'production' },
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  });
  return new Promise((resolve, reject) => {
    child.once('message', () => resolve(child));
    child.once('exit', (code) => reject(new Error(`The hand-written service ended with ${code}`)));
  });
}
