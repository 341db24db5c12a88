import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { moduleSchema } from '#platform/metadata/module-schema.ts';
import { needed, skipReason, testDatabaseUrl } from '#tests/support/services.ts';
import { findObject } from './state.ts';
import { administrator, openVersions, refused, type Versions } from './versions.fixture.ts';

const server = testDatabaseUrl();

describe('metadata versions: owners and their rows', { skip: skipReason(server) }, () => {
  let versions: Versions;
  before(async () => {
    versions = await openVersions(needed(server));
  });
  after(() => versions.fixture.drop());

  test('rows that do not fit stop a change, with the rows', async () => {
    await versions.addField('code');
    versions.fixture.fits.answer = { affected: 3, doNotFit: 2, samples: [{ id: '1', title: 'Roof', value: 'x' }] };
    const set = { kind: 'changeField', object: 'offer', field: 'code', set: { unique: true } } as const;
    const preview = await versions.fixture.core.previewChanges(administrator, [{ change: set, pointer: '' }]);
    assert.deepEqual([preview.rows.doNotFit, preview.locks, preview.errors], [2, 'short', []]);
    await assert.rejects(versions.change(set), refused('data_does_not_fit', /2 of 3 records do not fit.*Roof/));
    versions.fixture.fits.answer = { affected: 3, doNotFit: 0, samples: [] };
    await versions.change(set);
    assert.equal((await versions.field('code'))?.unique, true);
  });

  test('the call returns when the owning service has reported the version, not before', async () => {
    const pending = await versions.change({ kind: 'addField', object: 'customer', field: { name: 'waiting', type: 'text' } });
    assert.deepEqual(pending.served, { state: 'pending' });
    const other = await versions.fixture.open();
    const next = (await versions.fixture.core.state()).version + 1;
    const slow = versions.change({ kind: 'addField', object: 'customer', field: { name: 'waited', type: 'text' } }, versions.fixture.core, {
      waitMs: 5000,
    });
    setTimeout(() => void other.services.report('customers', next), 150);
    assert.deepEqual((await slow).served, { state: 'active' });
    await versions.fixture.core.services.report('customers', next + 1, 'disk full');
    assert.deepEqual(await versions.fixture.core.services.waitFor(['customers'], next + 1, 0), {
      state: 'pending',
      error: 'disk full',
    });
    assert.equal((await versions.fixture.core.services.list()).find((one) => one.module === 'customers')?.version, next);
  });

  test('a service pulls what it needs, foreign objects included, and nothing when nothing of it changed', async () => {
    const state = await versions.fixture.core.state();
    const offers = await versions.fixture.core.schema('offers');
    assert.deepEqual(offers.schema, moduleSchema(state.objects, 'offers', state.version));
    assert.deepEqual(offers.schema?.foreign.map((object) => object.name).sort(), ['company', 'customer', 'team', 'user']);
    const since = state.version;
    assert.equal((await versions.fixture.core.schema('offers', since)).schema, null);
    await versions.change({ kind: 'changeField', object: 'offer', field: 'subject', set: { help: 'What it is about' } });
    assert.equal((await versions.fixture.core.schema('customers', since)).schema, null);
    assert.notEqual((await versions.fixture.core.schema('offers', since)).schema, null);
  });

  test('a list is told by events of its own, and is read back with the fields that use it', async () => {
    const options = ['sea', { key: 'rail', label: { en: 'Rail', de: 'Bahn' } }];
    const added = await versions.change({ kind: 'addOptionList', optionList: { name: 'ways', label: 'Ways', options } });
    assert.deepEqual(await versions.events(added.version), [
      'OptionListCreated option-list/ways',
      `SchemaChanged metadata/${added.version}`,
    ]);
    await versions.addField('way', { type: 'select', optionList: 'ways' });
    const set = { options: ['rail', 'sea', 'air'] };
    const { version } = await versions.change({ kind: 'changeOptionList', optionList: 'ways', set });
    const told = ['OptionListChanged option-list/ways', 'FieldChanged object/offer', `SchemaChanged metadata/${version}`];
    assert.deepEqual(await versions.events(version), told);
    const [ours, theirs] = await Promise.all([versions.fixture.core.state(), (await versions.fixture.open()).state()]);
    assert.deepEqual([theirs.objects, theirs.lists], [ours.objects, ours.lists]);
    assert.deepEqual([ours.lists.get('ways')?.version, findObject(ours, 'offer')?.version], [version, version]);
    assert.deepEqual((await versions.field('way'))?.options?.[0], { key: 'rail', label: { en: 'Rail', de: 'Bahn' }, color: 'green' });
  });
});
