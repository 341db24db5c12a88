import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import type { Answer, Client } from '#tests/support/client.ts';
import { eventually } from '#tests/support/eventually.ts';
import { startInstallation, type Installation } from '#tests/support/installation.ts';
import { skipReason, testDatabaseUrl } from '#tests/support/services.ts';
import { endedJob, importedBy, sendImport, type ImportOptions } from './importing.ts';
import { defineSpecimens, keyFor, make, must, refusal, SPECIMENS } from './specimen.ts';

const database = testDatabaseUrl();
const ROWS = 5_000;
let installation: Installation;
let admin: Client;

const imported = (content: string | Uint8Array<ArrayBuffer>, options?: ImportOptions): Promise<Answer['body']> =>
  importedBy(admin, content, options);

const text = async (path: string): Promise<string> => {
  const response = await fetch(admin.url + path, { headers: { authorization: `Bearer ${admin.token}` } });
  assert.equal(response.status, 200);
  return response.text();
};
const counted = async (filter: unknown): Promise<number> =>
  (await must(200, admin.post(`${SPECIMENS}/query`, { filter, count: 'exact', limit: 1 }))).body.count;

before(async () => {
  if (skipReason(database)) return;
  installation = await startInstallation();
  ({ admin } = installation);
  await defineSpecimens(admin);
});
after(() => installation?.stop());

describe('Import', { skip: skipReason(database) }, () => {
  test('Columns are named by field or label; German amounts and dates are read where declared; a key changes what is there', async () => {
    await make(admin, SPECIMENS, { code: 'K1', name: 'before' });
    const file =
      'code;Name;Worth;Day;Fresh;Kind;marks;place.city\nK1;Äpfel;"1.234,50";31.01.2026;ja;Stone;red,blue;Köln\nK2;Öl;-3;;nein;;;\n';
    const job = await imported(file, { by: 'code', decimalComma: 'true', germanDates: 'true' });
    assert.deepEqual(job.result, { rows: 2, created: 1, updated: 1, unchanged: 0, refused: 0, dryRun: false }, JSON.stringify(job));
    const { name, worth, day, fresh, kind, marks, place } = (await must(200, admin.get(`${SPECIMENS}/by/code/K1`))).body;
    const expected = {
      name: 'Äpfel',
      worth: '1234.50',
      day: '2026-01-31',
      fresh: true,
      kind: 'stone',
      marks: ['red', 'blue'],
      place: { city: 'Köln' },
    };
    assert.deepEqual({ name, worth, day, fresh, kind, marks, place }, expected);
  });

  test('Windows-1252 is recognised, a mapping names the fields', async () => {
    const latin = new Uint8Array(Buffer.from('Schlüssel,Bezeichnung,Rest\nL1,Größe,x\n', 'latin1'));
    const job = await imported(latin, { mapping: JSON.stringify({ Schlüssel: 'code', Bezeichnung: 'name', Rest: '' }) });
    assert.equal(job.result?.created, 1, JSON.stringify(job));
    assert.equal((await must(200, admin.get(`${SPECIMENS}/by/code/L1`))).body.name, 'Größe');
  });

  test('A dry run tells the same and writes nothing; refused rows come back as a file', async () => {
    const file = 'code,count,day\nD1,1,2026-01-01\nD2,many,2026-13-01\nD1,3,\n';
    const dry = await imported(file, { dryRun: 'true' });
    assert.equal(await counted({ code: { startsWith: 'D' } }), 0);
    const job = await imported(file);
    assert.deepEqual({ ...job.result, dryRun: true }, dry.result);
    assert.deepEqual(job.errors, dry.errors);
    assert.deepEqual(job.result, { rows: 3, created: 1, updated: 0, unchanged: 0, refused: 2, dryRun: false });
    const told = job.errors.map((error: { row: number; column: string }) => `${error.row} ${error.column}`);
    assert.deepEqual(told, ['3 count', '3 day', '4 code']);
    const lines = (await text(`/api/offers/jobs/${job.id}/refused`)).split('\r\n');
    assert.equal(lines[0], '# Row,# Reason refused,code,count,day');
    assert.match(lines[1] ?? '', /^3,.*D2,many,2026-13-01$/);
  });

  test('Many rows with a key: what is there changes, what is not is made, and a key that stands twice is one record', async () => {
    const numbers = Array.from({ length: 250 }, (_, at) => at);
    for (const at of [3, 120, 121]) await make(admin, SPECIMENS, { code: `B${at}`, name: 'before' });
    const lines = numbers.map((at) => `B${at},Row ${at},${at === 7 ? 'many' : ''}`);
    const file = `code,name,count\n${[...lines, 'B201,Again,', ',Nobody,'].join('\n')}\n`;
    const dry = await imported(file, { by: 'code', dryRun: 'true' });
    const job = await imported(file, { by: 'code' });
    assert.deepEqual(
      job.result,
      { rows: 252, created: 246, updated: 4, unchanged: 0, refused: 2, dryRun: false },
      JSON.stringify(job.errors),
    );
    assert.deepEqual({ ...job.result, dryRun: true }, dry.result);
    const told = job.errors.map((error: { row: number; column: string }) => `${error.row} ${error.column}`);
    assert.deepEqual(told, ['9 count', '253 code']);
    for (const [at, name] of Object.entries({ 3: 'Row 3', 201: 'Again', 249: 'Row 249' }))
      assert.equal((await must(200, admin.get(`${SPECIMENS}/by/code/B${at}`))).body.name, name);
    assert.equal((await imported(file, { by: 'code' })).result?.created, 0);
    assert.equal(await counted({ code: { startsWith: 'B' } }), 249);
  });

  test('A look at the beginning of a file tells its columns, what they mean, and how amounts and days are written', async () => {
    const beginning = 'code;Name;Worth;Day;place.city;Rest;Name\nK1;Äpfel;"1.234,50";31.01.2026;Köln;x;y\nK2;"broken in the mid';
    const { body } = await must(200, admin.post(`${SPECIMENS}/import/preview`, { text: beginning }));
    assert.deepEqual([body.delimiter, body.decimalComma, body.germanDates], [';', true, true]);
    const columns = body.columns.map(({ header, field }: { header: string; field: string | null }) => `${header} ${field}`);
    assert.deepEqual(columns, ['code code', 'Name name', 'Worth worth', 'Day day', 'place.city place.city', 'Rest null', 'Name null']);
    assert.deepEqual(body.columns[1].samples, ['Äpfel']);
    await refusal(admin.post(`${SPECIMENS}/import/preview`, { text: '' }), 400, 'malformed_request');
    await refusal((await keyFor(admin, 'viewer')).post(`${SPECIMENS}/import/preview`, { text: beginning }), 403, 'not_allowed');
  });

  test('What cannot be imported is refused before a job is made', async () => {
    assert.match((await refusal(sendImport(admin, 'nmae\nx\n'), 400, 'unknown_name')).detail, /Did you mean name/i);
    await refusal(sendImport(admin, 'code\nx\n', { by: 'name' }), 400, 'malformed_request');
    await refusal(sendImport(admin, 'name\nx\n', { by: 'code' }), 400, 'malformed_request');
    await refusal(sendImport(admin, 'code\nx\n', { dryrun: 'true' }), 400, 'unknown_name');
    await refusal(sendImport(admin, 'name\n"x\n', { mapping: '[1]' }), 400, 'malformed_request');
    const viewer = await keyFor(admin, 'viewer');
    await refusal(sendImport(viewer, 'code\nx\n'), 403, 'not_allowed');
    assert.match((await refusal(sendImport(viewer, 'secret\nx\n'), 403, 'not_allowed')).detail, /may not import/);
    const sales = await keyFor(admin, 'sales');
    await refusal(sendImport(sales, 'secret\nx\n'), 400, 'unknown_name');
  });

  test('Many rows: paused, resumed, followed, none doubled, and little memory held', async () => {
    const file = `code,name,worth\n${Array.from({ length: ROWS }, (_, at) => `M${at},Row ${at},${at}.5`).join('\n')}\n`;
    const { body } = await sendImport(admin, file);
    const path = `/api/offers/jobs/${body.id}`;
    await eventually('some rows', async () => (await admin.get(path)).body.done > 0);
    await must(200, admin.post(`${path}/actions/pause`));
    await eventually('the pause', async () => (await admin.get(path)).body.state === 'paused');
    const reached = (await admin.get(path)).body.done;
    assert.ok(reached < ROWS, `${reached} rows were done when it paused`);
    assert.equal(await counted({ code: { startsWith: 'M' } }), reached);
    await must(200, admin.post(`${path}/actions/resume`));
    const followed = fetch(admin.url + path, { headers: { authorization: `Bearer ${admin.token}`, accept: 'text/event-stream' } });
    const heap = process.memoryUsage().heapUsed;
    assert.equal((await endedJob(admin, body.id, 180)).result.created, ROWS);
    assert.match(await (await followed).text(), /"state":"done"/);
    assert.equal(await counted({ code: { startsWith: 'M' } }), ROWS);
    assert.ok(process.memoryUsage().heapUsed - heap < 200_000_000);
  });
});

describe('Export', { skip: skipReason(database) }, () => {
  test('CSV holds all that the filter matches, in the columns asked for, and no formula', async () => {
    await make(admin, SPECIMENS, { code: 'X1', name: '=1+1', weight: '-5.5', extra: { a: 1 } });
    await make(admin, SPECIMENS, { code: 'X2', name: 'say "hi", you' });
    const csv = await text(
      `${SPECIMENS}/export?format=csv&filter[code][startsWith]=X&sort=code&fields=code,name,weight,extra,customer.name`,
    );
    assert.equal(csv, `code,name,weight,extra,customer.name\r\nX1,'=1+1,-5.5,"{""a"":1}",\r\nX2,"say ""hi"", you",,,\r\n`);
    const json = JSON.parse(await text(`${SPECIMENS}/export?format=json&filter[code][startsWith]=X&sort=code&fields=code`));
    assert.deepEqual(json, [{ code: 'X1' }, { code: 'X2' }]);
    assert.deepEqual(JSON.parse(await text(`${SPECIMENS}/export?format=json&filter[code]=none`)), []);
  });

  test('Thousands leave as they are read, and what cannot be is refused', async () => {
    assert.equal((await text(`${SPECIMENS}/export?filter[code][startsWith]=M&fields=code`)).split('\r\n').length, ROWS + 2);
    await refusal(admin.get(`${SPECIMENS}/export?fields=cod`), 400, 'unknown_name');
    await refusal(admin.get(`${SPECIMENS}/export?limit=5`), 400, 'unknown_name');
    const viewer = await keyFor(admin, 'viewer');
    await refusal(viewer.get(`${SPECIMENS}/export?fields=secret`), 400, 'unknown_name');
  });
});

describe('Files of all kinds', { skip: skipReason(database) }, () => {
  test('What has left comes back as it was: several lines, quotes, and what looks like a formula', async () => {
    const values = { code: 'RT1', name: '=1+1', note: 'one\ntwo\r\nthree', extra: { a: 'x' }, marks: ['red', 'blue'], share: '19' };
    await make(admin, SPECIMENS, values);
    const csv = await text(`${SPECIMENS}/export?format=csv&filter[code]=RT1`);
    assert.ok(csv.includes('"one\ntwo\r\nthree"'), csv);
    assert.equal((await imported(csv.replace('RT1', 'RT2').replace(/,S-\d+,/, ',,'))).result.created, 1);
    const { body } = await must(200, admin.get(`${SPECIMENS}/by/code/RT2`));
    for (const [name, value] of Object.entries({ ...values, code: 'RT2' })) assert.deepEqual(body[name], value, name);
  });

  test('UTF-16, a line that names the separator, and a quotation mark in the middle are read, rows of nothing left out', async () => {
    const utf16 = new Uint8Array([0xff, 0xfe, ...Buffer.from('code\tname\nU1\tKöln\n', 'utf16le')]);
    assert.equal((await imported(utf16)).result.created, 1);
    assert.equal((await must(200, admin.get(`${SPECIMENS}/by/code/U1`))).body.name, 'Köln');
    assert.equal((await imported('sep=|\ncode|name\nU2|a,b;c\n | \nU3|a 5" pipe\n|\n\n')).result.created, 2);
    assert.equal((await must(200, admin.get(`${SPECIMENS}/by/code/U3`))).body.name, 'a 5" pipe');
  });

  test('What is no text is refused with the way out', async () => {
    const old = new Uint8Array([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1, 0, 0]);
    assert.match((await refusal(sendImport(admin, old), 400, 'malformed_request')).detail, /old kind; save it as .xlsx/);
    for (const content of ['name,code\nA\0B,n1\n', '\x89PNG\r\n\x1a\n\0\0\0'])
      assert.match((await refusal(sendImport(admin, content), 400, 'malformed_request')).detail, /no text/);
  });
});
