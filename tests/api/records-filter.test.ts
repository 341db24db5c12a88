import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import type { Client } from '#tests/support/client.ts';
import { eventually } from '#tests/support/eventually.ts';
import { startInstallation, type Installation } from '#tests/support/installation.ts';
import { skipReason, testDatabaseUrl } from '#tests/support/services.ts';
import { defineSpecimens, make, must, refusal, SPECIMENS } from './specimen.ts';

const database = testDatabaseUrl();
const TOKEN = '01890a5d-ac96-774b-bcce-b302099a8057';
let installation: Installation;
let admin: Client;
const ids: { [name: string]: string } = {};

async function fill(): Promise<void> {
  const me = (await must(200, admin.get('/api/platform/me'))).body.user.id;
  ids['adler'] = (await make(admin, '/api/customers/customers', { name: 'Ädler & Söhne', email: 'a@adler.example' })).id;
  ids['zimmer'] = (await make(admin, '/api/customers/customers', { name: 'Zimmer' })).id;
  ids['hammer'] = (await make(admin, '/api/offers/products', { name: 'Hammer', sku: 'H1', listPrice: '12.50' })).id;
  await make(admin, SPECIMENS, {
    name: 'Äpfel',
    code: 'A',
    count: 1,
    note: 'Straße eins',
    email: 'ana@Example.com',
    phone: '+49 30 123456',
    site: 'https://example.com/a',
    weight: '1.50',
    worth: '100',
    share: '19',
    fresh: true,
    day: '2026-01-31',
    instant: '2026-01-31T22:59:59.999Z',
    kind: 'stone',
    marks: ['red', 'green'],
    place: { city: 'Köln', country: 'de' },
    extra: { a: 1 },
    token: TOKEN,
    keeperId: me,
    productId: ids['hammer'],
    customerId: ids['adler'],
  });
  await make(admin, SPECIMENS, {
    name: 'Zebra',
    code: 'B',
    count: 2,
    weight: '-3',
    worth: '20.005',
    fresh: false,
    day: '2026-02-01',
    instant: '2026-01-31T23:00:00Z',
    kind: 'animal',
    marks: ['blue'],
    customerId: ids['zimmer'],
  });
  await make(admin, SPECIMENS, { name: 'apfel', code: 'C', count: 3 });
}

/** The counts of the specimens that a filter finds, by URL where it fits there, and always by body. */
async function found(filter: unknown): Promise<readonly number[]> {
  const query = { filter, fields: 'count', sort: 'count' };
  const posted = await must(200, admin.post(`${SPECIMENS}/query`, query));
  const got = await must(200, admin.get(`${SPECIMENS}?fields=count&sort=count&filter=${encodeURIComponent(JSON.stringify(filter))}`));
  assert.deepEqual(got.body, posted.body);
  return posted.body.items.map((item: { count: number }) => item.count);
}

before(async () => {
  if (skipReason(database)) return;
  installation = await startInstallation();
  ({ admin } = installation);
  await defineSpecimens(admin);
  await fill();
  await eventually('the mirror of customers', async () => (await found({ 'customer.name': { isNull: false } })).length === 2);
});
after(() => installation?.stop());

const CASES: readonly (readonly [string, unknown, readonly number[]])[] = [
  ['text eq', { name: 'Äpfel' }, [1]],
  ['text ne', { name: { ne: 'Äpfel' } }, [2, 3]],
  ['text in', { code: { in: ['A', 'C'] } }, [1, 3]],
  ['text nin', { code: { nin: ['A', 'C'] } }, [2]],
  ['text gt in the collation', { name: { gt: 'apfel' } }, [1, 2]],
  ['text between', { name: { between: ['a', 'b'] } }, [1, 3]],
  ['text contains', { name: { contains: 'PFE' } }, [1, 3]],
  ['text startsWith', { name: { startsWith: 'ap' } }, [1, 3]],
  ['text endsWith', { name: { endsWith: 'RA' } }, [2]],
  ['text isNull', { note: { isNull: true } }, [2, 3]],
  ['long text contains', { note: { contains: 'strasse' } }, [1]],
  ['e-mail', { email: 'ana@EXAMPLE.com' }, [1]],
  ['phone', { phone: '0049 30 123456' }, [1]],
  ['url', { site: { startsWith: 'https://example' } }, [1]],
  ['integer gte', { count: { gte: 2 } }, [2, 3]],
  ['integer between', { count: { between: [1, 2] } }, [1, 2]],
  ['decimal as number', { weight: { eq: '1.5' } }, [1]],
  ['decimal lt', { weight: { lt: 0 } }, [2]],
  ['money, rounded half up', { worth: '20.01' }, [2]],
  ['percent lte', { share: { lte: '19' } }, [1]],
  ['boolean', { fresh: false }, [2]],
  ['boolean ne', { fresh: { ne: true } }, [2, 3]],
  ['date', { day: { gte: '2026-02-01' } }, [2]],
  ['date in', { day: { in: ['2026-01-31', '2026-02-01'] } }, [1, 2]],
  // Berlin is an hour ahead of UTC in winter.
  ['instant on a day of the caller', { instant: '2026-02-01' }, [2]],
  ['instant', { instant: { eq: '2026-02-01T00:00:00+01:00' } }, [2]],
  ['instant before', { instant: { lt: '2026-02-01' } }, [1]],
  ['select', { kind: ['stone', 'animal'] }, [1, 2]],
  ['set anyOf', { marks: { anyOf: ['green', 'blue'] } }, [1, 2]],
  ['set allOf', { marks: { allOf: ['red', 'green'] } }, [1]],
  ['set noneOf', { marks: { noneOf: ['blue'] } }, [1, 3]],
  ['set isNull', { marks: { isNull: true } }, [3]],
  ['automatic number', { serial: { endsWith: '0002' } }, [2]],
  ['address contains', { place: { contains: 'koln' } }, [1]],
  ['json isNull', { extra: { isNull: false } }, [1]],
  ['uuid', { token: TOKEN.toUpperCase() }, [1]],
  ['user me', { keeperId: '$me' }, [1]],
  ['created by me', { createdBy: '$me' }, [1, 2, 3]],
  ['owner me', { ownerId: '$me' }, [1, 2, 3]],
  ['related inside', { 'product.name': { startsWith: 'ham' } }, [1]],
  ['related decimal', { 'product.listPrice': { gt: 12 } }, [1]],
  ['related across services', { 'customer.name': { contains: 'adler' } }, [1]],
  ['nothing related', { 'customer.name': null }, [3]],
  ['and of or', { and: [{ or: [{ count: 1 }, { kind: 'animal' }] }, { not: { fresh: true } }] }, [2]],
  ['or of and', { or: [{ count: 3 }, { and: [{ fresh: true }, { kind: 'stone' }] }] }, [1, 3]],
  ['created today', { createdAt: 'today' }, [1, 2, 3]],
  ['created within', { createdAt: { between: ['yesterday', 'tomorrow'] } }, [1, 2, 3]],
  ['created in the last hour', { createdAt: { gt: 'now-1h' } }, [1, 2, 3]],
  ['created this month', { createdAt: { gte: 'monthStart', lte: 'monthEnd' } }, [1, 2, 3]],
];

describe('Filters over HTTP', { skip: skipReason(database) }, () => {
  for (const [name, filter, expected] of CASES) test(name, async () => assert.deepEqual(await found(filter), expected));

  test('In a URL a filter has brackets', async () => {
    const path = `${SPECIMENS}?fields=count&filter[count][gte]=2&filter[customer.name]=Zimmer&filter[kind][in]=stone,animal`;
    assert.deepEqual((await must(200, admin.get(path))).body.items, [{ count: 2 }]);
    const repeated = await must(200, admin.get(`${SPECIMENS}?fields=count&sort=count&filter[code]=A&filter[code]=C`));
    assert.deepEqual(repeated.body.items, [{ count: 1 }, { count: 3 }]);
  });

  test('Children: some and none', async () => {
    const lines = [
      { productId: ids['hammer'], quantity: '3' },
      { description: 'Freight', quantity: '1', unitPrice: '5' },
    ];
    const offer = await make(admin, '/api/offers/offers', { customerId: ids['adler'], subject: 'with', lines });
    await make(admin, '/api/offers/offers', { customerId: ids['adler'], subject: 'without' });
    const subjects = async (filter: unknown) =>
      (await must(200, admin.post('/api/offers/offers/query', { filter, fields: 'subject' }))).body.items.map(
        (item: { subject: string }) => item.subject,
      );
    assert.equal(offer.netTotal, '42.50');
    assert.deepEqual(await subjects({ lines: { some: { quantity: { gt: 2 } } } }), ['with']);
    assert.deepEqual(await subjects({ lines: { some: { 'product.name': 'Hammer' } } }), ['with']);
    assert.deepEqual(await subjects({ lines: { none: {} } }), ['without']);
  });
});

const REFUSED: readonly (readonly [unknown, number, string, RegExp])[] = [
  [{ cuont: 1 }, 400, 'unknown_name', /Did you mean count/],
  [{ 'customer.nmae': 'x' }, 400, 'unknown_name', /Did you mean customer.name/],
  [{ customer: 'x' }, 400, 'unknown_name', /customerId/],
  [{ count: { gtt: 1 } }, 400, 'unknown_name', /Did you mean gt/],
  [{ fresh: { contains: 'x' } }, 400, 'unknown_name', /only by eq/],
  [{ kind: 'stnoe' }, 422, 'invalid_value', /Did you mean stone/],
  [{ count: 'many' }, 422, 'invalid_value', /whole number/],
  [{ worth: { gt: '1e3' } }, 422, 'invalid_value', /number/],
  [{ day: '2026-02-30' }, 422, 'invalid_value', /day/],
  [{ instant: 'soon' }, 422, 'invalid_value', /instant/],
  [{ token: 'x' }, 422, 'invalid_value', /id/],
  [{ name: 'a\u0000' }, 422, 'invalid_value', /character/],
  [{ name: { contains: '\ud800' } }, 422, 'invalid_value', /character/],
  [{ and: { count: 1 } }, 400, 'malformed_request', /list/],
  [[], 400, 'malformed_request', /object/],
];

describe('Filters that are refused', { skip: skipReason(database) }, () => {
  for (const [filter, status, code, message] of REFUSED)
    test(JSON.stringify(filter).slice(0, 60), async () => {
      assert.match((await refusal(admin.post(`${SPECIMENS}/query`, { filter }), status, code)).detail, message);
    });
});
