import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import type { Client } from '#tests/support/client.ts';
import { startInstallation, type Installation } from '#tests/support/installation.ts';
import { signInAs } from '#tests/support/people.ts';
import { skipReason, testDatabaseUrl } from '#tests/support/services.ts';
import { defineSpecimens, keyFor, make, must, refusal, SPECIMENS } from './specimen.ts';

const database = testDatabaseUrl();
const OBJECT = '/api/platform/objects/specimen';
const VIEWS = `${OBJECT}/views`;
let installation: Installation;
let admin: Client;

before(async () => {
  if (skipReason(database)) return;
  installation = await startInstallation();
  ({ admin } = installation);
  await defineSpecimens(admin);
  for (const [name, kind, count] of [
    ['Agate', 'stone', 1],
    ['Basil', 'plant', 2],
    ['Cat', 'animal', 3],
    ['Dolerite', 'stone', 4],
  ] as const)
    await make(admin, SPECIMENS, { name, kind, count });
});
after(() => installation?.stop());

describe('A saved view', { skip: skipReason(database) }, () => {
  test('may be drawn as a board by a choice or a calendar by a day, and as nothing else', async () => {
    const board = await must(
      201,
      admin.post(VIEWS, { name: 'board', display: { kind: 'board', by: 'kind' }, visibility: { kind: 'everyone' } }),
    );
    assert.deepEqual(board.body.display, { kind: 'board', by: 'kind' });
    await must(201, admin.post(VIEWS, { name: 'days', display: { kind: 'calendar', by: 'day' } }));
    const wrong: readonly (readonly [display: unknown, pointer: string])[] = [
      [{ kind: 'board', by: 'name' }, '/display/by'],
      [{ kind: 'calendar', by: 'kind' }, '/display/by'],
      [{ kind: 'pie', by: 'kind' }, '/display'],
      [{ kind: 'board' }, '/display'],
      ['board', '/display'],
    ];
    for (const [display, pointer] of wrong) {
      const refused = await refusal(admin.post(VIEWS, { name: 'wrong', display }), 422, 'invalid_value');
      assert.equal(refused.errors[0].pointer, pointer, JSON.stringify(display));
    }
    await refusal(admin.post(VIEWS, { name: 'wrong', display: { kind: 'board', by: 'knd' } }), 400, 'unknown_name');
  });

  test('may have a table in groups by a field whose values make groups', async () => {
    const groups = { name: 'groups', group: 'kind', visibility: { kind: 'everyone' } };
    const made = await must(201, admin.post(VIEWS, groups));
    assert.equal(made.body.group, 'kind');
    const refused = await refusal(admin.post(VIEWS, { name: 'wrong', group: 'nowhere' }), 400, 'unknown_name');
    assert.equal(refused.errors[0].pointer, '/group');
  });

  test('may have groups within groups, up to three, dates by a part of the calendar', async () => {
    const made = await must(201, admin.post(VIEWS, { name: 'nested', group: 'kind,day:year,day:month', visibility: { kind: 'everyone' } }));
    assert.equal(made.body.group, 'kind,day:year,day:month');
    const wrong: readonly (readonly [group: unknown, status: number, code: string])[] = [
      ['kind,nowhere:month', 400, 'unknown_name'],
      ['kind:month', 422, 'invalid_value'],
      ['day:decade', 422, 'invalid_value'],
      ["day:month'; drop table records.specimen", 422, 'invalid_value'],
      ['kind,kind', 422, 'invalid_value'],
      ['kind,name,day:year,day:month', 422, 'invalid_value'],
      [['kind'], 422, 'invalid_value'],
    ];
    for (const [group, status, code] of wrong) {
      const refused = await refusal(admin.post(VIEWS, { name: 'wrong', group }), status, code);
      assert.equal(refused.errors[0].pointer, '/group', JSON.stringify(group));
    }
  });

  test('keeps its board and its groups when the field gets another name', async () => {
    await must(200, admin.patch(`${OBJECT}/fields/kind`, { name: 'sort' }));
    const { body } = await must(200, admin.get(VIEWS));
    assert.equal(body.items.find(({ name }: { name: string }) => name === 'groups').group, 'sort');
    assert.equal(body.items.find(({ name }: { name: string }) => name === 'nested').group, 'sort,day:year,day:month');
    assert.deepEqual(body.items.find(({ name }: { name: string }) => name === 'board').display, { kind: 'board', by: 'sort' });
    await must(200, admin.patch(`${OBJECT}/fields/sort`, { name: 'kind' }));
  });
});

describe('A list by a saved view', { skip: skipReason(database) }, () => {
  const names = async (query: string, client = admin): Promise<readonly string[]> =>
    (await must(200, client.get(`${SPECIMENS}?${query}`))).body.items.map(({ name }: { name: string }) => name);

  before(async () => {
    const everyone = { kind: 'everyone' };
    await must(
      201,
      admin.post(VIEWS, { name: 'stones', filter: { kind: 'stone' }, sort: '-count', columns: ['name', 'count'], visibility: everyone }),
    );
    await must(201, admin.post(VIEWS, { name: 'of-sales', filter: { kind: 'plant' }, visibility: { kind: 'role', role: 'sales' } }));
    await must(201, admin.post(VIEWS, { name: 'mine', filter: { kind: 'plant' } }));
  });

  test('has its filter, order and columns; what the call says holds beside or instead', async () => {
    assert.deepEqual(await names('view=stones'), ['Dolerite', 'Agate']);
    assert.deepEqual(await names('view=stones&sort=name'), ['Agate', 'Dolerite']);
    assert.deepEqual(await names('view=stones&filter[count][gt]=1'), ['Dolerite']);
    const [record] = (await must(200, admin.get(`${SPECIMENS}?view=stones`))).body.items;
    assert.deepEqual(Object.keys(record), ['id', 'name', 'count']);
    const asked = await must(200, admin.post(`${SPECIMENS}/query`, { view: 'stones', fields: 'name', limit: 1 }));
    const rest = await must(200, admin.post(`${SPECIMENS}/query`, { view: 'stones', fields: 'name', limit: 1, cursor: asked.body.next }));
    assert.deepEqual([asked.body.items, rest.body.items], [[{ name: 'Dolerite' }], [{ name: 'Agate' }]]);
  });

  test('leaves as a file', async () => {
    const response = await fetch(`${admin.url}${SPECIMENS}/export?view=stones`, { headers: { authorization: `Bearer ${admin.token}` } });
    const lines = (await response.text()).trim().split('\r\n');
    assert.deepEqual(
      lines.map((line) => line.split(',').slice(1).join()),
      ['name,count', 'Dolerite,4', 'Agate,1'],
    );
  });

  test('is refused where the view is not there for the caller', async () => {
    const [sales, viewer] = [await keyFor(admin, 'sales'), await keyFor(admin, 'viewer')];
    assert.deepEqual(await names('view=of-sales', sales), ['Basil']);
    for (const view of ['of-sales', 'nothing']) await refusal(viewer.get(`${SPECIMENS}?view=${view}`), 400, 'unknown_name');
    assert.match((await refusal(admin.get(`${SPECIMENS}?view=stone`), 400, 'unknown_name')).detail, /Did you mean stones/);
  });

  test('of one person is theirs, with a session and with a key, by its name and its id, and nobody else has it', async () => {
    const own = (await must(200, admin.get(VIEWS))).body.items.find(({ name }: { name: string }) => name === 'mine');
    for (const view of ['mine', own.id]) assert.deepEqual(await names(`view=${view}`), ['Basil']);
    assert.deepEqual(await names('view=mine', await keyFor(admin, 'viewer')), ['Basil']);
    const asked = await must(200, admin.post(`${SPECIMENS}/query`, { view: 'mine', filter: { count: { gt: 2 } } }));
    assert.deepEqual(asked.body.items, []);
    await must(201, admin.post('/api/platform/objects/user/views', { name: 'adas', filter: { name: { contains: 'Ada' } } }));
    assert.equal((await must(200, admin.get('/api/platform/users?view=adas'))).body.items.length, 1);
    const listed = (await must(200, admin.get('/api/platform/views'))).body.items;
    assert.deepEqual(listed.map((view: { object: string; name: string }) => `${view.object} ${view.name}`).toSorted(), [
      'specimen days',
      'specimen mine',
      'user adas',
    ]);
    const other = await signInAs(installation, 'sales');
    for (const view of ['mine', own.id]) await refusal(other.get(`${SPECIMENS}?view=${view}`), 400, 'unknown_name');
    assert.deepEqual((await must(200, other.get('/api/platform/views'))).body.items, []);
    await refusal(other.get(`/api/platform/objects/specimen/views/of/${own.visibility.user}`), 404, 'not_found');
  });

  test('leaves out the columns that the caller may not read, and says no name of what it is narrowed or sorted by', async () => {
    const viewer = await keyFor(admin, 'viewer');
    await must(201, admin.post(`${OBJECT}/fields`, { name: 'hoard', label: 'Hoard', type: 'text', access: { read: [], edit: [] } }));
    const everyone = { kind: 'everyone' };
    await must(201, admin.post(VIEWS, { name: 'wide', columns: ['name', 'hoard'], sort: 'name', visibility: everyone }));
    await must(201, admin.post(VIEWS, { name: 'narrow', filter: { hoard: { isNull: true } }, visibility: everyone }));
    await must(201, admin.post(VIEWS, { name: 'sorted', sort: 'hoard', visibility: everyone }));
    const [seen] = (await must(200, viewer.get(`${SPECIMENS}?view=wide`))).body.items;
    assert.deepEqual(Object.keys(seen), ['id', 'name']);
    const [whole] = (await must(200, admin.get(`${SPECIMENS}?view=wide`))).body.items;
    assert.deepEqual(Object.keys(whole), ['id', 'name', 'hoard']);
    for (const view of ['narrow', 'sorted']) {
      const { detail } = await refusal(viewer.get(`${SPECIMENS}?view=${view}`), 400, 'unknown_name');
      assert.doesNotMatch(detail, /hoard/i);
    }
    assert.equal((await names('view=sorted&sort=name', viewer)).length, 4);
  });
});
