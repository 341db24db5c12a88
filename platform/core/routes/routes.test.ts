import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import type { Caller } from '#platform/kernel/caller.ts';
import { Refusal } from '#platform/kernel/errors.ts';
import { isRecord } from '#platform/kernel/is-record.ts';
import { needed, skipReason, testDatabaseUrl } from '#tests/support/services.ts';
import { callerWith, createCoreFixture, type CoreFixture } from '../fixture.ts';
import { coreRoutes } from './index.ts';
import type { CoreAnswer, CoreRoute } from './route.ts';

const server = testDatabaseUrl();
const administrator = callerWith(['administrator']);
const sales = callerWith(['sales']);
type Asked = {
  readonly caller?: Caller;
  readonly body?: unknown;
  readonly headers?: Record<string, string>;
  readonly query?: Record<string, string>;
};

describe('the metadata API', { skip: skipReason(server) }, () => {
  let fixture: CoreFixture;
  let routes: readonly CoreRoute[];
  before(async () => {
    fixture = await createCoreFixture(needed(server));
    routes = coreRoutes(fixture.core, () => Promise.resolve(true));
    for (const module of ['offers', 'customers', 'platform']) await fixture.core.services.report(module, 1_000_000);
  });
  after(() => fixture.drop());

  /** Calls a route; a refusal becomes the answer that http would give. */
  const call = async (method: string, path: string, asked: Asked = {}): Promise<CoreAnswer & { body: Record<string, unknown> }> => {
    const [route, params] =
      routes.flatMap((one) => (one.method === method ? [[one, match(one.path, path)] as const] : [])).find(([, found]) => found !== null) ??
      [];
    assert.ok(route && params, `${method} ${path}`);
    const request = {
      caller: asked.caller ?? administrator,
      params,
      query: asked.query ?? {},
      headers: asked.headers ?? { prefer: 'wait=0' },
      body: asked.body,
    };
    try {
      const answer = await route.handle(request);
      return { ...answer, body: isRecord(answer.body) ? answer.body : {} };
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      return { status: error.status, body: { code: error.code, detail: error.message, errors: error.details.errors } };
    }
  };
  const pointers = (answer: { body: Record<string, unknown> }) =>
    Array.isArray(answer.body['errors']) ? answer.body['errors'].map((one: unknown) => (isRecord(one) ? one['pointer'] : '')) : [];
  const items = (answer: { body: Record<string, unknown> }): readonly Record<string, unknown>[] =>
    Array.isArray(answer.body['items']) ? answer.body['items'].filter(isRecord) : [];

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
    await fixture.database.write({
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
    const before = await call('GET', '/objects/offer/layouts/detail');
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
    const etag = String(before.headers?.['etag']);
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

  test('the log says who changed what and takes it back; pages follow on', async () => {
    const made = await call('POST', '/objects/offer/fields', {
      body: { name: 'logged', type: 'date', label: { en: 'Logged', de: 'Vermerkt' } },
    });
    const [entry] = items(
      await call('GET', '/changes', {
        caller: callerWith(['administrator'], 'de'),
        query: { object: 'offer', limit: '1' },
      }),
    );
    assert.deepEqual(
      [entry?.['version'], entry?.['summary'], entry?.['byName'], entry?.['undoable'], entry?.['kind']],
      [made.body['version'], 'Feld Vermerkt zu offer hinzugefügt', 'Ada', true, 'addField'],
    );
    const undone = await call('POST', `/changes/${String(made.body['version'])}/undo`);
    assert.equal(undone.status, 200);
    const first = await call('GET', '/changes', { query: { limit: '2' } });
    const second = await call('GET', '/changes', { query: { limit: '2', cursor: String(first.body['next']) } });
    assert.equal(items(second)[0]?.['version'], Number(items(first)[1]?.['version']) - 1);
    assert.equal(items(first)[1]?.['undoneBy'], undone.body['version']);
  });

  test('a preview says what stands on a field, and writes nothing', async () => {
    const from = (await fixture.core.state()).version;
    const preview = await call('POST', '/changes/preview', {
      body: {
        changes: [
          { kind: 'retireField', object: 'offer', field: 'name' },
          { kind: 'dropField', object: 'offer', field: 'priority' },
        ],
      },
    });
    assert.equal(preview.status, 200);
    assert.ok(JSON.stringify(preview.body['dependants']).includes('"title"'));
    assert.equal(Array.isArray(preview.body['errors']) && preview.body['errors'].length, 1);
    assert.equal((await fixture.core.state()).version, from);
  });

  test('a service pulls its schema, gets 304 when nothing of it changed, and reports only for itself', async () => {
    const service = (name: string): Caller => ({ ...administrator, kind: 'service', actor: `service:${name}` });
    const pulled = await call('GET', '/schema/offers', { caller: service('offers') });
    assert.equal(pulled.body['module'], 'offers');
    assert.equal((await call('GET', '/schema/offers', { query: { since: String(pulled.body['version']) } })).status, 304);
    assert.equal((await call('POST', '/services/offers/applied', { caller: service('customers'), body: { version: 3 } })).status, 403);
    assert.equal((await call('POST', '/services/offers/applied', { caller: service('offers'), body: { version: 3 } })).status, 204);
    assert.equal((await call('GET', '/schema/nothing')).status, 404);
    assert.deepEqual(
      items(await call('GET', '/services')).map((one) => one['module']),
      ['audit', 'customers', 'offers', 'platform'],
    );
  });
});

function match(pattern: string, path: string): Record<string, string> | null {
  const wanted = pattern.split('/');
  const given = path.split('/');
  if (wanted.length !== given.length || !wanted.every((part, index) => part.startsWith(':') || part === given[index])) return null;
  return Object.fromEntries(wanted.flatMap((part, index) => (part.startsWith(':') ? [[part.slice(1), given[index] ?? '']] : [])));
}
