import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import type { Client } from '#tests/support/client.ts';
import { eventually } from '#tests/support/eventually.ts';
import { eventsAbout, untold } from '#tests/support/events.ts';
import { startInstallation, type Installation } from '#tests/support/installation.ts';
import { signInAs } from '#tests/support/people.ts';
import { skipReason, testDatabaseUrl } from '#tests/support/services.ts';
import { startVies, type Vies } from '#tests/support/vies.ts';
import { customersWith } from './module.ts';

const skip = skipReason(testDatabaseUrl());
let installation: Installation;
let vies: Vies;
let manager: Client;
let sales: Client;
let viewer: Client;
before(async () => {
  if (skip) return;
  vies = await startVies({ DE136695976: { name: 'Adler AG', address: 'Ring 1\n53111 Bonn' }, FR40303265045: 'MS_UNAVAILABLE' });
  installation = await startInstallation({ modules: vies.modules });
  [manager, sales, viewer] = [
    await signInAs(installation, 'manager'),
    await signInAs(installation, 'sales'),
    await signInAs(installation, 'viewer'),
  ];
});
after(async () => {
  await installation?.stop();
  await vies?.stop();
});

describe('Customers', { skip }, () => {
  test('A customer needs only a name, gets a number, and is active', async () => {
    const first = await sales.post('/api/customers/customers', { name: 'Adler AG' });
    const second = await sales.post('/api/customers/customers', { name: 'Buchner GmbH' });
    assert.equal(first.status, 201, JSON.stringify(first.body));
    assert.match(first.body.number, /^C-\d{5}$/);
    assert.equal(Number(second.body.number.slice(2)), Number(first.body.number.slice(2)) + 1);
    assert.deepEqual([first.body.status, first.body.kind], ['active', 'company']);
    const [created] = await eventsAbout(installation, 'customers', `customer/${first.body.id}`);
    assert.equal(created?.type, 'CustomerCreated');
    assert.equal(created.data.record.name, 'Adler AG');
  });

  test('A customer without a name is refused at the field', async () => {
    const { status, body } = await sales.post('/api/customers/customers', { email: 'nobody@example.com' });
    assert.equal(status, 422);
    assert.deepEqual([body.errors[0].pointer, body.errors[0].field], ['/name', 'name']);
  });

  test('A suspension keeps its reason until it is taken back, and both are told', async () => {
    const { body: customer } = await manager.post('/api/customers/customers', { name: 'Cordes & Co' });
    const actions = `/api/customers/customers/${customer.id}/actions`;
    const suspended = await manager.post(`${actions}/suspend`, { reason: 'Three invoices are overdue' });
    assert.equal(suspended.status, 200, JSON.stringify(suspended.body));
    assert.deepEqual([suspended.body.record.status, suspended.body.record.suspendedReason], ['suspended', 'Three invoices are overdue']);
    const active = await manager.post(`${actions}/reactivate`);
    assert.deepEqual([active.body.record.status, active.body.record.suspendedReason], ['active', null]);
    const told = await eventsAbout(installation, 'customers', `customer/${customer.id}`);
    assert.deepEqual(
      told.filter(({ type }) => !type.endsWith('ed') || /Suspended|Reactivated/.test(type)).map(({ type, data }) => [type, data]),
      [
        ['CustomerSuspended', { customerId: customer.id, reason: 'Three invoices are overdue' }],
        ['CustomerReactivated', { customerId: customer.id }],
      ],
    );
  });

  test('A suspension names its reason, and only who is suspended is reactivated', async () => {
    const { body: customer } = await manager.post('/api/customers/customers', { name: 'Dorn KG' });
    const actions = `/api/customers/customers/${customer.id}/actions`;
    const unexplained = await manager.post(`${actions}/suspend`);
    assert.equal(unexplained.status, 422);
    assert.equal(unexplained.body.errors[0].pointer, '/reason');
    const early = await manager.post(`${actions}/reactivate`);
    assert.deepEqual([early.status, early.body.code], [409, 'wrong_state']);
    assert.match(early.body.detail, /Reactivate is not possible while this Customer is Active/);
  });

  test('Sales may not suspend, and who only looks changes nothing', async () => {
    const { body: customer } = await sales.post('/api/customers/customers', { name: 'Ebert OHG' });
    const path = `/api/customers/customers/${customer.id}`;
    assert.equal((await sales.post(`${path}/actions/suspend`, { reason: 'I do not like them' })).status, 403);
    assert.equal((await viewer.get(path)).body.name, 'Ebert OHG');
    assert.equal((await viewer.patch(path, { name: 'Mine' })).status, 403);
    assert.equal((await viewer.post('/api/customers/customers', { name: 'Mine' })).status, 403);
    assert.equal((await sales.delete(path)).status, 403);
    assert.equal((await manager.delete(path)).status, 204);
    assert.equal((await sales.get(path)).status, 404);
  });

  test('A customer that another service uses is not deleted, and who may know is told by what', async () => {
    const { body: customer } = await manager.post('/api/customers/customers', { name: 'Gerlach' });
    const path = `/api/customers/customers/${customer.id}`;
    const offer = await manager.post('/api/offers/offers', { customerId: customer.id, lines: [] });
    assert.equal(offer.status, 201, JSON.stringify(offer.body));
    const used = await manager.delete(path);
    assert.deepEqual([used.status, used.body.code, used.body.other], [409, 'in_use', { object: 'offer', id: offer.body.id }]);
    assert.match(used.body.detail, /used by an Offer \(Customer\)/);
    const inBulk = await manager.post('/api/customers/customers/bulk', { atomic: true, operations: [{ op: 'delete', id: customer.id }] });
    assert.equal(inBulk.status, 422, JSON.stringify(inBulk.body));
    assert.equal((await manager.delete(`/api/offers/offers/${offer.body.id}`)).status, 204);
    assert.equal((await manager.delete(path)).status, 204);
  });

  test('Nobody sets by hand what a command decides', async () => {
    const { body: customer } = await manager.post('/api/customers/customers', { name: 'Falk' });
    const { status, body } = await manager.patch(`/api/customers/customers/${customer.id}`, { status: 'suspended' });
    assert.equal(status, 422, JSON.stringify(body));
    assert.equal(body.errors[0].field, 'status');
  });
});

describe('Addresses, accounts and numbers of customers', { skip }, () => {
  test('What a customer is billed to and delivered to follows the default ones among its addresses', async () => {
    const { body: customer } = await sales.post('/api/customers/customers', { name: 'Gerber AG' });
    const path = `/api/customers/customers/${customer.id}`;
    const addressOf = async (kind: string, city: string): Promise<string> => {
      const made = await sales.post('/api/customers/addresses', {
        customerId: customer.id,
        kind,
        address: { street: 'Ring 1', city, country: 'DE' },
      });
      assert.equal(made.status, 201, JSON.stringify(made.body));
      assert.equal(made.body.name, `Ring 1, ${city}`);
      return made.body.id;
    };
    const places = async (billing: string | undefined, shipping: string | undefined): Promise<void> => {
      await eventually(`${billing} and ${shipping}`, async () => {
        const { body } = await sales.get(path);
        return body.billingAddress?.city === billing && body.shippingAddress?.city === shipping;
      });
    };
    const bonn = await addressOf('billing', 'Bonn');
    await places('Bonn', undefined);
    await addressOf('shipping', 'Ulm');
    await places('Bonn', 'Ulm');
    const jena = await addressOf('billing', 'Jena');
    assert.equal((await sales.patch(`/api/customers/addresses/${bonn}`, { address: { city: 'Köln' } })).status, 200);
    await places('Köln', 'Ulm');
    assert.equal((await sales.post(`/api/customers/addresses/${jena}/actions/make-default`)).status, 200);
    await places('Jena', 'Ulm');

    const typed = await sales.patch(path, { billingAddress: { city: 'Berlin' } });
    assert.deepEqual([typed.status, typed.body.errors[0].field], [422, 'billingAddress']);
    const inUse = await sales.delete(`/api/customers/addresses/${jena}`);
    assert.deepEqual([inUse.status, inUse.body.code], [409, 'in_use']);
    const freed = await sales.patch(path, {
      defaultBillingAddressId: null,
      billingAddress: { city: 'Berlin', country: null, street: null },
    });
    assert.deepEqual([freed.status, freed.body.billingAddress], [200, { city: 'Berlin' }]);
  });

  test('VIES is asked for a VAT number, and its answer kept until the number is another', async () => {
    const { body: customer } = await sales.post('/api/customers/customers', { name: 'Adler', vatNumber: 'DE136695976' });
    const path = `/api/customers/customers/${customer.id}`;
    const valid = await sales.post(`${path}/actions/verify-vat`);
    assert.equal(valid.status, 200, JSON.stringify(valid.body));
    const { vatCheckResult, vatCheckName, vatCheckAddress, vatNumberCheckedOn } = valid.body.record;
    assert.deepEqual([vatCheckResult, vatCheckName, vatCheckAddress], ['valid', 'Adler AG', 'Ring 1\n53111 Bonn']);
    assert.match(vatNumberCheckedOn, /^\d{4}-\d\d-\d\d$/);
    assert.equal(valid.body.record.vatCheckNumber, null);
    const [company] = (await installation.admin.get('/api/platform/companies')).body.items;
    await installation.admin.patch(`/api/platform/companies/${company.id}`, { vatNumber: 'DE 123456788' });
    const proven = await eventually('a consultation number', async () => {
      const { record } = (await sales.post(`${path}/actions/verify-vat`)).body;
      return record.vatCheckNumber !== null && record;
    });
    assert.deepEqual(
      [proven.vatCheckNumber, proven.vatCheckRequester, proven.vatCheckCompanyId],
      ['WAPI-DE123456788', 'DE123456788', company.id],
    );
    const other = await sales.patch(path, { vatNumber: 'ATU13585627' });
    assert.deepEqual([other.body.vatCheckResult, other.body.vatCheckNumber, other.body.vatNumberCheckedOn], [null, null, null]);
    const unknown = await sales.post(`${path}/actions/verify-vat`);
    assert.deepEqual([unknown.body.record.vatCheckResult, unknown.body.record.vatNumberCheckedOn], ['invalid', null]);
    assert.equal((await sales.patch(path, { vatNumber: 'FR40303265045' })).status, 200);
    const silent = await sales.post(`${path}/actions/verify-vat`);
    assert.deepEqual([silent.status, silent.body.code], [503, 'core_unreachable']);
    assert.match(silent.body.detail, /VIES/);
    assert.equal((await sales.patch(path, { vatNumber: 'CHE116281710' })).status, 200);
    assert.equal((await sales.post(`${path}/actions/verify-vat`)).body.code, 'wrong_state');
    assert.equal((await viewer.post(`${path}/actions/verify-vat`)).status, 403);
  });

  test('Managers merge customers: an account that both have is kept once, and an address that was typed stays', async () => {
    const { body: stays } = await manager.post('/api/customers/customers', { name: 'Kern', billingAddress: { city: 'Bonn' } });
    const { body: goes } = await manager.post('/api/customers/customers', { name: 'Kern AG' });
    for (const { id } of [stays, goes]) {
      const account = await manager.post('/api/customers/bank-accounts', { customerId: id, iban: 'GB82 WEST 1234 5698 7654 32' });
      assert.equal((await manager.post(`/api/customers/bank-accounts/${account.body.id}/actions/make-default`)).status, 200);
    }
    const address = await manager.post('/api/customers/addresses', { customerId: goes.id, kind: 'billing', address: { city: 'Ulm' } });
    const path = `/api/customers/customers/${stays.id}`;
    assert.equal((await sales.post(`${path}/actions/merge`, { otherId: goes.id })).status, 403);
    const { status, body } = await manager.post(`${path}/actions/merge`, { otherId: goes.id, take: ['name'] });
    assert.equal(status, 200, JSON.stringify(body));
    assert.deepEqual(
      [body.record.name, body.record.billingAddress, body.record.defaultBillingAddressId],
      ['Kern AG', { city: 'Bonn' }, null],
    );
    const accounts = await manager.get(`/api/customers/bank-accounts?filter[customerId]=${stays.id}`);
    assert.equal(accounts.body.items.length, 1);
    assert.equal((await manager.get(`/api/customers/addresses/${address.body.id}`)).body.customerId, stays.id);
  });
});

describe('What customers refuse', { skip }, () => {
  test('A customer takes no address and no account of another one as its default', async () => {
    const { body: one } = await manager.post('/api/customers/customers', { name: 'Hahn KG' });
    const { body: other } = await manager.post('/api/customers/customers', { name: 'Igel KG' });
    const { body: address } = await manager.post('/api/customers/addresses', { customerId: one.id, address: { city: 'Bonn' } });
    const account = await manager.post('/api/customers/bank-accounts', { customerId: one.id, iban: 'DE89 3704 0044 0532 0130 00' });
    assert.deepEqual([account.status, account.body.iban, account.body.holder], [201, 'DE89370400440532013000', 'Hahn KG']);
    for (const reference of [{ defaultShippingAddressId: address.id }, { defaultBankAccountId: account.body.id }]) {
      const { status, body } = await manager.patch(`/api/customers/customers/${other.id}`, reference);
      assert.deepEqual([status, body.errors[0].field], [422, Object.keys(reference)[0]]);
    }
    assert.equal((await manager.post(`/api/customers/bank-accounts/${account.body.id}/actions/make-default`)).status, 200);
    assert.equal((await manager.get(`/api/customers/customers/${one.id}`)).body.defaultBankAccountId, account.body.id);
    const twice = await manager.post('/api/customers/bank-accounts', { customerId: one.id, iban: 'DE89370400440532013000' });
    assert.deepEqual([twice.status, twice.body.code], [409, 'duplicate']);
  });

  test('Numbers whose check digits are wrong are refused at their field, when made, changed and imported', async () => {
    const wrong = [
      ['vatNumber', 'DE136695975', /letterhead/],
      ['vatNumber', '136695976', /two letters of its country/],
      ['email', 'nobody', /e-mail/i],
      ['phone', '12', /country code/],
    ] as const;
    const { body: customer } = await sales.post('/api/customers/customers', {
      name: 'Jung',
      vatNumber: 'de 136 695 976',
      phone: '0049 30 123456',
    });
    assert.deepEqual([customer.vatNumber, customer.phone], ['DE136695976', '+4930123456']);
    for (const [field, value, way] of wrong) {
      for (const answer of [
        await sales.post('/api/customers/customers', { name: 'Jung', [field]: value }),
        await sales.patch(`/api/customers/customers/${customer.id}`, { [field]: value }),
      ]) {
        assert.deepEqual([answer.status, answer.body.errors[0].field], [422, field]);
        assert.match(answer.body.errors[0].message, way);
      }
    }
    const form = new FormData();
    form.append('file', new Blob(['name,vatNumber\nKlein,DE136695976\nGross,DE136695975\n'], { type: 'text/csv' }), 'customers.csv');
    const headers = { authorization: `Bearer ${manager.token}` };
    const { id } = await (await fetch(`${manager.url}/api/customers/customers/import`, { method: 'POST', headers, body: form })).json();
    const job = await eventually('the import', async () => {
      const { body } = await manager.get(`/api/customers/jobs/${id}`);
      return body.state === 'done' && body;
    });
    assert.deepEqual(
      [job.result.created, job.errors.map(({ row, column }: { row: number; column: string }) => `${row} ${column}`)],
      [1, ['3 vatNumber']],
    );
  });
});

describe('Events of customers', { skip }, () => {
  test('Every event that customers declare has been told by now, as it is declared', async () => {
    const { body: person } = await installation.admin.post('/api/customers/customers', {
      name: 'Erna',
      kind: 'person',
      email: 'erna@example.com',
    });
    const erased = await installation.admin.post(`/api/customers/customers/${person.id}/actions/erase`);
    assert.equal(erased.status, 200, JSON.stringify(erased.body));
    assert.deepEqual(await untold(installation, 'customers', customersWith({ viesUrl: vies.url }).events), []);
  });
});
