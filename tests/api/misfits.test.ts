import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import type { Client } from '#tests/support/client.ts';
import { startInstallation, type Installation } from '#tests/support/installation.ts';
import { skipReason, testDatabaseUrl } from '#tests/support/services.ts';
import { defineSpecimens, keyFor, make, must, refusal, SPECIMENS } from './specimen.ts';

const MISFITS = '/api/platform/changes/misfits';

let installation: Installation;
let admin: Client;

before(async () => {
  if (skipReason(testDatabaseUrl())) return;
  installation = await startInstallation();
  ({ admin } = installation);
  await defineSpecimens(admin);
  await must(201, admin.post('/api/platform/objects/specimen/fields', { name: 'amount', type: 'decimal', precision: 10, scale: 2 }));
  const rows = [
    { name: 'a', note: 'same', phone: '+49 30 123456', kind: 'stone', marks: ['red'], amount: '5', site: 'https://a.example' },
    { name: 'b', note: 'same', phone: '+49 30 123457', kind: 'plant', marks: ['red', 'blue'], amount: '50000' },
    { name: 'c', note: 'longer than ten', kind: 'animal', amount: '-1' },
    { name: 'd', note: 'AB-12' },
    { name: 'e' },
  ];
  for (const row of rows) await make(admin, SPECIMENS, row);
  const gone = await make(admin, SPECIMENS, { name: 'gone', note: 'same' });
  await must(204, admin.delete(`${SPECIMENS}/${gone.id}`));
});
after(() => installation?.stop());

const change = (field: string, set: object): object => ({ changes: [{ kind: 'changeField', object: 'specimen', field, set }] });

async function titles(body: object): Promise<string> {
  const page = (await must(200, admin.post(MISFITS, body))).body;
  const preview = (await must(200, admin.post('/api/platform/changes/preview', body))).body;
  assert.equal(page.next, null);
  assert.equal(preview.rows.doNotFit, page.items.length, JSON.stringify(preview));
  return page.items
    .map((item: { title: string }) => item.title)
    .toSorted()
    .join('');
}

describe('Every record that a change would not fit', { skip: skipReason(testDatabaseUrl()) }, () => {
  test('empty, twice, too long, of another shape, out of bounds, of an option that goes, of no number', async () => {
    assert.equal(await titles(change('note', { required: true })), 'e');
    assert.equal(await titles(change('phone', { unique: true })), '');
    assert.equal(await titles(change('amount', { minimum: '0', maximum: '100' })), 'bc');
    assert.equal(await titles(change('amount', { precision: 6 })), 'b');
    assert.equal(await titles(change('marks', { options: ['red', 'green'] })), 'b');
    assert.equal(await titles(change('kind', { options: ['stone', 'plant'] })), 'c');
    await must(201, admin.post('/api/platform/objects/specimen/fields', { name: 'sign', type: 'text' }));
    const { items } = (await must(200, admin.get(`${SPECIMENS}?sort=name`))).body;
    for (const [at, sign] of ['12', '12', 'AB-12', 'a very long one', null].entries())
      await must(200, admin.patch(`${SPECIMENS}/${items[at].id}`, { sign }));
    assert.equal(await titles(change('sign', { unique: true })), 'ab');
    assert.equal(await titles(change('sign', { maxLength: 5 })), 'd');
    assert.equal(await titles(change('sign', { pattern: '^([A-Z]{2}-)?\\d{2}$' })), 'd');
    assert.equal(await titles(change('sign', { type: 'integer' })), 'cd');
    assert.equal(await titles(change('sign', { label: 'Signature' })), '');
  });

  test('page by page, by several changes after each other', async () => {
    const body = {
      changes: [
        ...Object(change('note', { required: true })).changes,
        ...Object(change('amount', { maximum: '1', required: true })).changes,
      ],
    };
    const seen: string[] = [];
    for (let cursor: string | null = ''; cursor !== null;) {
      const page: { items: { title: string; field: string }[]; next: string | null } = (
        await must(200, admin.post(`${MISFITS}?limit=2${cursor === '' ? '' : `&cursor=${cursor}`}`, body))
      ).body;
      assert.ok(page.items.length === 2 || page.next === null);
      seen.push(...page.items.map((one: { title: string; field: string }) => `${one.field} ${one.title}`));
      cursor = page.next;
    }
    assert.deepEqual(seen.toSorted(), ['amount a', 'amount b', 'amount d', 'amount e', 'note e']);
    await refusal(admin.post(`${MISFITS}?cursor=x`, body), 400, 'malformed_request');
    await refusal(admin.post(`${MISFITS}?limit=0`, body), 400, 'malformed_request');
    await refusal(admin.post(MISFITS, change('nothing', { required: true })), 404, 'not_found');
    await refusal((await keyFor(admin, 'manager')).post(MISFITS, body), 403, 'not_allowed');
  });

  test('rows of a document lead to it, and the time is an estimate', async () => {
    await must(201, admin.post('/api/platform/objects/offer_line/fields', { name: 'batch', type: 'text', label: 'Batch' }));
    const customer = await make(admin, '/api/customers/customers', { name: 'Acme' });
    const lines = [{ description: 'Bolt', quantity: '1', unitPrice: '2', batch: 'x7' }];
    const offer = await make(admin, '/api/offers/offers', { customerId: customer.id, lines });
    const body = { changes: [{ kind: 'changeField', object: 'offer_line', field: 'batch', set: { type: 'integer' } }] };
    const { items } = (await must(200, admin.post(MISFITS, body))).body;
    assert.deepEqual(items[0].record, { object: 'offer', id: offer.id });
    const retype = (await must(200, admin.post('/api/platform/changes/preview', body))).body;
    assert.ok(retype.seconds > 0 && retype.seconds < 1, String(retype.seconds));
    assert.equal((await admin.post('/api/platform/changes/preview', change('note', { required: true }))).body.seconds, 0);
  });
});
