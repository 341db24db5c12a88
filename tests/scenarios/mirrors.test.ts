import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import pg from 'pg';
import { eventually } from '#tests/support/eventually.ts';
import { startInstallation, type Installation } from '#tests/support/installation.ts';
import { needed, skipReason, testDatabaseUrl } from '#tests/support/services.ts';

const database = testDatabaseUrl();

describe('What offers know of customers', { skip: skipReason(database) }, () => {
  let installation: Installation;
  before(async () => {
    installation = await startInstallation();
    const { admin } = installation;
    for (const [name, vatNumber] of [
      ['Zimmer', 'DE1'],
      ['Adler', 'DE2'],
    ]) {
      const customer = await admin.post('/api/customers/customers', { name, vatNumber });
      assert.equal(customer.status, 201);
      assert.equal((await admin.post('/api/offers/offers', { customerId: customer.body.id, subject: name })).status, 201);
    }
  });
  after(() => installation.stop());

  test('Offers made before a field of the customer was asked for are found by it', async () => {
    const { admin } = installation;
    const changed = await admin.patch('/api/platform/objects/offer/fields/customer', {
      mirror: ['number', 'email', 'currency', 'vatNumber'],
    });
    assert.equal(changed.status, 200, JSON.stringify(changed.body));
    const found = await eventually('an offer by the VAT number of its customer', async () => {
      const answer = await admin.get('/api/offers/offers?filter[customer.vatNumber]=DE2&fields=subject,customer.vatNumber');
      return answer.status === 200 && answer.body.items.length === 1 && answer.body.items;
    });
    assert.equal(found[0].subject, 'Adler');
    const sorted = await admin.get('/api/offers/offers?sort=-customer.vatNumber&fields=subject');
    assert.deepEqual(
      sorted.body.items.map((offer: { subject: string }) => offer.subject),
      ['Adler', 'Zimmer'],
    );
  });

  test('A mirror that is lost comes back at the next start', async () => {
    const { admin, databasePrefix } = installation;
    const client = new pg.Client({
      connectionString: Object.assign(new URL(needed(database)), { pathname: `/${databasePrefix}offers` }).href,
    });
    await client.connect();
    await client.query('truncate mirror.customer');
    await client.end();
    assert.deepEqual((await admin.get('/api/offers/offers?filter[customer.name]=Adler')).body.items, []);
    await installation.running.stop();
    installation = await startInstallation({ databasePrefix });
    await eventually('the mirror', async () => {
      const answer = await installation.admin.get('/api/offers/offers?filter[customer.name]=Adler');
      return answer.body.items?.length === 1;
    });
  });
});
