import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import type { Client } from '#tests/support/client.ts';
import { startInstallation, type Installation } from '#tests/support/installation.ts';
import { skipReason, testDatabaseUrl } from '#tests/support/services.ts';
import { defineSpecimens, keyFor, make, must, refusal, SPECIMENS } from './specimen.ts';

const database = testDatabaseUrl();
const WORD = 'zanzibar';
let installation: Installation;
let manager: Client;
let sales: Client;
let specimen: { readonly id: string };

before(async () => {
  if (skipReason(database)) return;
  installation = await startInstallation();
  await defineSpecimens(installation.admin);
  [manager, sales] = [await keyFor(installation.admin, 'manager', 'sales'), await keyFor(installation.admin, 'sales')];
  specimen = await make(manager, SPECIMENS, { name: 'Seen', secret: WORD });
});
after(() => installation?.stop());

describe('A field that the caller may not read', { skip: skipReason(database) }, () => {
  test('is unknown wherever it is named, in the words in which an invented one is', async () => {
    const asked = (field: string): readonly (() => ReturnType<Client['get']>)[] => [
      () => sales.get(`${SPECIMENS}?filter[${field}]=x`),
      () => sales.get(`${SPECIMENS}?filter[${field}][startsWith]=z`),
      () => sales.get(`${SPECIMENS}?filter=${encodeURIComponent(JSON.stringify({ or: [{ name: 'x' }, { [field]: 'x' }] }))}`),
      () => sales.get(`${SPECIMENS}?sort=${field}`),
      () => sales.get(`${SPECIMENS}?fields=name,${field}`),
      () => sales.get(`${SPECIMENS}?expand=${field}`),
      () => sales.get(`${SPECIMENS}/${specimen.id}?fields=${field}`),
      () => sales.get(`${SPECIMENS}/by/${field}/${WORD}`),
      () => sales.put(`${SPECIMENS}/by/${field}/${WORD}`, { name: 'Mine' }),
      () => sales.get(`${SPECIMENS}/export?fields=${field}`),
      () => sales.post(`${SPECIMENS}/query`, { filter: { [field]: { isNull: false } } }),
      () => sales.post(`${SPECIMENS}/aggregate`, { groupBy: [field], metrics: [{ fn: 'count', as: 'n' }] }),
      () => sales.post(`${SPECIMENS}/aggregate`, { metrics: [{ fn: 'max', field, as: 'most' }] }),
      () => sales.post(SPECIMENS, { name: 'x', [field]: 'x' }),
      () => sales.patch(`${SPECIMENS}/${specimen.id}`, { [field]: 'x' }),
    ];
    const words = (body: { detail: string; errors: readonly { message: string }[] }, field: string): string =>
      [body.detail, ...body.errors.map(({ message }) => message)]
        .join(' ')
        .replaceAll(field, '…')
        .replace(/ Did you mean .*/, '');
    const invented = asked('sicret');
    for (const [at, ask] of asked('secret').entries()) {
      const hidden = await refusal(ask(), 400, 'unknown_name');
      const unknown = await invented[at]?.();
      assert.equal(words(hidden, 'secret'), words(unknown?.body, 'sicret'), `call ${at}`);
      assert.doesNotMatch(JSON.stringify(unknown?.body), /secret/);
    }
  });

  test('is in no answer: neither record, list, search, history, duplicate, export nor document', async () => {
    const told = async (path: string): Promise<string> => JSON.stringify((await must(200, sales.get(path))).body);
    await must(200, manager.patch(`${SPECIMENS}/${specimen.id}`, { name: 'Seen again', secret: `${WORD} too` }));
    for (const path of ['', '?q=Seen', `/${specimen.id}`, `/${specimen.id}/history`, '/lookup?q=Seen', '/export?format=json'])
      assert.doesNotMatch(await told(`${SPECIMENS}${path}`), /secret|zanzibar/, path);
    assert.match(await told(`${SPECIMENS}/${specimen.id}/history`), /Seen again/);
    assert.equal((await must(200, sales.get(`${SPECIMENS}?q=${WORD}`))).body.items.length, 0);
    assert.equal((await must(200, sales.get(`${SPECIMENS}/lookup?q=${WORD}`))).body.items.length, 0);
    assert.equal((await must(200, manager.get(`${SPECIMENS}?q=${WORD}`))).body.items.length, 1);
    for (const path of ['/api/openapi.json', '/api/offers/openapi.json', '/api/platform/objects/specimen', '/api/platform/objects'])
      assert.doesNotMatch(await told(path), /"secret"/, path);
    assert.match(JSON.stringify((await must(200, manager.get('/api/offers/openapi.json'))).body), /"secret"/);
  });

  test('does not slip in with a cursor of who sees it, nor with a bulk request', async () => {
    await make(manager, SPECIMENS, { name: 'Second', secret: 'xylophone' });
    const { next } = (await must(200, manager.get(`${SPECIMENS}?sort=secret&limit=1`))).body;
    assert.ok(next);
    for (const path of [`?sort=secret&limit=1&cursor=${next}`, `?limit=1&cursor=${next}`]) {
      const { status, body } = await sales.get(`${SPECIMENS}${path}`);
      assert.equal(status, 400, JSON.stringify(body));
      assert.doesNotMatch(JSON.stringify(body), /xylophone|zanzibar/);
    }
    const operations = [
      { op: 'update', id: specimen.id, record: { secret: 'mine' } },
      { op: 'upsert', by: 'secret', value: 'xylophone', record: {} },
    ];
    const { results } = (await must(200, sales.post(`${SPECIMENS}/bulk`, { operations }))).body;
    assert.deepEqual(
      results.map((result: { status: number; problem: { code: string } }) => [result.status, result.problem.code]),
      [
        [400, 'unknown_name'],
        [400, 'unknown_name'],
      ],
    );
  });
});
