import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { needed, skipReason, testDatabaseUrl } from '#tests/support/services.ts';
import { smallStandard } from './fixture.ts';
import { findObject } from './state.ts';
import { openVersions, refused, type Versions } from './versions.fixture.ts';

const server = testDatabaseUrl();

describe('metadata versions: taken back, retired, dropped', { skip: skipReason(server) }, () => {
  let versions: Versions;
  before(async () => {
    versions = await openVersions(needed(server));
  });
  after(() => versions.fixture.drop());

  test('taking back a new field retires it; taking that back brings it again', async () => {
    const { version } = await versions.addField('undone', { show: ['list', 'detail'] });
    const added = await versions.field('undone');
    const undo = await versions.undo(version);
    assert.equal(await versions.field('undone'), undefined);
    assert.deepEqual(await versions.events(undo.version), [
      'FieldRetired object/offer',
      'LayoutUpdated object/offer',
      'LayoutUpdated object/offer',
      `SchemaChanged metadata/${undo.version}`,
    ]);
    await assert.rejects(versions.undo(version), refused('conflict', /taken back by version/));
    await versions.undo(undo.version);
    assert.deepEqual(await versions.field('undone'), added);
    assert.ok(
      findObject(await versions.fixture.core.state(), 'offer')
        ?.layouts.find((one) => one.name === 'list')
        ?.columns?.includes(String(added?.id)),
    );
  });

  test('a version is not taken back over a later change of the same thing, and the refusal names it', async () => {
    const { version } = await versions.addField('blocked');
    const later = await versions.change({ kind: 'changeField', object: 'offer', field: 'blocked', set: { label: 'Other' } });
    await assert.rejects(versions.undo(version), refused('conflict', new RegExp(`Version ${later.version} changed the same since`)));
    await versions.undo(later.version);
    assert.equal((await versions.field('blocked'))?.label.en, 'Blocked');
  });

  test('retired, restored, dropped; a name that was taken meanwhile stands in the way', async () => {
    await versions.addField('season');
    await versions.change({ kind: 'retireField', object: 'offer', field: 'season' });
    const retired = findObject(await versions.fixture.core.state(), 'offer')?.fields.find((one) => one.name === 'season');
    assert.equal(retired?.state, 'retired');
    await versions.addField('season');
    await assert.rejects(
      versions.change({ kind: 'restoreField', object: 'offer', field: retired?.id ?? '?' }),
      refused('conflict', /Another field is called season/),
    );
    await versions.change({ kind: 'dropField', object: 'offer', field: retired?.id ?? '?' });
    const { version } = await versions.fixture.core.state();
    await assert.rejects(versions.undo(version), refused('conflict', /gone with its data/));
  });

  test('what touched a field or an object that was dropped since is not taken back, and not offered', async () => {
    const { core } = versions.fixture;
    const offered = async (version: number) => (await core.log({ limit: 200 })).find(({ row }) => row.version === version)?.undoable;
    const added = await versions.addField('shortLived');
    assert.equal(await offered(added.version), true);
    await versions.change({ kind: 'retireField', object: 'offer', field: 'shortLived' });
    const id = findObject(await core.state(), 'offer')?.fields.find(({ name }) => name === 'shortLived')?.id ?? '?';
    await versions.change({ kind: 'dropField', object: 'offer', field: id });
    assert.equal(await offered(added.version), false);
    await assert.rejects(versions.undo(added.version), refused('conflict', /dropped since/));

    const object = {
      name: 'fleeting',
      label: 'Fleeting',
      pluralLabel: 'Fleetings',
      module: 'offers',
      collection: 'fleetings',
      titleField: 'name',
      fields: [{ name: 'name', label: 'Name', type: 'text' }],
    };
    const made = await versions.change({ kind: 'addObject', object });
    await versions.change({ kind: 'retireObject', object: 'fleeting' });
    const dropped = (await core.state()).objects.find(({ name }) => name === 'fleeting')?.id ?? '?';
    await versions.change({ kind: 'dropObject', object: dropped });
    assert.equal(await offered(made.version), false);
    await assert.rejects(versions.undo(made.version), refused('conflict', /dropped since/));
  });

  test('what was retired 30 days ago is dropped by the daily job', async () => {
    const { version } = await versions.addField('forgotten');
    await versions.undo(version);
    const tomorrow = await versions.fixture.open(smallStandard(), () => new Date(Date.now() + 86_400_000));
    assert.equal(await tomorrow.dropExpired(), 0);
    const nextMonth = await versions.fixture.open(smallStandard(), () => new Date(Date.now() + 31 * 86_400_000));
    assert.ok((await nextMonth.dropExpired()) >= 1);
    assert.ok(!findObject(await versions.fixture.core.state(), 'offer')?.fields.some((one) => one.name === 'forgotten'));
  });
});
