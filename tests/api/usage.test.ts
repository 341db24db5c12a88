import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import pg from 'pg';
import { databaseUrl } from '#tests/faults/applied.ts';
import type { Client } from '#tests/support/client.ts';
import { startInstallation, type Installation } from '#tests/support/installation.ts';
import { skipReason, testDatabaseUrl } from '#tests/support/services.ts';
import { defineSpecimens, keyFor, make, must, refusal, SPECIMENS } from './specimen.ts';

const USAGE = '/api/platform/objects/specimen/usage';
const FIELDS = '/api/platform/objects/specimen/fields';

let installation: Installation;
let admin: Client;

before(async () => {
  if (skipReason(testDatabaseUrl())) return;
  installation = await startInstallation();
  ({ admin } = installation);
  await defineSpecimens(admin);
});
after(() => installation?.stop());

type Usage = {
  readonly name: string;
  readonly filled: number | null;
  readonly usedIn: readonly { kind: string; object: string; name: string }[];
};

async function usageOf(name: string, path = USAGE): Promise<Usage> {
  const { body } = await must(200, admin.get(path));
  const found = body.fields.find((one: Usage) => one.name === name);
  assert.ok(found, name);
  return found;
}
const placesOf = async (name: string): Promise<readonly string[]> =>
  (await usageOf(name)).usedIn.map(({ kind, object, name: place }) => `${kind} ${object}.${place}`);

describe('How filled a field is', { skip: skipReason(testDatabaseUrl()) }, () => {
  test('of a small table it is counted; what is in the recycle bin does not count, an empty list is no value', async () => {
    for (const [name, values] of Object.entries({
      a: { note: 'x', marks: ['red'] },
      b: { note: 'y', marks: [] },
      c: {},
      d: { fresh: false },
    }))
      await make(admin, SPECIMENS, { name, ...values });
    const gone = await make(admin, SPECIMENS, { name: 'gone', note: 'z' });
    await must(204, admin.delete(`${SPECIMENS}/${gone.id}`));
    const { body } = await must(200, admin.get(USAGE));
    assert.deepEqual([body.rows, body.isEstimate], [4, false]);
    const shares = Object.fromEntries(body.fields.map((field: Usage) => [field.name, field.filled]));
    assert.deepEqual(
      [shares['name'], shares['note'], shares['marks'], shares['fresh'], shares['email'], shares['createdAt']],
      [1, 0.5, 0.25, 0.25, 0, 1],
    );
  });

  test('of a large one some pages say it, within a tenth of a second, and it is called an estimate', async () => {
    await fill(installation, 200_000);
    const started = performance.now();
    const { body } = await must(200, admin.get(USAGE));
    const took = performance.now() - started;
    assert.equal(body.isEstimate, true);
    assert.ok(Math.abs(body.rows - 200_004) < 10_000, String(body.rows));
    const { filled } = body.fields.find((field: Usage) => field.name === 'note');
    assert.ok(Math.abs(filled - 0.3) < 0.03, String(filled));
    assert.deepEqual((await admin.get(USAGE)).body.fields, body.fields);
    assert.ok(took < 1_000, `${took} ms`);
  });

  test('before a field or an object goes, it is said how many records lose what they have in it, in the recycle bin too', async () => {
    const affected = async (change: object): Promise<number> =>
      (await must(200, admin.post('/api/platform/changes/preview', { changes: [change] }))).body.rows.affected;
    for (const kind of ['retireField', 'dropField']) {
      assert.equal(await affected({ kind, object: 'specimen', field: 'note' }), 60_003);
      assert.equal(await affected({ kind, object: 'specimen', field: 'marks' }), 1, 'an empty list is no value');
    }
    for (const kind of ['retireObject', 'dropObject']) assert.equal(await affected({ kind, object: 'specimen' }), 200_005);
    await must(200, admin.delete(`${FIELDS}/note`));
    assert.equal(await affected({ kind: 'dropField', object: 'specimen', field: 'note' }), 60_003, 'a retired one has its values still');
    await must(200, admin.post(`${FIELDS}/note/restore`, {}));
  });

  test('rows of documents, objects without records, and nobody but administrators', async () => {
    assert.equal((await must(200, admin.get('/api/platform/objects/offer_line/usage'))).body.isEstimate, false);
    assert.equal((await usageOf('lines', '/api/platform/objects/offer/usage')).filled, null);
    await refusal(admin.get('/api/platform/objects/nothing/usage'), 404, 'not_found');
    await refusal((await keyFor(admin, 'sales')).get(USAGE), 403, 'not_allowed');
    await refusal(admin.get(`${USAGE}?fields=name`), 400, 'unknown_name');
  });
});

describe('Where a field is used', { skip: skipReason(testDatabaseUrl()) }, () => {
  test('layouts, views, conditions, rules of layouts, what is unique together, the title', async () => {
    await must(201, admin.post(FIELDS, { name: 'depth', type: 'decimal', visibleWhen: { kind: 'stone' } }));
    await must(200, admin.patch(FIELDS.replace('/fields', ''), { uniqueTogether: [['kind', 'day']] }));
    const sections = [{ id: 'main', items: ['name', 'kind'] }];
    await must(
      200,
      admin.put('/api/platform/objects/specimen/layouts/stones', { page: 'detail', label: 'Stones', sections }, { 'if-match': '*' }),
    );
    await must(200, admin.patch(FIELDS.replace('/fields', ''), { layoutRules: [{ layout: 'stones', when: { kind: 'stone' } }] }));
    await must(
      201,
      admin.post('/api/platform/objects/specimen/views', {
        name: 'stones',
        label: 'Stones',
        visibility: { kind: 'everyone' },
        filter: { kind: 'stone' },
        columns: ['name', 'kind'],
      }),
    );
    assert.deepEqual((await placesOf('kind')).toSorted(), [
      'condition specimen.depth',
      'layout specimen.stones',
      'layoutRule specimen.specimen',
      'unique specimen.kind, day',
      'view specimen.stones',
    ]);
    assert.ok((await placesOf('name')).includes('title specimen.specimen'));
    assert.deepEqual(await placesOf('site'), []);
  });

  test('by other objects: their lists of related records, views over a reference, values read through it; these keep it from going', async () => {
    const fields = [
      { name: 'title', type: 'text' },
      { name: 'specimen', type: 'lookup', target: 'specimen' },
      { name: 'place', type: 'relatedValue', path: 'specimen.note' },
    ];
    await must(201, admin.post('/api/platform/objects', { name: 'visit', module: 'offers', label: 'Visit', titleField: 'title', fields }));
    await must(
      201,
      admin.post('/api/platform/objects/visit/views', {
        name: 'sites',
        label: 'Sites',
        visibility: { kind: 'everyone' },
        columns: ['title', 'specimen.site'],
        filter: { 'specimen.email': { isNull: false } },
      }),
    );
    assert.deepEqual(await placesOf('note'), ['value visit.place']);
    assert.deepEqual(await placesOf('site'), ['view visit.sites']);
    assert.deepEqual(await placesOf('email'), ['view visit.sites']);
    const sections = [{ id: 'main', items: ['name', { kind: 'related', object: 'visit', field: 'specimen', columns: ['title'] }] }];
    await must(200, admin.put('/api/platform/objects/specimen/layouts/stones', { page: 'detail', sections }, { 'if-match': '*' }));
    const related = await usageOf('specimen', '/api/platform/objects/visit/usage');
    assert.deepEqual(related.usedIn.map((one) => `${one.kind} ${one.object}.${one.name}`).toSorted(), [
      'layout specimen.stones',
      'value visit.place',
      'view visit.sites',
    ]);
    for (const name of ['note', 'site', 'email']) await refusal(admin.delete(`${FIELDS}/${name}`), 409, 'in_use');
  });
});

/** Rows of which three in ten have a note. */
async function fill({ admin: client, databasePrefix }: Installation, rows: number): Promise<void> {
  const { body } = await client.get('/api/platform/objects/specimen');
  const column = (name: string): string => body.fields.find((one: { name: string }) => one.name === name).column;
  const sql = new pg.Client({ connectionString: databaseUrl(`${databasePrefix}offers`) });
  await sql.connect();
  await sql.query(
    `insert into records."${body.table}" (id, version, created_at, created_by, updated_at, updated_by, "${column('name')}", "${column('note')}")
     select gen_random_uuid(), 1, now(), 'user:x', now(), 'user:x', 'Row ' || n, case when n % 10 < 3 then 'a note' end from generate_series(1, ${rows}) n`,
  );
  await sql.query(`analyze records."${body.table}"`);
  await sql.end();
}
