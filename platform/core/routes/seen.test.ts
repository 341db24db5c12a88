import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { isRecord } from '#platform/kernel/is-record.ts';
import { needed, skipReason, testDatabaseUrl } from '#tests/support/services.ts';
import { callerWith } from '../fixture.ts';
import { administrator, items, openApi, pointers, sales, type Api } from './api.fixture.ts';

const server = testDatabaseUrl();

describe('the metadata API: what a caller sees', { skip: skipReason(server) }, () => {
  let api: Api;
  before(async () => {
    api = await openApi(needed(server));
  });
  after(() => api.fixture.drop());
  const call: Api['call'] = (...asked) => api.call(...asked);

  test('a caller sees what their roles may read, and nothing tells of the rest', async () => {
    await call('POST', '/objects/offer/fields', {
      body: { name: 'margin', type: 'percent', show: ['detail', 'list'] },
    });
    await call('POST', '/objects/offer/fields', {
      body: { name: 'route', type: 'text', show: ['detail', 'list'], access: { read: ['sales'], edit: [] } },
    });
    await call('POST', '/objects/offer/views', {
      body: { name: 'rich', visibility: { kind: 'everyone' }, columns: ['name', 'margin'] },
    });
    await call('POST', '/objects/offer/views', {
      body: { name: 'thin', visibility: { kind: 'everyone' }, filter: { margin: { lt: 5 } } },
    });
    const seen = await call('GET', '/objects/offer', { caller: sales });
    const text = JSON.stringify(seen.body);
    assert.equal(seen.status, 200);
    assert.ok(!text.includes('margin') && text.includes('route'));
    assert.deepEqual(seen.body['permissions'], {
      read: true,
      create: true,
      edit: true,
      delete: false,
      purge: false,
      commands: [],
    });
    const fields = Array.isArray(seen.body['fields']) ? seen.body['fields'].filter(isRecord) : [];
    assert.deepEqual(
      fields.filter((field) => ['route', 'name', 'id'].includes(String(field['name']))).map((field) => [field['name'], field['editable']]),
      [
        ['id', false],
        ['name', true],
        ['route', false],
      ],
    );
    const views = items(await call('GET', '/objects/offer/views', { caller: sales }));
    assert.deepEqual(
      views.map((view) => [view['name'], view['columns']]),
      [['rich', ['name']]],
    );
    assert.equal((await call('GET', '/objects/offer', { caller: callerWith(['nobody']) })).status, 404);
    assert.deepEqual(items(await call('GET', '/objects', { caller: callerWith(['nobody']) })), []);
  });

  test('a layout is replaced only by someone who saw the last one', async () => {
    const seen = await call('GET', '/objects/offer/layouts/detail');
    const body = {
      sections: [
        {
          id: 'main',
          label: { en: 'Main', de: 'Haupt' },
          columns: 3,
          items: ['name', { field: 'customerId', span: 2 }, { kind: 'history' }],
        },
      ],
    };
    assert.equal((await call('PUT', '/objects/offer/layouts/detail', { body, headers: {} })).status, 428);
    const etag = String(seen.headers?.['etag']);
    const saved = await call('PUT', '/objects/offer/layouts/detail', {
      body,
      headers: { 'if-match': etag, prefer: 'wait=0' },
    });
    assert.equal(saved.status, 200);
    assert.deepEqual(saved.body['sections'], [
      {
        id: 'main',
        label: { en: 'Main', de: 'Haupt' },
        columns: 3,
        items: [{ kind: 'field', field: 'offer.name' }, { kind: 'field', field: 'offer.customer', span: 2 }, { kind: 'history' }],
      },
    ]);
    assert.equal((await call('PUT', '/objects/offer/layouts/detail', { body, headers: { 'if-match': etag } })).status, 412);
    const wrong = await call('PUT', '/objects/offer/layouts/detail', {
      body: { sections: [{ id: 'a', items: ['name', 'nmae'] }] },
      headers: { 'if-match': '*' },
    });
    assert.deepEqual([wrong.status, pointers(wrong)], [400, ['/sections/0/items/1/field']]);
    const reset = await call('DELETE', '/objects/offer/layouts/detail');
    assert.equal(reset.body['generated'], true);
  });

  test("everyone keeps private views; shared ones are the administrators'", async () => {
    const saved = await call('POST', '/objects/offer/views', {
      caller: sales,
      body: { name: 'mine', label: 'Mine', columns: ['name', 'route'] },
    });
    assert.equal(saved.status, 201);
    assert.equal((await call('POST', '/objects/offer/views', { caller: sales, body: { name: 'mine' } })).status, 409);
    assert.equal((await call('POST', '/objects/offer/views', { caller: sales, body: { name: 'peek', columns: ['margin'] } })).status, 400);
    assert.equal(
      (
        await call('POST', '/objects/offer/views', {
          caller: sales,
          body: { name: 'ours', visibility: { kind: 'everyone' } },
        })
      ).status,
      403,
    );
    const id = String(saved.body['id']);
    assert.deepEqual((await call('PATCH', `/objects/offer/views/${id}`, { caller: sales, body: { columns: ['name'] } })).body['columns'], [
      'name',
    ]);
    assert.equal((await call('PATCH', `/objects/offer/views/${id}`, { caller: administrator, body: { columns: ['name'] } })).status, 404);
    assert.equal((await call('DELETE', `/objects/offer/views/${id}`, { caller: sales })).status, 204);
  });
});
