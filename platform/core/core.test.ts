import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { Refusal } from '#platform/kernel/errors.ts';
import { needed, skipReason, testDatabaseUrl } from '#tests/support/services.ts';
import { callerWith } from './fixture.ts';
import { findObject } from './state.ts';
import { administrator, openVersions, refused, type Versions } from './versions.fixture.ts';

const server = testDatabaseUrl();

describe('metadata versions', { skip: skipReason(server) }, () => {
  let versions: Versions;
  before(async () => {
    versions = await openVersions(needed(server));
  });
  after(() => versions.fixture.drop());

  test('the first start installs the standard layer as version 1; another start changes nothing', async () => {
    assert.equal((await versions.fixture.core.state()).version, 1);
    assert.equal((await (await versions.fixture.open()).state()).version, 1);
    assert.deepEqual(await versions.events(1), ['SchemaChanged metadata/1']);
  });

  test('a new field is a version with its events, seen by administrators only, at the end of the layouts', async () => {
    const { version, facts } = await versions.addField('region', { show: ['detail', 'list'] });
    assert.deepEqual(facts, [{ type: 'FieldAdded', object: 'offer', field: 'region' }]);
    assert.deepEqual(await versions.events(version), ['FieldAdded object/offer', `SchemaChanged metadata/${version}`]);
    const region = await versions.field('region');
    assert.match(region?.column ?? '', /^c_[a-z0-9]{12}$/);
    assert.deepEqual(region?.access, { read: [], edit: [] });
    const offer = findObject(await versions.fixture.core.state(), 'offer');
    assert.equal(offer?.version, version);
    assert.deepEqual(offer?.layouts.find((layout) => layout.name === 'list')?.columns, ['offer.name', region?.id]);
    assert.ok(JSON.stringify(offer?.layouts.find((layout) => layout.name === 'detail')).includes(region?.id ?? '?'));
    assert.ok(!JSON.stringify(offer?.layouts.find((layout) => layout.name === 'create')).includes(region?.id ?? '?'));
  });

  test('what is read back from the database is what the replica that wrote it has', async () => {
    await versions.addField('weight', { type: 'decimal', scale: 2, label: { en: 'Weight', de: 'Gewicht' } });
    const [ours, theirs] = await Promise.all([versions.fixture.core.state(), (await versions.fixture.open()).state()]);
    assert.deepEqual(theirs.objects, ours.objects);
    assert.deepEqual(theirs.touched, ours.touched);
  });

  test('a rename is metadata only: same column, the old name answers until a new field takes it', async () => {
    await versions.addField('route');
    const old = await versions.field('route');
    await versions.change({ kind: 'changeField', object: 'offer', field: 'route', set: { name: 'tour' } });
    const renamed = await versions.field('tour');
    assert.deepEqual([renamed?.id, renamed?.column, renamed?.aliases], [old?.id, old?.column, ['route']]);
    await versions.addField('route');
    assert.equal((await versions.field('tour'))?.aliases, undefined);
  });

  test('a custom object lives in its module, is served, and goes with everything that refers to it gone', async () => {
    const { version } = await versions.change({
      kind: 'addObject',
      object: {
        name: 'site_visit',
        module: 'offers',
        label: { en: 'Site visit', de: 'Ortstermin' },
        features: { status: true },
        fields: [
          { name: 'title', type: 'text' },
          { name: 'offer', type: 'lookup', target: 'offer' },
        ],
      },
    });
    const object = findObject(await versions.fixture.core.state(), 'site_visit');
    assert.deepEqual([object?.collection, object?.titleField, object?.custom, object?.version], ['site-visits', 'title', true, version]);
    assert.match(object?.table ?? '', /^c_[a-z0-9]{12}$/);
    await versions.addField('visit', { type: 'lookup', target: 'site_visit' });
    await assert.rejects(versions.change({ kind: 'retireObject', object: 'site_visit' }), refused('in_use', /offer refers to it by Visit/));
    await versions.change({ kind: 'retireField', object: 'offer', field: 'visit' });
    await versions.change({ kind: 'retireObject', object: 'site_visit' });
    await versions.change({ kind: 'restoreObject', object: 'site_visit' });
    await assert.rejects(
      versions.change({ kind: 'addObject', object: { name: 'ledger', module: 'audit', label: 'Ledger' } }),
      refused('invalid_value', /lives in one of customers, offers/),
    );
  });

  test('many changes are one version or none', async () => {
    const from = (await versions.fixture.core.state()).version;
    const changes = (name: string) => [
      {
        change: { kind: 'addField', object: 'offer', field: { name: 'first', type: 'text' } } as const,
        pointer: '/changes/0/field',
      },
      {
        change: { kind: 'addField', object: 'offer', field: { name, type: 'text' } } as const,
        pointer: '/changes/1/field',
      },
    ];
    await assert.rejects(
      versions.fixture.core.applyChanges(administrator, changes('customerId')),
      (error: unknown) => error instanceof Refusal && error.details.errors?.[0]?.pointer === '/changes/1/field/name',
    );
    assert.equal((await versions.fixture.core.state()).version, from);
    const { version } = await versions.fixture.core.applyChanges(administrator, changes('second'), { waitMs: 0 });
    assert.equal(version, from + 1);
  });

  test('a change of nothing makes no version', async () => {
    const from = (await versions.fixture.core.state()).version;
    const applied = await versions.change({ kind: 'changeField', object: 'offer', field: 'subject', set: { help: null } });
    assert.deepEqual([applied.version, applied.served], [from, { state: 'active' }]);
  });

  test('only administrators change the metadata', async () => {
    await assert.rejects(
      versions.fixture.core.applyChanges(callerWith(['sales']), [
        { change: { kind: 'retireField', object: 'offer', field: 'subject' }, pointer: '' },
      ]),
      refused('not_allowed', /Only administrators/),
    );
  });
});
