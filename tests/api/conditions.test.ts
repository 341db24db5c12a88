import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import type { Answer, Client } from '#tests/support/client.ts';
import { startInstallation, type Installation } from '#tests/support/installation.ts';
import { skipReason, testDatabaseUrl } from '#tests/support/services.ts';
import { keyFor, make, must, refusal } from './specimen.ts';

const database = testDatabaseUrl();
const FINDS = '/api/offers/finds';
const FIELDS = '/api/platform/objects/find/fields';
const open = { read: ['sales', 'viewer'], edit: ['sales'] };
let installation: Installation;
let admin: Client;
let sales: Client;

const FIND = {
  name: 'find',
  label: 'Find',
  module: 'offers',
  titleField: 'name',
  access: { sales: { read: true, create: true, edit: true } },
  fields: [
    { name: 'name', label: 'Name', type: 'text' },
    { name: 'kind', label: 'Kind', type: 'select', options: ['stone', 'plant', 'animal'] },
    { name: 'worth', label: 'Worth', type: 'money', scale: 2 },
    { name: 'sealed', label: 'Sealed', type: 'boolean', default: false },
    { name: 'hardness', label: 'Hardness', type: 'decimal', scale: 1, required: true, visibleWhen: { kind: 'stone' } },
    { name: 'grain', label: 'Grain', type: 'text', default: 'fine', visibleWhen: { hardness: { lt: '5' } } },
    { name: 'insurer', label: 'Insurer', type: 'text', requiredWhen: { worth: { gte: '1000' } } },
    { name: 'remark', label: 'Remark', type: 'text', default: 'none', readOnlyWhen: { sealed: true } },
    { name: 'seenAt', label: 'Seen at', type: 'dateTime', default: 'now-1h', readOnlyWhen: { sealed: true } },
    { name: 'secret', label: 'Secret', type: 'text', access: { read: ['manager'], edit: ['manager'] } },
    { name: 'guard', label: 'Guard', type: 'text', access: open, visibleWhen: { secret: { isNull: false } } },
  ],
};
const CRATE = {
  name: 'crate',
  label: 'Crate',
  module: 'offers',
  parent: 'shipment',
  titleField: 'content',
  fields: [
    { name: 'content', label: 'Content', type: 'text' },
    { name: 'weight', label: 'Weight', type: 'decimal' },
    { name: 'lift', label: 'Lift', type: 'text', requiredWhen: { weight: { gt: '50' } } },
  ],
};
const SHIPMENT = {
  name: 'shipment',
  label: 'Shipment',
  module: 'offers',
  titleField: 'name',
  fields: [
    { name: 'name', label: 'Name', type: 'text' },
    { name: 'crates', label: 'Crates', type: 'children', child: 'crate' },
  ],
};

before(async () => {
  if (skipReason(database)) return;
  installation = await startInstallation();
  ({ admin } = installation);
  await must(201, admin.post('/api/platform/objects', FIND));
  sales = await keyFor(admin, 'sales');
});
after(() => installation?.stop());

const rules = ({ errors }: Answer['body']): readonly string[] =>
  errors.map((error: { pointer: string; rule: string }) => `${error.pointer} ${error.rule}`);

describe('Conditions of fields', { skip: skipReason(database) }, () => {
  test('A field is required in the records that show it, and in the others takes no value', async () => {
    assert.deepEqual(rules(await refusal(admin.post(FINDS, { kind: 'stone' }), 422, 'invalid_value')), ['/hardness required']);
    const plant = await make(admin, FINDS, { name: 'Fern', kind: 'plant' });
    const hidden = await refusal(admin.patch(`${FINDS}/${plant.id}`, { hardness: '3' }), 422, 'invalid_value');
    assert.deepEqual(rules(hidden), ['/hardness visibleWhen']);
    await refusal(admin.post(FINDS, { kind: 'plant', hardness: '3' }), 422, 'invalid_value');
    const stone = await must(200, admin.patch(`${FINDS}/${plant.id}`, { kind: 'stone', hardness: '3' }));
    assert.equal(stone.body.hardness, '3.0');
    const cleared = await refusal(admin.patch(`${FINDS}/${plant.id}`, { hardness: null }), 422, 'invalid_value');
    assert.deepEqual(rules(cleared), ['/hardness required']);
    // What was there stays, so that a slip of the hand loses nothing; it may be emptied.
    const back = await must(200, admin.patch(`${FINDS}/${plant.id}`, { kind: 'plant' }));
    assert.equal(back.body.hardness, '3.0');
    assert.equal((await must(200, admin.patch(`${FINDS}/${plant.id}`, { hardness: null }))).body.hardness, null);
  });

  test('What depends on a hidden field is hidden with it; a default may stand there', async () => {
    const plant = await make(admin, FINDS, { kind: 'plant' });
    assert.equal(plant.grain, 'fine');
    assert.deepEqual(rules(await refusal(admin.patch(`${FINDS}/${plant.id}`, { grain: 'rough' }), 422, 'invalid_value')), [
      '/grain visibleWhen',
    ]);
    await make(admin, FINDS, { kind: 'stone', hardness: 2, grain: 'rough' });
    await refusal(admin.post(FINDS, { kind: 'stone', hardness: 7, grain: 'rough' }), 422, 'invalid_value');
  });

  test('Required under a condition: judged by what comes out, and old records can still be edited', async () => {
    await refusal(admin.post(FINDS, { worth: '1000' }), 422, 'invalid_value');
    const cheap = await make(admin, FINDS, { worth: '999.99' });
    const dear = await refusal(admin.patch(`${FINDS}/${cheap.id}`, { worth: 1000 }), 422, 'invalid_value');
    assert.deepEqual(rules(dear), ['/insurer required']);
    await must(200, admin.patch(`${FINDS}/${cheap.id}`, { worth: 1000, insurer: 'Acme' }));
    const old = await make(admin, FINDS, { name: 'Old', kind: 'animal' });
    await must(200, admin.patch(`${FIELDS}/name`, { requiredWhen: { kind: 'animal' } }));
    const nameless = await make(admin, FINDS, { kind: 'plant' });
    await must(200, admin.patch(`${FIELDS}/name`, { requiredWhen: { kind: ['animal', 'plant'] } }));
    await must(200, admin.patch(`${FINDS}/${nameless.id}`, { worth: 5 }));
    await refusal(admin.patch(`${FINDS}/${old.id}`, { name: null }), 422, 'invalid_value');
    await must(200, admin.patch(`${FIELDS}/name`, { requiredWhen: null }));
    await must(200, admin.patch(`${FINDS}/${old.id}`, { name: null }));
  });

  test('What a new demand would find missing is counted before it is made', async () => {
    const doNotFit = async (set: object, field = 'insurer'): Promise<number> => {
      const changes = [{ kind: 'changeField', object: 'find', field, set }];
      return (await must(200, admin.post('/api/platform/changes/preview', { changes }))).body.rows.doNotFit;
    };
    await make(admin, FINDS, { name: 'Bare', kind: 'animal', worth: '7' });
    const bare = (await must(200, admin.post(`${FINDS}/query`, { filter: { kind: 'animal', insurer: null, worth: '7' } }))).body.items
      .length;
    assert.equal(await doNotFit({ requiredWhen: { worth: { eq: '7' } } }), bare);
    assert.equal(await doNotFit({ requiredWhen: { worth: { eq: '7' } }, visibleWhen: { kind: 'plant' } }), 0);
    assert.equal(await doNotFit({ requiredWhen: null, required: true, visibleWhen: { worth: { eq: '7' } } }), bare);
    assert.equal(await doNotFit({ requiredWhen: { worth: { gte: '1000' } } }), 0);
  });

  test('Closed under a condition: before and after, so that who opens may write at once', async () => {
    const find = await make(admin, FINDS, { remark: 'seen' });
    const path = `${FINDS}/${find.id}`;
    await must(200, admin.patch(path, { sealed: true, remark: 'seen twice' }));
    const closed = await refusal(admin.patch(path, { remark: 'x' }), 422, 'invalid_value');
    assert.deepEqual(rules(closed), ['/remark readOnly']);
    assert.match(closed.errors[0].message, /^Remark is closed in this record/);
    await must(200, admin.patch(path, { remark: 'seen twice', name: 'the same again' }));
    await must(200, admin.patch(path, { sealed: false, remark: 'open' }));
    assert.equal((await make(admin, FINDS, { sealed: true })).remark, 'none');
    await refusal(admin.post(FINDS, { sealed: true, remark: 'other' }), 422, 'invalid_value');
    await refusal(admin.post(FINDS, { sealed: true, seenAt: '2026-01-31T12:00:00Z' }), 422, 'invalid_value');
  });

  test('Each of many at once is held to them', async () => {
    const operations = [
      { op: 'create', record: { kind: 'plant' } },
      { op: 'create', record: { kind: 'stone' } },
    ];
    const { results } = (await must(200, admin.post(`${FINDS}/bulk`, { atomic: false, operations }))).body;
    assert.deepEqual(
      results.map(({ status }: { status: number }) => status),
      [201, 422],
    );
  });

  test('Who may not read the field asked about does not learn of it, and is held to the rule all the same', async () => {
    const { body } = await must(200, sales.get('/api/platform/objects/find'));
    const guard = body.fields.find((field: { name: string }) => field.name === 'guard');
    assert.deepEqual([guard.visibleWhen, JSON.stringify(body).includes('secret')], [undefined, false]);
    await refusal(sales.post(FINDS, { guard: 'Rex' }), 422, 'invalid_value');
    const seen = (await must(200, admin.get('/api/platform/objects/find'))).body.fields;
    assert.deepEqual(seen.find((field: { name: string }) => field.name === 'guard').visibleWhen, { secret: { isNull: false } });
  });

  test('Rows of a record have conditions of their own', async () => {
    const changes = [
      { kind: 'addObject', object: { ...SHIPMENT, fields: SHIPMENT.fields.slice(0, 1) } },
      { kind: 'addObject', object: CRATE },
      { kind: 'addField', object: 'shipment', field: SHIPMENT.fields[1] },
    ];
    await must(200, admin.post('/api/platform/changes', { changes }));
    const crates = [
      { content: 'Feathers', weight: '5' },
      { content: 'Lead', weight: '500' },
    ];
    const heavy = await refusal(admin.post('/api/offers/shipments', { crates }), 422, 'invalid_value');
    assert.deepEqual(rules(heavy), ['/crates/1/lift required']);
    const made = await make(admin, '/api/offers/shipments', { crates: [crates[0], { ...crates[1], lift: 'Fork lift' }] });
    const row = made.crates[1];
    const patch = { cratesPatch: { upsert: [{ id: row.id, lift: null }] } };
    assert.deepEqual(rules(await refusal(admin.patch(`/api/offers/shipments/${made.id}`, patch), 422, 'invalid_value')), [
      '/crates/1/lift required',
    ]);
  });

  test('The document says so, and does not demand what is only sometimes required', async () => {
    const { schemas } = (await must(200, admin.get('/api/offers/openapi.json'))).body.components;
    assert.equal(schemas.findCreate.required, undefined);
    assert.match(schemas.findCreate.properties.hardness.description, /only under a condition/);
  });
});

describe('Definitions with conditions', { skip: skipReason(database) }, () => {
  const field = (more: object) => admin.post(FIELDS, { name: 'extra', label: 'Extra', type: 'text', ...more });
  const deep = { not: { not: { not: { not: { not: { kind: 'stone' } } } } } };
  const many = { or: Array.from({ length: 51 }, () => ({ kind: 'stone' })) };
  const cases: readonly (readonly [string, object, string, RegExp])[] = [
    ['an unknown field', { visibleWhen: { knd: 'stone' } }, '/visibleWhen reference', /no field "knd"; did you mean "kind"/],
    ['a field of another object', { visibleWhen: { 'owner.name': 'x' } }, '/visibleWhen reference', /fields of the same object/],
    [
      'an operator of another type',
      { requiredWhen: { kind: { gt: 'stone' } } },
      '/requiredWhen operator',
      /^Kind cannot be compared by "gt"/,
    ],
    ['text by order', { requiredWhen: { name: { gt: 'm' } } }, '/requiredWhen operator', /only by eq, ne, in/],
    ['an option that is none', { requiredWhen: { kind: 'stnoe' } }, '/requiredWhen value', /^Kind has no option "stnoe"/],
    ['a value of another type', { requiredWhen: { worth: { gt: 'much' } } }, '/requiredWhen value', /^Worth is compared with a number/],
    ['too deep', { visibleWhen: deep }, '/visibleWhen condition', /5 levels deep/],
    ['too many', { visibleWhen: many }, '/visibleWhen condition', /50 comparisons/],
    ['nothing compared', { visibleWhen: { or: [] } }, '/visibleWhen condition', /at least one field/],
    ['required twice', { required: true, requiredWhen: { kind: 'stone' } }, '/requiredWhen condition', /take one of/],
    ['itself', { visibleWhen: { extra: { isNull: false } } }, '/visibleWhen circle', /never be seen/],
  ];
  for (const [what, more, rule, says] of cases)
    test(`Refused: ${what}`, async () => {
      const refused = await refusal(field(more), 422, 'invalid_value');
      assert.deepEqual(rules(refused), [rule]);
      assert.match(refused.errors[0].message, says);
    });

  test('Refused: a shape that is none, a circle through others, and hiding what a module relies on', async () => {
    await refusal(field({ visibleWhen: 'kind' }), 422, 'invalid_value');
    await refusal(field({ visibleWhen: {} }), 422, 'invalid_value');
    const circle = await refusal(admin.patch(`${FIELDS}/kind`, { visibleWhen: { grain: 'fine' } }), 422, 'invalid_value');
    assert.deepEqual(rules(circle)[0], '/visibleWhen circle');
    const name = '/api/platform/objects/customer/fields/name';
    assert.deepEqual(rules(await refusal(admin.patch(name, { visibleWhen: { number: 'x' } }), 422, 'invalid_value')), [
      '/visibleWhen fixed',
    ]);
  });

  test('A condition follows the new name of a field, and stands in the way of one that goes', async () => {
    await must(201, admin.post(FIELDS, { name: 'site', label: 'Site', type: 'text' }));
    await must(201, admin.post(FIELDS, { name: 'map', label: 'Map', type: 'text', visibleWhen: { not: { site: { contains: 'sea' } } } }));
    await must(200, admin.patch(`${FIELDS}/site`, { name: 'place' }));
    const seen = async () =>
      (await admin.get('/api/platform/objects/find')).body.fields.find((one: { name: string }) => one.name === 'map');
    assert.deepEqual((await seen()).visibleWhen, { not: { place: { contains: 'sea' } } });
    assert.match((await refusal(admin.delete(`${FIELDS}/place`), 409, 'in_use')).detail, /a condition of Map asks about it/);
    const preview = await admin.post('/api/platform/changes/preview', {
      changes: [{ kind: 'retireField', object: 'find', field: 'place' }],
    });
    assert.deepEqual([preview.body.dependants[0].kind, preview.body.dependants[0].name], ['condition', 'map']);
    await must(200, admin.delete(`${FIELDS}/map`));
    await must(200, admin.delete(`${FIELDS}/place?permanent=true`));
    assert.equal((await must(200, admin.post(`${FIELDS}/map/restore`))).body.visibleWhen, undefined);
  });
});
