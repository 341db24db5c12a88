import assert from 'node:assert/strict';
import { join } from 'node:path';
import { after, before, suite, test } from 'node:test';
import pg from 'pg';
import type { ModuleSchema } from '#platform/kernel/model.ts';
import { SERVICES } from '#platform/kernel/services.ts';
import { loadStandard } from '#platform/metadata/load.ts';
import { moduleSchema } from '#platform/metadata/module-schema.ts';
import { dropDatabases, freshPrefix } from '#tests/support/databases.ts';
import { needed, skipReason, testDatabaseUrl } from '#tests/support/services.ts';
import { prepareDatabase } from '../prepare/prepare-database.ts';
import { applySchema } from './apply-schema.ts';
import { addConstraint, wantedOverlaps } from './overlaps.ts';
import { leftToDo } from './schema-check.ts';
import { wantedIndexes } from './schema-plan.ts';

const adminUrl = testDatabaseUrl();

suite('The look at the tables', { skip: skipReason(adminUrl) }, () => {
  const prefix = freshPrefix();
  const urls = new Map<string, string>();
  const schemas = new Map<string, ModuleSchema>();
  const urlOf = (name: string): string => urls.get(name) ?? '';
  const schemaOf = (name: string): ModuleSchema => schemas.get(name) ?? { module: name, version: 0, objects: [], foreign: [] };
  const adminOf = (name: string): string => Object.assign(new URL(needed(adminUrl)), { pathname: new URL(urlOf(name)).pathname }).href;
  const run = async (text: string, service = 'offers'): Promise<readonly string[]> => {
    const client = new pg.Client({ connectionString: adminOf(service) });
    await client.connect();
    await client.query(text);
    await client.end();
    return leftToDo(urlOf(service), schemaOf(service));
  };
  before(async () => {
    const standard = await loadStandard(join(import.meta.dirname, '..', '..', '..', 'metadata'));
    for (const { name, database } of SERVICES) {
      const schema = moduleSchema(standard.objects, name, 1);
      const { migratorUrl } = await prepareDatabase({ adminUrl: needed(adminUrl), database: `${prefix}${database}`, secret: 'of a test' });
      await (await applySchema({ migratorUrl, module: name }, schema)).finish();
      urls.set(name, migratorUrl);
      schemas.set(name, schema);
    }
  });
  after(() => dropDatabases(prefix, needed(adminUrl)));

  test('the standard tables of every service need nothing', async () => {
    for (const [name, schema] of schemas) assert.deepEqual(await leftToDo(urls.get(name) ?? '', schema), [], name);
  });

  test('a column that is missing, of another type or nobody’s is named', async () => {
    assert.match((await run('alter table records.offer drop column subject')).join('\n'), /add( column)? "subject" text/);
    await run('alter table records.offer add column subject text');
    assert.match(
      (await run('alter table records.offer alter column subject type varchar(3)')).join('\n'),
      /alter column "subject" type text/,
    );
    assert.match(
      (await run('alter table records.offer alter column subject type text, add column stranger integer')).join('\n'),
      /drop column "stranger"/,
    );
    assert.match((await run('alter table records.offer drop column stranger, alter version drop not null')).join('\n'), /"version"/);
    await run('alter table records.offer alter version set not null');
  });

  test('an index that is missing, nobody’s or left invalid is named', async () => {
    await (await applySchema({ migratorUrl: urlOf('offers'), module: 'offers' }, schemaOf('offers'))).finish();
    assert.deepEqual(await run('select'), []);
    const [index] = wantedIndexes(schemaOf('offers'));
    assert.ok(index);
    assert.match((await run(`drop index records.${index.name}`)).join(), new RegExp(`create .*index .*${index.name}`));
    await (await applySchema({ migratorUrl: urlOf('offers'), module: 'offers' }, schemaOf('offers'))).finish();
    assert.match((await run('create index stranger on records.offer (version)')).join(), /drop index .*stranger/);
    await run('drop index records.stranger');
    await run(`update pg_index set indisvalid = false where indexrelid = 'records.${index.name}'::regclass`);
    assert.deepEqual(await run('select'), [`reindex index concurrently records.${index.name}`]);
    await (await applySchema({ migratorUrl: urlOf('offers'), module: 'offers' }, schemaOf('offers'))).finish();
    assert.deepEqual(await run('select'), []);
  });

  test('an index that an older version of the platform wanted is dropped', async () => {
    const old = 'i_0123456789abcdef0123';
    assert.match((await run(`create index ${old} on records.offer (subject)`)).join(), new RegExp(`drop index .*${old}`));
    await (await applySchema({ migratorUrl: urlOf('offers'), module: 'offers' }, schemaOf('offers'))).finish();
    assert.deepEqual(await run('select'), []);
  });

  test('a rule against overlapping that is missing is named', async () => {
    const [rule] = wantedOverlaps(schemaOf('invoices'));
    assert.ok(rule);
    const left = await run(`alter table ${rule.table} drop constraint ${rule.name}`, 'invoices');
    assert.deepEqual(left, [addConstraint(rule)]);
    assert.deepEqual(await run(left.join(), 'invoices'), []);
  });
});
