import assert from 'node:assert/strict';
import { after, before, suite, test } from 'node:test';
import type { ObjectDefinition } from '#platform/kernel/model.ts';
import { aggregateRecords } from './aggregate.ts';
import { idOf, insert, openFixture, type Fixture } from './fixture/deals.ts';
import { readHistory } from './history.ts';
import { listRecords } from './list.ts';
import { lookupRecords } from './lookup.ts';
import { parseListQuery } from './query.ts';
import { findRecord, getRecord } from './record.ts';

suite('What is read of records', () => {
  let fixture: Fixture;
  let deal: ObjectDefinition;
  let line: ObjectDefinition;
  before(async () => {
    fixture = await openFixture();
    const objects = ['deal', 'deal_line'].flatMap((name) => fixture.schema.byName.get(name) ?? []);
    assert.ok(objects[0] && objects[1]);
    [deal, line] = [objects[0], objects[1]];
    await insert(fixture, 'mirror.customer', {
      id: idOf(101),
      version: 1,
      data: {
        name: 'Ärzte "GmbH"',
        email: 'a@x.de',
        credit: '1000.50',
        since: '2020-05-01',
        vip: true,
        rating: 'AAA',
        seen_at: '2026-03-01T10:00:00.000Z',
      },
    });
    await insert(fixture, 'records.product_group', { id: idOf(301), name: 'Tools' });
    await insert(fixture, 'records.product', {
      id: idOf(201),
      name: 'Hammer',
      price: '12.50',
      margin: '30',
      group_id: idOf(301),
    });
    await insert(fixture, 'records.deal', {
      id: idOf(1),
      name: 'Say "hi"\n\u2028😀\\',
      email: 'a@b.de',
      phone: '+4930123456',
      stage: 'open',
      amount: '100.10',
      quantity: 3,
      active: false,
      due: '2026-01-31',
      sent_at: '2026-01-31T09:59:59.9Z',
      tags: ['a', 'b'],
      extra: { z: 1, a: [null, 'x'] },
      secret: 'pst',
      customer_id: idOf(101),
      product_id: idOf(201),
      created_at: '2026-01-01T00:00:00.123456Z',
    });
    await insert(fixture, 'records.deal', { id: idOf(2), name: 'Empty' });
    await insert(fixture, 'records.deal', {
      id: idOf(3),
      name: 'Binned',
      deleted_at: '2026-01-01T00:00:00Z',
      email: 'bin@b.de',
    });
    await insert(fixture, 'records.deal_line', {
      id: idOf(402),
      parent_id: idOf(1),
      position: 2,
      text: 'b',
      quantity: '10',
      cost: '7.00',
      product_id: idOf(201),
    });
    await insert(fixture, 'records.deal_line', {
      id: idOf(401),
      parent_id: idOf(1),
      position: 1,
      text: 'a "quoted"',
      quantity: '1.50',
      shipped_at: '2026-01-01T10:00:00.5+02',
    });
    await insert(fixture, 'records.deal_line', {
      id: idOf(403),
      parent_id: idOf(3),
      position: 1,
      text: 'of a binned one',
    });
  });
  after(() => fixture.close());

  const get = async (...roles: readonly string[]) => (await getRecord(fixture.source(...roles), deal, idOf(1)))?.json ?? '';
  const item = async (fields: string, expand?: string) => {
    const query = parseListQuery({ fields, ...(expand === undefined ? {} : { expand }), filter: { email: 'a@b.de' } }, 'url');
    const text = await listRecords(fixture.source('seller'), deal, query);
    return text.slice('{"items":['.length, text.indexOf('],"next"'));
  };

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
    assert.equal((await findRecord(fixture.source('seller'), deal, 'email', 'a@B.DE', { fields: ['id'] }))?.json, `{"id":"${idOf(1)}"}`);
    assert.equal(await findRecord(fixture.source('seller'), deal, 'email', 'bin@b.de'), null);
    await assert.rejects(findRecord(fixture.source('seller'), deal, 'name', 'x'), { code: 'malformed_request' });
    await assert.rejects(findRecord(fixture.source('seller'), deal, 'emial', 'x'), {
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

  test('aggregates: groups, figures, having and sort', async () => {
    for (const [at, amount] of ['10.00', '20.00', '-1.5'].entries())
      await insert(fixture, 'records.deal', {
        id: idOf(600 + at),
        name: 'agg',
        stage: at === 2 ? 'won' : 'sent',
        amount,
        quantity: at,
        product_id: at === 0 ? idOf(201) : null,
        due: `2026-01-0${at + 1}`,
      });
    const run = (body: unknown) => aggregateRecords(fixture.source('seller'), deal, body);
    const filter = { name: 'agg' };
    assert.equal(
      await run({
        groupBy: ['stage'],
        metrics: [
          { fn: 'count', as: 'n' },
          { fn: 'sum', field: 'amount', as: 'total' },
          { fn: 'avg', field: 'amount', as: 'mean' },
          { fn: 'sum', field: 'quantity', as: 'pieces' },
          { fn: 'max', field: 'due', as: 'last' },
        ],
        filter,
      }),
      '{"items":[{"stage":"sent","n":2,"total":"30.00","mean":"15","pieces":1,"last":"2026-01-02"},{"stage":"won","n":1,"total":"-1.5","mean":"-1.5","pieces":2,"last":"2026-01-03"}]}',
    );
    assert.equal(
      await run({ groupBy: ['product.name'], metrics: [{ fn: 'count' }], filter, sort: ['-count'] }),
      '{"items":[{"product.name":null,"count":2},{"product.name":"Hammer","count":1}]}',
    );
    assert.equal(
      await run({
        groupBy: ['stage'],
        metrics: [{ fn: 'sum', field: 'amount', as: 't' }],
        having: { t: { lt: 0 } },
        filter,
      }),
      '{"items":[{"stage":"won","t":"-1.5"}]}',
    );
    assert.equal(
      await run({ metrics: [{ fn: 'min', field: 'name', as: 'first' }], filter: { stage: 'none' } }).catch((error: Error) => error.message),
      'stage has no option none. Did you mean won.',
    );
    assert.equal(await run({ metrics: [{ fn: 'sum', field: 'amount' }], filter: { name: 'nobody' } }), '{"items":[{"sum_amount":null}]}');
    await fixture.run("delete from records.deal where name = 'agg'");
    const wrong: readonly (readonly [unknown, string])[] = [
      [{}, 'malformed_request'],
      [{ group: [] }, 'unknown_name'],
      [{ groupBy: ['amonut'] }, 'unknown_name'],
      [{ groupBy: ['extra'] }, 'malformed_request'],
      [{ metrics: [{ fn: 'median', field: 'amount' }] }, 'malformed_request'],
      [{ metrics: [{ fn: 'sum', field: 'name' }] }, 'malformed_request'],
      [{ metrics: [{ fn: 'sum' }] }, 'malformed_request'],
      [{ metrics: [{ fn: 'count', as: 'x"; drop' }] }, 'malformed_request'],
      [{ metrics: [{ fn: 'count', as: '__proto__' }] }, 'malformed_request'],
      [{ metrics: [{ fn: 'count', as: 'n' }], having: { m: 1 } }, 'unknown_name'],
      [{ metrics: [{ fn: 'count', as: 'n' }], sort: ['m'] }, 'unknown_name'],
      [
        {
          metrics: [
            { fn: 'count', as: 'n' },
            { fn: 'count', as: 'n' },
          ],
        },
        'malformed_request',
      ],
    ];
    for (const [body, code] of wrong) await assert.rejects(run(body), { code }, JSON.stringify(body));
  });

  test('lookup: titles that begin so first, then words anywhere; nothing typed is the newest', async () => {
    for (const [at, name] of ['Acme 10%', 'acme Zwei', 'The Acme', 'Äcme', 'Bacme'].entries())
      await insert(fixture, 'records.deal', { id: idOf(700 + at), name });
    const titles = async (q: string, limit = 10) =>
      JSON.parse(await lookupRecords(fixture.source('seller'), deal, { q, limit, fields: ['stage'] })).items.map(
        (one: { title: string }) => one.title,
      );
    assert.deepEqual(await titles('ACM'), ['Äcme', 'Acme 10%', 'acme Zwei', 'The Acme']);
    assert.deepEqual(await titles('acm', 2), ['Äcme', 'Acme 10%']);
    assert.deepEqual(await titles('acme 10%'), ['Acme 10%']);
    assert.deepEqual((await titles('acme_')).toSorted(), ['Acme 10%', 'The Acme', 'acme Zwei', 'Äcme']);
    assert.equal((await titles('')).length, 7);
    assert.deepEqual(await titles('%'), []);
    const shown = JSON.parse(await lookupRecords(fixture.source('seller'), deal, { q: 'say', limit: 1 })).items[0];
    assert.deepEqual(Object.keys(shown), ['id', 'title', 'email', 'name', 'note', 'place']);
    await fixture.run('delete from records.deal where id >= $1', [idOf(700)]);
  });

  test('history: newest first, by today’s names, pages by cursor, children inside', async () => {
    const event = (data: unknown) =>
      fixture.run(
        `insert into platform.outbox (id, type, object, record_id, subject, actor, correlation_id, object_version, metadata_version, data, time) values ('${idOf(1)}', 'DealUpdated', 'deal', '${idOf(1)}', 'deal/x', 'user:x', 'c', 1, 1, $1, '2026-01-01T10:00:00.5Z')`,
        [data],
      );
    await event({
      record: {},
      changed: { name: { old: null, new: 'A' }, secret: { old: null, new: 'x' }, gone: { old: 1, new: 2 } },
    });
    await event({ meeting: true });
    await event({
      record: {},
      changed: {
        phase: { old: 'open', new: 'won' },
        lines: { old: [], new: [{ id: idOf(401), text: 't', cost: '5.00', unknown: 1 }] },
      },
    });
    const first = JSON.parse(await readHistory(fixture.source('seller'), deal, idOf(1), { limit: 1 }));
    assert.deepEqual(first.items, [
      {
        at: '2026-01-01T10:00:00.500Z',
        by: 'user:x',
        eventId: idOf(1),
        changes: [
          { field: 'stage', old: 'open', new: 'won' },
          { field: 'lines', old: [], new: [{ id: idOf(401), text: 't' }] },
        ],
      },
    ]);
    const second = JSON.parse(await readHistory(fixture.source('seller'), deal, idOf(1), { limit: 1, cursor: first.next }));
    assert.deepEqual(second.items[0].changes, [{ field: 'name', old: null, new: 'A' }]);
    assert.equal(second.next, null);
    const boss = JSON.parse(await readHistory(fixture.source('boss'), deal, idOf(1), { limit: 10 }));
    assert.deepEqual(
      boss.items[1].changes.map((change: { field: string }) => change.field),
      ['name', 'secret'],
    );
    await assert.rejects(readHistory(fixture.source('seller'), deal, idOf(99), { limit: 1 }), { code: 'not_found' });
    await assert.rejects(readHistory(fixture.source('seller'), deal, idOf(1), { limit: 1, cursor: 'x' }), {
      code: 'malformed_request',
    });
  });
});
