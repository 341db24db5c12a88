import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { needed, skipReason, testDatabaseUrl } from '#tests/support/services.ts';
import { items, openApi, pointers, type Api } from './api.fixture.ts';

const server = testDatabaseUrl();

describe('the metadata API: fields', { skip: skipReason(server) }, () => {
  let api: Api;
  before(async () => {
    api = await openApi(needed(server));
  });
  after(() => api.fixture.drop());
  const call: Api['call'] = (...asked) => api.call(...asked);

  test('POST a field: 201, Location, ETag, and the field with its version and state', async () => {
    const answer = await call('POST', '/objects/offer/fields', {
      body: { name: 'priority', type: 'select', label: 'Priority', options: ['low', 'high'] },
    });
    assert.equal(answer.status, 201);
    assert.equal(answer.headers?.['location'], '/api/platform/objects/offer/fields/priority');
    assert.equal(answer.headers?.['etag'], `"${String(answer.body['version'])}"`);
    assert.equal(answer.body['state'], 'active');
    assert.deepEqual(answer.body['options'], [
      { key: 'low', label: { en: 'low' }, color: 'blue' },
      { key: 'high', label: { en: 'high' }, color: 'green' },
    ]);
  });

  test('202 while the owning service does not serve it', async () => {
    const answer = await call('POST', '/objects', { body: { name: 'asset', module: 'audit2', label: 'Asset' } });
    assert.equal(answer.status, 422);
    const pending = await call('PUT', '/objects/user/access/viewer', { body: { read: true } });
    assert.equal(pending.status, 200);
    await api.fixture.database.write({
      text: `update platform.service_state set version = 0 where module = 'customers'`,
      values: [],
    });
    const field = await call('POST', '/objects/customer/fields', { body: { name: 'tier', type: 'text' } });
    assert.deepEqual([field.status, field.body['state'], field.body['name']], [202, 'pending', 'tier']);
    assert.equal(items(await call('GET', '/changes'))[0]?.['state'], 'pending');
  });

  test('hostile names and definitions are refused at their pointer', async () => {
    const bad = [
      'customerId',
      '__proto__',
      'constructor',
      'toString',
      'Große',
      'раzmer',
      'a-b',
      'a"b',
      '',
      'x'.repeat(42),
      'version',
      'owner',
      'and',
      ' name',
      'na\u200bme',
    ];
    for (const name of bad) {
      const answer = await call('POST', '/objects/offer/fields', {
        body: JSON.parse(JSON.stringify({ name, type: 'text' })),
      });
      assert.deepEqual([answer.status, pointers(answer)], [422, ['/name']], name);
    }
    const longest = await call('POST', '/objects/offer/fields', { body: { name: `x${'Y'.repeat(40)}`, type: 'text' } });
    assert.equal(longest.status, 201);
    const pattern = await call('POST', '/objects/offer/fields', {
      body: { name: 'looked', type: 'text', pattern: '(?<=a)b' },
    });
    assert.deepEqual([pattern.status, pointers(pattern)], [422, ['/pattern']]);
    const target = await call('POST', '/objects/offer/fields', {
      body: { name: 'where', type: 'lookup', target: 'warehouse' },
    });
    assert.deepEqual([target.status, pointers(target)], [422, ['/target']]);
    const twice = await call('POST', '/objects/offer/fields', {
      body: { name: 'Subject'.toLowerCase(), type: 'text' },
    });
    assert.deepEqual([twice.status, pointers(twice)], [422, ['/name']]);
    const role = await call('POST', '/objects/offer/fields', {
      body: { name: 'secret', type: 'text', access: { read: ['salse'], edit: [] } },
    });
    assert.deepEqual([role.status, pointers(role)], [422, ['/access']]);
  });

  test('a setting, parameter or object nobody knows is refused with the nearest known one', async () => {
    const setting = await call('POST', '/objects/offer/fields', {
      body: { name: 'size', type: 'text', requird: true },
    });
    assert.deepEqual([setting.status, setting.body['code']], [400, 'unknown_name']);
    assert.match(String(setting.body['detail']), /did you mean "required"/);
    const parameter = await call('GET', '/objects', { query: { retird: 'true' } });
    assert.match(String(parameter.body['detail']), /did you mean "retired"/);
    const object = await call('POST', '/objects/ofer/fields', { body: { name: 'size', type: 'text' } });
    assert.deepEqual([object.status, object.body['detail']], [404, 'There is no object "ofer"; did you mean "offer"?']);
    const kind = await call('POST', '/changes', {
      body: { changes: [{ kind: 'addFeild', object: 'offer', field: {} }] },
    });
    assert.match(String(kind.body['detail']), /did you mean "addField"/);
  });

  test('rename, retype, retire, restore, drop', async () => {
    await call('POST', '/objects/offer/fields', { body: { name: 'contactMail', type: 'text' } });
    assert.equal((await call('PATCH', '/objects/offer/fields/contactMail', { body: { name: 'mail', type: 'email' } })).status, 200);
    const storage = await call('PATCH', '/objects/offer/fields/mail', { body: { type: 'integer' } });
    assert.deepEqual([storage.status, pointers(storage)], [422, ['/type']]);
    assert.equal((await call('PATCH', '/objects/offer/fields/contactMail', { body: { label: 'Mail' } })).body['name'], 'mail');
    assert.equal((await call('DELETE', '/objects/offer/fields/mail')).body['state'], 'retired');
    assert.equal((await call('DELETE', '/objects/offer/fields/mail')).status, 409);
    assert.equal((await call('POST', '/objects/offer/fields/mail/restore')).body['state'], 'active');
    assert.equal((await call('DELETE', '/objects/offer/fields/mail', { query: { permanent: 'true' } })).body['state'], 'dropped');
    assert.equal((await call('DELETE', '/objects/offer/fields/mail')).status, 404);
    const fixed = await call('PATCH', '/objects/offer/fields/name', { body: { required: false, name: 'title' } });
    assert.deepEqual([fixed.status, pointers(fixed)], [422, ['/name', '/required']]);
    assert.equal((await call('DELETE', '/objects/offer/fields/name')).status, 409);
  });
});
