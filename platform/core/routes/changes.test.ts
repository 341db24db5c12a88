import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import type { Caller } from '#platform/kernel/caller.ts';
import { needed, skipReason, testDatabaseUrl } from '#tests/support/services.ts';
import { callerWith } from '../fixture.ts';
import { administrator, items, openApi, type Api } from './api.fixture.ts';

const server = testDatabaseUrl();

describe('the metadata API: versions', { skip: skipReason(server) }, () => {
  let api: Api;
  before(async () => {
    api = await openApi(needed(server));
  });
  after(() => api.fixture.drop());
  const call: Api['call'] = (...asked) => api.call(...asked);

  test('the log says who changed what and takes it back; pages follow on', async () => {
    const made = await call('POST', '/objects/offer/fields', {
      body: { name: 'logged', type: 'date', label: { en: 'Logged', de: 'Vermerkt' } },
    });
    const [entry] = items(
      await call('GET', '/changes', {
        caller: callerWith(['administrator'], 'de'),
        query: { object: 'offer', limit: '1' },
      }),
    );
    assert.deepEqual(
      [entry?.['version'], entry?.['summary'], entry?.['byName'], entry?.['undoable'], entry?.['kind']],
      [made.body['version'], 'Feld Vermerkt zu offer hinzugefügt', 'Ada', true, 'addField'],
    );
    const undone = await call('POST', `/changes/${String(made.body['version'])}/undo`);
    assert.equal(undone.status, 200);
    const first = await call('GET', '/changes', { query: { limit: '2' } });
    const second = await call('GET', '/changes', { query: { limit: '2', cursor: String(first.body['next']) } });
    assert.equal(items(second)[0]?.['version'], Number(items(first)[1]?.['version']) - 1);
    assert.equal(items(first)[1]?.['undoneBy'], undone.body['version']);
  });

  test('a preview says what stands on a field, and writes nothing', async () => {
    const from = (await api.fixture.core.state()).version;
    const preview = await call('POST', '/changes/preview', {
      body: {
        changes: [
          { kind: 'retireField', object: 'offer', field: 'name' },
          { kind: 'dropField', object: 'offer', field: 'priority' },
        ],
      },
    });
    assert.equal(preview.status, 200);
    assert.ok(JSON.stringify(preview.body['dependants']).includes('"title"'));
    assert.equal(Array.isArray(preview.body['errors']) && preview.body['errors'].length, 1);
    assert.equal((await api.fixture.core.state()).version, from);
  });

  test('a service pulls its schema, gets 304 when nothing of it changed, and reports only for itself', async () => {
    const service = (name: string): Caller => ({ ...administrator, kind: 'service', actor: `service:${name}` });
    const pulled = await call('GET', '/schema/offers', { caller: service('offers') });
    assert.equal(pulled.body['module'], 'offers');
    assert.equal((await call('GET', '/schema/offers', { query: { since: String(pulled.body['version']) } })).status, 304);
    assert.equal((await call('POST', '/services/offers/applied', { caller: service('customers'), body: { version: 3 } })).status, 403);
    assert.equal((await call('POST', '/services/offers/applied', { caller: service('offers'), body: { version: 3 } })).status, 204);
    assert.equal((await call('GET', '/schema/nothing')).status, 404);
    assert.deepEqual(
      items(await call('GET', '/services')).map((one) => one['module']),
      ['audit', 'customers', 'offers', 'platform'],
    );
  });
});
