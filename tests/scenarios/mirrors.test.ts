import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import pg from 'pg';
import { eventually } from '#tests/support/eventually.ts';
import { startInstallation, type Installation } from '#tests/support/installation.ts';
import type { Bus } from '#platform/messaging/bus.ts';
import { openPostgresBus } from '#platform/messaging/postgres-bus.ts';
import { needed, skipReason, testDatabaseUrl } from '#tests/support/services.ts';

const database = testDatabaseUrl();

describe('What offers know of customers', { skip: skipReason(database) }, () => {
  let installation: Installation;
  before(async () => {
    installation = await startInstallation();
    const { admin } = installation;
    for (const [name, vatNumber] of [
      ['Zimmer', 'ATU13585627'],
      ['Adler', 'DE136695976'],
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
      const answer = await admin.get('/api/offers/offers?filter[customer.vatNumber]=DE136695976&fields=subject,customer.vatNumber');
      return answer.status === 200 && answer.body.items.length === 1 && answer.body.items;
    });
    assert.equal(found[0].subject, 'Adler');
    const sorted = await admin.get('/api/offers/offers?sort=-customer.vatNumber&fields=subject');
    assert.deepEqual(
      sorted.body.items.map((offer: { subject: string }) => offer.subject),
      ['Adler', 'Zimmer'],
    );
  });

  test('A customer of more than 256 KB is known like all others', async () => {
    const { admin } = installation;
    const { status, body } = await admin.post('/api/customers/customers', { name: 'Large', notes: '語'.repeat(100_000) });
    assert.equal(status, 201);
    assert.equal((await admin.post('/api/offers/offers', { customerId: body.id, subject: 'Large' })).status, 201);
    assert.equal((await admin.patch(`/api/customers/customers/${body.id}`, { name: 'Larger' })).status, 200);
    await eventually(
      'the present name',
      async () => (await admin.get('/api/offers/offers?filter[customer.name]=Larger')).body.items.length === 1,
    );
  });

  test('A mirror that has lost rows is filled anew when an administrator asks for it', async () => {
    const { admin, databasePrefix } = installation;
    const url = Object.assign(new URL(needed(database)), { pathname: `/${databasePrefix}offers` }).href;
    const client = new pg.Client({ connectionString: url });
    await client.connect();
    await client.query(`delete from mirror.customer where data::text like '%Adler%'`);
    await client.end();
    const adlers = async (): Promise<number> => (await admin.get('/api/offers/offers?filter[customer.name]=Adler')).body.items.length;
    assert.equal(await adlers(), 0);
    const { status, body } = await admin.post('/api/offers/mirrors/actions/fill');
    assert.equal(status, 202);
    assert.ok(
      body.items.some(({ object }: { object: string }) => object === 'customer'),
      JSON.stringify(body),
    );
    await eventually('the row is back', async () => (await adlers()) === 1);
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

describe('Offers that hear late of a change of the metadata', { skip: skipReason(database) }, () => {
  let installation: Installation;
  let isDeaf = false;
  before(async () => {
    installation = await startInstallation({
      bus: without(openPostgresBus(), (consumer, type) => isDeaf && consumer === 'offers' && type === 'SchemaChanged'),
    });
  });
  after(() => installation.stop());

  test('keep what customers say under a name that they have not heard of yet', async () => {
    const { admin } = installation;
    const fields = '/api/platform/objects/customer/fields';
    assert.equal((await admin.post(fields, { name: 'nickname', label: 'Nickname', type: 'text' })).status, 201);
    const mirror = ['number', 'email', 'currency', 'nickname'];
    assert.equal((await admin.patch('/api/platform/objects/offer/fields/customer', { mirror })).status, 200);
    const customer = await admin.post('/api/customers/customers', { name: 'Zimmer', nickname: 'Zimmi' });
    assert.equal(customer.status, 201);
    assert.equal((await admin.post('/api/offers/offers', { customerId: customer.body.id, subject: 'Zimmer' })).status, 201);
    const nicknameOf = async (name: string): Promise<string | null | undefined> => {
      const answer = await admin.get(`/api/offers/offers?fields=subject,customer.${name}`);
      return answer.status === 200 ? answer.body.items[0].customer[name] : undefined;
    };
    await eventually('the nickname', async () => (await nicknameOf('nickname')) === 'Zimmi');

    isDeaf = true;
    assert.equal((await admin.patch(`${fields}/nickname`, { name: 'shortName' })).status, 200);
    assert.equal((await admin.patch(`/api/customers/customers/${customer.body.id}`, { shortName: 'Zim' })).status, 200);
    await eventually('the short name', async () => (await nicknameOf('shortName')) === 'Zim', 5);
  });
});

/** A bus that keeps some events from some consumers. */
function without(bus: Bus, isKept: (consumer: string, type: string) => boolean): Bus {
  return {
    ...bus,
    subscribe: ({ handle, ...subscriber }) =>
      bus.subscribe({
        ...subscriber,
        handle: async (event, delivery) => {
          if (!isKept(subscriber.consumer, event.type)) await handle(event, delivery);
        },
      }),
  };
}
