import assert from 'node:assert/strict';
import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import pg from 'pg';
import { FAULT_POINTS, type FaultPoint } from '#platform/kernel/fault-point.ts';
import type { FieldDefinition } from '#platform/kernel/model.ts';
import { setUp, type Client } from '#tests/support/client.ts';
import { dropDatabases, freshPrefix } from '#tests/support/databases.ts';
import { eventually } from '#tests/support/eventually.ts';
import { freePort } from '#tests/support/ports.ts';
import { needed, skipReason, testDatabaseUrl } from '#tests/support/services.ts';
import { appliedIn, databaseUrl, sql } from './applied.ts';

const database = testDatabaseUrl();
const FIELDS = '/api/platform/objects/offer/fields';
/** More than a table may have for its indexes to be made in the transaction. */
const FILL = `insert into records.offer (id, version, created_at, created_by, updated_at, updated_by)
  select gen_random_uuid(), 1, now(), 'service:offers', now(), 'service:offers' from generate_series(1, 1500)`;

describe('kill -9 during a change of the metadata', { skip: skipReason(database) }, () => {
  const prefix = freshPrefix();
  const offers = `${prefix}offers`;
  let port = 0;
  let admin: Client;
  let child: ChildProcess;

  const start = async (): Promise<string> => {
    child = fork(join(import.meta.dirname, 'core-and-offers.ts'), [needed(database), prefix, String(port)]);
    const ended = once(child, 'exit').then(() => assert.fail('It ended instead of starting'));
    const [{ setupLink }] = await Promise.race([once(child, 'message'), ended]);
    return setupLink;
  };
  const arm = async (point: FaultPoint): Promise<void> => {
    const armed = once(child, 'message');
    child.send(`${point}:kill@1`);
    await armed;
  };
  const fieldOf = async (name: string): Promise<FieldDefinition> =>
    (await admin.get('/api/platform/objects/offer')).body.fields.find((one: FieldDefinition) => one.name === name);
  /** A field that every row has a number as text in, for more than one step. */
  const texts = async (name: string): Promise<void> => {
    const made = await admin.post(FIELDS, { name, label: name, type: 'text' });
    assert.equal(made.status, 201, JSON.stringify(made.body));
    await sql(offers, `update records.offer set ${made.body.column} = '12'`);
  };
  before(async () => {
    port = await freePort();
    admin = await setUp(`http://127.0.0.1:${port}`, await start());
    await sql(offers, FILL);
  });
  after(async () => {
    child.kill('SIGKILL');
    await dropDatabases(prefix, needed(database));
  });

  for (const [at, point] of FAULT_POINTS.entries())
    test(`at ${point}: after the next start the metadata, the schema applied and the tables are one`, async () => {
      const name = `field${at}`;
      const reader = point === 'index.amid' ? await openReader(offers) : null;
      if (point.startsWith('retype')) await texts(name);
      await arm(point);
      const killed = once(child, 'exit');
      const change = point.startsWith('retype')
        ? admin.patch(`${FIELDS}/${name}`, { type: 'integer' })
        : admin.post(FIELDS, { name, label: name, type: 'text', indexed: true, unique: true });
      await Promise.all([killed.then(([, signal]) => assert.equal(signal, 'SIGKILL')), change.catch(() => undefined)]);
      if (reader) await leaveInvalid(offers, reader);
      await start();
      // A job of a process that is gone is taken over when its time is up; nobody needs to wait for that here.
      if (point.startsWith('retype')) {
        await sql(offers, `update platform.job set lease_until = now() where state = 'running'`);
        await eventually('a number', async () => (await fieldOf(name)).type === 'integer', 60);
      }
      await converged(admin, offers);
      const served = await admin.get(`/api/offers/offers?limit=1&fields=${name}`);
      assert.equal(served.status, point === 'core.beforeCommit' ? 400 : 200, JSON.stringify(served.body));
    });
});

/** Somebody who has been reading for a while: an index that is built meanwhile waits for them. */
async function openReader(name: string): Promise<pg.Client> {
  const reader = new pg.Client({ connectionString: databaseUrl(name) });
  await reader.connect();
  await reader.query('begin isolation level repeatable read');
  await reader.query('select from platform.relay');
  return reader;
}

/** Ends the server's side of the build too, as when the whole machine goes down: what is left is an invalid index. */
async function leaveInvalid(name: string, reader: pg.Client): Promise<void> {
  const invalid = `select from pg_index where not indisvalid`;
  await eventually('an index half built', async () => (await sql(name, invalid)).length > 0);
  await sql(
    name,
    `select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and query like 'create % concurrently %'`,
  );
  await reader.query('commit');
  await reader.end();
  assert.notDeepEqual(await sql(name, invalid), []);
  assert.match((await appliedIn(name)).left.join(), /index/);
}

/** Waits until the offers have what the core says, and compares: the effective fields, those applied, the tables and their indexes. */
async function converged(admin: Client, name: string): Promise<void> {
  const facts = ({ id, name: called, column, state, indexed, unique }: FieldDefinition) => ({ id, called, column, state, indexed, unique });
  await eventually(
    'the offers in step with the core',
    async () => {
      const { body } = await admin.get('/api/platform/services');
      return body.items.some(
        (one: { module: string; lag: number; version: number }) => one.module === 'offers' && one.version > 0 && one.lag === 0,
      );
    },
    30,
  );
  const { schema, left } = await appliedIn(name);
  const effective: { fields: readonly FieldDefinition[] } = (await admin.get('/api/platform/objects/offer')).body;
  const applied = schema?.objects.find((object) => object.name === 'offer');
  assert.deepEqual(effective.fields.map(facts), applied?.fields.map(facts));
  assert.deepEqual(left, []);
}
