import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import type { Answer, Client } from '#tests/support/client.ts';
import { startInstallation, type Installation } from '#tests/support/installation.ts';
import { skipReason, testDatabaseUrl } from '#tests/support/services.ts';
import { make, must, refusal } from './specimen.ts';

const database = testDatabaseUrl();
const TRIPS = '/api/offers/trips';
const FIELDS = '/api/platform/objects/trip/fields';
let installation: Installation;
let admin: Client;

const REGIONS = [
  { key: 'bavaria', label: 'Bavaria', visibleWhen: { country: 'de' } },
  { key: 'saxony', label: 'Saxony', visibleWhen: { country: 'de' } },
  { key: 'alsace', label: 'Alsace', visibleWhen: { country: { in: ['fr'] } } },
  { key: 'other', label: 'Other' },
];
const TRIP = {
  name: 'trip',
  label: 'Trip',
  module: 'offers',
  titleField: 'name',
  fields: [
    { name: 'name', label: 'Name', type: 'text' },
    { name: 'country', label: 'Country', type: 'select', options: ['de', 'fr'] },
    { name: 'region', label: 'Region', type: 'select', options: REGIONS },
    { name: 'sights', label: 'Sights', type: 'multiSelect', options: ['lake', 'hill', 'castle'] },
    { name: 'class', label: 'Class', type: 'select', options: ['first', 'second'] },
  ],
};
const LEG = {
  name: 'leg',
  label: 'Leg',
  module: 'offers',
  parent: 'trip',
  titleField: 'place',
  fields: [
    { name: 'place', label: 'Place', type: 'text' },
    { name: 'means', label: 'Means', type: 'select', options: ['train', 'ship'] },
  ],
};

before(async () => {
  if (skipReason(database)) return;
  installation = await startInstallation();
  ({ admin } = installation);
  const changes = [
    { kind: 'addObject', object: TRIP },
    { kind: 'addObject', object: LEG },
    { kind: 'addField', object: 'trip', field: { name: 'legs', label: 'Legs', type: 'children', child: 'leg' } },
  ];
  await must(200, admin.post('/api/platform/changes', { changes }));
});
after(() => installation?.stop());

const rules = ({ errors }: Answer['body']): readonly string[] =>
  errors.map((error: { pointer: string; rule: string }) => `${error.pointer} ${error.rule}`);
const refused = async (asked: Promise<Answer>): Promise<readonly string[]> => rules(await refusal(asked, 422, 'invalid_value'));

describe('Options', { skip: skipReason(database) }, () => {
  test('A retired one stays where it is, in rows too, and is not chosen any more', async () => {
    const legs = [{ place: 'Bonn', means: 'ship' }];
    const trip = await make(admin, TRIPS, { class: 'first', sights: ['lake', 'hill'], legs });
    await must(200, admin.patch(`${FIELDS}/class`, { options: ['second'] }));
    await must(200, admin.patch(`${FIELDS}/sights`, { options: [{ key: 'hill' }, 'castle', { key: 'lake', retired: true }] }));
    await must(200, admin.patch('/api/platform/objects/leg/fields/means', { options: ['train'] }));
    const path = `${TRIPS}/${trip.id}`;
    const kept = { name: 'Rhine', class: 'first', sights: ['lake'], legs: [{ ...trip.legs[0], place: 'Mainz' }] };
    const changed = (await must(200, admin.patch(path, kept))).body;
    assert.deepEqual([changed.class, changed.sights, changed.legs[0].means, changed.legs[0].place], ['first', ['lake'], 'ship', 'Mainz']);
    assert.deepEqual(await refused(admin.post(TRIPS, { class: 'first' })), ['/class option']);
    assert.deepEqual(await refused(admin.post(TRIPS, { sights: ['castle', 'lake'] })), ['/sights option']);
    assert.deepEqual(await refused(admin.patch(path, { legs: [...changed.legs, { means: 'ship' }] })), ['/legs/1/means option']);
    await must(200, admin.patch(path, { class: 'second' }));
    assert.deepEqual(await refused(admin.patch(path, { class: 'first' })), ['/class option']);
    const unknown = await refusal(admin.patch(path, { class: 'third' }), 422, 'invalid_value');
    assert.equal(unknown.errors[0].message, 'Class must be one of second.');
    await must(200, admin.patch(`${FIELDS}/class`, { options: ['first', 'second'] }));
    assert.equal((await must(200, admin.patch(path, { class: 'first' }))).body.class, 'first');
  });

  test('Order and colours are as they were given', async () => {
    const options = [
      { key: 'second', color: 'red' },
      { key: 'first', color: 'lime' },
    ];
    const { body } = await must(200, admin.patch(`${FIELDS}/class`, { options }));
    assert.deepEqual(
      body.options.map(({ key, color }: { key: string; color: string }) => `${key} ${color}`),
      ['second red', 'first lime'],
    );
  });

  test('One that depends on another field is offered only with it', async () => {
    const trip = await make(admin, TRIPS, { country: 'de', region: 'bavaria' });
    const path = `${TRIPS}/${trip.id}`;
    const france = await refusal(admin.patch(path, { country: 'fr' }), 422, 'invalid_value');
    assert.deepEqual([rules(france), france.errors[0].message], [['/region option'], 'Region does not offer Bavaria in this record.']);
    await must(200, admin.patch(path, { country: 'fr', region: 'alsace' }));
    assert.deepEqual(await refused(admin.post(TRIPS, { region: 'saxony' })), ['/region option']);
    await make(admin, TRIPS, { region: 'other' });
    // What was not offered before either is no reason to refuse something else.
    await must(200, admin.patch(`${FIELDS}/region`, { options: REGIONS.map((one) => ({ ...one, visibleWhen: { country: 'de' } })) }));
    await must(200, admin.patch(path, { name: 'Old' }));
    assert.deepEqual(await refused(admin.patch(path, { region: 'other' })), ['/region option']);
    const { body } = await must(200, admin.patch(`${FIELDS}/region`, { options: REGIONS.map((one) => ({ visibleWhen: null, ...one })) }));
    assert.deepEqual(body.options[3].visibleWhen, undefined);
  });

  test('Of a choice that is open, other keys are taken, sought and asked about too; of others they are not', async () => {
    await must(201, admin.post(FIELDS, { name: 'means', label: 'Means', type: 'select', options: ['rail', 'road'], open: true }));
    const trip = await make(admin, TRIPS, { name: 'Aloft', means: 'balloon' });
    assert.equal(trip.means, 'balloon');
    assert.equal((await must(200, admin.get(`${TRIPS}?filter[means]=balloon`))).body.items.length, 1);
    await must(201, admin.post(FIELDS, { name: 'gas', label: 'Gas', type: 'text', visibleWhen: { means: 'balloon' } }));
    assert.equal((await must(200, admin.patch(`${TRIPS}/${trip.id}`, { gas: 'helium' }))).body.gas, 'helium');
    await refusal(admin.post(TRIPS, { name: 'Wrong', means: 'x'.repeat(81) }), 422, 'invalid_value');
    await refusal(admin.post(TRIPS, { name: 'Wrong', class: 'third' }), 422, 'invalid_value');
    await refusal(admin.get(`${TRIPS}?filter[class]=third`), 422, 'invalid_value');
  });

  test('Its condition is checked, follows a new name, and stands in the way of a field that goes', async () => {
    const options = (visibleWhen: object) => ({ name: 'berth', label: 'Berth', type: 'select', options: ['a', { key: 'b', visibleWhen }] });
    assert.deepEqual(await refused(admin.post(FIELDS, options({ cuontry: 'de' }))), ['/options/1/visibleWhen reference']);
    assert.deepEqual(await refused(admin.post(FIELDS, options({ country: 'es' }))), ['/options/1/visibleWhen value']);
    assert.deepEqual(await refused(admin.post(FIELDS, options({ berth: 'a' }))), ['/options/1/visibleWhen circle']);
    await must(201, admin.post(FIELDS, options({ country: 'de' })));
    await must(200, admin.patch(`${FIELDS}/country`, { name: 'land' }));
    const { body } = await must(200, admin.get('/api/platform/objects/trip'));
    const berth = body.fields.find((field: { name: string }) => field.name === 'berth');
    assert.deepEqual(berth.options[1].visibleWhen, { land: 'de' });
    assert.match((await refusal(admin.delete(`${FIELDS}/land`), 409, 'in_use')).detail, /a condition of Region asks about it/);
  });
});
