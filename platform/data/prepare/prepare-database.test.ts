import assert from 'node:assert/strict';
import { after, suite, test } from 'node:test';
import pg from 'pg';
import { dropDatabases, freshPrefix } from '#tests/support/databases.ts';
import { needed, skipReason, testDatabaseUrl } from '#tests/support/services.ts';
import { PLATFORM_MIGRATIONS } from './platform-tables.ts';
import { prepareDatabase, type Migrations } from './prepare-database.ts';

const adminUrl = testDatabaseUrl();

suite('A database that is prepared again by a later Tessera', { skip: skipReason(adminUrl) }, () => {
  const prefix = freshPrefix();
  const database = `${prefix}core`;
  const prepare = async (tables: Migrations): Promise<readonly string[]> => {
    const { migratorUrl } = await prepareDatabase({ adminUrl: needed(adminUrl), database, secret: 'of a test', tables });
    const client = new pg.Client({ connectionString: migratorUrl });
    await client.connect();
    const { rows } = await client.query<{ name: string }>(
      `select tablename as name from pg_tables where schemaname = 'platform' and tablename like 'test_%' order by 1`,
    );
    await client.end();
    return rows.map(({ name }) => name);
  };
  after(() => dropDatabases(prefix, needed(adminUrl)));

  test('has each migration once, though the platform and the core have grown meanwhile', async () => {
    const core = ['create table platform.test_first ()', 'create table platform.test_second ()'];
    const identity = ['create table platform.test_users ()'];
    assert.deepEqual(await prepare({ core, identity }), ['test_first', 'test_second', 'test_users']);
    const platform = [...PLATFORM_MIGRATIONS, 'create table platform.test_later ()'];
    assert.deepEqual(await prepare({ platform, core, identity }), ['test_first', 'test_later', 'test_second', 'test_users']);
    const grown = [...core, 'alter table platform.test_second rename to test_third'];
    assert.deepEqual(await prepare({ platform, core: grown, identity }), ['test_first', 'test_later', 'test_third', 'test_users']);
    assert.deepEqual(await prepare({ platform, core: grown, identity }), ['test_first', 'test_later', 'test_third', 'test_users']);
  });

  test('is left as it was when a migration fails', async () => {
    const other = {
      platform: [...PLATFORM_MIGRATIONS, 'create table platform.test_later ()'],
      core: ['create table platform.test_first ()'],
    };
    await assert.rejects(prepare({ ...other, late: ['create table platform.test_half ()', 'nonsense'] }), /syntax/);
    assert.ok(!(await prepare(other)).includes('test_half'));
  });
});
