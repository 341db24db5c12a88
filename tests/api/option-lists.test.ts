import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import type { Answer, Client } from '#tests/support/client.ts';
import { startInstallation, type Installation } from '#tests/support/installation.ts';
import { signInAs } from '#tests/support/people.ts';
import { skipReason, testDatabaseUrl } from '#tests/support/services.ts';
import { make, must, refusal } from './specimen.ts';

const database = testDatabaseUrl();
const TRIPS = '/api/offers/trips';
const FIELDS = '/api/platform/objects/trip/fields';
let installation: Installation;
let admin: Client;

const select = (name: string, options: readonly string[]) => ({
  name,
  label: `${name[0]?.toUpperCase()}${name.slice(1)}`,
  type: 'select',
  options,
});
const TRIP = {
  name: 'trip',
  label: 'Trip',
  module: 'offers',
  titleField: 'name',
  fields: [{ name: 'name', label: 'Name', type: 'text' }, select('land', ['de', 'fr']), select('class', ['first', 'second'])],
};
const LEG = {
  name: 'leg',
  label: 'Leg',
  module: 'offers',
  parent: 'trip',
  titleField: 'means',
  fields: [select('means', ['train', 'ship'])],
};

before(async () => {
  if (skipReason(database)) return;
  installation = await startInstallation();
  ({ admin } = installation);
  const changes = [TRIP, LEG].map((object) => ({ kind: 'addObject', object }));
  await must(200, admin.post('/api/platform/changes', { changes }));
});
after(() => installation?.stop());

const rules = ({ errors }: Answer['body']): readonly string[] =>
  errors.map((error: { pointer: string; rule: string }) => `${error.pointer} ${error.rule}`);
const refused = async (asked: Promise<Answer>): Promise<readonly string[]> => rules(await refusal(asked, 422, 'invalid_value'));
const LISTS = '/api/platform/option-lists';
const CUSTOMER_FIELDS = '/api/platform/objects/customer/fields';
const fieldOf = async (object: string, name: string) => {
  const { body } = await must(200, admin.get(`/api/platform/objects/${object}`));
  return body.fields.find((one: { name: string }) => one.name === name);
};
const keys = ({ options }: { options: { key: string; retired?: boolean }[] }): readonly string[] =>
  options.map(({ key, retired }) => (retired === true ? `${key} retired` : key));

const CLIMATES = {
  name: 'climates',
  label: { en: 'Climates', de: 'Klimazonen' },
  options: ['dry', { key: 'wet', label: 'Wet', color: 'cyan' }],
};

describe('An option list', { skip: skipReason(database) }, () => {
  test('Fields of several services use it, and take and offer what it has', async () => {
    await must(201, admin.post(LISTS, CLIMATES));
    const made = (await must(201, admin.post(FIELDS, { name: 'climate', type: 'select', optionList: 'climates', default: 'dry' }))).body;
    assert.deepEqual([made.optionList, keys(made), made.options[1].color], ['climates', ['dry', 'wet'], 'cyan']);
    await must(201, admin.post(CUSTOMER_FIELDS, { name: 'climates', label: 'Climates', type: 'multiSelect', optionList: 'climates' }));
    assert.equal((await make(admin, TRIPS, { climate: 'wet' })).climate, 'wet');
    await must(201, admin.post('/api/customers/customers', { name: 'Kern', climates: ['dry', 'wet'] }));
    const wrong = await refusal(admin.post('/api/customers/customers', { name: 'Kern', climates: ['icy'] }), 422, 'invalid_value');
    assert.match(wrong.errors[0].message, /dry, wet/);
    const { body } = await must(200, admin.get(LISTS));
    assert.deepEqual(
      body.items.map(({ name, usedBy }: Answer['body']) => [
        name,
        usedBy.map((one: Answer['body']) => `${one.object}.${one.field}`).sort(),
      ]),
      [['climates', ['customer.climates', 'trip.climate']]],
    );
  });

  test('Its change is a change of all of its fields: one version, which can be taken back', async () => {
    const { body: former } = await must(200, admin.get(`${LISTS}/climates`));
    const options = ['icy', { key: 'dry', label: 'Arid', color: 'red' }];
    const answer = await must(200, admin.patch(`${LISTS}/climates`, { options }, { 'if-match': `"${former.version}"` }));
    assert.deepEqual(keys(answer.body), ['icy', 'dry', 'wet retired']);
    for (const [object, name] of [
      ['trip', 'climate'],
      ['customer', 'climates'],
    ] as const) {
      const changed = await fieldOf(object, name);
      assert.deepEqual([keys(changed), changed.options[1].label.en], [['icy', 'dry', 'wet retired'], 'Arid']);
    }
    assert.deepEqual(await refused(admin.post(TRIPS, { climate: 'wet' })), ['/climate option']);
    assert.equal((await make(admin, TRIPS, { climate: 'icy' })).climate, 'icy');
    const log = (await must(200, admin.get('/api/platform/changes?optionList=climates'))).body.items;
    assert.deepEqual(
      log.map(({ kind, objects }: Answer['body']) => [kind, objects]),
      [
        ['changeOptionList', ['customer', 'trip']],
        ['addOptionList', []],
      ],
    );
    assert.equal(log[0].version, answer.body.version);
    const stale = await admin.patch(`${LISTS}/climates`, { label: 'Zones' }, { 'if-match': `"${former.version}"` });
    assert.equal(stale.status, 412);
    await must(200, admin.post(`/api/platform/changes/${answer.body.version}/undo`, {}));
    assert.deepEqual(keys(await fieldOf('trip', 'climate')), ['dry', 'wet', 'icy retired']);
    assert.equal((await make(admin, TRIPS, { climate: 'wet' })).climate, 'wet');
    const { body: now } = await must(200, admin.get(`${LISTS}/climates`));
    assert.deepEqual([keys(now), now.options[0].label.en], [['dry', 'wet', 'icy retired'], 'dry']);
  });

  test('What a field stands on is not taken from it', async () => {
    const lost = await refusal(admin.patch(`${LISTS}/climates`, { options: ['wet'] }), 422, 'invalid_value');
    assert.match(lost.errors[0].message, /^Climate of Trip cannot follow: As a default: Climate must be one of wet/);
    assert.equal(lost.errors[0].pointer, '/options');
    const used = await refusal(admin.delete(`${LISTS}/climates`), 409, 'in_use');
    assert.match(used.detail, /^Climates is used by Climates of Customer, Climate of Trip/);
    const preview = await admin.post('/api/platform/changes/preview', { changes: [{ kind: 'dropOptionList', optionList: 'climates' }] });
    assert.deepEqual(
      preview.body.dependants.map((one: Answer['body']) => `${one.object}.${one.name} ${one.isBlocking}`),
      ['customer.climates true', 'trip.climate true'],
    );
  });

  test('A field says only when it offers an option, and keeps that whatever the list does', async () => {
    const climate = `${FIELDS}/climate`;
    const own = await refusal(admin.patch(climate, { options: ['hot'] }), 422, 'invalid_value');
    assert.match(own.errors[0].message, /come from the list Climates \("climates"\)/);
    const options = [{ key: 'wet', visibleWhen: { land: 'fr' } }];
    await must(200, admin.patch(climate, { options }));
    await must(200, admin.patch(`${LISTS}/climates`, { options: ['dry', { key: 'wet', label: 'Rainy' }, 'hot'] }));
    await must(200, admin.patch(climate, { label: 'Weather' }));
    const { options: now } = await fieldOf('trip', 'climate');
    assert.deepEqual([now[1].label.en, now[1].visibleWhen, now[2].key], ['Rainy', { land: 'fr' }, 'hot']);
    assert.deepEqual(await refused(admin.post(TRIPS, { land: 'de', climate: 'wet' })), ['/climate option']);
    await make(admin, TRIPS, { land: 'fr', climate: 'wet' });
    await make(admin, TRIPS, { land: 'de', climate: 'hot' });
    assert.deepEqual((await fieldOf('customer', 'climates')).options[1].visibleWhen, undefined);
    assert.match((await refusal(admin.delete(`${FIELDS}/land`), 409, 'in_use')).detail, /a condition of/);
    const condition = { options: [{ key: 'dry', visibleWhen: { land: 'de' } }] };
    assert.deepEqual(await refused(admin.patch(`${LISTS}/climates`, condition)), ['/options/0/visibleWhen condition']);
  });
});

describe('A field and an option list', { skip: skipReason(database) }, () => {
  test('A field goes over to a list and back; what the list does not have stays readable', async () => {
    const trip = await make(admin, TRIPS, { name: 'First', class: 'first' });
    const path = `${TRIPS}/${trip.id}`;
    await must(201, admin.post(LISTS, { name: 'classes', label: 'Classes', options: [{ key: 'second', label: 'Standard' }, 'third'] }));
    const unknown = await refusal(admin.patch(`${FIELDS}/class`, { optionList: 'clases' }), 422, 'invalid_value');
    assert.match(unknown.errors[0].message, /did you mean "classes"/);
    const { body } = await must(200, admin.patch(`${FIELDS}/class`, { optionList: 'classes' }));
    assert.deepEqual(keys(body), ['second', 'third', 'first retired']);
    assert.equal((await must(200, admin.patch(path, { name: 'Still first' }))).body.class, 'first');
    assert.deepEqual(await refused(admin.post(TRIPS, { class: 'first' })), ['/class option']);
    await must(200, admin.patch(`${LISTS}/classes`, { options: ['second', 'third', 'first'] }));
    assert.deepEqual(keys(await fieldOf('trip', 'class')), ['second', 'third', 'first']);
    const back = (await must(200, admin.patch(`${FIELDS}/class`, { optionList: null }))).body;
    assert.deepEqual([back.optionList, keys(back), back.options[0].label.en], [undefined, ['second', 'third', 'first'], 'Standard']);
    await must(200, admin.patch(`${LISTS}/classes`, { options: ['second'] }));
    assert.deepEqual(keys(await fieldOf('trip', 'class')), ['second', 'third', 'first']);
    const dropped = (await must(200, admin.delete(`${LISTS}/classes`))).body;
    assert.equal((await admin.get(`${LISTS}/classes`)).status, 404);
    await must(200, admin.post(`/api/platform/changes/${dropped.version}/undo`, {}));
    await must(200, admin.get(`${LISTS}/classes`));
  });

  test('A field and the list that it becomes are one change, and go back as one; a list in use does not go back alone', async () => {
    const trains = { name: 'means', label: 'Means', options: [{ key: 'train', label: 'Train' }] };
    const changes = [
      { kind: 'addOptionList', optionList: trains },
      { kind: 'changeField', object: 'leg', field: 'means', set: { optionList: 'means' } },
    ];
    const { body } = await must(200, admin.post('/api/platform/changes', { changes }));
    assert.equal((await fieldOf('leg', 'means')).optionList, 'means');
    const other = (await must(201, admin.post(FIELDS, { name: 'means', type: 'select', optionList: 'means' }))).body;
    const undo = () => admin.post(`/api/platform/changes/${body.version}/undo`, {});
    assert.match((await refusal(undo(), 409, 'conflict')).detail, /Means is used by Means of Trip/);
    await must(200, admin.delete(`${FIELDS}/means`));
    await must(200, undo());
    assert.deepEqual([(await fieldOf('leg', 'means')).optionList, keys(await fieldOf('leg', 'means'))], [undefined, ['train', 'ship']]);
    // The retired one comes back with the options that it had.
    const restored = (await must(200, admin.post(`${FIELDS}/${other.id}/restore`, {}))).body;
    assert.deepEqual([restored.optionList, keys(restored)], [undefined, ['train']]);
  });

  test('Among metadata files it stands alone, changes fields that no file names, and goes when it is named and unused', async () => {
    const { version, files } = (await must(200, admin.get('/api/platform/metadata'))).body;
    const path = 'option-lists/climates.json';
    const [dry, wet] = files[path].options;
    const changed = { ...files, [path]: { ...files[path], options: [{ ...wet, label: { en: 'Drenched' } }, dry] } };
    const asked = (content: object, more: object = {}) => ({ format: 1, version, files: content, ...more });
    const planned = (await must(200, admin.post('/api/platform/metadata/plan', asked(changed)))).body;
    assert.deepEqual(
      planned.lines.map(({ op, address, settings }: Answer['body']) => [op, address, settings.length]),
      [['change', 'option-lists/climates', 1]],
    );
    assert.deepEqual(
      planned.kept.map(({ address }: { address: string }) => address),
      ['option-lists/climates/hot'],
    );
    const named = asked(changed, { delete: ['option-lists/climates/hot'] });
    const applied = (await must(200, admin.post('/api/platform/metadata/apply', named))).body;
    const trip = await fieldOf('trip', 'climate');
    assert.deepEqual(
      [keys(trip), trip.options[0].label.en, trip.options[0].visibleWhen],
      [['wet', 'dry', 'hot retired', 'icy retired'], 'Drenched', { land: 'fr' }],
    );
    await must(200, admin.post(`/api/platform/changes/${applied.version}/undo`, {}));
    const { [path]: _climates, ...without } = files;
    const used = await refusal(
      admin.post('/api/platform/metadata/plan', asked(without, { delete: ['option-lists/climates'] })),
      409,
      'in_use',
    );
    assert.match(used.detail, /^Climates is used by Climates of Customer, Weather of Trip/);
    const { 'option-lists/classes.json': _classes, ...fewer } = files;
    const unused = asked(fewer, { delete: ['option-lists/classes'] });
    const { lines } = (await must(200, admin.post('/api/platform/metadata/plan', unused))).body;
    assert.deepEqual(
      lines.map(({ op, address }: Answer['body']) => `${op} ${address}`),
      ['remove option-lists/classes'],
    );
  });

  test('Bad input is told where it stands, and only administrators come here', async () => {
    const listed = (more: object) => refused(admin.post(LISTS, { name: 'bad', options: ['a'], ...more }));
    assert.deepEqual(await listed({ name: 'Bad list' }), ['/name name']);
    assert.deepEqual(await listed({ name: 'climates' }), ['/name duplicate']);
    assert.deepEqual(await listed({ options: [] }), ['/options minItems']);
    assert.deepEqual(await listed({ options: ['a', 'A'] }), ['/options/1 duplicate']);
    assert.deepEqual(await listed({ label: '' }), ['/label required']);
    await refusal(admin.post(LISTS, { name: 'bad', options: ['a'], fields: [] }), 400, 'unknown_name');
    await refusal(admin.patch(`${LISTS}/climates`, { name: 'zones' }), 422, 'invalid_value');
    assert.match((await refusal(admin.patch(`${LISTS}/climate`, { label: 'x' }), 404, 'not_found')).detail, /did you mean "climates"/);
    assert.deepEqual(await refused(admin.post(FIELDS, { name: 'x', type: 'select' })), ['/options required']);
    assert.deepEqual(await refused(admin.post(FIELDS, { name: 'x', type: 'select', optionList: '__proto__' })), ['/optionList reference']);
    const seller = await signInAs(installation, 'sales');
    for (const asked of [seller.get(LISTS), seller.get(`${LISTS}/climates`), seller.post(LISTS, CLIMATES)])
      assert.equal((await asked).status, 403);
  });
});
