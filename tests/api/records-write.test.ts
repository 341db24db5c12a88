import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import type { Answer, Client } from '#tests/support/client.ts';
import { startInstallation, type Installation } from '#tests/support/installation.ts';
import { skipReason, testDatabaseUrl } from '#tests/support/services.ts';
import { defineSpecimens, keyFor, make, must, refusal, SPECIMENS } from './specimen.ts';

const database = testDatabaseUrl();
const OFFERS = '/api/offers/offers';
let installation: Installation;
let admin: Client;
let customerId = '';

before(async () => {
  if (skipReason(database)) return;
  installation = await startInstallation();
  ({ admin } = installation);
  await defineSpecimens(admin);
  customerId = (await make(admin, '/api/customers/customers', { name: 'Acme' })).id;
});
after(() => installation?.stop());

describe('Records', { skip: skipReason(database) }, () => {
  test('A new record has its address, its version, and what was left out', async () => {
    const me = (await must(200, admin.get('/api/platform/me'))).body;
    const made = await must(201, admin.post(OFFERS, { customerId }));
    assert.equal(made.headers.get('location'), `${OFFERS}/${made.body.id}`);
    assert.equal(made.headers.get('etag'), '"1"');
    const { status, companyId, ownerId, createdBy, version, currency, number } = made.body;
    const expected = {
      status: 'draft',
      companyId: me.company.id,
      ownerId: me.user.id,
      createdBy: `user:${me.user.id}`,
      version: 1,
      currency: 'EUR',
      number: null,
    };
    assert.deepEqual({ status, companyId, ownerId, createdBy, version, currency, number }, expected);
    assert.deepEqual((await must(200, admin.get(`${OFFERS}/${made.body.id}`))).body, made.body);
  });

  test('PATCH merges, objects inside too, and answers 412 with the current record to who is late', async () => {
    const made = await make(admin, SPECIMENS, {
      name: 'One',
      place: { city: 'Köln', street: 'Ring 1' },
      extra: { a: 1, b: { c: 2, d: 3 } },
    });
    const path = `${SPECIMENS}/${made.id}`;
    const changed = await must(200, admin.patch(path, { place: { city: 'Bonn' }, extra: { b: { c: null } } }, { 'if-match': '"1"' }));
    assert.deepEqual(changed.body.place, { city: 'Bonn', street: 'Ring 1' });
    assert.deepEqual(changed.body.extra, { a: 1, b: { d: 3 } });
    assert.equal(changed.headers.get('etag'), '"2"');
    const late = await refusal(admin.patch(path, { name: 'Two' }, { 'if-match': '"1"' }), 412, 'stale_version');
    assert.equal(late.current.version, 2);
    assert.equal((await must(200, admin.patch(path, { name: 'Two', place: null }))).body.place, null);
    assert.equal((await must(200, admin.patch(path, { name: 'Two' }))).headers.get('etag'), '"3"');
    await refusal(admin.patch(path, { name: 'x' }, { 'if-match': 'W/"3"' }), 412, 'stale_version');
  });

  test('Every refused value is named at its place', async () => {
    const wrong = { count: 'x', worth: 'much', day: '2026-13-01', kind: 'stnoe', email: 'no', productId: 'x' };
    const { errors } = await refusal(admin.post(SPECIMENS, wrong), 422, 'invalid_value');
    assert.deepEqual(
      errors.map((error: { pointer: string }) => error.pointer).toSorted(),
      Object.keys(wrong)
        .map((key) => `/${key}`)
        .toSorted(),
    );
    const unknown = await refusal(admin.post(SPECIMENS, { nmae: 'x' }), 400, 'unknown_name');
    assert.match(unknown.detail, /Did you mean name/);
    assert.equal(unknown.errors[0].pointer, '/nmae');
    await refusal(admin.post(SPECIMENS, { id: '01890a5d-ac96-774b-bcce-b302099a8057' }), 422, 'invalid_value');
    await refusal(admin.post(`${SPECIMENS}?dry=1`, {}), 400, 'unknown_name');
    const gone = await refusal(admin.post(SPECIMENS, { productId: '01890a5d-ac96-774b-bcce-b302099a8057' }), 422, 'invalid_value');
    assert.equal(gone.errors[0].pointer, '/productId');
    const me = (await must(200, admin.get('/api/platform/me'))).body.user.id;
    await refusal(admin.post(SPECIMENS, { productId: me }), 422, 'invalid_value');
  });

  test('A unique value is taken once, and the refusal names who has it', async () => {
    const first = await make(admin, SPECIMENS, { code: 'taken' });
    const taken = await refusal(admin.post(SPECIMENS, { code: 'taken' }), 409, 'duplicate');
    assert.deepEqual([taken.other, taken.errors[0].pointer], [{ object: 'specimen', id: first.id }, '/code']);
  });

  test('Upsert by a key changes or creates, and two at once make one', async () => {
    const path = `${SPECIMENS}/by/code/K%2F1`;
    const both = await Promise.all(['a', 'b'].map((name) => admin.put(path, { name })));
    assert.deepEqual(
      both.map(({ status }) => status).toSorted((left, right) => left - right),
      [200, 201],
    );
    const again = await must(200, admin.put(path, { name: 'c', code: 'K/1' }));
    assert.equal((await must(200, admin.get(path))).body.id, again.body.id);
    assert.equal((await must(200, admin.get(`${SPECIMENS}?filter[code]=K/1`))).body.items.length, 1);
    assert.equal((await must(201, admin.put(`${SPECIMENS}/by/count/77`, {}))).body.count, 77);
    await must(200, admin.put(`${SPECIMENS}/by/count/77`, { name: 'd' }));
    await refusal(admin.put(path, { code: 'K/2' }), 422, 'invalid_value');
    await refusal(admin.put(`${SPECIMENS}/by/count/seven`, {}), 422, 'invalid_value');
    await refusal(admin.put(`${SPECIMENS}/by/name/x`, {}), 400, 'malformed_request');
    await refusal(admin.put(`${SPECIMENS}/by/cod/x`, {}), 400, 'unknown_name');
    await refusal(admin.put(path, { name: 'e' }, { 'if-match': '"1"' }), 412, 'stale_version');
    const customer = (await must(200, admin.get(`/api/customers/customers/${customerId}`))).body;
    assert.equal(
      (await must(200, admin.put(`/api/customers/customers/by/number/${customer.number}`, { vatNumber: 'DE136695976' }))).body.id,
      customerId,
    );
  });
});

describe('Records that go', { skip: skipReason(database) }, () => {
  test('The recycle bin gives back, unless the value was taken meanwhile', async () => {
    const old = await make(admin, SPECIMENS, { code: 'again' });
    await must(204, admin.delete(`${SPECIMENS}/${old.id}`));
    const young = await make(admin, SPECIMENS, { code: 'again' });
    const conflict = await refusal(admin.post(`${SPECIMENS}/${old.id}/restore`), 409, 'duplicate');
    assert.deepEqual(conflict.other, { object: 'specimen', id: young.id });
    await must(200, admin.patch(`${SPECIMENS}/${young.id}`, { code: 'other' }));
    assert.equal((await must(200, admin.post(`${SPECIMENS}/${old.id}/restore`))).body.version, 3);
    await refusal(admin.post(`${SPECIMENS}/${old.id}/restore`), 404, 'not_found');
  });

  test('What is used stays, and only who has the right removes for good', async () => {
    const product = await make(admin, '/api/offers/products', { name: 'Used' });
    const user = await make(admin, SPECIMENS, { productId: product.id });
    const used = await refusal(admin.delete(`/api/offers/products/${product.id}`), 409, 'in_use');
    assert.deepEqual(used.other, { object: 'specimen', id: user.id });
    const sales = await keyFor(admin, 'sales');
    await refusal(sales.delete(`${SPECIMENS}/${user.id}?permanent=true`), 403, 'not_allowed');
    await refusal(sales.delete(`${SPECIMENS}/${user.id}?permanent=yes`), 400, 'malformed_request');
    await must(204, sales.delete(`${SPECIMENS}/${user.id}`));
    await must(204, admin.delete(`${SPECIMENS}/${user.id}?permanent=true`));
    await refusal(admin.post(`${SPECIMENS}/${user.id}/restore`), 404, 'not_found');
  });

  test('History tells who changed what, newest first', async () => {
    const made = await make(admin, SPECIMENS, { name: 'old', worth: '1' });
    await must(200, admin.patch(`${SPECIMENS}/${made.id}`, { name: 'new', worth: '2' }));
    const { items, next } = (await must(200, admin.get(`${SPECIMENS}/${made.id}/history`))).body;
    assert.equal(next, null);
    assert.deepEqual(items[0].changes, [
      { field: 'name', old: 'old', new: 'new' },
      { field: 'worth', old: '1.00', new: '2.00' },
    ]);
    assert.equal(items[0].by, made.createdBy);
    assert.match(items[0].eventId, /^[0-9a-f-]{36}$/);
    const page = (await must(200, admin.get(`${SPECIMENS}/${made.id}/history?limit=1`))).body;
    assert.equal((await must(200, admin.get(`${SPECIMENS}/${made.id}/history?cursor=${page.next}`))).body.items.length, items.length - 1);
  });
});

describe('Rows inside a record', { skip: skipReason(database) }, () => {
  type Line = Answer['body'];
  const offerWith = async (...descriptions: readonly string[]) =>
    make(admin, OFFERS, { customerId, lines: descriptions.map((description) => ({ description, quantity: '1', unitPrice: '10' })) });
  const described = (offer: { lines: Line }) => offer.lines.map((line: Line) => line.description);

  test('An array replaces the set: known ids change, rows without one are new, missing ones go', async () => {
    const offer = await offerWith('a', 'b', 'c');
    const [a, b] = offer.lines;
    const lines = [{ id: b.id, quantity: '5' }, { description: 'd', quantity: '1', unitPrice: '1' }, { ...a }];
    const changed = (await must(200, admin.patch(`${OFFERS}/${offer.id}`, { lines }))).body;
    assert.deepEqual(described(changed), ['b', 'd', 'a']);
    assert.deepEqual([changed.lines[0].id, changed.lines[0].quantity, changed.netTotal], [b.id, '5', '61.00']);
    assert.deepEqual((await must(200, admin.get(`${OFFERS}/${offer.id}`))).body, changed);
  });

  test('A patch changes single rows and checks them like all others', async () => {
    const offer = await offerWith('a', 'b');
    const [a, b] = offer.lines;
    const patch = {
      upsert: [
        { id: a.id, quantity: '3' },
        { description: 'c', quantity: '1', unitPrice: '2' },
      ],
      delete: [b.id],
    };
    const changed = (await must(200, admin.patch(`${OFFERS}/${offer.id}`, { linesPatch: patch }))).body;
    assert.deepEqual([described(changed), changed.netTotal], [['a', 'c'], '32.00']);
    const wrong: readonly (readonly [unknown, string])[] = [
      [{ upsert: [{ id: a.id, quantity: 'x' }] }, '/linesPatch/upsert/0/quantity'],
      [{ upsert: [{ quantity: '1' }, { quantity: null }] }, '/linesPatch/upsert/1/quantity'],
      [{ upsert: [{ id: b.id }] }, '/linesPatch/upsert/0/id'],
      [{ delete: [b.id] }, '/linesPatch/delete'],
      [{ remove: [] }, '/linesPatch'],
      ['x', '/linesPatch'],
      [{ upsert: [1] }, '/linesPatch'],
    ];
    for (const [linesPatch, pointer] of wrong) {
      const { errors } = await refusal(admin.patch(`${OFFERS}/${offer.id}`, { linesPatch }), 422, 'invalid_value');
      assert.equal(errors[0].pointer, pointer, JSON.stringify(errors));
    }
    await refusal(admin.patch(`${OFFERS}/${offer.id}`, { lines: [], linesPatch: {} }), 422, 'invalid_value');
    const unknown = await refusal(
      admin.patch(`${OFFERS}/${offer.id}`, { linesPatch: { upsert: [{ qantity: '1' }] } }),
      400,
      'unknown_name',
    );
    assert.equal(unknown.errors[0].pointer, '/linesPatch/upsert/0/qantity');
  });

  test('What only the platform sets on a row is not believed', async () => {
    const lines = [{ description: 'a', quantity: '1', unitPrice: '10', netAmount: '0.01', position: 7, parentId: customerId }];
    const offer = await make(admin, OFFERS, { customerId, lines });
    assert.deepEqual([offer.lines[0].netAmount, offer.lines[0].position, offer.lines[0].parentId], ['10.00', 0, offer.id]);
  });

  test('Their collection is read, not written', async () => {
    const offer = await offerWith('only one');
    const lines = '/api/offers/offer-lines';
    const found = (await must(200, admin.get(`${lines}?filter[parentId]=${offer.id}&fields=id,description,product.name`))).body.items;
    const { id } = offer.lines[0];
    assert.deepEqual(found, [{ id, description: 'only one', product: null }]);
    assert.match((await refusal(admin.post(lines, { description: 'x' }), 405, 'method_not_allowed')).detail, /inside their Offer/);
    await refusal(admin.patch(`${lines}/${id}`, { description: 'x' }), 405, 'method_not_allowed');
    await refusal(admin.delete(`${lines}/${id}`), 405, 'method_not_allowed');
    const operations = [
      { op: 'create', record: {} },
      { op: 'create', record: {} },
    ];
    const { results } = (await must(200, admin.post(`${lines}/bulk`, { operations }))).body;
    assert.deepEqual(
      results.map((result: { status: number }) => result.status),
      [405, 405],
    );
  });
});

describe('The status of an object without commands', { skip: skipReason(database) }, () => {
  test('is set by whoever may write, to what is offered, and is never empty', async () => {
    const object = { name: 'errand', label: 'Errand', module: 'offers', titleField: 'name', features: { status: true } };
    const access = { sales: { read: true, create: true, edit: true }, viewer: { read: true } };
    const fields = [{ name: 'name', label: 'Name', type: 'text' }];
    const defined = await must(201, admin.post('/api/platform/objects', { ...object, access, fields }));
    assert.equal(defined.body.fields.find(({ name }: { name: string }) => name === 'status').editable, true);
    const errand = await make(admin, '/api/offers/errands', { name: 'Fetch' });
    assert.equal(errand.status, 'open');
    const path = `/api/offers/errands/${errand.id}`;
    const sales = await keyFor(admin, 'sales');
    assert.equal((await must(200, sales.patch(path, { status: 'active' }))).body.status, 'active');
    assert.equal((await make(sales, '/api/offers/errands', { name: 'Carry', status: 'done' })).status, 'done');
    await refusal((await keyFor(admin, 'viewer')).patch(path, { status: 'done' }), 403, 'not_allowed');
    for (const status of [null, '', 'unheard']) await refusal(sales.patch(path, { status }), 422, 'invalid_value');
    const { body: document } = await must(200, admin.get('/api/offers/openapi.json'));
    assert.ok(document.components.schemas.errandCreate.properties.status);
    assert.equal(document.components.schemas.offerCreate.properties.status, undefined);
  });
});
