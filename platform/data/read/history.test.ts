import assert from 'node:assert/strict';
import { after, before, suite, test } from 'node:test';
import type { ObjectDefinition } from '#platform/kernel/model.ts';
import { idOf, insert, openFixture, type Fixture } from './fixture/deals.ts';
import { readHistory } from './history.ts';
import { lookupRecords } from './lookup.ts';
import { fillOneDeal } from './fixture/one-deal.ts';

let fixture: Fixture;
let deal: ObjectDefinition;
before(async () => {
  fixture = await openFixture();
  const found = fixture.schema.byName.get('deal');
  assert.ok(found);
  deal = found;
  await fillOneDeal(fixture);
});
after(() => fixture.close());

suite('Lookup and history', () => {
  test('lookup: titles that begin so first, then words anywhere; nothing typed is the newest', async () => {
    for (const [at, name] of ['Acme 10%', 'acme Zwei', 'The Acme', 'Äcme', 'Bacme'].entries())
      await insert(fixture, 'records.deal', { id: idOf(700 + at), name });
    const titles = async (q: string, limit = 10) =>
      JSON.parse(await lookupRecords(fixture.source('seller'), deal, { q, limit, fields: ['stage'] })).items.map(
        (one: { title: string }) => one.title,
      );
    assert.deepEqual(await titles('ACM'), ['Äcme', 'Acme 10%', 'acme Zwei', 'The Acme']);
    assert.deepEqual(await titles('acm', 2), ['Äcme', 'Acme 10%']);
    assert.deepEqual(await titles('acme 10%'), ['Acme 10%']);
    assert.deepEqual((await titles('acme_')).toSorted(), ['Acme 10%', 'The Acme', 'acme Zwei', 'Äcme']);
    assert.equal((await titles('')).length, 7);
    assert.deepEqual(await titles('%'), []);
    const shown = JSON.parse(await lookupRecords(fixture.source('seller'), deal, { q: 'say', limit: 1 })).items[0];
    assert.deepEqual(Object.keys(shown), ['id', 'title', 'email', 'name', 'note', 'place']);
    await fixture.run('delete from records.deal where id >= $1', [idOf(700)]);
  });

  test('history: newest first, by today’s names, pages by cursor, children inside', async () => {
    const event = (data: unknown) =>
      fixture.run(
        `insert into platform.outbox (id, type, object, record_id, subject, actor, correlation_id, object_version, metadata_version, data, time) values ('${idOf(1)}', 'DealUpdated', 'deal', '${idOf(1)}', 'deal/x', 'user:x', 'c', 1, 1, $1, '2026-01-01T10:00:00.5Z')`,
        [data],
      );
    await event({
      record: {},
      changed: { name: { old: null, new: 'A' }, secret: { old: null, new: 'x' }, gone: { old: 1, new: 2 } },
    });
    await event({ meeting: true });
    await event({
      record: {},
      changed: {
        phase: { old: 'open', new: 'won' },
        lines: { old: [], new: [{ id: idOf(401), text: 't', cost: '5.00', unknown: 1 }] },
      },
    });
    const first = JSON.parse(await readHistory(fixture.source('seller'), deal, idOf(1), { limit: 1 }));
    assert.deepEqual(first.items, [
      {
        at: '2026-01-01T10:00:00.500Z',
        by: 'user:x',
        eventId: idOf(1),
        changes: [
          { field: 'stage', old: 'open', new: 'won' },
          { field: 'lines', old: [], new: [{ id: idOf(401), text: 't' }] },
        ],
      },
    ]);
    const second = JSON.parse(await readHistory(fixture.source('seller'), deal, idOf(1), { limit: 1, cursor: first.next }));
    assert.deepEqual(second.items[0].changes, [{ field: 'name', old: null, new: 'A' }]);
    assert.equal(second.next, null);
    const boss = JSON.parse(await readHistory(fixture.source('boss'), deal, idOf(1), { limit: 10 }));
    assert.deepEqual(
      boss.items[1].changes.map((change: { field: string }) => change.field),
      ['name', 'secret'],
    );
    await assert.rejects(readHistory(fixture.source('seller'), deal, idOf(99), { limit: 1 }), { code: 'not_found' });
    await assert.rejects(readHistory(fixture.source('seller'), deal, idOf(1), { limit: 1, cursor: 'x' }), {
      code: 'malformed_request',
    });
  });
});
