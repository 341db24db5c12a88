import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { clientOf, type Client } from '#tests/support/client.ts';
import { startInstallation, type Installation } from '#tests/support/installation.ts';
import { skipReason, testDatabaseUrl } from '#tests/support/services.ts';
import { defineSpecimens, keyFor, make, must, refusal, SPECIMENS } from './specimen.ts';

const database = testDatabaseUrl();
const CUSTOMERS = '/api/customers/customers';

type Group = { readonly object: string; readonly items: readonly { readonly rank: number; readonly id: string; readonly title: string }[] };

async function found(client: Client, q: string): Promise<readonly Group[]> {
  const { body } = await must(200, client.get(`/api/search?q=${encodeURIComponent(q)}`));
  return body.groups;
}

const brief = (groups: readonly Group[]): readonly string[] =>
  groups.map(({ object, items }) => `${object}: ${items.map(({ rank, title }) => `${rank} ${title}`).join(', ')}`);

describe('One search over all objects', { skip: skipReason(database) }, () => {
  let installation: Installation;
  let admin: Client;
  before(async () => {
    installation = await startInstallation();
    ({ admin } = installation);
    await defineSpecimens(admin);
    for (const name of ['Zebra', 'Zebra crossing', 'The old zebra', 'Zébrahaus']) await make(admin, CUSTOMERS, { name });
    await make(admin, SPECIMENS, { name: 'Quagga', note: 'a kind of zebra', secret: 'hidden zebra', code: 'Q-77' });
    await make(admin, '/api/offers/products', { name: 'Zebra toy' });
  });
  after(() => installation?.stop());

  test('finds whole titles first, then those that begin so, then words; groups by their best', async () => {
    assert.deepEqual(brief(await found(admin, 'zebra')), [
      'customer: 0 Zebra, 1 Zebra crossing, 1 Zébrahaus, 2 The old zebra',
      'product: 1 Zebra toy',
      'specimen: 2 Quagga',
    ]);
  });

  test('finds a key whatever its letters are, ahead of all else', async () => {
    const number = (await must(200, admin.get(`${CUSTOMERS}?filter[name]=Zebra`))).body.items[0].number;
    const [first] = await found(admin, number.toLowerCase());
    assert.deepEqual([first?.object, first?.items[0]?.rank, first?.items[0]?.title], ['customer', 0, 'Zebra']);
    assert.equal(first?.items.filter(({ title }) => title === 'Zebra').length, 1, 'once, though its words fit too');
  });

  test('answers nobody with what they may not read: neither objects nor fields', async () => {
    const sales = await keyFor(admin, 'sales');
    const manager = await keyFor(admin, 'manager');
    const nobody = await must(201, admin.post('/api/platform/api-keys', { name: 'none', roles: [] }));
    assert.deepEqual(brief(await found(admin, 'hidden')), ['specimen: 2 Quagga']);
    assert.deepEqual(brief(await found(sales, 'hidden')), []);
    assert.deepEqual(brief(await found(sales, 'quagga')), ['specimen: 0 Quagga']);
    assert.ok(!JSON.stringify(await found(sales, 'quagga')).includes('secret'));
    assert.deepEqual(brief(await found(manager, 'quagga')), [], 'managers may not read specimens');
    assert.deepEqual(await found(admin, 'no such word anywhere'), []);
    assert.deepEqual(await found(clientOf(admin.url, nobody.body.key), 'zebra'), []);
    assert.equal((await clientOf(admin.url, '').get('/api/search?q=zebra')).status, 401);
  });

  test('does not find what is in the recycle bin', async () => {
    const { id } = await make(admin, CUSTOMERS, { name: 'Okapi' });
    assert.equal((await found(admin, 'okapi')).length, 1);
    await must(204, admin.delete(`${CUSTOMERS}/${id}`));
    assert.deepEqual(await found(admin, 'okapi'), []);
  });

  test('is asked with a text and a limit, and says what is wrong with others', async () => {
    for (const query of ['', '?q=', '?q=%20'])
      assert.deepEqual((await must(200, admin.get(`/api/search${query}`))).body, { groups: [], late: [] });
    for (const query of [`?q=${'x'.repeat(201)}`, '?q=a&limit=0', '?q=a&limit=21', '?q=a&q=b'])
      await refusal(admin.get(`/api/search${query}`), 400, 'malformed_request');
    await refusal(admin.get('/api/search?text=a'), 400, 'unknown_name');
    for (const q of ["'", '%', '\\', ':*', '()', '\u0000', '🦓']) await must(200, admin.get(`/api/search?q=${encodeURIComponent(q)}`));
    const { body } = await must(200, admin.get('/api/customers/search?q=zebra&limit=2'));
    assert.deepEqual(brief(body.groups), ['customer: 0 Zebra, 1 Zebra crossing']);
    assert.ok((await must(200, admin.get('/api/openapi.json'))).body.paths['/api/search']);
  });
});
