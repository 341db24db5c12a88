import assert from 'node:assert/strict';
import { test } from 'node:test';
import pg from 'pg';
import { dropDatabases, freshPrefix } from './databases.ts';
import { needed, skipReason, testDatabaseUrl } from './services.ts';

const database = testDatabaseUrl();

test('Dropping takes all databases of a prefix, also those in use, and no other', { skip: skipReason(database) }, async () => {
  const url = needed(database);
  const [mine, other] = [freshPrefix(), freshPrefix()];
  const server = new pg.Client({ connectionString: url });
  await server.connect();
  for (const name of [`${mine}orders`, `${mine}offers`, `${other}offers`]) await server.query(`create database ${name}`);
  const inUse = new pg.Client({ connectionString: Object.assign(new URL(url), { pathname: `/${mine}orders` }).href });
  inUse.on('error', () => undefined);
  await inUse.connect();
  assert.deepEqual(await dropDatabases(mine, url), [`${mine}offers`, `${mine}orders`]);
  assert.deepEqual(await dropDatabases(mine, url), []);
  assert.deepEqual(await dropDatabases(other, url), [`${other}offers`]);
  await server.end();
});

test('Only databases of tests are dropped', { skip: skipReason(database) }, async () => {
  await assert.rejects(dropDatabases('financial_', needed(database)), /Only databases of tests/);
});
