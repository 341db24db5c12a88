import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { ask } from '#tests/support/books.ts';
import type { Client } from '#tests/support/client.ts';
import { startInstallation, type Installation } from '#tests/support/installation.ts';
import { signInAs } from '#tests/support/people.ts';
import { skipReason, testDatabaseUrl } from '#tests/support/services.ts';

const skip = skipReason(testDatabaseUrl());
let installation: Installation;
let manager: Client;
let sales: Client;
let viewer: Client;
before(async () => {
  if (skip) return;
  installation = await startInstallation();
  manager = await signInAs(installation, 'manager');
  sales = await signInAs(installation, 'sales');
  viewer = await signInAs(installation, 'viewer');
});
after(() => installation?.stop());

describe('Finding a customer as somebody types', { skip }, () => {
  test('by name, number, address of mail, tax number, telephone and city, in spite of spaces and a wrong letter', async () => {
    const { body: customer } = await sales.post('/api/customers/customers', {
      name: 'Schmidtmann Elektrotechnik GmbH',
      email: 'info@schmidtmann.example',
      phone: '+49 228 4711000',
      vatNumber: 'FR40303265045',
      billingAddress: { street: 'Am Tor 7', city: 'Bad Honnef', country: 'DE' },
    });
    const typed = [
      'Schmidtm',
      customer.number,
      'info@schmidtmann',
      'FR40 303 265 045',
      '+49 228 471',
      'honnef',
      'elektrotechnik schmidtmann',
    ];
    const wrong = ['Schmitdmann', 'shmidtmann', 'Schmidtmnan elektrotechnik', 'schmidtman elektrotchnik', 'Schmiddtman'];
    for (const q of [...typed, ...wrong]) {
      const { status, body } = await sales.get(`/api/customers/customers/lookup?q=${encodeURIComponent(q)}`);
      assert.equal(status, 200, JSON.stringify(body));
      assert.equal(body.items[0]?.id, customer.id, q);
    }
    assert.equal((await sales.patch(`/api/customers/customers/${customer.id}`, { name: 'Wiesengrund KG' })).status, 200);
    const renamed = await sales.get('/api/customers/customers/lookup?q=wiesengurnd');
    assert.equal(renamed.body.items[0]?.id, customer.id);
    assert.deepEqual((await sales.get('/api/customers/customers/lookup?q=qwertzuiop')).body.items, []);
  });
});

describe('Customers that may be the same', { skip }, () => {
  type Found = { id: string; title: string; reasons: readonly { field: string }[] };
  const likelyFor = async (by: Client, body: unknown): Promise<readonly Found[]> => {
    const answer = await by.post('/api/customers/customers/duplicates', body);
    assert.equal(answer.status, 200, JSON.stringify(answer.body));
    return answer.body.items;
  };
  const reasonsOf = (items: readonly Found[], id: string): readonly string[] =>
    items
      .find((item) => item.id === id)
      ?.reasons.map(({ field }) => field)
      .toSorted() ?? [];

  test('are shown with the reasons before a new one is saved, which nothing refuses', async () => {
    const { body: known } = await sales.post('/api/customers/customers', {
      name: 'Nordlicht Energietechnik GmbH',
      email: 'post@nordlicht-energie.example',
      phone: '+49 40 998877',
      vatNumber: 'SE556188840401',
    });
    const typed = async (values: object): Promise<readonly string[]> => reasonsOf(await likelyFor(sales, { values }), known.id);
    assert.deepEqual(await typed({ name: 'Nordlicht Energietechnik AG' }), ['name']);
    assert.deepEqual(await typed({ name: 'Nordlichd Energietechnik' }), ['name']);
    assert.deepEqual(await typed({ name: 'Other', phone: '0049 40 99 88 77', vatNumber: 'se 556188 8404 01' }), ['phone', 'vatNumber']);
    assert.deepEqual(await typed({ name: 'Other', email: 'eva@nordlicht-energie.example' }), ['email']);
    assert.deepEqual(await typed({ name: 'Other', website: 'https://www.nordlicht-energie.example/about' }), ['website']);
    assert.deepEqual(await typed({ name: 'Other', phone: '12', email: 'nobody' }), []);
    assert.deepEqual(await typed({ name: 'Nordstern Energie' }), []);
    assert.equal(
      (await sales.post('/api/customers/customers', { name: 'Nordlicht Energietechnik GmbH', vatNumber: 'SE556188840401' })).status,
      201,
    );
  });

  test('are found for one that is there, by its bank account too, and never itself', async () => {
    const pair = [
      await manager.post('/api/customers/customers', { name: 'Anton' }),
      await manager.post('/api/customers/customers', { name: 'Berta' }),
    ];
    const [first, second] = pair.map(({ body }) => body.id);
    for (const customerId of [first, second])
      assert.equal(
        (await manager.post('/api/customers/bank-accounts', { customerId, iban: 'FR14 2004 1010 0505 0001 3M02 606' })).status,
        201,
      );
    const found = await likelyFor(manager, { id: first });
    assert.deepEqual([found.map(({ id }) => id), reasonsOf(found, second)], [[second], ['bank_account.iban']]);
    assert.deepEqual(await likelyFor(viewer, { id: first }), [], 'who may not see accounts is told nothing of them');
    assert.equal((await manager.post('/api/customers/customers/duplicates', { name: 'Anton' })).status, 400);
    assert.equal((await manager.post('/api/customers/contacts/duplicates', { values: {} })).status, 404);
  });
});

describe('A person who wants to be forgotten', { skip }, () => {
  test('is known no more, not by history either, while documents stay as they were issued', async () => {
    const secret = 'Vergissmeinnicht';
    const { body: person } = await sales.post('/api/customers/customers', {
      kind: 'person',
      name: `${secret} Ada`,
      email: `${secret}@example.com`.toLowerCase(),
      phone: '+4922812345',
      billingAddress: { street: `${secret}-Weg 1`, city: 'Bonn', country: 'DE' },
    });
    const path = `/api/customers/customers/${person.id}`;
    await sales.patch(path, { notes: `Is called ${secret} by all` });
    await sales.post('/api/customers/contacts', { customerId: person.id, name: secret, email: 'a@b.de' });
    await sales.post('/api/customers/addresses', { customerId: person.id, kind: 'billing', address: { street: secret, city: 'Bonn' } });
    await sales.post('/api/customers/bank-accounts', { customerId: person.id, iban: 'NL91 ABNA 0417 1643 00' });
    assert.equal((await sales.post(`${path}/actions/erase`)).status, 403);
    const erased = await manager.post(`${path}/actions/erase`);
    assert.equal(erased.status, 200, JSON.stringify(erased.body));
    const { body: now } = await manager.get(path);
    assert.deepEqual(
      [now.name, now.email, now.phone, now.billingAddress, now.notes, now.number],
      ['–', null, null, null, null, person.number],
    );
    const found = await ask(
      installation,
      'customers',
      `select data from platform.outbox where data::text ilike '%${secret}%' or data::text like '%NL91ABNA%'
       union all select to_json(c) from records.customer c where c::text ilike '%${secret}%'
       union all select to_json(c) from records.contact c where c::text ilike '%${secret}%'
       union all select to_json(a) from records.address a where a::text ilike '%${secret}%'`,
    );
    assert.deepEqual(found, []);
    assert.equal((await manager.get(`${path}/history`)).status, 200);
  });
});
