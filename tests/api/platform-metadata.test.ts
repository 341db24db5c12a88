import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { clientOf, type Answer, type Client } from '#tests/support/client.ts';
import { startInstallation, type Installation } from '#tests/support/installation.ts';
import { skipReason, testDatabaseUrl } from '#tests/support/services.ts';

const OFFER = '/api/platform/objects/offer';
const CUSTOMER = '/api/platform/objects/customer';

const database = testDatabaseUrl();
let installation: Installation;
let admin: Client;

before(async () => {
  if (skipReason(database)) return;
  installation = await startInstallation();
  ({ admin } = installation);
});
after(() => installation?.stop());

const pointersOf = (answer: Answer): readonly string[] => answer.body.errors.map((one: { pointer: string }) => one.pointer);

describe('Metadata over HTTP', { skip: skipReason(database) }, () => {
  test('an object is defined and used in the next call: options as words or with labels, references, labels in two languages', async () => {
    const object = {
      name: 'site_visit',
      module: 'customers',
      label: { en: 'Site visit', de: 'Ortstermin' },
      pluralLabel: { en: 'Site visits', de: 'Ortstermine' },
      fields: [
        { name: 'title', label: 'Title', type: 'text', required: true },
        { name: 'kind', label: 'Kind', type: 'select', options: ['first', 'repair'] },
        {
          name: 'mood',
          label: { en: 'Mood', de: 'Stimmung' },
          type: 'select',
          options: [{ key: 'good', label: { en: 'Good', de: 'Gut' }, color: 'green' }],
        },
        { name: 'customer', label: 'Customer', type: 'lookup', target: 'customer' },
      ],
      access: { sales: { read: true, create: true } },
    };
    const made = await admin.post('/api/platform/objects', object);
    assert.deepEqual([made.status, made.headers.get('location')], [201, '/api/platform/objects/site_visit']);
    const customer = await admin.post('/api/customers/customers', { name: 'Acme' });
    const visit = await admin.post('/api/customers/site-visits', {
      title: 'Roof',
      kind: 'first',
      mood: 'good',
      customerId: customer.body.id,
    });
    assert.deepEqual([visit.status, visit.headers.get('x-metadata-version')], [201, String(made.body.version)]);
    assert.equal((await admin.post('/api/customers/site-visits', { title: 'Roof', kind: 'second' })).status, 422);
  });

  test('201 once it is served, 202 when nobody waits; If-Match lets one of two through, a layout demands it', async () => {
    const pending = await admin.post(`${CUSTOMER}/fields`, { name: 'later', type: 'text' }, { prefer: 'wait=0' });
    assert.deepEqual([pending.status, pending.body.state], [202, 'pending']);
    const { headers, body } = await admin.get(OFFER);
    const match = { 'if-match': headers.get('etag') ?? '' };
    const both = await Promise.all(['One', 'Two'].map((label) => admin.patch(`${OFFER}/fields/notes`, { label }, match)));
    assert.deepEqual(
      both.map(({ status }) => status).toSorted((left, right) => left - right),
      [200, 412],
    );
    const stale = both.find(({ status }) => status === 412);
    assert.ok(stale && stale.body.current.version > body.version);
    const layout = await admin.get(`${OFFER}/layouts/list`);
    const put = (more: Record<string, string>) =>
      fetch(`${installation.url}${OFFER}/layouts/list`, {
        method: 'PUT',
        headers: { authorization: `Bearer ${admin.token}`, 'content-type': 'application/json', ...more },
        body: JSON.stringify({ columns: layout.body.columns }),
      });
    assert.equal((await put({})).status, 428);
    assert.equal((await put(match)).status, 412);
  });

  test('two administrators at once, round after round: exactly one wins, versions go up by one', async () => {
    for (let round = 1; round <= 5; round += 1) {
      const { headers } = await admin.get(OFFER);
      const from = (await admin.get('/api/platform/changes?limit=1')).body.items[0].version;
      const match = { 'if-match': headers.get('etag') ?? '', prefer: 'wait=0' };
      const asked = [
        admin.patch(`${OFFER}/fields/notes`, { help: `Round ${round}` }, match),
        admin.post(`${OFFER}/fields`, { name: `round${round}`, type: 'text' }, match),
        admin.patch(OFFER, { icon: `icon-${round}` }, match),
      ];
      const statuses = (await Promise.all(asked)).map(({ status }) => status);
      assert.equal(statuses.filter((status) => status === 412).length, 2, String(statuses));
      assert.equal((await admin.get('/api/platform/changes?limit=1')).body.items[0].version, from + 1);
    }
  });

  test('a renamed field answers to its old name; one that is made again under a dropped name has nothing of it', async () => {
    const access = { read: ['sales'], edit: ['sales'] };
    await admin.post(`${CUSTOMER}/fields`, { name: 'region', type: 'text', unique: true, default: 'north', access });
    await admin.post('/api/customers/customers', { name: 'Bolt', region: 'south' });
    assert.equal((await admin.patch(`${CUSTOMER}/fields/region`, { name: 'area' })).status, 200);
    assert.equal((await admin.get('/api/customers/customers?filter[region]=south')).body.items[0].area, 'south');
    assert.equal((await admin.delete(`${CUSTOMER}/fields/area`)).status, 200);
    assert.equal((await admin.get('/api/customers/customers?filter[area]=south')).status, 400);
    assert.equal((await admin.post(`${CUSTOMER}/fields/area/restore`)).status, 200);
    assert.equal((await admin.get('/api/customers/customers?filter[area]=south')).body.items.length, 1);
    assert.equal((await admin.delete(`${CUSTOMER}/fields/area?permanent=true`)).status, 200);
    const again = await admin.post(`${CUSTOMER}/fields`, { name: 'area', type: 'text' });
    assert.deepEqual(
      [again.status, again.body.unique, again.body.default, again.body.access],
      [201, undefined, undefined, { read: [], edit: [] }],
    );
    assert.equal((await admin.get('/api/customers/customers?filter[name]=Bolt')).body.items[0].area, null);
    for (const name of ['Twin', 'Twine']) assert.equal((await admin.post('/api/customers/customers', { name, area: 'same' })).status, 201);
  });

  test('what the rows do not fit is refused with the rows, and the preview says so before', async () => {
    const change = { kind: 'changeField', object: 'customer', field: 'area', set: { unique: true } };
    const preview = await admin.post('/api/platform/changes/preview', { changes: [change] });
    assert.ok(preview.body.rows.doNotFit > 0 && preview.body.rows.samples.length > 0, JSON.stringify(preview.body));
    const refused = await admin.patch(`${CUSTOMER}/fields/area`, { unique: true });
    assert.deepEqual([refused.status, refused.body.code], [409, 'data_does_not_fit']);
    assert.ok(refused.body.rows.samples.length > 0);
    const adding = { kind: 'addField', object: 'customer', field: { name: 'duty', label: 'Duty', type: 'text', required: true } };
    const added = await admin.post('/api/platform/changes/preview', { changes: [adding] });
    assert.match(added.body.warnings[0], /no value of a new field that is required/);
  });

  test('several changes are one version or none; each can be taken back, and the log says by whom', async () => {
    const add = (name: string) => ({ kind: 'addField', object: 'customer', field: { name, type: 'integer' } });
    const none = await admin.post('/api/platform/changes', { changes: [add('floors'), add('no good')] });
    assert.deepEqual([none.status, pointersOf(none)], [422, ['/changes/1/field/name']]);
    assert.equal((await admin.get('/api/customers/customers?fields=floors')).status, 400);
    const one = await admin.post('/api/platform/changes', { changes: [add('floors'), add('rooms')] });
    assert.equal(one.status, 200);
    assert.equal((await admin.get('/api/customers/customers?fields=floors,rooms')).status, 200);
    const [entry] = (await admin.get('/api/platform/changes?limit=1')).body.items;
    assert.deepEqual([entry.version, entry.byName, entry.undoable], [one.body.version, 'Ada', true]);
    assert.equal((await admin.post(`/api/platform/changes/${entry.version}/undo`)).status, 200);
    assert.equal((await admin.get('/api/customers/customers?fields=floors')).status, 400);
  });
});

describe('Defaults', { skip: skipReason(database) }, () => {
  test('a default may be counted from the day or the instant of the writing; a word that means neither is refused', async () => {
    const define = (name: string, type: string, value: string) => admin.post(`${CUSTOMER}/fields`, { name, type, default: value });
    assert.equal((await define('reviewDay', 'date', 'today+14d')).status, 201);
    assert.equal((await define('callBack', 'dateTime', 'now+2h')).status, 201);
    const made = await admin.post('/api/customers/customers', { name: 'Later' });
    const hours = (Date.parse(made.body.callBack) - Date.parse(made.body.createdAt)) / 3_600_000;
    const days = (Date.parse(made.body.reviewDay) - Date.parse(made.body.createdAt)) / 86_400_000;
    assert.ok(hours > 1.9 && hours < 2.1 && days > 12 && days < 15.1, JSON.stringify(made.body));
    for (const [type, value] of Object.entries({ date: 'tomorow', dateTime: 'now+2x', user: '$you' })) {
      const refused = await define('someDay', type, value);
      assert.deepEqual([refused.status, pointersOf(refused)], [422, ['/default']], type);
    }
    assert.equal((await define('someDay', 'date', 'today+99999y')).status, 422);
  });
});

describe('Roles that administrators make', { skip: skipReason(database) }, () => {
  test('are given rights on objects and on fields like those that came with the platform', async () => {
    assert.equal((await admin.post('/api/platform/roles', { name: 'buyer', label: 'Buyer' })).status, 201);
    assert.equal((await admin.put(`${OFFER}/access/buyer`, { read: true })).status, 200);
    const { key } = (await admin.post('/api/platform/api-keys', { name: 'Buyer', roles: ['buyer'] })).body;
    assert.equal((await clientOf(installation.url, key).get('/api/offers/offers')).status, 200);
    const access = { read: ['buyer'], edit: [] };
    assert.equal((await admin.post(`${OFFER}/fields`, { name: 'budget', label: 'Budget', type: 'money', access })).status, 201);
    const unknown = await admin.put(`${OFFER}/access/byer`, { read: true });
    assert.deepEqual([unknown.status, unknown.body.detail], [422, 'There is no role "byer"; did you mean "buyer"?']);
  });
});

describe('Who makes records', { skip: skipReason(database) }, () => {
  test('nobody is offered to make what has nothing that people could fill', async () => {
    const offered = async (name: string): Promise<unknown> => (await admin.get(`/api/platform/objects/${name}`)).body.permissions.create;
    assert.deepEqual([await offered('message'), await offered('stock_item'), await offered('forecast_snapshot')], [false, false, false]);
    const trip = { name: 'trip', label: 'Trip', module: 'customers', features: { status: true }, fields: [] };
    assert.equal((await admin.post('/api/platform/objects', trip)).status, 201);
    assert.deepEqual([await offered('customer'), await offered('trip')], [true, true]);
  });
});

describe('What the metadata API refuses', { skip: skipReason(database) }, () => {
  test('a caller without a role finds nothing anywhere', async () => {
    const key = (await admin.post('/api/platform/api-keys', { name: 'Nobody', roles: [] })).body.key;
    const nobody = clientOf(installation.url, key);
    assert.deepEqual((await nobody.get('/api/platform/objects')).body.items, []);
    for (const path of [OFFER, '/api/offers/offers', '/api/customers/customers/lookup?q=a', '/api/platform/users', `${OFFER}/layouts/list`])
      assert.equal((await nobody.get(path)).status, 404, path);
    for (const path of ['/api/platform/changes', '/api/platform/services']) assert.equal((await nobody.get(path)).status, 403, path);
    assert.equal((await nobody.post('/api/platform/objects', { name: 'mine', module: 'offers', label: 'Mine' })).status, 403);
  });

  test('another method at an address that is there, by naming those that it takes', async () => {
    for (const [method, path, allow] of [
      ['PUT', '/api/platform/objects', 'GET, POST'],
      ['POST', OFFER, 'GET, PATCH, DELETE'],
      ['GET', `${OFFER}/restore`, 'POST'],
      ['PATCH', '/api/platform/session', 'POST, DELETE'],
      ['DELETE', '/api/customers/readiness', 'GET'],
      ['PUT', '/api/platform/users', 'GET, POST'],
    ] as const) {
      const answer = await fetch(`${installation.url}${path}`, { method, headers: { authorization: `Bearer ${admin.token}` } });
      const { code } = JSON.parse(await answer.text());
      assert.deepEqual([answer.status, answer.headers.get('allow'), code], [405, allow, 'method_not_allowed'], `${method} ${path}`);
    }
    assert.equal((await admin.get('/api/platform/nothing/here')).status, 404);
  });

  test('what is malformed is refused where it is wrong', async () => {
    for (const name of ['__proto__', 'constructor', 'select"; drop', 'a'.repeat(64), 'nаme', 'id', 'customerId']) {
      const body = `{"name":${JSON.stringify(name)},"type":"text"}`;
      const answer = await send(body);
      assert.deepEqual([answer.status, answer.pointer], [422, '/name'], name);
    }
    assert.equal((await send('{"name":')).status, 400);
    assert.equal((await send('{}', 'text/plain')).status, 415);
    assert.equal((await send(`{"name":${'['.repeat(50)}${']'.repeat(50)}}`)).status, 400);
    assert.equal((await send(`{"name":"x","help":"${'y'.repeat(2_000_000)}"}`)).status, 413);
    const misspelt = await admin.post(`${OFFER}/fields`, { name: 'size', type: 'text', requird: true });
    assert.match(misspelt.body.detail, /required/);
    assert.match((await admin.get('/api/platform/objects?retird=true')).body.detail, /retired/);
  });

  async function send(body: string, type = 'application/json'): Promise<{ status: number; pointer: string }> {
    const headers = { authorization: `Bearer ${admin.token}`, 'content-type': type };
    const response = await fetch(`${installation.url}${OFFER}/fields`, { method: 'POST', headers, body });
    const problem = JSON.parse(await response.text());
    return { status: response.status, pointer: problem.errors?.[0]?.pointer };
  }
});
