import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { needed, skipReason, testDatabaseUrl } from '#tests/support/services.ts';
import type { Core } from './core.ts';
import { findObject } from './state.ts';
import { openVersions, refused, type Versions } from './versions.fixture.ts';

const server = testDatabaseUrl();

describe('metadata versions: several at once', { skip: skipReason(server) }, () => {
  let versions: Versions;
  before(async () => {
    versions = await openVersions(needed(server));
  });
  after(() => versions.fixture.drop());

  test('two administrators on two replicas adding fields at once: each gets a version of its own, one after the other', async () => {
    const other = await versions.fixture.open();
    const from = (await versions.fixture.core.state()).version;
    const add = (core: Core, name: string) => versions.change({ kind: 'addField', object: 'offer', field: { name, type: 'text' } }, core);
    const names = Array.from({ length: 10 }, (_, index) => `parallel${index}`);
    const made = await Promise.all(names.map((name, index) => add(index % 2 === 0 ? versions.fixture.core : other, name)));
    assert.deepEqual(
      made.map((one) => one.version).sort((left, right) => left - right),
      names.map((_, index) => from + 1 + index),
    );
    for (const core of [versions.fixture.core, other]) for (const name of names) assert.ok(await versions.field(name, core), name);
  });

  test('the same name from two sides at once: one field, one refusal', async () => {
    const other = await versions.fixture.open();
    const add = (core: Core) => versions.change({ kind: 'addField', object: 'offer', field: { name: 'contested', type: 'text' } }, core);
    const results = await Promise.allSettled([add(versions.fixture.core), add(other)]);
    assert.deepEqual(results.map((one) => one.status).sort(), ['fulfilled', 'rejected']);
    const rejected = results.find((one) => one.status === 'rejected');
    assert.ok(rejected && refused('invalid_value', /has a field "contested" already/)(rejected.reason));
  });

  test('with the version of the object only one of two gets through', async () => {
    const version = findObject(await versions.fixture.core.state(), 'offer')?.version ?? 0;
    const set = (label: string) =>
      versions.change({ kind: 'changeField', object: 'offer', field: 'subject', set: { label } }, versions.fixture.core, {
        ifVersion: { object: 'offer', version },
      });
    const results = await Promise.allSettled([set('One'), set('Two')]);
    const rejected = results.filter((one) => one.status === 'rejected');
    assert.equal(rejected.length, 1);
    assert.ok(refused('stale_version', /was changed meanwhile/)(rejected[0]?.reason));
  });
});
