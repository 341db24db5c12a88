import assert from 'node:assert/strict';
import { after, before, suite, test } from 'node:test';
import { Refusal } from '#platform/kernel/errors.ts';
import type { ObjectDefinition } from '#platform/kernel/model.ts';
import { aggregateRecords } from './aggregate.ts';
import { idOf, insert, openFixture, type Fixture } from './fixture/deals.ts';
import { listRecords } from './list.ts';
import { lookupRecords } from './lookup.ts';
import { parseListQuery } from './query.ts';
import { findRecord, getRecord } from './record.ts';

let fixture: Fixture;
let deal: ObjectDefinition;
before(async () => {
  fixture = await openFixture();
  const found = fixture.schema.byName.get('deal');
  assert.ok(found);
  deal = found;
  await insert(fixture, 'mirror.customer', { id: idOf(101), version: 1, data: { name: 'Acme', rating: 'AAA' } });
  await insert(fixture, 'records.vault', { id: idOf(301), name: 'gold' });
  await insert(fixture, 'records.product', { id: idOf(201), name: 'Hammer', margin: '30' });
  await insert(fixture, 'records.deal', {
    id: idOf(1),
    name: 'One',
    secret: 'canary',
    email: 'a@b.de',
    customer_id: idOf(101),
    product_id: idOf(201),
    vault_id: idOf(301),
  });
  await insert(fixture, 'records.deal_line', {
    id: idOf(401),
    parent_id: idOf(1),
    position: 1,
    text: 'x',
    cost: '31337',
    product_id: idOf(201),
  });
});
after(() => fixture.close());

const list = (query: { readonly [key: string]: unknown }, ...roles: readonly string[]) =>
  listRecords(fixture.source(...(roles.length === 0 ? ['seller'] : roles)), deal, parseListQuery(query, 'body'));

/** The message with which a name is refused, the name itself and the visible one like it taken out. */
const refusal = async (run: (name: string) => Promise<unknown>, name: string): Promise<string> => {
  try {
    await run(name);
    return 'not refused';
  } catch (error) {
    assert.ok(error instanceof Refusal, String(error));
    return `${error.code} ${error.message.replaceAll(name, '<name>').replace(/ Did you mean .*/, '')}`;
  }
};

const places: { readonly [place: string]: (name: string) => Promise<unknown> } = {
  fields: (name) => list({ fields: name }),
  expand: (name) => list({ expand: name }),
  sort: (name) => list({ sort: `-${name}` }),
  filter: (name) => list({ filter: { [name]: 'x' } }),
  'nested filter': (name) => list({ filter: { or: [{ not: { [name]: { isNull: false } } }] } }),
  groupBy: (name) => aggregateRecords(fixture.source('seller'), deal, { groupBy: [name] }),
  metric: (name) => aggregateRecords(fixture.source('seller'), deal, { metrics: [{ fn: 'max', field: name, as: 'm' }] }),
  'filter of an aggregate': (name) =>
    aggregateRecords(fixture.source('seller'), deal, { metrics: [{ fn: 'count' }], filter: { [name]: 'x' } }),
  lookup: (name) => lookupRecords(fixture.source('seller'), deal, { q: 'o', limit: 5, fields: [name] }),
  'unique field': (name) => findRecord(fixture.source('seller'), deal, { field: name, value: 'canary' }),
  'field of get': (name) => getRecord(fixture.source('seller'), deal, idOf(1), { fields: [name] }),
};

suite('What a caller may not read does not exist for them', () => {
  for (const [place, run] of Object.entries(places)) {
    test(`${place}: a hidden field is refused like one that never was`, async () => {
      const unknown = await refusal(run, 'zzzzzz');
      assert.match(unknown, /^unknown_name .*<name>/);
      assert.equal(await refusal(run, 'secret'), unknown);
      assert.equal(await refusal(run, 'gone'), unknown);
      await assert.rejects(run('secre'), (error: Error) => !error.message.includes('secret'));
    });
  }

  test('paths through hidden fields and objects, mirrors and children are refused like unknown ones', async () => {
    for (const [hidden, unknown] of [
      ['customer.rating', 'customer.zzzzzz'],
      ['product.margin', 'product.zzzzzz'],
      ['vault.name', 'zzzzzz.name'],
    ] as const) {
      for (const place of ['fields', 'sort', 'filter', 'groupBy'] as const) {
        const run = places[place];
        assert.ok(run);
        const shape = (message: string) => message.replaceAll('vault', '<first>').replaceAll('zzzzzz', '<first>');
        assert.equal(shape(await refusal(run, hidden)), shape(await refusal(run, unknown)), `${place} ${hidden}`);
      }
    }
    assert.equal(
      await refusal((name) => list({ filter: { lines: { some: { [name]: 1 } } } }), 'cost'),
      await refusal((name) => list({ filter: { lines: { some: { [name]: 1 } } } }), 'zzzz'),
    );
    assert.equal(await refusal((name) => list({ expand: name }), 'vault'), await refusal((name) => list({ expand: name }), 'zzzzz'));
  });
});

suite('Nothing of what is hidden comes out, whatever is asked', () => {
  test('answers have nothing of it', async () => {
    for (const text of [
      await list({}),
      await list({ expand: 'customer,product,lines.product' }),
      (await getRecord(fixture.source('seller'), deal, idOf(1)))?.json ?? '',
      await lookupRecords(fixture.source('seller'), deal, { q: 'One', limit: 5 }),
    ]) {
      assert.ok(text.includes('One'));
      for (const canary of ['canary', 'secret', '31337', 'cost', 'AAA', 'rating', 'margin', 'gold'])
        assert.ok(!text.includes(canary), `${canary} in ${text}`);
    }
    const boss = await list({ expand: 'customer,product,vault' }, 'boss');
    for (const seen of ['canary', '31337', 'AAA', '"margin":"30"', 'gold']) assert.ok(boss.includes(seen), seen);
  });

  test('search does not find by what is hidden, though the index has it', async () => {
    assert.match(await list({ q: 'canary', fields: 'id' }), /"items":\[\]/);
    assert.match(await list({ q: 'One canary', fields: 'id' }), /"items":\[\]/);
    assert.match(await list({ q: 'One', fields: 'id' }), /"items":\[{/);
    assert.match(await list({ q: 'canary', fields: 'id' }, 'boss'), /"items":\[{/);
    assert.equal(await lookupRecords(fixture.source('seller'), deal, { q: 'canary', limit: 5 }), '{"items":[]}');
  });

  test('no right to read: 404 for who has none at all, 403 for who may do something else', async () => {
    await assert.rejects(list({}, 'stranger'), { code: 'not_found' });
    await assert.rejects(list({}, 'clerk'), { code: 'not_allowed' });
    await assert.rejects(getRecord(fixture.source('stranger'), deal, idOf(1)), { code: 'not_found' });
    const line = fixture.schema.byName.get('deal_line');
    assert.ok(line);
    await assert.rejects(listRecords(fixture.source('stranger'), line, parseListQuery({}, 'body')), {
      code: 'not_found',
    });
  });

  test('hostile names are refused as unknown, whatever they contain', async () => {
    const names = [
      '__proto__',
      'constructor',
      'toString',
      'name"',
      "name'",
      'name;drop table records.deal',
      'a.b.c.d.e',
      'name.',
      '.name',
      'product..name',
      '',
      ' ',
      '*',
      '1',
      'r.name',
      'NAME',
      'name\u0000',
      '😀',
      'x'.repeat(10_000),
      'deleted_at',
      'c_1',
      'lines.__proto__',
      '__proto__.name',
    ];
    for (const name of names) {
      for (const place of ['filter', 'groupBy', 'metric', 'unique field'] as const) {
        const run = places[place];
        assert.ok(run);
        await assert.rejects(run(name), (error: unknown) => {
          assert.ok(error instanceof Refusal, `${place} ${name.slice(0, 20)}: ${String(error)}`);
          assert.equal(error.status, 400);
          assert.ok(error.message.length < 400);
          return true;
        });
      }
    }
    for (const name of ['__proto__', 'name"', "name'", 'a.b.c.d.e', 'product..name', 'deleted_at', 'name\u0000']) {
      for (const place of ['fields', 'expand', 'sort', 'lookup'] as const) {
        const run = places[place];
        assert.ok(run);
        await assert.rejects(run(name), (error: unknown) => error instanceof Refusal && error.status === 400, `${place} ${name}`);
      }
    }
    const own: unknown = JSON.parse('{"filter":{"__proto__":{"eq":1}}}');
    await assert.rejects(async () => listRecords(fixture.source('seller'), deal, parseListQuery(own, 'body')), {
      code: 'unknown_name',
    });
    assert.match(await list({ filter: { name: { in: ["x'); drop table records.deal; --", '$1', '{"a"}', '\\', '"'] } } }), /"items":\[\]/);
  });
});
