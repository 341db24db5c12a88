import assert from 'node:assert/strict';
import { after, before, suite, test } from 'node:test';
import fc from 'fast-check';
import { isRecord } from '#platform/kernel/is-record.ts';
import type { ObjectDefinition } from '#platform/kernel/model.ts';
import { idOf, insert, openFixture, type Fixture } from './fixture/deals.ts';
import { listRecords, streamRecords } from './list.ts';
import { parseListQuery } from './query.ts';

const ROWS = 60;
const SORTABLE = [
  'id',
  'name',
  'stage',
  'amount',
  'quantity',
  'active',
  'due',
  'sentAt',
  'createdAt',
  'version',
  'product.name',
  'customer.name',
  'customer.credit',
  'customer.since',
];

type Answer = {
  readonly items: readonly { readonly id: string }[];
  readonly next: string | null;
  readonly count: number | null;
};

async function page(fixture: Fixture, deal: ObjectDefinition, query: { readonly [key: string]: unknown }): Promise<Answer> {
  return JSON.parse(await listRecords(fixture.source('seller'), deal, parseListQuery(query, 'body')));
}

function ids(answer: Answer): readonly string[] {
  return answer.items.map((item) => item.id);
}

let fixture: Fixture;
let deal: ObjectDefinition;
before(async () => {
  fixture = await openFixture();
  const found = fixture.schema.byName.get('deal');
  assert.ok(found);
  deal = found;
  // Few different values, many ties and nulls, texts whose order differs between collations.
  const names = ['Äpfel', 'Zebra', 'apfel', 'Apfel', 'ä', "z'", '', null];
  for (const [at, name] of names.entries())
    await insert(fixture, 'mirror.customer', {
      id: idOf(1000 + at),
      version: 1,
      data: { name, credit: at % 3 === 0 ? null : `${at % 2}.50`, since: at % 2 === 0 ? '2020-01-01' : null },
    });
  for (const at of [0, 1, 2]) await insert(fixture, 'records.product', { id: idOf(2000 + at), name: names[at] });
  for (let at = 0; at < ROWS; at++) {
    await insert(fixture, 'records.deal', {
      id: idOf((at * 7919) % 997),
      name: names[at % names.length],
      stage: ['open', 'sent', null][at % 3],
      amount: [null, '1.10', '1.1', '-3', '20'][at % 5],
      quantity: at % 4 === 0 ? null : at % 3,
      active: [true, false, null][at % 3],
      due: at % 2 === 0 ? null : `2026-01-0${1 + (at % 3)}`,
      sent_at: at % 3 === 0 ? null : `2026-01-01T00:00:00.00000${at % 2}Z`,
      created_at: `2026-01-01T00:00:00.000${at % 2}5Z`,
      product_id: at % 4 === 0 ? null : idOf(2000 + (at % 4)),
      customer_id: at % 5 === 0 ? null : idOf(1000 + (at % 9)),
    });
  }
});
after(() => fixture.close());

suite('Pages', () => {
  test('paging by any sort returns every row once, in one order, whatever the page size', async () => {
    const sorts = fc
      .uniqueArray(fc.constantFrom(...SORTABLE), { maxLength: 3 })
      .chain((names) =>
        fc
          .array(fc.boolean(), { minLength: names.length, maxLength: names.length })
          .map((down) => names.map((name, at) => (down[at] ? `-${name}` : name)).join(',')),
      );
    await fc.assert(
      fc.asyncProperty(sorts, fc.integer({ min: 1, max: 25 }), fc.boolean(), async (sort, limit, isFiltered) => {
        const query = {
          ...(sort === '' ? {} : { sort }),
          fields: 'id',
          ...(isFiltered ? { filter: { or: [{ quantity: { gte: 1 } }, { 'customer.name': 'Zebra' }] } } : {}),
        };
        const whole = ids(await page(fixture, deal, { ...query, limit: 1000 }));
        assert.equal(new Set(whole).size, whole.length);
        if (!isFiltered) assert.equal(whole.length, ROWS);
        const paged: string[] = [];
        for (let cursor: string | null | undefined; cursor !== null;) {
          const answer = await page(fixture, deal, { ...query, limit, ...(cursor === undefined ? {} : { cursor }) });
          paged.push(...ids(answer));
          cursor = answer.next;
        }
        assert.deepEqual(paged, whole);
        const offset = ids(await page(fixture, deal, { ...query, limit, offset: 7 }));
        assert.deepEqual(offset, whole.slice(7, 7 + limit));
      }),
      { numRuns: 150 },
    );
  });

  test('nulls come last in both directions', async () => {
    for (const sort of ['amount', '-amount', 'name', '-name', 'customer.credit', '-customer.credit']) {
      const answer: unknown = JSON.parse(
        await listRecords(fixture.source('seller'), deal, parseListQuery({ sort, fields: sort.replace('-', ''), limit: 100 }, 'body')),
      );
      assert.ok(isRecord(answer) && Array.isArray(answer['items']));
      const values = answer['items'].map(
        (item) => Object.values(isRecord(item) ? item : {}).map((value) => (isRecord(value) ? value['credit'] : value))[0] ?? null,
      );
      const firstNull = values.indexOf(null);
      assert.ok(firstNull > 0 && values.slice(firstNull).every((value) => value === null), sort);
    }
  });

  test('text is in the order people expect', async () => {
    const answer: unknown = JSON.parse(
      await listRecords(
        fixture.source('seller'),
        deal,
        parseListQuery(
          { sort: 'name', fields: 'name', filter: { name: { in: ['Äpfel', 'Zebra', 'apfel', 'Apfel'] } }, limit: 100 },
          'body',
        ),
      ),
    );
    assert.ok(isRecord(answer) && Array.isArray(answer['items']));
    const names = [...new Set(answer['items'].map((item: { name: string }) => item.name))];
    assert.deepEqual(names, ['apfel', 'Apfel', 'Äpfel', 'Zebra']);
  });

  test('newest first by default', async () => {
    const all = ids(await page(fixture, deal, { limit: 1000 }));
    assert.deepEqual(all, all.toSorted().toReversed());
    assert.equal((await page(fixture, deal, {})).items.length, 25);
  });
});

suite('Counts, the recycle bin, cursors and streams', () => {
  test('counts are null, exact or estimated', async () => {
    assert.equal((await page(fixture, deal, {})).count, null);
    assert.equal((await page(fixture, deal, { count: 'exact', limit: 1 })).count, ROWS);
    assert.equal(
      (await page(fixture, deal, { count: 'exact', filter: { 'customer.name': 'Zebra' } })).count,
      (await page(fixture, deal, { filter: { 'customer.name': 'Zebra' }, limit: 100 })).items.length,
    );
    assert.equal((await page(fixture, deal, { count: 'estimated' })).count, ROWS);
    await insert(fixture, 'records.product_group', { id: idOf(1), name: 'x' });
    await fixture.run(`insert into records.product_group (id, version, created_at, created_by, updated_at, updated_by, name)
      select gen_random_uuid(), 1, now(), 'user:x', now(), 'user:x', 'many' from generate_series(1, 20000)`);
    await fixture.run('analyze records.product_group');
    const group = fixture.schema.byName.get('product_group');
    assert.ok(group);
    const { count } = await page(fixture, group, { count: 'estimated', filter: { name: 'many' } });
    assert.ok(count !== null && count > 10_000 && count < 40_000, String(count));
  });

  test('the recycle bin holds what was deleted, and nothing else does', async () => {
    await insert(fixture, 'records.deal', { id: idOf(5000), deleted_at: '2026-01-01T00:00:00Z' });
    assert.deepEqual(ids(await page(fixture, deal, { deleted: 'only' })), [idOf(5000)]);
    assert.ok(!ids(await page(fixture, deal, { limit: 1000 })).includes(idOf(5000)));
  });

  test('a cursor of another query, a damaged or a forged one is refused', async () => {
    const { next } = await page(fixture, deal, { sort: 'amount', limit: 2 });
    assert.ok(next);
    const parts: unknown = JSON.parse(Buffer.from(next, 'base64url').toString());
    assert.ok(Array.isArray(parts));
    const forged = (...values: readonly unknown[]) => Buffer.from(JSON.stringify([parts[0], ...values])).toString('base64url');
    const wrong = [
      { cursor: next },
      { cursor: next, sort: '-amount' },
      { cursor: next, sort: 'amount', filter: { stage: 'open' } },
      { cursor: next, sort: 'amount', deleted: 'only' },
      { cursor: 'x' },
      { cursor: forged(), sort: 'amount' },
      { cursor: forged('1; drop table x', parts[2]), sort: 'amount' },
      { cursor: forged(parts[1], null), sort: 'amount' },
      { cursor: forged({}, parts[2]), sort: 'amount' },
      { cursor: forged(parts[1], `${parts[2]}'`), sort: 'amount' },
    ];
    for (const query of wrong) await assert.rejects(page(fixture, deal, query), { code: 'malformed_request' }, JSON.stringify(query));
    assert.equal((await page(fixture, deal, { cursor: next, sort: 'amount', limit: 5, fields: 'id' })).items.length, 5);
  });

  test('a forged day that is none is refused, not an error', async () => {
    const { next } = await page(fixture, deal, { sort: 'due', limit: 1 });
    const parts: unknown = JSON.parse(Buffer.from(next ?? '', 'base64url').toString());
    assert.ok(Array.isArray(parts));
    const cursor = Buffer.from(JSON.stringify([parts[0], '2026-02-31', parts[2]])).toString('base64url');
    await assert.rejects(page(fixture, deal, { sort: 'due', cursor }), { code: 'malformed_request' });
  });

  test('a stream yields all records in batches', async () => {
    const group = fixture.schema.byName.get('product_group');
    assert.ok(group);
    const seen = new Set<string>();
    for await (const batch of streamRecords(fixture.source('seller'), group, parseListQuery({ fields: 'id', sort: 'name' }, 'url')))
      for (const item of batch) seen.add(item);
    assert.equal(seen.size, 20_001);
  });
});
