import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { FIELD_TYPES } from '#platform/kernel/field-types/index.ts';
import type { Answer, Client } from '#tests/support/client.ts';
import { eventually } from '#tests/support/eventually.ts';
import { startInstallation, type Installation } from '#tests/support/installation.ts';
import { skipReason, testDatabaseUrl } from '#tests/support/services.ts';
import { upload } from '#tests/support/upload.ts';

const server = testDatabaseUrl();
const OPTIONS = ['low', 'high'];

/** What each type needs beside its name; types that take their value from elsewhere are tested below. */
const SETTINGS: Readonly<Record<string, object | null>> = {
  select: { options: OPTIONS },
  multiSelect: { options: OPTIONS },
  status: { options: ['draft', 'issued'] },
  lookup: { target: 'branch' },
  manyToMany: { target: 'branch' },
  polymorphic: { targets: ['branch', 'customer'] },
  relatedValue: { path: 'lookup1.name' },
  snapshot: { path: 'lookup1.name' },
  children: null,
  documentNumber: {},
};

let installation: Installation;
let admin: Client;
let root: string;
let leaf: string;
let customer: string;
let photo: string;

describe('an object with a field of every type', { skip: skipReason(server) }, () => {
  before(start);

  test('takes a value of each, gives it back in one form, and says in its history what changed', async () => {
    const values = await everyValue();
    const made = await admin.post('/api/customers/things', values.written);
    assert.equal(made.status, 201, JSON.stringify(made.body));
    const { body } = await admin.get(`/api/customers/things/${made.body.id}`);
    for (const [key, expected] of Object.entries(values.read)) assert.deepEqual(body[key], expected, key);
    for (const [key, expected] of Object.entries(values.read)) assert.deepEqual(made.body[key], expected, `${key} in the answer to POST`);
    const listed = await admin.get('/api/customers/things');
    assert.deepEqual(listed.body.items[0], body);
    const keys = Object.keys(values.written);
    const cleared = await admin.patch(`/api/customers/things/${made.body.id}`, Object.fromEntries(keys.map((key) => [key, null])));
    assert.equal(cleared.status, 200, JSON.stringify(cleared.body));
    for (const key of keys) assert.equal(cleared.body[key], null, key);
    const history = await admin.get(`/api/customers/things/${made.body.id}/history`);
    const changes = new Map<string, { old: unknown }>(
      history.body.items[0].changes.map((change: { field: string }) => [change.field, change]),
    );
    for (const key of keys) assert.deepEqual(changes.get(key)?.old, values.read[key], `${key} in the history`);
  });

  test('is filtered and sorted by each type in its own way', async () => {
    const { written } = await everyValue();
    const one = await admin.post('/api/customers/things', { ...written, externalId1: 'K-1', autoNumber1: undefined });
    const two = await admin.post('/api/customers/things', {
      duration1: 'PT9H',
      time1: '08:00',
      bigint1: '99',
      rating1: 2,
      tags1: ['other'],
    });
    assert.deepEqual([one.status, two.status], [201, 201], JSON.stringify(one.body));
    const found = async (filter: object) => ids(await admin.post('/api/customers/things/query', { filter }));
    const both = [{ externalId1: 'K-1' }, { rating1: 2 }].map((part) => ({ ...part }));
    const cases: readonly object[] = [
      { richText1: { contains: 'back door' } },
      { bigint1: '9007199254740993' },
      { time1: { gte: '13:00' } },
      { duration1: { gt: 'PT9H' } },
      { tags1: { anyOf: ['urgent'] } },
      { manyToManyIds: { allOf: [leaf, root] } },
      { manyToMany1: { some: { name: 'North' } } },
      { lookup1Id: { under: root } },
      { relatedValue1: 'North' },
      { snapshot1: { contains: 'north' } },
      { polymorphic1: { eq: { object: 'customer', id: customer } } },
      { polymorphic1: { in: [`customer/${customer}`] } },
      { geoPoint1: { near: { lat: 52.5, lng: 13.4, kilometers: 5 } } },
      { geoPoint1: { within: { south: 52, west: 13, north: 53, east: 14 } } },
      { personName1: { contains: 'lovelace' } },
      { color1: '#1C7ED6' },
      { image1: { isNull: false } },
    ];
    for (const filter of cases.map((given) => rename(given))) assert.deepEqual(await found(filter), [one.body.id], JSON.stringify(filter));
    assert.deepEqual(await found({ tags1: { noneOf: ['urgent'] }, rating1: 2 }), [two.body.id]);
    assert.deepEqual(await found({ geoPoint1: { near: { lat: 52.5, lng: 14.4, kilometers: 5 } } }), []);
    for (const [sort, first] of [
      ['duration1', two],
      ['-time1', one],
      ['bigint1', two],
      ['-relatedValue1', one],
    ] as const) {
      const sorted = await admin.post('/api/customers/things/query', { filter: { or: both }, sort });
      assert.equal(ids(sorted)[0], first.body.id, sort);
    }
    const url = `/api/customers/things?filter[geoPoint1][near][lat]=52.5&filter[geoPoint1][near][lng]=13.4&filter[geoPoint1][near][kilometers]=5`;
    assert.deepEqual(ids(await admin.get(url)), [one.body.id]);
    const unknown = await admin.post('/api/customers/things/query', { filter: { time1: 'noon' } });
    assert.equal(unknown.status, 422);
    await admin.delete(`/api/customers/things/${one.body.id}`);
  });

  test('expands what it refers to', async () => {
    const { written } = await everyValue();
    const made = await admin.post('/api/customers/things', { ...written, externalId1: 'K-2' });
    const { body } = await admin.get(`/api/customers/things/${made.body.id}?fields=id,manyToMany1.name,lookup1.name&expand=polymorphic1`);
    assert.deepEqual(body.manyToMany1, [{ name: 'North' }, { name: 'All' }]);
    assert.deepEqual(body.polymorphic1, { object: 'customer', id: customer, title: 'Acme' });
    const gone = await admin.delete(`/api/customers/branches/${leaf}`);
    assert.equal(gone.status, 409, 'a record that many refer to stays');
    const nobody = await admin.patch(`/api/customers/things/${made.body.id}`, { manyToMany1Ids: ['01890a5d-ac96-774b-bcce-b302099a8057'] });
    assert.equal(nobody.status, 422);
    assert.equal(nobody.body.errors[0].pointer, '/manyToMany1Ids/0');
    assert.equal((await admin.patch(`/api/customers/things/${made.body.id}`, { relatedValue1: 'x' })).status, 422, 'never written');
  });
});

describe('values that come from elsewhere', { skip: skipReason(server) }, () => {
  after(() => installation.stop());

  test('a tree has no circles, also when two move at once', async () => {
    const below = await admin.patch(`/api/customers/branches/${root}`, { parentId: leaf });
    assert.equal(below.status, 422);
    assert.equal(below.body.errors[0].rule, 'cycle');
    const itself = await admin.patch(`/api/customers/branches/${leaf}`, { parentId: leaf });
    assert.equal(itself.status, 422);
    const [a, b] = [await branch('A'), await branch('B')];
    const moved = await Promise.all([
      admin.patch(`/api/customers/branches/${a}`, { parentId: b }),
      admin.patch(`/api/customers/branches/${b}`, { parentId: a }),
    ]);
    assert.deepEqual(
      moved.map(({ status }) => status).toSorted((x, y) => x - y),
      [200, 422],
    );
    assert.deepEqual(ids(await admin.get(`/api/customers/branches?filter[parentId][under]=${root}`)), [leaf]);
  });

  test('a related value follows its origin, a snapshot only until the record is issued', async () => {
    const made = await admin.post('/api/customers/things', { lookup1Id: leaf, externalId1: 'S-1' });
    assert.deepEqual([made.body.relatedValue1, made.body.snapshot1], ['North', 'North']);
    await admin.patch(`/api/customers/branches/${leaf}`, { name: 'Northern' });
    const seen = await admin.get(`/api/customers/things/${made.body.id}`);
    assert.deepEqual([seen.body.relatedValue1, seen.body.snapshot1], ['Northern', 'North']);
    const saved = await admin.patch(`/api/customers/things/${made.body.id}`, { text1: 'x' });
    assert.deepEqual([saved.body.relatedValue1, saved.body.snapshot1], ['Northern', 'Northern'], 'a draft follows when it is saved');
    const store = installation.running.services.find((one) => one.name === 'customers')?.store;
    const { table, fields } = (await admin.get('/api/platform/objects/thing')).body;
    const status = fields.find((field: { name: string }) => field.name === 'status1').column;
    await store?.database.write({ text: `update records.${table} set ${status} = 'issued' where id = $1`, values: [made.body.id] });
    await admin.patch(`/api/customers/branches/${leaf}`, { name: 'Up north' });
    const issued = await admin.patch(`/api/customers/things/${made.body.id}`, { text1: 'y' });
    assert.deepEqual([issued.body.relatedValue1, issued.body.snapshot1], ['Up north', 'Northern'], 'what is issued stays');
    await admin.patch(`/api/customers/branches/${leaf}`, { name: 'North' });
  });

  test('many references across services are read from the mirror', async () => {
    const field = await admin.post('/api/platform/objects/price_list/fields', {
      name: 'partners',
      label: 'Partners',
      type: 'manyToMany',
      target: 'customer',
    });
    assert.equal(field.status, 201, JSON.stringify(field.body));
    const made = await admin.post('/api/offers/price-lists', { name: 'Partners 2026', currency: 'EUR', partnerIds: [customer] });
    assert.equal(made.status, 201, JSON.stringify(made.body));
    await eventually('the mirror has the name', async () => {
      const { body } = await admin.get(`/api/offers/price-lists/${made.body.id}?expand=partners`);
      return body.partners[0]?.name === 'Acme';
    });
    assert.deepEqual(ids(await admin.get(`/api/offers/price-lists?filter[partnerIds][anyOf]=${customer}`)), [made.body.id]);
  });

  test('a definition that leads nowhere is refused at its setting', async () => {
    const define = async (field: object) =>
      (await admin.post('/api/platform/objects/thing/fields', { label: 'X', ...field })).body.errors[0];
    assert.equal((await define({ name: 'a', type: 'relatedValue', path: 'nothing.name' })).pointer, '/path');
    assert.equal((await define({ name: 'b', type: 'snapshot', path: 'lookup1.nothing' })).pointer, '/path');
    assert.equal((await define({ name: 'c', type: 'polymorphic', targets: ['nothing'] })).pointer, '/targets');
    assert.equal((await define({ name: 'd', type: 'manyToMany', target: 'nothing' })).pointer, '/target');
    assert.equal((await define({ name: 'e', type: 'snapshot', path: 'lookup1.name', followsIn: ['gone'] })).pointer, '/followsIn');
  });
});

function ids(answer: Answer): readonly string[] {
  assert.equal(answer.status, 200, JSON.stringify(answer.body));
  return answer.body.items.map((item: { id: string }) => item.id);
}

/** `manyToManyIds` of a case is `manyToMany1Ids` of the object. */
function rename(filter: object): object {
  return Object.fromEntries(Object.entries(filter).map(([key, value]) => [key.replace('manyToManyIds', 'manyToMany1Ids'), value]));
}

async function branch(name: string, parentId?: string): Promise<string> {
  const answer = await admin.post('/api/customers/branches', { name, ...(parentId ? { parentId } : {}) });
  assert.equal(answer.status, 201, JSON.stringify(answer.body));
  return answer.body.id;
}

async function start(): Promise<void> {
  installation = await startInstallation();
  admin = installation.admin;
  const define = async (object: object) => {
    const made = await admin.post('/api/platform/objects', { module: 'customers', access: {}, ...object });
    assert.equal(made.status, 201, JSON.stringify(made.body));
  };
  const fields = [{ name: 'name', type: 'text', label: 'Name' }];
  await define({ name: 'branch', label: 'Branch', pluralLabel: 'Branches', titleField: 'name', fields });
  const parent = await admin.post('/api/platform/objects/branch/fields', {
    name: 'parent',
    label: 'Parent',
    type: 'lookup',
    target: 'branch',
  });
  assert.equal(parent.status, 201, JSON.stringify(parent.body));
  const every = FIELD_TYPES.flatMap(({ name: type }) => {
    const settings = Object.hasOwn(SETTINGS, type) ? SETTINGS[type] : {};
    return settings === null ? [] : [{ name: `${type}1`, label: type, type, ...settings }];
  });
  await define({ name: 'thing', label: 'Thing', pluralLabel: 'Things', titleField: 'text1', fields: every });
  root = await branch('All');
  leaf = await branch('North', root);
  customer = (await admin.post('/api/customers/customers', { name: 'Acme' })).body.id;
  const pixel = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==', 'base64');
  photo = (await upload(admin, 'customers', { name: 'pixel.png', content: new Uint8Array(pixel) })).body.id;
}

/** A value of every type that can be written: as it is written, and as it is read. */
async function everyValue(): Promise<{ written: Record<string, unknown>; read: Record<string, unknown> }> {
  const me = await admin.get('/api/platform/me');
  const stored = { id: photo, name: 'pixel.png', type: 'image/png', size: 70 };
  const pairs: readonly (readonly [string, unknown, unknown?])[] = [
    ['text1', ' Title ', 'Title'],
    ['longText1', 'a\nb'],
    ['richText1', '<p>To the <b>back</b> door</p>', '<p>To the <strong>back</strong> door</p>'],
    ['markdown1', '**a**'],
    ['email1', 'Ada@Example.com', 'Ada@example.com'],
    ['phone1', '+49 30 901820', '+4930901820'],
    ['url1', 'https://example.com'],
    ['integer1', 42],
    ['bigint1', '9007199254740993'],
    ['decimal1', 12.5, '12.5'],
    ['money1', '1234.50'],
    ['percent1', '19'],
    ['rating1', 4],
    ['boolean1', true],
    ['date1', '2026-01-31'],
    ['time1', '13:45', '13:45:00'],
    ['dateTime1', '2026-01-31T13:45:00Z', '2026-01-31T13:45:00.000Z'],
    ['duration1', 'PT600M', 'PT10H'],
    ['select1', 'low'],
    ['multiSelect1', ['high', 'low']],
    ['tags1', ['urgent', 'Urgent'], ['urgent']],
    ['lookup1Id', leaf],
    ['user1Id', me.body.user.id],
    ['manyToMany1Ids', [leaf, root]],
    ['polymorphic1', { object: 'customer', id: customer }],
    ['personName1', { given: 'Ada', family: 'Lovelace' }],
    ['address1', { city: 'Berlin', country: 'DE' }],
    ['geoPoint1', { lat: 52.520008, lng: 13.404954 }],
    ['file1', photo, stored],
    ['image1', { id: photo }, stored],
    ['color1', '#1C7ED6', '#1c7ed6'],
    ['externalId1', 'K-0'],
    ['json1', { a: [1, null] }],
    ['uuid1', leaf],
  ];
  return {
    written: Object.fromEntries(pairs.map(([key, written]) => [key, written])),
    read: Object.fromEntries(pairs.map(([key, written, read = written]) => [key, read])),
  };
}
