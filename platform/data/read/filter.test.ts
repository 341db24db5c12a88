import assert from 'node:assert/strict';
import { after, before, suite, test } from 'node:test';
import { isRecord } from '#platform/kernel/is-record.ts';
import { Refusal } from '#platform/kernel/errors.ts';
import { callerWith, idOf, insert, openFixture, type Fixture } from './fixture/deals.ts';
import { listRecords } from './list.ts';
import { parseListQuery } from './query.ts';

/** What a filter finds: the numbers of the deals, in order. */
async function found(fixture: Fixture, filter: unknown, more: { readonly [key: string]: unknown } = {}): Promise<readonly number[]> {
  const deal = dealOf(fixture);
  const answer: unknown = JSON.parse(
    await listRecords(fixture.source('seller'), deal, parseListQuery({ fields: 'quantity', sort: 'id', filter, ...more }, 'body')),
  );
  assert.ok(isRecord(answer) && Array.isArray(answer['items']));
  return answer['items'].map((item: { quantity: number }) => item.quantity);
}

function dealOf(fixture: Fixture) {
  const deal = fixture.schema.byName.get('deal');
  assert.ok(deal);
  return deal;
}

const CASES: readonly (readonly [string, unknown, readonly number[]])[] = [
  ['a bare value is equality', { stage: 'open' }, [1]],
  ['a former name answers', { phase: 'won' }, [3]],
  ['a list is in', { stage: ['open', 'won'] }, [1, 3]],
  ['ne includes what has no value', { stage: { ne: 'open' } }, [2, 3, 4]],
  ['nin includes what has no value', { stage: { nin: ['open', 'sent'] } }, [3, 4]],
  ['in with null', { stage: { in: ['open', null] } }, [1, 4]],
  ['in with nothing finds nothing', { stage: { in: [] } }, []],
  ['null is no value', { stage: null }, [4]],
  ['ne null is any value', { amount: { ne: null } }, [1, 2, 3]],
  ['isNull', { amount: { isNull: true } }, [4]],
  ['isNull false', { amount: { isNull: 'false' } }, [1, 2, 3]],
  ['decimals compare as numbers', { amount: { eq: '100.0' } }, [1, 3]],
  ['a JSON number is taken', { amount: { gte: 99.99 } }, [1, 3]],
  ['gt', { quantity: { gt: 2 } }, [3, 4]],
  ['lt and gt together', { quantity: { gt: 1, lt: 3 } }, [2]],
  ['lte as text', { quantity: { lte: '2' } }, [1, 2]],
  ['between includes both ends', { quantity: { between: [2, 3] } }, [2, 3]],
  ['between in a URL', { amount: { between: '-6,0' } }, [2]],
  ['boolean', { active: true }, [1]],
  ['boolean as text', { active: { ne: 'true' } }, [2, 3, 4]],
  ['date', { due: { gte: '2026-02-01' } }, [2, 3]],
  ['date in', { due: { in: ['2026-01-31', '2026-02-02'] } }, [1, 3]],
  // Kiritimati is UTC+14: 2026-02-01 there begins at 2026-01-31T10:00Z.
  ['an instant on a day of the caller', { sentAt: '2026-02-01' }, [2]],
  ['up to a day includes it', { sentAt: { lte: '2026-02-01' } }, [1, 2]],
  ['after a day', { sentAt: { gt: '2026-02-01' } }, [3]],
  ['from a day', { sentAt: { gte: '2026-02-01' } }, [2, 3]],
  ['before a day', { sentAt: { lt: '2026-02-01' } }, [1]],
  ['between days', { sentAt: { between: ['2026-01-31', '2026-02-01'] } }, [1, 2]],
  ['not on a day', { sentAt: { ne: '2026-02-01' } }, [1, 3, 4]],
  ['an instant', { sentAt: { eq: '2026-01-31T11:00:00+01:00' } }, [2]],
  ['contains folds case and accents', { name: { contains: 'GROSSE' } }, [1, 2]],
  ['contains folds the value too', { name: { contains: 'GRÖßE 1' } }, [1]],
  ['percent is a character', { name: { contains: '0%' } }, [1]],
  ['underscore is a character', { name: { contains: '_5' } }, [2]],
  ['quotes and backslashes are characters', { name: { contains: "O'Neil \\" } }, [3]],
  ['startsWith', { name: { startsWith: 'gro' } }, [1, 2]],
  ['endsWith', { name: { endsWith: 'CO' } }, [3]],
  ['eq of text is exact', { name: { eq: 'größe 100%' } }, []],
  ['text order is by collation', { name: { lt: 'H' } }, [1, 2]],
  ['long text', { note: { contains: 'STRASSE' } }, [1]],
  ['a phone number in any notation', { phone: '0049 30 123456' }, [1]],
  ['an e-mail with its domain in any case', { email: 'Ana@EXAMPLE.com' }, [1]],
  ['inside an address', { place: { contains: 'koln' } }, [1]],
  ['keys of an address are not its text', { place: { contains: 'city' } }, []],
  ['anyOf', { tags: { anyOf: ['b', 'c'] } }, [1, 2]],
  ['allOf', { tags: { allOf: 'a,b' } }, [1]],
  ['noneOf includes what has none', { tags: { noneOf: ['a'] } }, [2, 3, 4]],
  ['an empty set is null', { tags: { isNull: true } }, [3, 4]],
  ['json is there', { extra: { isNull: false } }, [2]],
  ['a lookup by id', { productId: idOf(201).toUpperCase() }, [1]],
  ['a lookup in', { customerId: { in: [idOf(101), idOf(102)] } }, [1, 2]],
  ['through a lookup here', { 'product.name': 'Nail' }, [2]],
  ['through two lookups', { 'product.group.name': { startsWith: 'to' } }, [1]],
  ['through a mirror', { 'customer.name': { contains: 'arzte' } }, [1]],
  ['a decimal of a mirror', { 'customer.credit': { lt: 100 } }, [2]],
  ['a boolean of a mirror', { 'customer.vip': { eq: false } }, [2]],
  ['a date of a mirror', { 'customer.since': { lte: '2020-05-01' } }, [1]],
  ['an instant of a mirror', { 'customer.seenAt': { gt: '2026-02-01' } }, [1]],
  ['no customer at all', { 'customer.name': null }, [3, 4]],
  ['me', { ownerId: '$me' }, [1]],
  ['not me', { ownerId: { ne: '$me' } }, [2, 3, 4]],
  ['some line', { lines: { some: { quantity: { gt: 2 } } } }, [1, 2]],
  ['one line with both', { lines: { some: { quantity: { gt: 2 }, text: 'second' } } }, []],
  ['through a lookup of a line', { lines: { some: { 'product.name': 'Nail' } } }, [1]],
  ['no line', { lines: { none: {} } }, [3, 4]],
  ['and, or, not', { or: [{ stage: 'open' }, { and: [{ quantity: { gt: 1 } }, { not: { stage: 'sent' } }] }] }, [1, 3, 4]],
  ['not of an unknown is true', { not: { amount: { gt: 0 } } }, [2, 4]],
  ['an empty filter is all', {}, [1, 2, 3, 4]],
  ['or of nothing is nothing', { or: [] }, []],
];

const REFUSED: readonly (readonly [unknown, string, RegExp])[] = [
  [{ amonut: 1 }, 'unknown_name', /no field amonut.*amount/],
  [{ customer: idOf(1) }, 'unknown_name', /no field customer.*customerId/],
  [{ amount: { gte: 'much' } }, 'invalid_value', /^amount /],
  [{ amount: { gte: '1e5' } }, 'invalid_value', /^amount /],
  [{ amount: { gt: null } }, 'invalid_value', /^amount /],
  [{ quantity: 1.5 }, 'invalid_value', /^quantity /],
  [{ quantity: '99999999999' }, 'invalid_value', /^quantity /],
  [{ stage: 'opne' }, 'invalid_value', /no option opne. Did you mean open/],
  [{ tags: { anyOf: ['z'] } }, 'invalid_value', /no option z/],
  [{ due: '2026-02-30' }, 'invalid_value', /^due /],
  [{ due: 'today-' }, 'invalid_value', /^due /],
  [{ sentAt: 'someday' }, 'invalid_value', /^sentAt /],
  [{ productId: '17' }, 'invalid_value', /^product /],
  [{ active: 'maybe' }, 'invalid_value', /^active /],
  [{ name: { contains: '' } }, 'invalid_value', /^name /],
  [{ name: { contains: 'a\u0000' } }, 'invalid_value', /^name /],
  [{ name: { eq: ['x'] } }, 'invalid_value', /^name /],
  [{ quantity: { between: [1] } }, 'invalid_value', /two values/],
  [{ amount: '$me' }, 'invalid_value', /person/],
  [{ amount: { contains: '1' } }, 'unknown_name', /only by eq/],
  [{ amount: { gto: '1' } }, 'unknown_name', /Did you mean gt/],
  [{ amount: { constructor: 1 } }, 'unknown_name', /constructor/],
  [{ lines: { any: {} } }, 'unknown_name', /some, none/],
  [{ lines: { some: { texd: 1 } } }, 'unknown_name', /Did you mean text/],
  [{ 'lines.quantity': 1 }, 'unknown_name', /no field lines.quantity/],
  [{ 'product.group.name.x.y': 1 }, 'unknown_name', /no field/],
  [{ 'customer.unmirrored': 'x' }, 'unknown_name', /no field customer.unmirrored/],
  [{ gone: 'x' }, 'unknown_name', /no field gone/],
  [{ or: { stage: 'open' } }, 'malformed_request', /takes a list/],
  [{ not: [] }, 'malformed_request', /object/],
  [{ not: { not: { not: { not: { not: { not: {} } } } } } }, 'malformed_request', /5 levels/],
  [{ and: Array.from({ length: 101 }, () => ({ quantity: 1 })) }, 'malformed_request', /100 comparisons/],
  [{ quantity: { in: Array.from({ length: 1001 }, () => 1) } }, 'limit_reached', /1000/],
  ['x', 'malformed_request', /object/],
];

suite('Filters', () => {
  let fixture: Fixture;
  before(async () => {
    fixture = await openFixture();
    await fill(fixture);
  });
  after(() => fixture.close());

  for (const [name, filter, expected] of CASES) {
    test(name, async () => assert.deepEqual(await found(fixture, filter), expected));
  }

  test('relative dates are read in the zone of the caller', async () => {
    const today = new Intl.DateTimeFormat('en-CA', { timeZone: callerWith('seller').timeZone }).format(new Date());
    await insert(fixture, 'records.deal', { id: idOf(9), quantity: 9, due: today, sent_at: new Date().toISOString() });
    for (const filter of [
      { due: 'today' },
      { sentAt: 'today' },
      { due: { between: ['today-1d', 'today+1d'] } },
      { due: { gt: 'yesterday' }, sentAt: { gte: 'now-1h' } },
    ]) {
      assert.deepEqual(await found(fixture, filter), [9], JSON.stringify(filter));
    }
    assert.deepEqual(
      await found(fixture, {
        due: { gte: 'monthStart', lte: 'monthEnd' },
        sentAt: { between: ['yearStart', 'yearEnd'] },
      }),
      [9],
    );
    await fixture.run('delete from records.deal where id = $1', [idOf(9)]);
  });

  for (const [filter, code, message] of REFUSED) {
    test(`refuses ${JSON.stringify(filter).slice(0, 60)}`, async () => {
      await assert.rejects(found(fixture, filter), (error: unknown) => {
        assert.ok(error instanceof Refusal, String(error));
        assert.equal(error.code, code, error.message);
        assert.match(error.message, message);
        return true;
      });
    });
  }

  test('full text: every word begins some word, case and accents aside, over several fields', async () => {
    assert.deepEqual(await found(fixture, {}, { q: 'GROß ana' }), [1]);
    assert.deepEqual(await found(fixture, {}, { q: 'example.com' }), [1]);
    assert.deepEqual(await found(fixture, {}, { q: 'kol' }), [1]);
    assert.deepEqual(await found(fixture, {}, { q: 'neil co' }), [3]);
    assert.deepEqual(await found(fixture, {}, { q: "o'neil" }), [3]);
    assert.deepEqual(await found(fixture, {}, { q: 'grosse nothing' }), []);
    assert.deepEqual(await found(fixture, {}, { q: '!!! & |' }), []);
    assert.deepEqual(await found(fixture, { stage: 'sent' }, { q: 'gro' }), [2]);
  });
});

async function fill(fixture: Fixture): Promise<void> {
  await insert(fixture, 'mirror.customer', {
    id: idOf(101),
    version: 1,
    data: {
      name: 'Ärzte & Söhne',
      email: 'a@x.de',
      credit: '1000.50',
      since: '2020-05-01',
      vip: true,
      rating: 'AAA',
      seen_at: '2026-03-01T10:00:00.000Z',
    },
  });
  await insert(fixture, 'mirror.customer', {
    id: idOf(102),
    version: 1,
    data: { name: 'Zebra', credit: '9.00', vip: false },
  });
  await insert(fixture, 'records.product_group', { id: idOf(301), name: 'Tools' });
  await insert(fixture, 'records.product', { id: idOf(201), name: 'Hammer', price: '12.50', group_id: idOf(301) });
  await insert(fixture, 'records.product', { id: idOf(202), name: 'Nail', price: '0.10' });
  await insert(fixture, 'records.deal', {
    id: idOf(1),
    quantity: 1,
    name: 'Größe 100%',
    email: 'Ana@example.com',
    phone: '+4930123456',
    stage: 'open',
    amount: '100.00',
    active: true,
    due: '2026-01-31',
    sent_at: '2026-01-31T09:59:59.999Z',
    note: 'Straße\nzwei',
    tags: ['a', 'b'],
    customer_id: idOf(101),
    product_id: idOf(201),
    owner_id: '00000000-0000-7000-8000-0000000000ff',
    place: { city: 'Köln', street: 'Ring 1' },
  });
  await insert(fixture, 'records.deal', {
    id: idOf(2),
    quantity: 2,
    name: 'grosse_50',
    stage: 'sent',
    amount: '-5.5',
    active: false,
    due: '2026-02-01',
    sent_at: '2026-01-31T10:00:00Z',
    tags: ['c'],
    customer_id: idOf(102),
    product_id: idOf(202),
    extra: { deep: [1] },
  });
  await insert(fixture, 'records.deal', {
    id: idOf(3),
    quantity: 3,
    name: "O'Neil \\ Co",
    stage: 'won',
    amount: '100',
    due: '2026-02-02',
    sent_at: '2026-02-01T10:00:00Z',
    tags: [],
  });
  await insert(fixture, 'records.deal', { id: idOf(4), quantity: 4 });
  await insert(fixture, 'records.deal_line', {
    id: idOf(401),
    parent_id: idOf(1),
    position: 2,
    text: 'second',
    quantity: '2',
    product_id: idOf(202),
  });
  await insert(fixture, 'records.deal_line', {
    id: idOf(402),
    parent_id: idOf(1),
    position: 1,
    text: 'first',
    quantity: '10',
    cost: '7',
    product_id: idOf(201),
  });
  await insert(fixture, 'records.deal_line', {
    id: idOf(403),
    parent_id: idOf(2),
    position: 1,
    text: 'only',
    quantity: '3',
  });
}
