import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { after, before, suite, test } from 'node:test';
import pg from 'pg';
import { Refusal } from '#platform/kernel/errors.ts';
import { openDatabase, type Database } from './database.ts';

const ADMIN_URL = process.env['TEST_DATABASE_URL'] ?? 'postgres://root@127.0.0.1:5432/postgres';

const name = `tessera_database_${randomBytes(5).toString('hex')}`;
const url = new URL(ADMIN_URL);
let database: Database;
let admin: pg.Client;
before(async () => {
  admin = new pg.Client({ connectionString: ADMIN_URL });
  await admin.connect();
  await admin.query(`create database ${name}`);
  url.pathname = `/${name}`;
  database = openDatabase({ name: 'test', url: url.href, connections: 2 });
  await database.write({
    text: 'create table thing (id integer primary key, at timestamptz, label text)',
    values: [],
  });
  await database.write({
    text: "insert into thing select n, '2026-01-01T00:00:00Z', 'thing ' || n from generate_series(1, 10) n",
    values: [],
  });
});
after(async () => {
  await database.close();
  await admin.query(`drop database ${name} with (force)`);
  await admin.end();
});

const named = { text: 'select id, label from thing where id = $1', name: 'thing_by_id' };

suite('A database', () => {
  test('rows are the text PostgreSQL sends, in UTC with ISO dates', async () => {
    assert.deepEqual(
      await database.read({
        text: 'select at, null, 1.50::numeric, true, $1::text[] from thing where id = 1',
        values: [['a', null, '"\\,']],
      }),
      [['2026-01-01 00:00:00+00', null, '1.50', 't', '{a,NULL,"\\"\\\\,"}']],
    );
  });

  test('what waits for a commit is called when others can see it, and never after a rollback', async () => {
    const seen: Promise<readonly unknown[]>[] = [];
    const made = (id: number, fails: boolean) =>
      database.transaction(async ({ query, afterCommit }) => {
        await query({ text: 'insert into thing (id) values ($1)', values: [id] });
        afterCommit?.(() => void seen.push(database.read({ text: 'select id from thing where id = $1', values: [id] })));
        if (fails) throw new Error('changed its mind');
      });
    await made(100, false);
    await assert.rejects(made(101, true), /changed its mind/);
    assert.deepEqual(await Promise.all(seen), [[['100']]]);
    await database.write({ text: 'delete from thing where id = 100', values: [] });
  });

  test('hundreds of reads at once keep their answers apart, errors among them too', async () => {
    const answers = await Promise.allSettled(
      Array.from({ length: 400 }, (_, at) =>
        at % 10 === 7
          ? database.read({ text: 'select 1 / ($1::int - $1::int)', values: [at] })
          : database.read({ ...named, values: [(at % 10) + 1] }),
      ),
    );
    for (const [at, answer] of answers.entries()) {
      if (at % 10 === 7) assert.equal(answer.status, 'rejected');
      else assert.deepEqual(answer.status === 'fulfilled' && answer.value, [[String((at % 10) + 1), `thing ${(at % 10) + 1}`]]);
    }
  });

  test('a prepared statement lives through added, changed and dropped columns', async () => {
    await database.read({ ...named, values: [1] });
    await database.write({ text: 'alter table thing add column more text', values: [] });
    assert.equal((await database.read({ ...named, values: [1] })).length, 1);
    await database.write({ text: 'alter table thing alter column label type varchar(80)', values: [] });
    const all = await Promise.all(Array.from({ length: 50 }, () => database.read({ ...named, values: [2] })));
    assert.ok(all.every((rows) => rows[0]?.[1] === 'thing 2'));
    await database.write({ text: 'alter table thing drop column more', values: [] });
    assert.equal((await database.read({ ...named, values: [1] })).length, 1);
  });

  test('a prepared statement in a transaction does too', async () => {
    const run = () => database.transaction(({ query }) => query({ ...named, name: 'in_transaction', values: [1] }));
    await run();
    await database.write({ text: 'alter table thing alter column label type text', values: [] });
    assert.deepEqual(await run(), [['1', 'thing 1']]);
  });

  test('a prepared statement that failed once can be used again', async () => {
    const divide = (by: number) => ({ text: 'select 10 / $1::int', values: [by], name: 'divide' });
    for (const run of [database.read, database.write]) {
      await assert.rejects(run(divide(0)), { code: '22012' });
      assert.deepEqual(await run(divide(2)), [['5']]);
      await assert.rejects(run(divide(0)), { code: '22012' });
      assert.deepEqual(await run(divide(5)), [['2']]);
    }
  });

  test('a slow read does not hold up the others', async () => {
    const slow = database.read({ text: 'select pg_sleep(0.6)', values: [] });
    await new Promise((resolve) => setTimeout(resolve, 50));
    const began = performance.now();
    await Promise.all(Array.from({ length: 20 }, () => database.read({ ...named, values: [3] })));
    assert.ok(performance.now() - began < 400, 'reads waited behind the slow one');
    await slow;
  });
});

suite('A database in trouble', () => {
  test('reads go on when their connections are killed', async () => {
    for (let round = 0; round < 3; round++) {
      const reads = Array.from({ length: 30 }, (_, at) => database.read({ text: 'select pg_sleep(0.02)::text, $1::int', values: [at] }));
      await new Promise((resolve) => setTimeout(resolve, 30));
      await admin.query('select pg_terminate_backend(pid) from pg_stat_activity where datname = $1', [name]);
      assert.deepEqual(
        (await Promise.all(reads)).map((rows) => Number(rows[0]?.[1])),
        Array.from({ length: 30 }, (_, at) => at),
      );
    }
    assert.equal((await database.read({ ...named, values: [1] })).length, 1);
  });

  test('a transaction commits as one, or not at all', async () => {
    await assert.rejects(
      database.transaction(async ({ query }) => {
        await query({ text: 'insert into thing (id) values (100)', values: [] });
        throw new Error('no');
      }),
      { message: 'no' },
    );
    assert.deepEqual(await database.read({ text: 'select from thing where id = 100', values: [] }), []);
    await assert.rejects(
      database.transaction(async ({ query }) => {
        await query({ text: 'insert into thing (id) values (101)', values: [] });
        await query({ text: 'select 1 / 0', values: [] }).catch(() => undefined);
      }),
      { message: /rolled back/ },
    );
    await database.transaction(({ query }) => query({ text: 'insert into thing (id) values (102)', values: [] }));
    assert.equal((await database.read({ text: 'select from thing where id in (101, 102)', values: [] })).length, 1);
  });

  test('a transaction whose connection is killed is refused as unreachable, and the next one works', async () => {
    const killed = database.transaction(async ({ query }) => {
      const [[pid] = []] = await query({ text: 'select pg_backend_pid()', values: [] });
      await admin.query('select pg_terminate_backend($1)', [pid]);
      await query({ text: 'select 1', values: [] });
    });
    await assert.rejects(killed, (error: unknown) => error instanceof Refusal && error.status === 503);
    assert.equal((await database.transaction(({ query }) => query({ text: 'select 1', values: [] }))).length, 1);
  });

  test('a pool that is used up refuses when the wait is over, and an unreachable server at once', async () => {
    const impatient = openDatabase({ name: 'impatient', url: url.href, connections: 1, queueMs: 300 });
    const hold = impatient.transaction(({ query }) => query({ text: 'select pg_sleep(1.5)', values: [] }));
    await assert.rejects(impatient.write({ text: 'select 1', values: [] }), { code: 'database_unreachable' });
    await hold;
    await impatient.close();
    const nowhere = openDatabase({ name: 'nowhere', url: 'postgres://x@127.0.0.1:1/x', connections: 1 });
    await assert.rejects(nowhere.read({ text: 'select 1', values: [] }), { code: 'database_unreachable' });
    await assert.rejects(
      nowhere.transaction(async () => undefined),
      { code: 'database_unreachable' },
    );
    await nowhere.close();
  });
});
