import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { clientOf, type Client } from '#tests/support/client.ts';
import { startInstallation, type Installation } from '#tests/support/installation.ts';
import { salesOf, type Sales } from '#tests/support/sales.ts';
import { skipReason, testDatabaseUrl } from '#tests/support/services.ts';
import { make, must, refusal } from './specimen.ts';

const OFFERS = '/api/offers/offers';
const SERIES = '/api/offers/number-series/offer/number';
const YEAR = new Date().getFullYear();

let installation: Installation;
let admin: Client;
let sales: Sales;
let companyId = '';

describe('The next number of a series', { skip: skipReason(testDatabaseUrl()) }, () => {
  before(async () => {
    installation = await startInstallation();
    ({ admin } = installation);
    sales = salesOf(admin);
    companyId = (await must(200, admin.get('/api/platform/me'))).body.company.id;
  });
  after(() => installation?.stop());

  test('is chosen before the first one, behind the last one, and never before', async () => {
    const chosen = await must(200, admin.put(SERIES, { companyId, year: YEAR, next: 1000 }));
    assert.deepEqual(chosen.body, { object: 'offer', field: 'number', companyId, year: YEAR, next: 1000 });
    assert.equal(await sent(), `OF-${YEAR}-01000`);
    await refusal(admin.put(SERIES, { companyId, year: YEAR, next: 1000 }), 409, 'conflict');
    await must(200, admin.put(SERIES, { companyId, year: YEAR, next: 2000 }));
    assert.equal(await sent(), `OF-${YEAR}-02000`);
    assert.equal(await sent(), `OF-${YEAR}-02001`);
    const { numbers } = (await must(200, admin.get('/api/platform/objects/offer/usage'))).body;
    assert.deepEqual(numbers, [{ field: 'offer.number', company: companyId, year: String(YEAR), last: 2001 }]);
  });

  test('is told by an event, with who chose it', async () => {
    const about = `/api/audit/events?filter[type]=NumberSeriesChanged&fields=data,actor&sort=time`;
    const told = await sales.until(about, 'has been stored', ({ items }) => items.length === 2);
    assert.deepEqual(
      told.items.map(({ data }: { data: { last: number; next: number } }) => [data.last, data.next]),
      [
        [0, 1000],
        [1000, 2000],
      ],
    );
  });

  test('names what is wrong', async () => {
    await refusal(admin.put(SERIES, { companyId, next: 5000 }), 422, 'invalid_value');
    await refusal(admin.put(SERIES, { companyId, year: YEAR, next: 1.5 }), 422, 'invalid_value');
    await refusal(admin.put(SERIES, { companyId: 'mine', year: YEAR, next: 5000 }), 422, 'invalid_value');
    await refusal(admin.put('/api/offers/number-series/offer/subject', { next: 5000 }), 404, 'not_found');
    await refusal(admin.put('/api/offers/number-series/nothing/number', { next: 5000 }), 404, 'not_found');
    const { body } = await must(201, admin.post('/api/platform/api-keys', { name: 'reads', roles: ['sales'] }));
    await refusal(clientOf(installation.url, body.key).put(SERIES, { companyId, year: YEAR, next: 5000 }), 403, 'not_allowed');
  });

  test('of automatic numbers is one for all; the format of a number that came with the product is the administrator’s', async () => {
    await must(200, admin.put('/api/customers/number-series/customer/number', { next: 70_000 }));
    assert.equal((await make(admin, '/api/customers/customers', { name: 'Adler' })).number, 'C-70000');
    await must(200, admin.patch('/api/platform/objects/offer/fields/number', { format: 'AN{YY}/{0000}' }));
    assert.equal(await sent(), `AN${String(YEAR).slice(2)}/2002`);
    await refusal(admin.patch('/api/platform/objects/offer/fields/number', { format: 'no counter' }), 422, 'invalid_value');
  });
});

/** The number of an offer that has just been sent. */
async function sent(): Promise<string> {
  const customer = await sales.create('/api/customers/customers', { name: 'Falk' });
  const offer = await sales.create(OFFERS, { customerId: customer.id, lines: [{ description: 'Tea', quantity: '1', unitPrice: '5' }] });
  await sales.act(`${OFFERS}/${offer.id}`, 'submit');
  await sales.act(`${OFFERS}/${offer.id}`, 'send');
  return (await sales.client.get(`${OFFERS}/${offer.id}`)).body.number;
}
