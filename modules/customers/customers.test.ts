import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import type { Client } from '#tests/support/client.ts';
import { eventsAbout, untold } from '#tests/support/events.ts';
import { startInstallation, type Installation } from '#tests/support/installation.ts';
import { signInAs } from '#tests/support/people.ts';
import { skipReason, testDatabaseUrl } from '#tests/support/services.ts';
import { customers } from './module.ts';

describe('Customers', { skip: skipReason(testDatabaseUrl()) }, () => {
  let installation: Installation;
  let manager: Client;
  let sales: Client;
  let viewer: Client;
  before(async () => {
    installation = await startInstallation();
    [manager, sales, viewer] = [
      await signInAs(installation, 'manager'),
      await signInAs(installation, 'sales'),
      await signInAs(installation, 'viewer'),
    ];
  });
  after(() => installation.stop());

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

  test('Nobody sets by hand what a command decides', async () => {
    const { body: customer } = await manager.post('/api/customers/customers', { name: 'Falk' });
    const { status, body } = await manager.patch(`/api/customers/customers/${customer.id}`, { status: 'suspended' });
    assert.equal(status, 422, JSON.stringify(body));
    assert.equal(body.errors[0].field, 'status');
  });

  test('Every event that customers declare has been told by now, as it is declared', async () => {
    assert.deepEqual(await untold(installation, 'customers', customers.events), []);
  });
});
