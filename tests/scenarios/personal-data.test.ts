import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { eventsAbout } from '#tests/support/events.ts';
import { startInstallation, type Installation } from '#tests/support/installation.ts';
import { signInAs } from '#tests/support/people.ts';
import { confirmedOrder, pathOf, salesOf, stocked, type Sales } from '#tests/support/sales.ts';
import { skipReason, testDatabaseUrl } from '#tests/support/services.ts';

describe('A person’s data are one export', { skip: skipReason(testDatabaseUrl()) }, () => {
  let installation: Installation;
  let sales: Sales;
  before(async () => {
    installation = await startInstallation();
    sales = salesOf(installation.admin);
  });
  after(() => installation.stop());

  test('with everything of every service, what happened to it, comments and files, as JSON and as a page', async () => {
    const start = await stocked(sales, { Stool: '5' });
    const { id } = start.customer;
    const contact = await sales.create('/api/customers/contacts', { customerId: id, name: 'Ada <Weber>', email: 'ada@example.org' });
    const offer = await sales.create('/api/offers/offers', {
      customerId: id,
      contactId: contact.id,
      lines: [{ productId: start.products['Stool'], quantity: '1' }],
    });
    const order = await confirmedOrder(sales, start, { Stool: '1' });
    const invoice = await sales.read(pathOf((await sales.act(order, 'create-invoice')).created));
    const other = await sales.create('/api/customers/customers', { name: 'Other' });
    await sales.create(`/api/customers/customers/${id}/comments`, { text: 'Prefers mail' });
    await sales.client.patch(`/api/customers/customers/${id}`, { phone: '+4930901820' });

    const { status, body } = await sales.client.get(`/api/platform/personal-data/customer/${id}`);
    assert.equal(status, 200);
    const told = new Map(body.records.map((one: { object: string; record: { id: string } }) => [one.record.id, one]));
    for (const known of [id, contact.id, offer.id, invoice.id, order.split('/').at(-1)]) assert.ok(told.has(known), `${known} is missing`);
    assert.ok(!told.has(other.id));
    const handedOut = (await eventsAbout(installation, 'platform', `customer/${id}`)).filter(({ type }) => type === 'PersonalDataExported');
    assert.deepEqual(
      handedOut.map(({ data }) => data),
      [{ object: 'customer', id, format: 'json' }],
    );
    assert.deepEqual([body.object, body.title, body.missing], ['customer', 'Adler GmbH', []]);
    const { timeline } = body.records[0];
    assert.ok(timeline.some((one: { comment?: { text: string } }) => one.comment?.text === 'Prefers mail'));
    assert.ok(timeline.some((one: { changes?: readonly { field: string }[] }) => one.changes?.some(({ field }) => field === 'phone')));

    const page = await fetch(`${installation.url}/api/platform/personal-data/customer/${id}?format=html`, {
      headers: { authorization: `Bearer ${sales.client.token}` },
    });
    const text = await page.text();
    assert.match(page.headers.get('content-disposition') ?? '', /attachment; filename="personal-data-customer-/);
    assert.match(text, /Ada &lt;Weber&gt;/);
    assert.ok(!text.includes('<Weber>'));

    const ofContact = await sales.client.get(`/api/platform/personal-data/contact/${contact.id}`);
    const ids = ofContact.body.records.map((one: { record: { id: string } }) => one.record.id);
    assert.ok(ids.includes(contact.id) && ids.includes(offer.id) && !ids.includes(invoice.id));
  });

  test('for those who may erase them, of objects that have such data; of what they may not read they are told that it is missing', async () => {
    const { id } = await sales.create('/api/customers/customers', { name: 'Kern' });
    const clerk = await signInAs(installation, 'sales');
    assert.equal((await clerk.get(`/api/platform/personal-data/customer/${id}`)).status, 403);
    assert.equal((await sales.client.get(`/api/platform/personal-data/product/${id}`)).status, 404);
    assert.equal((await sales.client.get('/api/platform/personal-data/customer/0190a5d0-0000-7000-8000-000000000000')).status, 404);
    const manager = await signInAs(installation, 'manager');
    const answer = await manager.get(`/api/platform/personal-data/customer/${id}`);
    assert.equal(answer.status, 200);
    assert.ok(answer.body.missing.every(({ reason }: { reason: string }) => reason === 'not_allowed'));
  });
});
