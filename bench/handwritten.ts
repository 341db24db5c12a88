/**
 * What a good engineer writes by hand for one table: Express, pg with named prepared statements and explicit columns, compiled ajv,
 * `res.json`, production mode. No permissions, no history, no events: the yardstick, run as `node bench/handwritten.ts <json>`.
 */
import { randomUUID } from 'node:crypto';
import { Ajv } from 'ajv';
import express from 'express';
import pg from 'pg';
import type { BenchTable } from './table.ts';

const table: BenchTable = JSON.parse(process.argv[2] ?? '{}');
const pool = new pg.Pool({ connectionString: table.url, max: 10 });
const names = table.fields.map((field) => field.name);
const columns = table.fields.map((field) => field.column);
const selected = [
  'id',
  'version',
  'created_at as "createdAt"',
  'updated_at as "updatedAt"',
  ...table.fields.map((field) => `"${field.column}" as "${field.name}"`),
].join(', ');
const properties = Object.fromEntries(table.fields.map((field) => [field.name, field.schema]));
const validateCreate = new Ajv().compile({
  type: 'object',
  properties,
  required: ['name'],
  additionalProperties: false,
});
const validateUpdate = new Ajv().compile({ type: 'object', properties, additionalProperties: false });
const placeholders = names.map((_, index) => `$${index + 2}`).join(', ');
const insert = `insert into ${table.table} (id, version, created_at, created_by, updated_at, updated_by, ${columns.map((column) => `"${column}"`).join(', ')})
  values ($1, 1, now(), 'bench', now(), 'bench', ${placeholders}) returning ${selected}`;

const application = express();
application.disable('x-powered-by');
application.disable('etag');
application.use(express.json({ limit: '16mb' }));

application.get('/items/:id', async (request, response) => {
  const { rows } = await pool.query({
    name: 'get',
    text: `select ${selected} from ${table.table} where id = $1 and deleted_at is null`,
    values: [request.params.id],
  });
  if (rows.length === 0) response.status(404).json({ title: 'Not found' });
  else response.json(rows[0]);
});

application.get('/items', async (request, response) => {
  const { category, limit = '25' } = request.query;
  const text = `select ${selected} from ${table.table} where "${columnOf('category')}" = $1 and deleted_at is null order by "${columnOf('position')}" desc, id desc limit $2`;
  const { rows } = await pool.query({ name: 'list', text, values: [category, Number(limit) + 1] });
  const items = rows.slice(0, Number(limit));
  response.json({ items, next: rows.length > items.length ? items.at(-1)?.id : null, count: null });
});

application.post('/items', async (request, response) => {
  if (!validateCreate(request.body)) return void response.status(422).json({ errors: validateCreate.errors });
  const { rows } = await pool.query({
    name: 'create',
    text: insert,
    values: [randomUUID(), ...names.map((name) => request.body[name] ?? null)],
  });
  response.status(201).json(rows[0]);
});

application.patch('/items/:id', async (request, response) => {
  if (!validateUpdate(request.body)) return void response.status(422).json({ errors: validateUpdate.errors });
  const set = names.filter((name) => name in request.body);
  const assignments = set.map((name, index) => `"${columnOf(name)}" = $${index + 2}`).join(', ');
  const text = `update ${table.table} set version = version + 1, updated_at = now(), ${assignments} where id = $1 and deleted_at is null returning ${selected}`;
  const { rows } = await pool.query({
    name: `update ${set.join(' ')}`,
    text,
    values: [request.params.id, ...set.map((name) => request.body[name])],
  });
  if (rows.length === 0) response.status(404).json({ title: 'Not found' });
  else response.json(rows[0]);
});

application.post('/bulk', async (request, response) => {
  const records: Record<string, unknown>[] = request.body;
  for (const record of records) if (!validateCreate(record)) return void response.status(422).json({ errors: validateCreate.errors });
  const width = names.length + 1;
  const tuples = records.map(
    (_, row) =>
      `($${row * width + 1}, 1, now(), 'bench', now(), 'bench', ${names.map((_name, index) => `$${row * width + index + 2}`).join(', ')})`,
  );
  const text = `insert into ${table.table} (id, version, created_at, created_by, updated_at, updated_by, ${columns.map((column) => `"${column}"`).join(', ')}) values ${tuples.join(', ')} returning ${selected}`;
  const { rows } = await pool.query({
    name: `bulk ${records.length}`,
    text,
    values: records.flatMap((record) => [randomUUID(), ...names.map((name) => record[name] ?? null)]),
  });
  response.json({ results: rows.map((record) => ({ status: 201, record })) });
});

const server = application.listen(table.port, '127.0.0.1', () => process.send?.('ready'));
process.on('SIGTERM', () => server.close(() => void pool.end().then(() => process.exit(0))));

function columnOf(name: string): string {
  return table.fields.find((field) => field.name === name)?.column ?? name;
}
