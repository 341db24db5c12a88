import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { coreModule } from '#platform/core/module.ts';
import { clientOf, FIRST_ADMINISTRATOR, signIn, type Answer, type Client } from '#tests/support/client.ts';
import { untold } from '#tests/support/events.ts';
import { startInstallation, type Installation } from '#tests/support/installation.ts';
import { signInAs } from '#tests/support/people.ts';
import { skipReason, testDatabaseUrl } from '#tests/support/services.ts';
import { must, refusal } from './specimen.ts';

const database = testDatabaseUrl();
const CHANGES = '/api/platform/changes';
const VISIT = '/api/platform/objects/visit';
let installation: Installation;
let admin: Client;

before(async () => {
  if (skipReason(database)) return;
  installation = await startInstallation();
  ({ admin } = installation);
  const fields = [
    { name: 'title', label: 'Title', type: 'text' },
    { name: 'kind', label: 'Kind', type: 'select', options: ['first', 'last'] },
    { name: 'floor', label: 'Floor', type: 'integer', show: ['detail', 'list'] },
  ];
  await must(201, admin.post('/api/platform/objects', { name: 'visit', module: 'offers', label: 'Visit', fields }));
});
after(() => installation?.stop());

type Change = { readonly kind: string; readonly [part: string]: unknown };
/** What is looked at is the core's, so nobody waits until the offers serve it. */
const AT_ONCE = { prefer: 'wait=0' };
const applied = async (asked: Promise<Answer>): Promise<number> => {
  const { status, body } = await asked;
  assert.ok(status === 200 || status === 202, JSON.stringify(body));
  return body.version;
};
const change = (one: Change): Promise<number> => applied(admin.post(CHANGES, { changes: [one] }, AT_ONCE));
const undo = (version: number): Promise<number> => applied(admin.post(`${CHANGES}/${version}/undo`, {}, AT_ONCE));

/** An object as people see it, without the versions that count its changes; null when there is none. */
async function seen(path = VISIT): Promise<unknown> {
  const { status, body } = await admin.get(path);
  return status === 404 ? null : JSON.parse(JSON.stringify(body, (key, value) => (key === 'version' ? undefined : value)));
}

describe('A change of the metadata, taken back', { skip: skipReason(database) }, () => {
  const object = 'visit';
  const kinds: readonly Change[] = [
    { kind: 'addField', object, field: { name: 'room', label: 'Room', type: 'text', show: ['detail', 'create', 'list'] } },
    { kind: 'changeField', object, field: 'title', set: { label: 'Heading', required: true, help: 'What it is called' } },
    { kind: 'changeField', object, field: 'title', set: { name: 'heading' } },
    { kind: 'changeField', object, field: 'kind', set: { options: ['first', 'second', 'last'] } },
    { kind: 'retireField', object, field: 'floor' },
    { kind: 'changeObject', object, set: { label: 'Call', pluralLabel: 'Calls', icon: 'door' } },
    { kind: 'setLayout', object, layout: 'list', value: { columns: ['kind'] } },
    { kind: 'setView', object, view: { name: 'firsts', label: 'Firsts', filter: { kind: 'first' }, columns: ['title'] } },
    { kind: 'setAccess', object, role: 'sales', grant: { read: true } },
    { kind: 'retireObject', object },
  ];
  for (const one of kinds) {
    test(`${one.kind}: ${JSON.stringify(one).slice(0, 90)}`, async () => {
      const original = await seen();
      const version = await change(one);
      const changed = await seen();
      assert.notDeepEqual(changed, original);
      const back = await undo(version);
      assert.deepEqual(await seen(), original);
      await refusal(admin.post(`${CHANGES}/${version}/undo`), 409, 'conflict');
      await undo(back);
      assert.deepEqual(await seen(), changed);
      await undo(back + 1);
      assert.deepEqual(await seen(), original);
    });
  }

  test('what brings something back, or takes a view or a layout away', async () => {
    await change({ kind: 'retireField', object, field: 'floor' });
    const restored = await change({ kind: 'restoreField', object, field: 'floor' });
    await undo(restored);
    assert.doesNotMatch(JSON.stringify(await seen()), /floor/);
    await change({ kind: 'restoreField', object, field: 'floor' });
    await change({ kind: 'retireObject', object });
    const again = await change({ kind: 'restoreObject', object });
    await undo(again);
    assert.equal(await seen(), null);
    await change({ kind: 'restoreObject', object });
    await change({ kind: 'setLayout', object, layout: 'list', value: { columns: ['kind'] } });
    const drawn = await seen();
    await undo(await change({ kind: 'resetLayout', object, layout: 'list' }));
    assert.deepEqual(await seen(), drawn);
    await change({ kind: 'setView', object, view: { name: 'lasts', label: 'Lasts', filter: { kind: 'last' } } });
    const viewed = await seen();
    await undo(await change({ kind: 'removeView', object, view: 'lasts' }));
    assert.deepEqual(await seen(), viewed);
  });

  test('a new object is retired, what is dropped is gone, and the log says what can be taken back', async () => {
    const made = await change({
      kind: 'addObject',
      object: { name: 'tour', module: 'offers', label: 'Tour', fields: [{ name: 'a', type: 'text' }] },
    });
    await undo(made);
    assert.equal(await seen('/api/platform/objects/tour'), null);
    const dropped = await change({ kind: 'dropObject', object: 'tour' });
    assert.match((await refusal(admin.post(`${CHANGES}/${dropped}/undo`), 409, 'conflict')).detail, /gone with its data/);
    await change({ kind: 'retireField', object, field: 'floor' });
    const lost = await change({ kind: 'dropField', object, field: 'floor' });
    await refusal(admin.post(`${CHANGES}/${lost}/undo`), 409, 'conflict');
    const { items } = (await must(200, admin.get(`${CHANGES}?limit=3`))).body;
    assert.deepEqual(
      items.map(({ kind, undoable }: Answer['body']) => [kind, undoable]),
      [
        ['dropField', false],
        ['retireField', false],
        ['dropObject', false],
      ],
    );
    await refusal(admin.post(`${CHANGES}/999999/undo`), 404, 'not_found');
  });

  test('of an option list, with the fields that use it', async () => {
    const LIST = '/api/platform/option-lists/ends';
    const both = async () => [await seen(), await seen(LIST)];
    const optionList = { name: 'ends', label: 'Ends', options: ['last', { key: 'first', label: 'First', color: 'red' }] };
    const there = await both();
    const set = { optionList: 'ends' };
    const shared = [
      { kind: 'addOptionList', optionList },
      { kind: 'changeField', object, field: 'kind', set },
    ];
    const kindsOfList: readonly (readonly Change[])[] = [
      shared,
      [{ kind: 'changeOptionList', optionList: 'ends', set: { label: 'Both ends', options: [{ key: 'first', color: 'lime' }] } }],
      [{ kind: 'changeField', object, field: 'kind', set: { optionList: null } }],
      [{ kind: 'dropOptionList', optionList: 'ends' }],
    ];
    const made: number[] = [];
    for (const changes of kindsOfList) {
      const original = await both();
      const version = await applied(admin.post(CHANGES, { changes }, AT_ONCE));
      const changed = await both();
      assert.notDeepEqual(changed, original);
      const back = await undo(version);
      assert.deepEqual(await both(), original);
      made.push(await undo(back));
      assert.deepEqual(await both(), changed);
    }
    for (const version of made.toReversed()) await undo(version);
    assert.deepEqual(await both(), there);
  });

  test('has told every event that the core declares, as it is declared, with who came, went, and took data along', async () => {
    const session = '/api/platform/session';
    await refusal(clientOf(installation.url, '').post(session, { ...FIRST_ADMINISTRATOR, password: 'not it' }), 401, 'wrong_credentials');
    await must(204, (await signIn(installation.url)).delete(session));
    const customer = await must(201, admin.post('/api/customers/customers', { name: 'Somebody' }));
    await must(200, admin.get(`/api/platform/personal-data/customer/${customer.body.id}`));
    assert.deepEqual(await untold(installation, 'platform', coreModule.events), []);
  });
});

describe('Saved views', { skip: skipReason(database) }, () => {
  test('are their owner’s unless they say for whom else; only administrators share them', async () => {
    const views = `${VISIT}/views`;
    for (const role of ['sales', 'viewer']) await must(200, admin.put(`${VISIT}/access/${role}`, { read: true }));
    const [sales, viewer] = [await signInAs(installation, 'sales'), await signInAs(installation, 'viewer')];
    const names = async (client: Client): Promise<readonly string[]> =>
      (await must(200, client.get(views))).body.items.map(({ name }: { name: string }) => name).toSorted();
    const original = await names(viewer);
    const mine = await must(201, sales.post(views, { name: 'mine', filter: { kind: 'first' }, columns: ['title'] }));
    assert.deepEqual([await names(sales), await names(viewer)], [['mine', ...original].toSorted(), original]);
    await refusal(viewer.patch(`${views}/${mine.body.id}`, { name: 'stolen' }), 404, 'not_found');
    await refusal(sales.post(views, { name: 'all', visibility: { kind: 'everyone' } }), 403, 'not_allowed');
    await must(201, admin.post(views, { name: 'of-sales', visibility: { kind: 'role', role: 'sales' } }));
    await must(201, admin.post(views, { name: 'of-all', visibility: { kind: 'everyone' } }));
    assert.deepEqual(await names(sales), ['mine', 'of-all', 'of-sales', ...original].toSorted());
    assert.deepEqual(await names(viewer), ['of-all', ...original].toSorted());
    assert.equal((await must(200, sales.patch(`${views}/${mine.body.id}`, { name: 'still-mine' }))).body.name, 'still-mine');
    await must(204, sales.delete(`${views}/${mine.body.id}`));
    assert.deepEqual(await names(sales), ['of-all', 'of-sales', ...original].toSorted());
    const misspelt = await refusal(sales.post(views, { name: 'x', columns: ['titel'] }), 400, 'unknown_name');
    assert.equal(misspelt.errors[0].pointer, '/columns/0');
  });
});

describe('Many fields', { skip: skipReason(database) }, () => {
  test('above 200 one is warned, above 800 refused', async () => {
    const fields = (from: number, count: number) =>
      Array.from({ length: count }, (_, at) => ({ name: `f${from + at}`, label: `F ${from + at}`, type: 'text' }));
    const wide = { name: 'wide', module: 'offers', label: 'Wide', fields: fields(0, 190) };
    await must(201, admin.post('/api/platform/objects', wide));
    const adding = (from: number, count: number) => fields(from, count).map((field) => ({ kind: 'addField', object: 'wide', field }));
    const few = (await must(200, admin.post(`${CHANGES}/preview`, { changes: adding(190, 1) }))).body;
    assert.deepEqual(few.warnings, []);
    const many = (await must(200, admin.post(`${CHANGES}/preview`, { changes: adding(190, 150) }))).body;
    assert.match(many.warnings[0], /Wide has \d+ fields\. Above 200/);
    await applied(admin.post(CHANGES, { changes: adding(190, 200) }, AT_ONCE));
    await applied(admin.post(CHANGES, { changes: adding(390, 200) }, AT_ONCE));
    await must(200, admin.post(CHANGES, { changes: adding(590, 200) }, { prefer: 'wait=30' }));
    const refused = await refusal(admin.post(CHANGES, { changes: adding(790, 30) }), 422, 'limit_reached');
    assert.match(refused.detail, /800 is the limit/);
    await refusal(admin.post(CHANGES, { changes: adding(790, 201) }), 422, 'invalid_value');
    const made = await must(201, admin.post('/api/offers/wides', { f0: 'first', f789: 'last' }));
    assert.equal(made.body.f789, 'last');
  });
});
