import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { addDays, addMonths } from '#platform/kernel/dates.ts';
import { ask, assertBooks } from '#tests/support/books.ts';
import type { Client } from '#tests/support/client.ts';
import { eventually } from '#tests/support/eventually.ts';
import { startInstallation, type Installation } from '#tests/support/installation.ts';
import { keyFor } from '#tests/api/specimen.ts';
import { pathOf, salesOf, stocked } from '#tests/support/sales.ts';
import { skipReason, testDatabaseUrl } from '#tests/support/services.ts';
import { openShuffledBus } from '#tests/support/shuffled-bus.ts';

const INVOICES = '/api/invoices/invoices';

describe('Somebody works on an earlier day', { skip: skipReason(testDatabaseUrl()) }, () => {
  let installation: Installation;
  before(async () => {
    installation = await startInstallation({ bus: openShuffledBus(5) });
  });
  after(() => installation.stop());

  const today = new Date().toISOString().slice(0, 10);
  const on = (client: Client, day: string): Client => ({
    ...client,
    post: (path, body, headers = {}) => client.post(path, body, { ...headers, 'work-date': day }),
  });
  const draft = async (client: Client) => {
    const lines = [{ description: 'Work', unitPrice: '100', vatCategory: 'S', vatRate: '19' }];
    const customer = await client.post('/api/customers/customers', { name: 'Birke GmbH' });
    const answer = await client.post(INVOICES, { customerId: customer.body.id, lines });
    assert.equal(answer.status, 201, JSON.stringify(answer.body));
    return `${INVOICES}/${answer.body.id}`;
  };

  test('all of a flow, from the order to the books, is of that day', async () => {
    const day = addMonths(today, -2);
    const sales = salesOf(on(installation.admin, day));
    const start = await stocked(sales, { Chair: '5' });
    const order = await sales.create('/api/orders/orders', {
      customerId: start.customer.id,
      lines: [{ productId: start.products['Chair'], quantity: '5' }],
    });
    const path = `/api/orders/orders/${order.id}`;
    const confirmed = await sales.act(path, 'confirm');
    const note = pathOf((await sales.act(path, 'create-delivery-note')).created);
    await sales.read(note);
    const shipped = await sales.act(note, 'ship');
    await sales.until(path, 'is delivered', ({ percentDelivered }) => percentDelivered === '100.000000');
    const invoice = pathOf((await sales.act(path, 'create-invoice')).created);
    await sales.read(invoice);
    const issued = await sales.act(invoice, 'issue');
    assert.deepEqual([confirmed.record.date, shipped.record.date, issued.record.date], [day, day, day]);
    assert.match(issued.record.number, new RegExp(`^\\D*${day.slice(0, 4)}-`));
    const dates = await eventually('the entries', async () => {
      const rows = await ask(installation, 'accounting', 'select distinct date::text from records.journal_entry');
      const count = await ask(installation, 'accounting', 'select from records.journal_entry');
      return count.length >= 3 && rows.map(({ date }) => date);
    });
    assert.deepEqual(dates, [day]);
    const [item] = await ask(installation, 'payments', 'select date::text from records.open_item');
    assert.equal(item?.['date'], day);
    await assertBooks(installation);
  });

  test('numbers follow the days: the next is of that day or a later one, whatever else is tried', async () => {
    const last = addMonths(today, -1);
    const path = await draft(installation.admin);
    assert.equal((await on(installation.admin, last).post(`${path}/actions/issue`)).status, 200);
    const next = await draft(installation.admin);
    const refused = await on(installation.admin, addDays(last, -1)).post(`${next}/actions/issue`);
    assert.deepEqual([refused.status, refused.body.code], [409, 'conflict'], JSON.stringify(refused.body));
    assert.match(refused.body.detail, new RegExp(last));
    assert.equal((await on(installation.admin, last).post(`${next}/actions/issue`)).body.record.date, last);
    const now = await draft(installation.admin);
    assert.notEqual((await installation.admin.post(`${now}/actions/issue`)).body.record.date, last);
  });

  test('a day to come, no day, and people who may not are refused', async () => {
    const path = await draft(installation.admin);
    const tried = async (client: Client, day: string) => {
      const { status, body } = await on(client, day).post(`${path}/actions/issue`);
      return [status, body.code];
    };
    for (const day of [addDays(today, 2), '2026-02-30', 'yesterday', '0000-01-01', "2026-01-01'; drop"])
      assert.deepEqual(await tried(installation.admin, day), [400, 'malformed_request'], day);
    assert.deepEqual(await tried(await keyFor(installation.admin, 'sales'), today), [403, 'not_allowed']);
    assert.equal((await installation.admin.get(path)).body.status, 'draft');
  });
});
