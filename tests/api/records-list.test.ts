import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import type { Answer, Client } from '#tests/support/client.ts';
import { eventually } from '#tests/support/eventually.ts';
import { startInstallation, type Installation } from '#tests/support/installation.ts';
import { skipReason, testDatabaseUrl } from '#tests/support/services.ts';
import { defineSpecimens, make, must, refusal, SPECIMENS } from './specimen.ts';

const database = testDatabaseUrl();
const NAMES = ['Äpfel', 'zebra', 'apfel', 'Apfel', 'Zebra', 'ä', 'Öl', 'Ost'];
let installation: Installation;
let admin: Client;
let customerId = '';
let productId = '';

type Item = { readonly [field: string]: Answer['body'] };
const list = async (query: string): Promise<{ items: readonly Item[]; next: string | null; count: number | null }> =>
  (await must(200, admin.get(`${SPECIMENS}?${query}`))).body;
const column = async (query: string, field: string): Promise<readonly unknown[]> => (await list(query)).items.map((item) => item[field]);

before(async () => {
  if (skipReason(database)) return;
  installation = await startInstallation();
  ({ admin } = installation);
  await defineSpecimens(admin);
  customerId = (await make(admin, '/api/customers/customers', { name: 'Größe GmbH', email: 'info@groesse.example' })).id;
  productId = (await make(admin, '/api/offers/products', { name: 'Hammer', listPrice: '12.50' })).id;
  const operations = NAMES.map((name, at) => ({
    op: 'create',
    record: { name, count: at, kind: at % 2 === 0 ? 'stone' : 'plant', worth: at % 3 === 0 ? null : `${at}.5`, customerId, productId },
  }));
  await must(200, admin.post(`${SPECIMENS}/bulk`, { atomic: true, operations }));
});
after(() => installation?.stop());

describe('Lists', { skip: skipReason(database) }, () => {
  test('Text is in the order of one collation, related text too, and ties stand by id', async () => {
    assert.deepEqual(await column('sort=name&fields=name', 'name'), ['ä', 'apfel', 'Apfel', 'Äpfel', 'Öl', 'Ost', 'zebra', 'Zebra']);
    assert.deepEqual(await column('sort=customer.name,-count&fields=count&limit=3', 'count'), [7, 6, 5]);
    const tied = await column('sort=customer.name&fields=id', 'id');
    assert.deepEqual(
      tied,
      tied.map(String).toSorted((left, right) => (left < right ? -1 : 1)),
    );
  });

  test('Fields answer what is named, through lookups and with the rows inside', async () => {
    const [item] = (await list('filter[count]=0&fields=name,customer.name,product.listPrice')).items;
    assert.deepEqual(item, { name: 'Äpfel', customer: { name: 'Größe GmbH' }, product: { listPrice: '12.50' } });
    const offer = await make(admin, '/api/offers/offers', { customerId, lines: [{ productId, quantity: '2' }] });
    const read = await must(200, admin.get(`/api/offers/offers/${offer.id}?fields=netTotal,lines.quantity,lines.product.name`));
    assert.deepEqual(read.body, { netTotal: '25.00', lines: [{ quantity: '2', product: { name: 'Hammer' } }] });
  });

  test('Expand answers lookups and those of the rows as records', async () => {
    const [item] = (await list('filter[count]=0&expand=customer,product')).items;
    assert.equal(item?.['customer'].email, 'info@groesse.example');
    assert.equal(item?.['product'].name, 'Hammer');
    assert.equal(item?.['customerId'], customerId);
    const offers = (await must(200, admin.get('/api/offers/offers?expand=lines.product&limit=1'))).body;
    assert.equal(offers.items[0].lines[0].product.name, 'Hammer');
  });

  test('Pages by cursor hold each record once while others are added and taken away', async () => {
    const seen: unknown[] = [];
    let next: string | null = '';
    for (let page = 0; next !== null; page += 1) {
      const answer = await list(`sort=-count&fields=id,count&limit=2${next === '' ? '' : `&cursor=${next}`}`);
      seen.push(...answer.items.map((item) => item['count']));
      next = answer.next;
      if (page === 1) {
        const first = await make(admin, SPECIMENS, { name: 'new first', count: 100 });
        const last = await make(admin, SPECIMENS, { name: 'new last', count: -1 });
        await must(204, admin.delete(`${SPECIMENS}/${first.id}?permanent=true`));
        await must(204, admin.delete(`${SPECIMENS}/${last.id}?permanent=true`));
        await make(admin, SPECIMENS, { name: 'behind', count: -2 });
      }
    }
    assert.deepEqual(seen, [7, 6, 5, 4, 3, 2, 1, 0, -2]);
    const [behind] = (await list('filter[count]=-2&fields=id')).items;
    await must(204, admin.delete(`${SPECIMENS}/${String(behind?.['id'])}?permanent=true`));
  });

  test('A cursor of another query, a forged or a damaged one is refused', async () => {
    const { next } = await list('sort=name&limit=2');
    for (const query of [
      `sort=-name&cursor=${next}`,
      `sort=name&filter[kind]=stone&cursor=${next}`,
      `cursor=${next}`,
      'cursor=abc',
      'cursor=%00',
    ])
      assert.match((await refusal(admin.get(`${SPECIMENS}?${query}`), 400, 'malformed_request')).detail, /cursor/);
    const forged = Buffer.from('["x","a",{"b":1}]').toString('base64url');
    await refusal(admin.get(`${SPECIMENS}?sort=name&cursor=${forged}`), 400, 'malformed_request');
    await refusal(admin.get(`${SPECIMENS}?sort=name&cursor=${next}&offset=2`), 400, 'malformed_request');
  });

  test('Offsets and limits have an end', async () => {
    assert.deepEqual(await column('sort=count&fields=count&offset=3&limit=2', 'count'), [3, 4]);
    assert.deepEqual((await list('sort=count&offset=100000')).items, []);
    for (const query of ['offset=100001', 'offset=-1', 'limit=0', 'limit=1001', 'limit=x', 'limit[]=5', 'limit[a]=5'])
      await refusal(admin.get(`${SPECIMENS}?${query}`), 400, 'malformed_request');
  });

  test('Counts are asked for', async () => {
    assert.equal((await list('limit=1')).count, null);
    assert.equal((await list('limit=1&count=exact&filter[kind]=stone')).count, 4);
    assert.equal((await list('limit=1&count=estimated')).count, 8);
    await refusal(admin.get(`${SPECIMENS}?count=some`), 400, 'malformed_request');
  });

  test('The recycle bin is a list of its own', async () => {
    const gone = await make(admin, SPECIMENS, { name: 'gone' });
    await must(204, admin.delete(`${SPECIMENS}/${gone.id}`));
    await must(404, admin.get(`${SPECIMENS}/${gone.id}`));
    assert.deepEqual(await column('deleted=only&fields=name', 'name'), ['gone']);
    assert.equal((await list('filter[name]=gone')).items.length, 0);
    await must(204, admin.delete(`${SPECIMENS}/${gone.id}?permanent=true`));
    assert.deepEqual(await column('deleted=only&fields=name', 'name'), []);
  });
});

describe('Search and figures', { skip: skipReason(database) }, () => {
  test('q and lookup find without case and accents', async () => {
    assert.deepEqual(await column('q=APFEL&sort=count&fields=count', 'count'), [0, 2, 3]);
    assert.deepEqual(await column('q=ol&fields=name', 'name'), ['Öl']);
    const found = (await must(200, admin.get(`${SPECIMENS}/lookup?q=%C3%84PF&limit=2`))).body.items;
    assert.equal(found.length, 2);
    assert.ok(found.every((item: Item) => typeof item['id'] === 'string' && /pfel/.test(String(item['title']))));
    const customers = (await must(200, admin.get('/api/customers/customers/lookup?q=grosse'))).body.items;
    assert.deepEqual(customers[0].title, 'Größe GmbH');
  });

  test('Aggregates have groups, figures, having and sort', async () => {
    const asked = {
      groupBy: ['kind'],
      metrics: [
        { fn: 'count', as: 'number' },
        { fn: 'sum', field: 'worth', as: 'total' },
        { fn: 'avg', field: 'count', as: 'middle' },
        { fn: 'max', field: 'name', as: 'last' },
      ],
      filter: { count: { gte: 1 } },
      having: { total: { gt: '1' } },
      sort: ['-total'],
    };
    assert.deepEqual((await must(200, admin.post(`${SPECIMENS}/aggregate`, asked))).body, {
      items: [
        { kind: 'plant', number: 4, total: '14.50', middle: '4', last: 'zebra' },
        { kind: 'stone', number: 3, total: '7.00', middle: '4', last: 'Zebra' },
      ],
    });
    const related = { groupBy: ['customer.name'], metrics: [{ fn: 'count', as: 'n' }] };
    assert.deepEqual((await must(200, admin.post(`${SPECIMENS}/aggregate`, related))).body.items, [
      { 'customer.name': 'Größe GmbH', n: 8 },
    ]);
  });

  test('Aggregates group days and instants by parts of the calendar, instants by the days of the caller', async () => {
    const by = async (group: string): Promise<readonly Item[]> => {
      const asked = { groupBy: [group, 'kind'], metrics: [{ fn: 'count', as: 'n' }], filter: { name: { startsWith: 'z' } } };
      return (await must(200, admin.post(`${SPECIMENS}/aggregate`, asked))).body.items;
    };
    const dayIn = (timeZone: string): string => new Intl.DateTimeFormat('en-CA', { timeZone, dateStyle: 'short' }).format(new Date());
    for (const timeZone of ['Pacific/Kiritimati', 'Pacific/Niue', 'UTC']) {
      await must(200, admin.patch('/api/platform/me', { timeZone }));
      // Services hear of the zone a moment later.
      await eventually(`days are those of ${timeZone}`, async () => (await by('createdAt:day'))[0]?.['createdAt:day'] === dayIn(timeZone));
      assert.deepEqual(
        await by('createdAt:month'),
        ['plant', 'stone'].map((kind) => ({ 'createdAt:month': `${dayIn(timeZone).slice(0, 7)}-01`, kind, n: 1 })),
      );
    }
    for (const group of ['createdAt:decade', 'name:month', "createdAt:month') --"]) {
      const asked = { groupBy: ['kind', group], metrics: [{ fn: 'count', as: 'n' }] };
      const refused = await refusal(admin.post(`${SPECIMENS}/aggregate`, asked), 400, 'malformed_request');
      assert.equal(refused.errors[0].pointer, '/groupBy/1', group);
      assert.equal(refused.errors[0].field, group.split(':')[0], group);
    }
  });

  test('What is not known is refused with the nearest name', async () => {
    const unknown: readonly (readonly [string, RegExp])[] = [
      ['?sortt=name', /Did you mean sort/],
      ['?filtre[name]=x', /Did you mean filter/],
      ['?sort=nmae', /Did you mean name/],
      ['?fields=nmae', /Did you mean name/],
      ['?expand=custommer', /Did you mean customer/],
      ['?__proto__[x]=1', /__proto__/],
      ['?constructor=1', /constructor/],
      ['?filter[__proto__]=1', /__proto__/],
      ['?filter[constructor]=1', /constructor/],
      ['/lookup?query=x', /q|limit/],
    ];
    for (const [query, hint] of unknown)
      assert.match((await refusal(admin.get(SPECIMENS + query), 400, 'unknown_name')).detail, hint, query);
    for (const [body, hint] of [
      [{ groupBy: ['knd'] }, /Did you mean kind/],
      [{ metrics: [{ fn: 'sum', field: 'wroth', as: 'x' }] }, /Did you mean worth/],
      [{ groupBy: ['kind'], having: { x: 1 } }, /no column x/],
      [{ groupby: ['kind'] }, /Did you mean groupBy/],
    ] as const)
      assert.match((await refusal(admin.post(`${SPECIMENS}/aggregate`, body), 400, 'unknown_name')).detail, hint);
    await refusal(admin.post(`${SPECIMENS}/query`, { filters: {} }), 400, 'unknown_name');
    await refusal(admin.get('/api/offers/speciments'), 404, 'not_found');
  });

  test('Every answer says by which metadata it was made', async () => {
    for (const path of ['', '/lookup?q=x', '/00000000-0000-7000-8000-000000000000', '?limit=x', '/x'])
      assert.match((await admin.get(SPECIMENS + path)).headers.get('x-metadata-version') ?? '', /^\d+$/, path);
  });
});
