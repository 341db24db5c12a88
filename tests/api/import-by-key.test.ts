import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import type { Answer, Client } from '#tests/support/client.ts';
import { eventually } from '#tests/support/eventually.ts';
import { startInstallation, type Installation } from '#tests/support/installation.ts';
import { skipReason, testDatabaseUrl } from '#tests/support/services.ts';
import { importedBy, type ImportOptions } from './importing.ts';
import { make, must } from './specimen.ts';

const database = testDatabaseUrl();
const BADGES = '/api/offers/badges';
let installation: Installation;
let admin: Client;

before(async () => {
  if (skipReason(database)) return;
  installation = await startInstallation();
  ({ admin } = installation);
  const fields = [
    { name: 'code', label: 'Code', type: 'text', unique: true },
    { name: 'serial', label: 'Serial', type: 'text', unique: true },
    { name: 'name', label: 'Name', type: 'text' },
    { name: 'place', label: 'Place', type: 'address' },
    { name: 'above', label: 'Above', type: 'lookup', target: 'badge' },
    { name: 'reason', label: 'Reason', type: 'text' },
    { name: 'count', label: 'Count', type: 'integer' },
    { name: 'words', label: 'Words', type: 'tags' },
    { name: 'at', label: 'At', type: 'dateTime' },
  ];
  const object = {
    name: 'badge',
    label: 'Badge',
    module: 'offers',
    collection: 'badges',
    titleField: 'code',
    features: { history: true },
    fields,
  };
  await must(201, admin.post('/api/platform/objects', object));
  await eventually('the table', async () => (await admin.get(BADGES)).status === 200);
});
after(() => installation?.stop());

const bearer = () => ({ authorization: `Bearer ${admin.token}` });

/** All that begins with E, as a file. */
async function exported(format: string): Promise<ArrayBuffer> {
  return (await fetch(`${admin.url}${BADGES}/export?format=${format}&filter[code][startsWith]=E`, { headers: bearer() })).arrayBuffer();
}

const imported = (content: string | ArrayBuffer, options: ImportOptions = {}): Promise<Answer['body']> =>
  importedBy(admin, content, { by: 'code', ...options }, BADGES);
const badge = async (code: string): Promise<Answer['body']> => (await must(200, admin.get(`${BADGES}/by/code/${code}`))).body;
const told = (job: Answer['body']): readonly string[] =>
  job.errors.map(({ row, column }: { row: number; column: string }) => `${row} ${column}`);

describe('An import that changes records by their key', { skip: skipReason(database) }, () => {
  test('changes many at once, and each has its version, its history and what the file is silent about', async () => {
    const codes = Array.from({ length: 300 }, (_, at) => `M${at}`);
    await imported(
      `code,name,serial,place.city,place.street\n${codes.map((code, at) => `${code},Old,S${at},Ulm,Am Tor ${at}`).join('\n')}\n`,
    );
    const lines = codes.map((code, at) => (at % 3 === 0 ? `${code},Old,` : `${code},New ${at},${at % 3 === 1 ? 'Bonn' : ''}`));
    const job = await imported(`code,name,place.city\n${lines.join('\n')}\n`);
    assert.deepEqual(
      job.result,
      { rows: 300, created: 0, updated: 200, unchanged: 100, refused: 0, dryRun: false },
      JSON.stringify(job.errors),
    );
    const [same, both, name] = [await badge('M0'), await badge('M1'), await badge('M2')];
    assert.deepEqual([same.version, both.version, name.version], [1, 2, 2]);
    assert.deepEqual([both.name, both.serial, both.place], ['New 1', 'S1', { city: 'Bonn', street: 'Am Tor 1' }]);
    assert.deepEqual([name.name, name.place], ['New 2', { city: 'Ulm', street: 'Am Tor 2' }]);
    assert.ok(both.updatedAt > same.updatedAt);
    const { items } = (await must(200, admin.get(`${BADGES}/${both.id}/history`))).body;
    const place = { field: 'place', old: { city: 'Ulm', street: 'Am Tor 1' }, new: { city: 'Bonn', street: 'Am Tor 1' } };
    assert.deepEqual(items[0].changes, [{ field: 'name', old: 'Old', new: 'New 1' }, place]);
    assert.equal((await must(200, admin.get(`${BADGES}/${same.id}/history`))).body.items.length, 1);
  });

  test('gives a value that may be there once to the next record when the one that had it has let go', async () => {
    for (const [code, serial] of Object.entries({ T1: 'one', T2: 'two', T3: 'three' })) await make(admin, BADGES, { code, serial });
    const taken = await imported('code,serial,name\nT1,three,first\nT2,other,second\n');
    assert.deepEqual(told(taken), ['2 serial']);
    assert.deepEqual([(await badge('T1')).serial, (await badge('T2')).serial], ['one', 'other']);
    const free = await imported('code,serial,name\nT2,last,\nT1,other,\n');
    assert.deepEqual(free.errors, []);
    assert.deepEqual([(await badge('T1')).serial, (await badge('T2')).serial], ['other', 'last']);
  });

  test('takes a record that comes twice in the order of the rows', async () => {
    for (const code of ['W1', 'W2', 'W3']) await make(admin, BADGES, { code });
    const job = await imported('code,name\nW1,first\nW2,once\nW1,last\nW3,once\n');
    assert.deepEqual([job.result?.updated, job.errors], [4, []]);
    const { name, version } = await badge('W1');
    assert.deepEqual([name, version], ['last', 3]);
  });

  test('does not close a circle, though neither of its rows closes it alone', async () => {
    for (const code of ['C1', 'C2', 'C3']) await make(admin, BADGES, { code });
    const job = await imported('code,above,name\nC1,C2,below\nC2,C1,around\nC3,C1,below\n');
    assert.deepEqual(told(job), ['3 above']);
    assert.match(job.errors[0].message, /below itself/);
    assert.deepEqual([(await badge('C2')).aboveId, (await badge('C2')).name], [null, null]);
    assert.equal((await badge('C3')).aboveId, (await badge('C1')).id);
  });

  test('finds records by their ids: an export that was not edited changes nothing, an edited row its record, and an id of nothing is refused', async () => {
    const words = ['red', 'sea, blue', 'a;b', '"so"'];
    for (const code of ['E1', 'E2']) await make(admin, BADGES, { code, name: code, words, at: '2026-10-25T01:30:00.123Z' });
    for (const format of ['csv', 'xlsx']) {
      const same = await imported(await exported(format), { by: 'id', dryRun: 'true' });
      assert.deepEqual(
        same.result,
        { rows: 2, created: 0, updated: 0, unchanged: 2, refused: 0, dryRun: true },
        JSON.stringify(same.errors),
      );
    }
    const { id } = await badge('E2');
    const rows = [`${id},edited`, '0199a000-0000-7000-8000-000000000000,nobody', 'E1,no id', `${id},edited`, ',none'];
    const job = await imported(`id,name\n${rows.join('\n')}\n`, { by: 'id' });
    assert.deepEqual(job.result, { rows: 5, created: 0, updated: 1, unchanged: 1, refused: 3, dryRun: false }, JSON.stringify(job.errors));
    assert.deepEqual(told(job), ['3 id', '4 id', '6 id']);
    assert.match(job.errors[0].sentence.de, /^Es gibt keinen Datensatz/);
    assert.deepEqual([(await badge('E2')).name, (await badge('E2')).words], ['edited', words]);
  });

  test('tells refused rows by the numbers of the spreadsheet, in a file whose own columns are for no field, though one be called so', async () => {
    const job = await imported('code,count\n\nN1,many\n , \nN2,2,lost\nN3,3\n');
    assert.deepEqual([job.result.created, told(job)], [1, ['3 count', '5 null']]);
    assert.deepEqual([job.errors[0].rule, job.errors[0].label], ['integer', { en: 'Count' }]);
    assert.match(job.errors[1].message, /more cells than the file has columns: "lost"/);
    const refused = await (await fetch(`${admin.url}/api/offers/jobs/${job.id}/refused`, { headers: bearer() })).text();
    assert.match(refused, /^# Row,# Reason refused,code,count\r\n3,/);
    const { body } = await must(200, admin.post(`${BADGES}/import/preview`, { text: refused }));
    assert.deepEqual(
      body.columns.map(({ field }: { field: string }) => field),
      ['code', 'count'],
    );
    const again = await imported(refused.replace('many', '1').replace(',lost', ''));
    assert.deepEqual([again.result.created, again.errors], [2, []]);
    assert.deepEqual([(await badge('N1')).reason, (await badge('N1')).count, (await badge('N2')).reason], [null, 1, null]);
  });
});
