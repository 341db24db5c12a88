import assert from 'node:assert/strict';
import { after, before, suite, test } from 'node:test';
import type { ObjectDefinition } from '#platform/kernel/model.ts';
import { idOf, openFixture, type Fixture } from './fixture/deals.ts';
import { listRecords } from './list.ts';
import { parseListQuery } from './query.ts';
import { fillOneDeal } from './fixture/one-deal.ts';
import { findRecord, getRecord } from './record.ts';

let fixture: Fixture;
let deal: ObjectDefinition;
let line: ObjectDefinition;
before(async () => {
  fixture = await openFixture();
  const objects = ['deal', 'deal_line'].flatMap((name) => fixture.schema.byName.get(name) ?? []);
  assert.ok(objects[0] && objects[1]);
  [deal, line] = [objects[0], objects[1]];
  await fillOneDeal(fixture);
});
after(() => fixture.close());

const get = async (...roles: readonly string[]) => (await getRecord(fixture.source(...roles), deal, idOf(1)))?.json ?? '';
const item = async (fields: string, expand?: string) => {
  const query = parseListQuery({ fields, ...(expand === undefined ? {} : { expand }), filter: { email: 'a@b.de' } }, 'url');
  const text = await listRecords(fixture.source('seller'), deal, query);
  return text.slice('{"items":['.length, text.indexOf('],"next"'));
};

suite('What is read of records', () => {
  test('a record is written as the contract says: decimals as strings, instants in UTC with milliseconds, children in order', async () => {
    assert.equal(
      await get('seller'),
      `{"id":"${idOf(1)}","name":"Say \\"hi\\"\\n\u2028😀\\\\","email":"a@b.de","phone":"+4930123456","stage":"open","amount":"100.10","quantity":3,"active":false,"due":"2026-01-31","sentAt":"2026-01-31T09:59:59.900Z","note":null,"tags":["a","b"],"extra":{"a": [null, "x"], "z": 1},"place":null,"customerId":"${idOf(101)}","productId":"${idOf(201)}","vaultId":null,"lines":[` +
        `{"id":"${idOf(401)}","text":"a \\"quoted\\"","quantity":"1.50","shippedAt":"2026-01-01T08:00:00.500Z","productId":null,"parentId":"${idOf(1)}","position":1},` +
        `{"id":"${idOf(402)}","text":"b","quantity":"10","shippedAt":null,"productId":"${idOf(201)}","parentId":"${idOf(1)}","position":2}],` +
        `"version":1,"createdAt":"2026-01-01T00:00:00.123Z","createdBy":"user:x","updatedAt":"2026-01-01T00:00:00.000Z","updatedBy":"user:x","ownerId":null,"teamId":null}`,
    );
    assert.deepEqual(JSON.parse(await get('seller')).extra, { a: [null, 'x'], z: 1 });
  });

  test('a list has the same records as get', async () => {
    const list = await listRecords(fixture.source('seller'), deal, parseListQuery({ filter: { email: 'a@b.de' }, count: 'exact' }, 'body'));
    assert.equal(list, `{"items":[${await get('seller')}],"next":null,"count":1}`);
  });

  test('get answers the version, and nothing for what is not there', async () => {
    assert.equal((await getRecord(fixture.source('seller'), deal, idOf(1)))?.version, 1);
    for (const id of [idOf(77), idOf(3), 'x', "' or 1=1"]) assert.equal(await getRecord(fixture.source('seller'), deal, id), null);
    assert.ok(await getRecord(fixture.source('seller'), deal, idOf(3), { deleted: 'any', fields: ['id'] }));
    assert.equal(await getRecord(fixture.source('seller'), deal, idOf(1), { deleted: 'only' }), null);
  });

  test('a record is found by a unique field, in any notation of its value', async () => {
    assert.equal(
      (await findRecord(fixture.source('seller'), deal, { field: 'email', value: 'a@B.DE' }, { fields: ['id'] }))?.json,
      `{"id":"${idOf(1)}"}`,
    );
    assert.equal(await findRecord(fixture.source('seller'), deal, { field: 'email', value: 'bin@b.de' }), null);
    await assert.rejects(findRecord(fixture.source('seller'), deal, { field: 'name', value: 'x' }), { code: 'malformed_request' });
    await assert.rejects(findRecord(fixture.source('seller'), deal, { field: 'emial', value: 'x' }), {
      code: 'unknown_name',
      message: /Did you mean email/,
    });
  });

  test('fields answers exactly what is named, in that order', async () => {
    assert.equal(await item('quantity,id'), `{"quantity":3,"id":"${idOf(1)}"}`);
    assert.equal(
      await item('customer.name,product.group.name'),
      '{"customer":{"name":"Ärzte \\"GmbH\\""},"product":{"group":{"name":"Tools"}}}',
    );
    assert.equal(
      await item('lines.text,lines.product.name'),
      '{"lines":[{"text":"a \\"quoted\\"","product":null},{"text":"b","product":{"name":"Hammer"}}]}',
    );
    assert.equal(
      await item('customer'),
      `{"customer":{"id":"${idOf(101)}","name":"Ärzte \\"GmbH\\"","email":"a@x.de","credit":"1000.50","since":"2020-05-01","seenAt":"2026-03-01T10:00:00.000Z","vip":true}}`,
    );
    assert.equal(await item('vault.name').catch((error: Error) => error.message), 'deal has no field vault.');
  });

  test('expand adds the record to the default fields', async () => {
    const one = JSON.parse(await item('', 'customer,lines.product,product.group'));
    assert.equal(one.name, 'Say "hi"\n\u2028😀\\');
    assert.equal(one.customerId, idOf(101));
    assert.equal(one.customer.credit, '1000.50');
    assert.equal(one.product.group.name, 'Tools');
    assert.equal(one.product.price, '12.50');
    assert.deepEqual(
      one.lines.map((row: { text: string; product: { name: string } | null }) => [row.text, row.product?.name ?? null]),
      [
        ['a "quoted"', null],
        ['b', 'Hammer'],
      ],
    );
    const empty = JSON.parse(
      await listRecords(fixture.source('seller'), deal, parseListQuery({ filter: { name: 'Empty' }, expand: 'customer' }, 'url')),
    ).items[0];
    assert.equal(empty.customer, null);
    assert.deepEqual(empty.lines, []);
    await assert.rejects(item('', 'amount'), { code: 'unknown_name' });
    await assert.rejects(item('', 'custmer'), { message: /Did you mean customer/ });
  });

  test('children are a collection too, and live and die with their parent', async () => {
    const list = JSON.parse(
      await listRecords(
        fixture.source('seller'),
        line,
        parseListQuery({ sort: 'position', fields: 'text,parent.name', filter: { 'parent.stage': 'open' } }, 'url'),
      ),
    );
    assert.deepEqual(
      list.items.map((row: { text: string }) => row.text),
      ['a "quoted"', 'b'],
    );
    const all = JSON.parse(await listRecords(fixture.source('seller'), line, parseListQuery({ count: 'exact' }, 'url')));
    assert.equal(all.count, 2);
    assert.equal((await getRecord(fixture.source('seller'), line, idOf(401)))?.version, 1);
    assert.equal(await getRecord(fixture.source('seller'), line, idOf(403)), null);
  });
});
