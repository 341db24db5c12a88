import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { Refusal } from '#platform/kernel/errors.ts';
import { moduleSchema } from '#platform/metadata/module-schema.ts';
import { needed, skipReason, testDatabaseUrl } from '#tests/support/services.ts';
import type { Change } from './change.ts';
import type { Applied, ChangeOptions, Core } from './core.ts';
import { callerWith, createCoreFixture, smallStandard, type CoreFixture } from './fixture.ts';
import { findObject } from './state.ts';

const server = testDatabaseUrl();
const administrator = callerWith(['administrator']);

describe('metadata versions', { skip: skipReason(server) }, () => {
  let fixture: CoreFixture;
  before(async () => {
    fixture = await createCoreFixture(needed(server));
  });
  after(() => fixture.drop());

  const change = (one: Change, core: Core = fixture.core, options: ChangeOptions = {}): Promise<Applied> =>
    core.applyChanges(administrator, [{ change: one, pointer: '' }], { waitMs: 0, ...options });
  const addField = (name: string, more: object = {}) =>
    change({ kind: 'addField', object: 'offer', field: { name, type: 'text', ...more } });
  const field = async (name: string, core: Core = fixture.core) =>
    findObject(await core.state(), 'offer')?.fields.find((one) => one.name === name && one.state !== 'retired');
  const events = async (version: number) =>
    (
      await fixture.database.read({
        text: 'select type, subject, data from platform.outbox where metadata_version = $1 order by position',
        values: [version],
      })
    ).map(([type, subject]) => `${type} ${subject}`);
  const refused = (code: string, pattern: RegExp) => (error: unknown) =>
    error instanceof Refusal && error.code === code && pattern.test(error.message);

  test('the first start installs the standard layer as version 1; another start changes nothing', async () => {
    assert.equal((await fixture.core.state()).version, 1);
    assert.equal((await (await fixture.open()).state()).version, 1);
    assert.deepEqual(await events(1), ['SchemaChanged metadata/1']);
  });

  test('a new field is a version with its events, seen by administrators only, at the end of the layouts', async () => {
    const { version, facts } = await addField('region', { show: ['detail', 'list'] });
    assert.deepEqual(facts, [{ type: 'FieldAdded', object: 'offer', field: 'region' }]);
    assert.deepEqual(await events(version), ['FieldAdded object/offer', `SchemaChanged metadata/${version}`]);
    const region = await field('region');
    assert.match(region?.column ?? '', /^c_[a-z0-9]{12}$/);
    assert.deepEqual(region?.access, { read: [], edit: [] });
    const offer = findObject(await fixture.core.state(), 'offer');
    assert.equal(offer?.version, version);
    assert.deepEqual(offer?.layouts.find((layout) => layout.name === 'list')?.columns, ['offer.name', region?.id]);
    assert.ok(JSON.stringify(offer?.layouts.find((layout) => layout.name === 'detail')).includes(String(region?.id)));
    assert.ok(!JSON.stringify(offer?.layouts.find((layout) => layout.name === 'create')).includes(String(region?.id)));
  });

  test('what is read back from the database is what the replica that wrote it has', async () => {
    await addField('weight', { type: 'decimal', scale: 2, label: { en: 'Weight', de: 'Gewicht' } });
    const [ours, theirs] = await Promise.all([fixture.core.state(), (await fixture.open()).state()]);
    assert.deepEqual(theirs.objects, ours.objects);
    assert.deepEqual(theirs.touched, ours.touched);
  });

  test('two administrators on two replicas adding fields at once: each gets a version of its own, one after the other', async () => {
    const other = await fixture.open();
    const from = (await fixture.core.state()).version;
    const add = (core: Core, name: string) => change({ kind: 'addField', object: 'offer', field: { name, type: 'text' } }, core);
    const names = Array.from({ length: 10 }, (_, index) => `parallel${index}`);
    const made = await Promise.all(names.map((name, index) => add(index % 2 === 0 ? fixture.core : other, name)));
    assert.deepEqual(
      made.map((one) => one.version).sort((left, right) => left - right),
      names.map((_, index) => from + 1 + index),
    );
    for (const core of [fixture.core, other]) for (const name of names) assert.ok(await field(name, core), name);
  });

  test('the same name from two sides at once: one field, one refusal', async () => {
    const other = await fixture.open();
    const add = (core: Core) => change({ kind: 'addField', object: 'offer', field: { name: 'contested', type: 'text' } }, core);
    const results = await Promise.allSettled([add(fixture.core), add(other)]);
    assert.deepEqual(results.map((one) => one.status).sort(), ['fulfilled', 'rejected']);
    const rejected = results.find((one) => one.status === 'rejected');
    assert.ok(rejected && refused('invalid_value', /has a field "contested" already/)(rejected.reason));
  });

  test('with the version of the object only one of two gets through', async () => {
    const version = findObject(await fixture.core.state(), 'offer')?.version ?? 0;
    const set = (label: string) =>
      change({ kind: 'changeField', object: 'offer', field: 'subject', set: { label } }, fixture.core, {
        ifVersion: { object: 'offer', version },
      });
    const results = await Promise.allSettled([set('One'), set('Two')]);
    const rejected = results.filter((one) => one.status === 'rejected');
    assert.equal(rejected.length, 1);
    assert.ok(refused('stale_version', /was changed meanwhile/)(rejected[0]?.reason));
  });

  test('a rename is metadata only: same column, the old name answers until a new field takes it', async () => {
    await addField('route');
    const old = await field('route');
    await change({ kind: 'changeField', object: 'offer', field: 'route', set: { name: 'tour' } });
    const renamed = await field('tour');
    assert.deepEqual([renamed?.id, renamed?.column, renamed?.aliases], [old?.id, old?.column, ['route']]);
    await addField('route');
    assert.equal((await field('tour'))?.aliases, undefined);
  });

  test('taking back a new field retires it; taking that back brings it again', async () => {
    const { version } = await addField('undone', { show: ['list', 'detail'] });
    const added = await field('undone');
    const undo = await fixture.core.undo(administrator, version, { waitMs: 0 });
    assert.equal(await field('undone'), undefined);
    assert.deepEqual(await events(undo.version), [
      'FieldRetired object/offer',
      'LayoutUpdated object/offer',
      `SchemaChanged metadata/${undo.version}`,
    ]);
    await assert.rejects(fixture.core.undo(administrator, version, { waitMs: 0 }), refused('conflict', /taken back by version/));
    await fixture.core.undo(administrator, undo.version, { waitMs: 0 });
    assert.deepEqual(await field('undone'), added);
    assert.ok(
      findObject(await fixture.core.state(), 'offer')
        ?.layouts.find((one) => one.name === 'list')
        ?.columns?.includes(String(added?.id)),
    );
  });

  test('a version is not taken back over a later change of the same thing, and the refusal names it', async () => {
    const { version } = await addField('blocked');
    const later = await change({ kind: 'changeField', object: 'offer', field: 'blocked', set: { label: 'Other' } });
    await assert.rejects(
      fixture.core.undo(administrator, version, { waitMs: 0 }),
      refused('conflict', new RegExp(`Version ${later.version} changed the same since`)),
    );
    await fixture.core.undo(administrator, later.version, { waitMs: 0 });
    assert.equal((await field('blocked'))?.label.en, 'Blocked');
  });

  test('retired, restored, dropped; a name that was taken meanwhile stands in the way', async () => {
    await addField('season');
    await change({ kind: 'retireField', object: 'offer', field: 'season' });
    const retired = findObject(await fixture.core.state(), 'offer')?.fields.find((one) => one.name === 'season');
    assert.equal(retired?.state, 'retired');
    await addField('season');
    await assert.rejects(
      change({ kind: 'restoreField', object: 'offer', field: String(retired?.id) }),
      refused('conflict', /Another field is called season/),
    );
    await change({ kind: 'dropField', object: 'offer', field: String(retired?.id) });
    const { version } = await fixture.core.state();
    await assert.rejects(fixture.core.undo(administrator, version, { waitMs: 0 }), refused('conflict', /gone with its data/));
  });

  test('what was retired 30 days ago is dropped by the daily job', async () => {
    const { version } = await addField('forgotten');
    await fixture.core.undo(administrator, version, { waitMs: 0 });
    const tomorrow = await fixture.open(smallStandard(), () => new Date(Date.now() + 86_400_000));
    assert.equal(await tomorrow.dropExpired(), 0);
    const nextMonth = await fixture.open(smallStandard(), () => new Date(Date.now() + 31 * 86_400_000));
    assert.ok((await nextMonth.dropExpired()) >= 1);
    assert.ok(!findObject(await fixture.core.state(), 'offer')?.fields.some((one) => one.name === 'forgotten'));
  });

  test('rows that do not fit stop a change, with the rows', async () => {
    await addField('code');
    fixture.fits.answer = { affected: 3, doNotFit: 2, samples: [{ id: '1', title: 'Roof', value: 'x' }] };
    const set = { kind: 'changeField', object: 'offer', field: 'code', set: { unique: true } } as const;
    const preview = await fixture.core.previewChanges(administrator, [{ change: set, pointer: '' }]);
    assert.deepEqual([preview.rows.doNotFit, preview.locks, preview.errors], [2, 'short', []]);
    await assert.rejects(change(set), refused('data_does_not_fit', /2 of 3 records do not fit.*Roof/));
    fixture.fits.answer = { affected: 3, doNotFit: 0, samples: [] };
    await change(set);
    assert.equal((await field('code'))?.unique, true);
  });

  test('a custom object lives in its module, is served, and goes with everything that refers to it gone', async () => {
    const { version } = await change({
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
    const object = findObject(await fixture.core.state(), 'site_visit');
    assert.deepEqual([object?.collection, object?.titleField, object?.custom, object?.version], ['site-visits', 'title', true, version]);
    assert.match(object?.table ?? '', /^c_[a-z0-9]{12}$/);
    await addField('visit', { type: 'lookup', target: 'site_visit' });
    await assert.rejects(change({ kind: 'retireObject', object: 'site_visit' }), refused('in_use', /offer refers to it by Visit/));
    await change({ kind: 'retireField', object: 'offer', field: 'visit' });
    await change({ kind: 'retireObject', object: 'site_visit' });
    await change({ kind: 'restoreObject', object: 'site_visit' });
    await assert.rejects(
      change({ kind: 'addObject', object: { name: 'ledger', module: 'audit', label: 'Ledger' } }),
      refused('invalid_value', /lives in one of customers, offers/),
    );
  });

  test('many changes are one version or none', async () => {
    const from = (await fixture.core.state()).version;
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
      fixture.core.applyChanges(administrator, changes('customerId')),
      (error: unknown) => error instanceof Refusal && error.details.errors?.[0]?.pointer === '/changes/1/field/name',
    );
    assert.equal((await fixture.core.state()).version, from);
    const { version } = await fixture.core.applyChanges(administrator, changes('second'), { waitMs: 0 });
    assert.equal(version, from + 1);
  });

  test('a change of nothing makes no version', async () => {
    const from = (await fixture.core.state()).version;
    const applied = await change({ kind: 'changeField', object: 'offer', field: 'subject', set: { help: null } });
    assert.deepEqual([applied.version, applied.served], [from, { state: 'active' }]);
  });

  test('the call returns when the owning service has reported the version, not before', async () => {
    const pending = await change({ kind: 'addField', object: 'customer', field: { name: 'waiting', type: 'text' } });
    assert.deepEqual(pending.served, { state: 'pending' });
    const other = await fixture.open();
    const next = (await fixture.core.state()).version + 1;
    const slow = change({ kind: 'addField', object: 'customer', field: { name: 'waited', type: 'text' } }, fixture.core, { waitMs: 5000 });
    setTimeout(() => void other.services.report('customers', next), 150);
    assert.deepEqual((await slow).served, { state: 'active' });
    await fixture.core.services.report('customers', next + 1, 'disk full');
    assert.deepEqual(await fixture.core.services.waitFor(['customers'], next + 1, 0), {
      state: 'pending',
      error: 'disk full',
    });
    assert.equal((await fixture.core.services.list()).find((one) => one.module === 'customers')?.version, next);
  });

  test('a service pulls what it needs, foreign objects included, and nothing when nothing of it changed', async () => {
    const state = await fixture.core.state();
    const offers = await fixture.core.schema('offers');
    assert.deepEqual(offers.schema, moduleSchema(state.objects, 'offers', state.version));
    assert.deepEqual(offers.schema?.foreign.map((object) => object.name).sort(), ['company', 'customer', 'team', 'user']);
    const since = state.version;
    assert.equal((await fixture.core.schema('offers', since)).schema, null);
    await change({ kind: 'changeField', object: 'offer', field: 'subject', set: { help: 'What it is about' } });
    assert.equal((await fixture.core.schema('customers', since)).schema, null);
    assert.notEqual((await fixture.core.schema('offers', since)).schema, null);
  });

  test('only administrators change the metadata', async () => {
    await assert.rejects(
      fixture.core.applyChanges(callerWith(['sales']), [
        { change: { kind: 'retireField', object: 'offer', field: 'subject' }, pointer: '' },
      ]),
      refused('not_allowed', /Only administrators/),
    );
  });
});
