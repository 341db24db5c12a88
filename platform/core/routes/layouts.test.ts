import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { isRecord } from '#platform/kernel/is-record.ts';
import { needed, skipReason, testDatabaseUrl } from '#tests/support/services.ts';
import { callerWith } from '../fixture.ts';
import { items, openApi, pointers, sales, type Api, type Seen } from './api.fixture.ts';

const server = testDatabaseUrl();
const ANY = { 'if-match': '*', prefer: 'wait=0' };
const page = (...fields: readonly unknown[]) => ({ sections: [{ id: 'main', label: 'Main', items: fields }] });

describe('the metadata API: layouts', { skip: skipReason(server) }, () => {
  let api: Api;
  before(async () => {
    api = await openApi(needed(server));
  });
  after(() => api.fixture.drop());
  const call: Api['call'] = (...asked) => api.call(...asked);
  const put = (layout: string, body: unknown): Promise<Seen> => call('PUT', `/objects/offer/layouts/${layout}`, { body, headers: ANY });
  const namesOf = (seen: Seen): readonly unknown[] =>
    (Array.isArray(seen.body['layouts']) ? seen.body['layouts'].filter(isRecord) : []).map((layout) => layout['name']);

  test('tabs, a sidebar and related lists are kept as they are drawn', async () => {
    const body = {
      tabs: [{ id: 'more', label: { en: 'More', de: 'Mehr' } }],
      sections: [
        { id: 'main', items: ['name', { field: 'customer', span: 2 }] },
        { id: 'rest', tab: 'more', columns: 4, items: ['subject', { kind: 'otherRelated' }] },
        { id: 'aside', side: true, items: [{ kind: 'history' }] },
      ],
    };
    const saved = await put('detail', body);
    assert.equal(saved.status, 200, JSON.stringify(saved.body));
    assert.deepEqual(saved.body['tabs'], body.tabs);
    assert.deepEqual(saved.body['sections'], [
      {
        id: 'main',
        columns: 2,
        items: [
          { kind: 'field', field: 'offer.name' },
          { kind: 'field', field: 'offer.customer', span: 2 },
        ],
      },
      { id: 'rest', columns: 4, tab: 'more', items: [{ kind: 'field', field: 'offer.subject' }, { kind: 'otherRelated' }] },
      { id: 'aside', columns: 1, side: true, items: [{ kind: 'history' }] },
    ]);
    const lost = await put('detail', { sections: [{ id: 'main', tab: 'nowhere', items: ['name'] }] });
    assert.deepEqual([lost.status, pointers(lost)], [422, ['/sections/0/tab']]);
    const related = { kind: 'related', object: 'offer', field: 'customer', columns: ['name'], sort: '-createdAt', limit: 5 };
    const customer = await call('PUT', '/objects/customer/layouts/detail', { body: page('name', related), headers: ANY });
    assert.deepEqual(firstItems(customer)[1], {
      ...related,
      field: 'offer.customer',
      columns: ['offer.name'],
      sort: { field: 'offer.createdAt', descending: true },
    });
    for (const [wrong, at] of [
      [{ ...related, limit: 500 }, 'limit'],
      [{ ...related, sort: 'nowhere' }, 'sort'],
    ] as const) {
      const refused = await call('PUT', '/objects/customer/layouts/detail', { body: page(wrong), headers: ANY });
      assert.deepEqual(pointers(refused), [`/sections/0/items/0/${at}`]);
    }
  });

  test('another layout of a page is chosen by rules, and each person has those that are theirs', async () => {
    assert.deepEqual(pointers(await put('salesPage', page('name'))), ['/page']);
    assert.equal((await put('salesPage', { page: 'detail', label: 'For sales', ...page('name') })).status, 200);
    assert.equal((await put('bigDeal', { page: 'detail', ...page('name', 'subject') })).status, 200);
    assert.equal((await put('kanban', { columns: ['customer'] })).status, 200);
    assert.deepEqual(pointers(await put('kanban', page('name'))), ['']);
    const rules = (layoutRules: unknown): Promise<Seen> => call('PATCH', '/objects/offer', { body: { layoutRules } });
    for (const [wrong, at] of [
      [{ layout: 'nobody' }, '/layoutRules/0/layout'],
      [{ layout: 'detail' }, '/layoutRules/0/layout'],
      [{ layout: 'salesPage', roles: ['nobody'] }, '/layoutRules/0/roles/0'],
      [{ layout: 'salesPage', when: { subjekt: 'x' } }, '/layoutRules/0/when'],
      [{ layout: 'salesPage', when: { subject: { larger: 'x' } } }, '/layoutRules/0/when'],
    ] as const) {
      const refused = await rules([wrong]);
      assert.deepEqual([refused.status, pointers(refused)], [422, [at]], JSON.stringify(refused.body));
    }
    const kept = [
      { layout: 'bigDeal', when: { subject: { contains: 'big' } } },
      { layout: 'salesPage', roles: ['sales'] },
    ];
    assert.deepEqual((await rules(kept)).body['layoutRules'], kept);
    const seen = await call('GET', '/objects/offer', { caller: sales });
    assert.deepEqual(seen.body['layoutRules'], [kept[0], { layout: 'salesPage' }]);
    await call('PUT', '/objects/offer/access/viewer', { body: { read: true } });
    const viewer = await call('GET', '/objects/offer', { caller: callerWith(['viewer']) });
    assert.deepEqual(viewer.body['layoutRules'], [kept[0]]);
    assert.ok(!namesOf(viewer).includes('salesPage'));
    const asViewer = await call('GET', '/objects/offer', { query: { as: 'viewer' } });
    assert.deepEqual(asViewer.body, viewer.body);
    assert.equal((await call('GET', '/objects', { caller: sales, query: { as: 'viewer' } })).status, 403);
  });

  test('a rule follows the field that it asks about, keeps it from going, and goes with its layout', async () => {
    const renamed = await call('PATCH', '/objects/offer/fields/subject', { body: { name: 'topic' } });
    assert.notEqual(renamed.status, 200, 'a standard field keeps its name');
    await call('POST', '/objects/offer/fields', { body: { name: 'size', type: 'select', options: ['small', 'big'] } });
    await call('PATCH', '/objects/offer', { body: { layoutRules: [{ layout: 'bigDeal', when: { size: 'big' } }] } });
    await call('PATCH', '/objects/offer/fields/size', { body: { name: 'extent' } });
    const followed = await call('GET', '/objects/offer');
    assert.deepEqual(followed.body['layoutRules'], [{ layout: 'bigDeal', when: { extent: 'big' } }]);
    assert.equal((await call('DELETE', '/objects/offer/fields/extent')).status, 409);
    await call('DELETE', '/objects/offer/layouts/bigDeal');
    const without = await call('GET', '/objects/offer');
    assert.deepEqual([without.body['layoutRules'], namesOf(without).includes('bigDeal')], [undefined, false]);
    assert.equal((await call('DELETE', '/objects/offer/fields/extent')).status, 200);
  });
});

describe('the metadata API: versions of a layout', { skip: skipReason(server) }, () => {
  let api: Api;
  before(async () => {
    api = await openApi(needed(server));
  });
  after(() => api.fixture.drop());
  const call: Api['call'] = (...asked) => api.call(...asked);
  const put = (layout: string, body: unknown): Promise<Seen> => call('PUT', `/objects/offer/layouts/${layout}`, { body, headers: ANY });

  test('its versions tell what it was, and by whom; a reset goes back to what came with it, or to one that is generated', async () => {
    const versions = items(await call('GET', '/objects/offer/layouts/list/versions'));
    assert.deepEqual(
      versions.map((version) => version['version']),
      [null],
      'what it came with is the first',
    );
    await put('list', { columns: ['subject'] });
    await call('POST', '/objects/offer/fields', { body: { name: 'shade', type: 'text', show: ['list'] } });
    const shade = items(await call('GET', '/objects/offer/layouts/list/versions'));
    assert.deepEqual(
      shade.map(({ layout }) => (isRecord(layout) && Array.isArray(layout['columns']) ? layout['columns'].length : 0)),
      [2, 1, 1],
    );
    assert.match(String(shade[0]?.['summary']), /Shade/);
    const reset = await call('DELETE', '/objects/offer/layouts/list');
    assert.deepEqual(reset.body['columns'], ['offer.name']);
    const generated = await call('DELETE', '/objects/offer/layouts/list', { query: { generated: 'true' } });
    assert.equal(generated.body['generated'], true);
    assert.equal((await call('DELETE', '/objects/offer/layouts/kanban', { query: { generated: 'true' } })).status, 404);
    assert.equal((await call('GET', '/objects/offer/layouts/nowhere/versions')).status, 404);
  });
});

function firstItems({ body }: Seen): readonly unknown[] {
  const [section] = Array.isArray(body['sections']) ? body['sections'].filter(isRecord) : [];
  return section && Array.isArray(section['items']) ? section['items'] : [];
}
