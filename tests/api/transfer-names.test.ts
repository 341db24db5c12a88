import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import type { Answer, Client } from '#tests/support/client.ts';
import { eventually } from '#tests/support/eventually.ts';
import { startInstallation, type Installation } from '#tests/support/installation.ts';
import { skipReason, testDatabaseUrl } from '#tests/support/services.ts';
import { importedBy, type ImportOptions } from './importing.ts';
import { defineSpecimens, keyFor, make, must, SPECIMENS } from './specimen.ts';

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

const imported = (content: string, { by = admin, options }: { by?: Client; options?: ImportOptions } = {}): Promise<Answer['body']> =>
  importedBy(by, content, options);

const told = (job: Answer['body']): readonly string[] =>
  job.errors.map((error: { row: number; column: string; message: string }) => `${error.row} ${error.column}: ${error.message}`);

describe('Names in an import', { skip: skipReason(database) }, () => {
  test('records of this service and of others are named by title, unique value or id', async () => {
    const product = await make(admin, '/api/offers/products', { name: 'Green tea' });
    const customer = await make(admin, '/api/customers/customers', { name: 'Adler & Co' });
    const me = (await must(200, admin.get('/api/platform/me'))).body.user;
    await eventually('the mirror', async () => (await admin.get('/api/offers/offers?filter[customer.name]=x')).status === 200);
    const rows = [`R1,Green tea,Adler & Co,${me.name}`, `R2,${product.id},${customer.id},`, `R3, Green tea ,${customer.number},`];
    const job = await eventually('customers are known to offers', async () => {
      const dry = await imported(`code,product,customer,keeper\n${rows.join('\n')}\n`, { options: { dryRun: 'true' } });
      return dry.result.refused === 0 && dry;
    });
    assert.equal(job.result.created, 3);
    assert.deepEqual((await imported(`code,product,customer,keeper\n${rows.join('\n')}\n`)).result.created, 3);
    const { items } = (await must(200, admin.get(`${SPECIMENS}?filter[code][startsWith]=R&sort=code&fields=productId,customerId,keeperId`)))
      .body;
    const expected = { productId: product.id, customerId: customer.id };
    assert.deepEqual(
      items.map(({ productId, customerId }: Answer['body']) => ({ productId, customerId })),
      [expected, expected, expected],
    );
    assert.equal(items[0].keeperId, me.id);
  });

  test('a name of nobody or of several is an error of its row, and the other rows go in', async () => {
    for (const _ of [1, 2]) await make(admin, '/api/offers/products', { name: 'Twin' });
    const job = await imported('code,product\nA1,Twin\nA2,No such tea\nA3,Green tea\n');
    assert.deepEqual(job.result, { rows: 3, created: 1, updated: 0, unchanged: 0, refused: 2, dryRun: false });
    assert.match(told(job)[0] ?? '', /^2 product: 2 Products are called Twin\. Name the one/);
    assert.match(told(job)[1] ?? '', /^3 product: There is no Product No such tea\.$/);
  });

  test('what the importing person may not read is no name', async () => {
    await must(200, admin.put('/api/platform/objects/product/access/sales', {}));
    const job = await imported('code,product\nS1,Green tea\nS2,\n', { by: await keyFor(admin, 'sales') });
    assert.deepEqual([job.result.created, told(job)], [1, ['2 product: There is no Product Green tea.']]);
  });

  test('a dry run sees values that stand twice in the file, however far apart, and keys that come again', async () => {
    const rows = Array.from({ length: 230 }, (_, at) => `T${at},Row ${at}`);
    const twice = `code,name\n${[...rows, 'T3,Again', 'T200,Again'].join('\n')}\n`;
    const dry = await imported(twice, { options: { dryRun: 'true' } });
    assert.deepEqual(dry.result, { rows: 232, created: 230, updated: 0, unchanged: 0, refused: 2, dryRun: true });
    const byKey = await imported(twice, { options: { dryRun: 'true', by: 'code' } });
    assert.deepEqual(byKey.result, { rows: 232, created: 230, updated: 2, unchanged: 0, refused: 0, dryRun: true });
    const real = await imported(twice);
    assert.deepEqual({ ...real.result, dryRun: true }, dry.result);
    assert.deepEqual(
      told(real).map((line) => line.split(':')[0]),
      told(dry).map((line) => line.split(':')[0]),
    );
  });

  test('many refused rows of many kinds leave the others as they were, and tell the same in a dry run', async () => {
    await make(admin, SPECIMENS, { code: 'F50', name: 'there' });
    const bad = (at: number): string => (at % 9 === 4 ? '2026-13-01' : '');
    const lines = Array.from({ length: 300 }, (_, at) => `F${at % 17 === 3 ? at - 1 : at},Row ${at},${bad(at)}`);
    const file = `code,name,day\n${lines.join('\n')}\n`;
    const dry = await imported(file, { options: { dryRun: 'true' } });
    const job = await imported(file);
    assert.deepEqual({ ...job.result, dryRun: true }, dry.result);
    assert.deepEqual(job.errors, dry.errors);
    const rows = job.errors.map((error: { row: number }) => error.row);
    assert.deepEqual(
      rows,
      rows.toSorted((left: number, right: number) => left - right),
    );
    const expected = lines.map((line) => line.split(',')).filter(([, , day]) => day === '');
    const codes = new Set(expected.map(([code]) => code));
    codes.delete('F50');
    assert.equal(job.result.created, codes.size, JSON.stringify(job.errors.slice(0, 5)));
    const { body } = await admin.post(`${SPECIMENS}/query`, { filter: { code: { startsWith: 'F' } }, count: 'exact', limit: 1 });
    assert.equal(body.count, codes.size + 1);
  });
});
