import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import type { Answer, Client } from '#tests/support/client.ts';
import { startInstallation, type Installation } from '#tests/support/installation.ts';
import { skipReason, testDatabaseUrl } from '#tests/support/services.ts';
import { endedJob, importedBy, sendImport, type ImportOptions } from './importing.ts';
import { defineSpecimens, keyFor, make, must, refusal, SPECIMENS } from './specimen.ts';

const database = testDatabaseUrl();
let installation: Installation;
let admin: Client;

before(async () => {
  if (skipReason(database)) return;
  installation = await startInstallation();
  ({ admin } = installation);
  await defineSpecimens(admin);
});
after(() => installation?.stop());

const send = (content: string, options: ImportOptions, client = admin): Promise<Answer> => sendImport(client, content, options);
const imported = (content: string, options: ImportOptions): Promise<Answer['body']> => importedBy(admin, content, options);
const products = async (): Promise<readonly string[]> =>
  (await must(200, admin.get('/api/offers/products?sort=name&fields=name'))).body.items.map(({ name }: { name: string }) => name);

describe('Options that rows name and that are not there', { skip: skipReason(database) }, () => {
  test('are told by field, each once, and are options when an administrator adds them', async () => {
    const rows = Array.from(
      { length: 230 },
      (_, at) => `O${at},${['stone', 'Fungus', 'Moss', ''][at % 4]},${['red', 'red; Pink'][at % 2]}`,
    );
    const file = `code,kind,marks\n${rows.join('\n')}\n`;
    const dry = await imported(file, { dryRun: 'true' });
    assert.deepEqual(dry.result.noOptions, { kind: ['Fungus', 'Moss'], marks: ['Pink'] });
    const { body: object } = await admin.get('/api/platform/objects/specimen');
    const change = (name: string, labels: readonly string[]): unknown => {
      const { id, options } = object.fields.find((field: { name: string }) => field.name === name);
      const more = labels.map((label) => ({ key: label.toLowerCase(), label: { en: label } }));
      return { kind: 'changeField', object: object.id, field: id, set: { options: [...options, ...more] } };
    };
    const changes = [change('kind', ['Fungus', 'Moss']), change('marks', ['Pink'])];
    await must(200, admin.post('/api/platform/changes', { changes }));
    const job = await imported(file, { dryRun: 'true' });
    assert.deepEqual([job.result.created, job.result.refused, job.result.noOptions], [230, 0, undefined]);
  });

  test('of free text no more than a hundred', async () => {
    const file = `code,kind\n${Array.from({ length: 300 }, (_, at) => `F${at},text ${at}`).join('\n')}\n`;
    assert.equal((await imported(file, { dryRun: 'true' })).result.noOptions.kind.length, 100);
  });
});

describe('Records that rows name and that are not there', { skip: skipReason(database) }, () => {
  test('are made on request, as a dry run says, and go again when the import is taken back', async () => {
    await make(admin, '/api/offers/products', { name: 'Green tea' });
    const rows = Array.from({ length: 230 }, (_, at) => `P${at},${['Green tea', 'Black tea', 'White tea'][at % 3]}`);
    const file = `code,product\n${rows.join('\n')}\n`;
    assert.equal((await imported(file, { dryRun: 'true' })).result.refused, 153);
    const dry = await imported(file, { dryRun: 'true', makeMissing: 'productId' });
    assert.deepEqual(await products(), ['Green tea']);
    const job = await imported(file, { makeMissing: 'productId' });
    assert.deepEqual(
      job.result,
      { rows: 230, created: 230, updated: 0, unchanged: 0, refused: 0, dryRun: false, made: { product: 2 } },
      JSON.stringify(job.errors),
    );
    assert.deepEqual(dry.result, { ...job.result, dryRun: true });
    assert.deepEqual(await products(), ['Black tea', 'Green tea', 'White tea']);
    const back = await endedJob(admin, (await must(202, admin.post(`/api/offers/jobs/${job.id}/actions/revert`, {}))).body.id);
    assert.deepEqual([back.result.deleted, back.result.left], [232, 0], JSON.stringify(back.errors));
    assert.deepEqual(await products(), ['Green tea']);
  });

  test('are made once, though two columns name them', async () => {
    const spare = { name: 'spare', type: 'lookup', target: 'product' };
    await must(201, admin.post('/api/platform/objects/specimen/fields', spare));
    const file = 'code,product,spare\nS1,Red tea,Red tea\nS2,,Red tea\n';
    const options = { makeMissing: 'productId,spareId' };
    const dry = await imported(file, { ...options, dryRun: 'true' });
    const job = await imported(file, options);
    assert.deepEqual([job.result.created, job.result.made], [2, { product: 1 }], JSON.stringify(job));
    assert.deepEqual(dry.result, { ...job.result, dryRun: true });
  });

  test('are not made for rows that are refused', async () => {
    const file = 'code,product,weight\nT1,Mint tea,1\nT2,Nobody’s tea,many\nT3,Mint tea,2\n';
    const dry = await imported(file, { dryRun: 'true', makeMissing: 'productId' });
    const job = await imported(file, { makeMissing: 'productId' });
    assert.deepEqual([job.result.created, job.result.refused, job.result.made], [2, 1, { product: 1 }], JSON.stringify(job));
    assert.deepEqual(dry.result, { ...job.result, dryRun: true });
    const names = await products();
    assert.ok(names.includes('Mint tea') && !names.includes('Nobody’s tea'), names.join());
    assert.equal((await must(200, admin.get(`${SPECIMENS}?filter[code][in]=T1,T3&count=exact`))).body.count, 2);
  });

  test('are made only where that can be, and by those who may', async () => {
    await refusal(send('code\nQ1\n', { makeMissing: 'productId' }), 400, 'malformed_request');
    await refusal(send('code,customer\nQ1,Nobody\n', { makeMissing: 'customerId' }), 400, 'malformed_request');
    await refusal(send('code\nQ1\n', { makeMissing: 'code' }), 400, 'malformed_request');
    await must(200, admin.put('/api/platform/objects/product/access/sales', { read: true }));
    await refusal(send('code,product\nQ1,Nothing\n', { makeMissing: 'productId' }, await keyFor(admin, 'sales')), 403, 'not_allowed');
  });
});
