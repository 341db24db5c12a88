import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import type { Answer, Client } from '#tests/support/client.ts';
import { startInstallation, type Installation } from '#tests/support/installation.ts';
import { salesOf } from '#tests/support/sales.ts';
import { skipReason, testDatabaseUrl } from '#tests/support/services.ts';
import { defineSpecimens, keyFor, make, must, refusal, SPECIMENS } from './specimen.ts';

const database = testDatabaseUrl();
const OFFERS = '/api/offers/offers';
const SENT_AT_ONCE = 50;
let installation: Installation;
let admin: Client;
let sales: Client;
let customerId = '';

before(async () => {
  if (skipReason(database)) return;
  installation = await startInstallation();
  ({ admin } = installation);
  await defineSpecimens(admin);
  sales = await keyFor(admin, 'sales');
  customerId = (await make(admin, '/api/customers/customers', { name: 'Acme' })).id;
});
after(() => installation?.stop());

const counted = async (filter: unknown): Promise<number> =>
  (await must(200, admin.post(`${SPECIMENS}/query`, { filter, count: 'exact', limit: 1 }))).body.count;

describe('A request with an Idempotency-Key', { skip: skipReason(database) }, () => {
  const key = (value: string) => ({ 'idempotency-key': value });

  test('has one effect and one answer; another body is refused, another caller is another matter', async () => {
    const first = await must(201, admin.post(SPECIMENS, { name: 'once' }, key('k-1')));
    const again = await must(201, admin.post(SPECIMENS, { name: 'once' }, key('k-1')));
    assert.deepEqual(again.body, first.body);
    for (const name of ['location', 'etag']) assert.equal(again.headers.get(name), first.headers.get(name), name);
    assert.equal(await counted({ name: 'once' }), 1);
    await refusal(admin.post(SPECIMENS, { name: 'other' }, key('k-1')), 422, 'key_reused');
    await refusal(admin.post(`${SPECIMENS}/bulk`, { operations: [] }, key('k-1')), 422, 'key_reused');
    assert.notEqual((await must(201, sales.post(SPECIMENS, { name: 'once' }, key('k-1')))).body.id, first.body.id);
  });

  test('many at once make one record; who comes too early is told when to ask again', async () => {
    const answers = await Promise.all(Array.from({ length: 20 }, () => admin.post(SPECIMENS, { name: 'race' }, key('k-race'))));
    const made = answers.filter(({ status }) => status === 201);
    assert.ok(made.length > 0);
    assert.equal(new Set(made.map(({ body }) => body.id)).size, 1);
    for (const early of answers.filter(({ status }) => status !== 201)) {
      assert.deepEqual([early.status, early.body.code], [409, 'still_running']);
      assert.match(early.headers.get('retry-after') ?? '', /^\d+$/);
    }
    assert.equal(await counted({ name: 'race' }), 1);
    assert.equal((await must(201, admin.post(SPECIMENS, { name: 'race' }, key('k-race')))).body.id, made[0]?.body.id);
  });

  test('that was refused had no effect and may be corrected; a key without measure is refused', async () => {
    await refusal(admin.post(SPECIMENS, { day: 'never' }, key('k-2')), 422, 'invalid_value');
    await must(201, admin.post(SPECIMENS, { day: '2026-01-01' }, key('k-2')));
    await refusal(admin.post(SPECIMENS, {}, key('x'.repeat(1000))), 400, 'malformed_request');
  });

  test('holds for commands and bulk requests too', async () => {
    const offer = await make(admin, OFFERS, { customerId, lines: [{ description: 'a', quantity: '1', unitPrice: '1' }] });
    const submit = () => admin.post(`${OFFERS}/${offer.id}/actions/submit`, {}, key('k-submit'));
    assert.deepEqual((await must(200, submit())).body, (await must(200, submit())).body);
    const bulk = () => admin.post(`${SPECIMENS}/bulk`, { operations: [{ op: 'create', record: { name: 'in bulk' } }] }, key('k-bulk'));
    assert.deepEqual((await must(200, bulk())).body, (await must(200, bulk())).body);
    assert.equal(await counted({ name: 'in bulk' }), 1);
  });
});

describe('Many operations in one request', { skip: skipReason(database) }, () => {
  test('stand alone, each with its result, in their order', async () => {
    const old = await make(admin, SPECIMENS, { code: 'B-old' });
    const operations = [
      { op: 'create', record: { code: 'B-1', name: 'new' } },
      { op: 'create', record: { code: 'B-old' } },
      { op: 'update', id: old.id, record: { name: 'changed' }, version: 1 },
      { op: 'update', id: old.id, record: { name: 'late' }, version: 1 },
      { op: 'upsert', by: 'code', value: 'B-1', record: { name: 'upserted' } },
      { op: 'upsert', by: 'code', value: 'B-2', record: {} },
      { op: 'delete', id: old.id },
      { op: 'delete', id: old.id },
      { op: 'create', record: { kind: 'stnoe' } },
    ];
    const { results } = (await must(200, admin.post(`${SPECIMENS}/bulk`, { operations }))).body;
    const statuses = results.map(({ status, problem }: Answer['body']) => (problem ? `${status} ${problem.code}` : status));
    const expected = [201, '409 duplicate', 200, '412 stale_version', 200, 201, 204, '404 not_found', '422 invalid_value'];
    assert.deepEqual(statuses, expected);
    assert.equal(results[8].problem.errors[0].pointer, '/kind');
    assert.equal(results[4].record.name, 'upserted');
  });

  test('that are atomic are all done or none, and the refusal points to the one', async () => {
    const operations = [
      { op: 'create', record: { code: 'C-1' } },
      { op: 'upsert', by: 'code', value: 'C-2', record: {} },
      { op: 'create', record: { code: 'C-3', worth: 'much' } },
    ];
    const { errors } = await refusal(admin.post(`${SPECIMENS}/bulk`, { atomic: true, operations }), 422, 'bulk_failed');
    assert.equal(errors[0].pointer, '/operations/2/record/worth');
    assert.equal(await counted({ code: { startsWith: 'C-' } }), 0);
    await must(200, admin.post(`${SPECIMENS}/bulk`, { atomic: true, operations: operations.slice(0, 2) }));
    assert.equal(await counted({ code: { startsWith: 'C-' } }), 2);
  });

  test('are at most a thousand, and each of a form that the contract knows', async () => {
    const many = (count: number) => Array.from({ length: count }, (_, at) => ({ op: 'create', record: { code: `M-${at}` } }));
    await refusal(admin.post(`${SPECIMENS}/bulk`, { operations: many(1001) }), 422, 'limit_reached');
    assert.equal((await must(200, admin.post(`${SPECIMENS}/bulk`, { atomic: true, operations: many(1000) }))).body.results.length, 1000);
    for (const operation of [{ op: 'crate', record: {} }, { op: 'update', record: {} }, { op: 'create' }, 'create', null]) {
      const { status, body } = await admin.post(`${SPECIMENS}/bulk`, { operations: [operation] });
      assert.equal(status, 400, JSON.stringify(body));
      assert.match(body.detail, /operation/i);
    }
  });
});

describe('Commands', { skip: skipReason(database) }, () => {
  const lines = [{ description: 'a', quantity: '1', unitPrice: '10' }];
  const act = (by: Client, id: string, command: string, input: unknown = {}) => by.post(`${OFFERS}/${id}/actions/${command}`, input);

  test('take their inputs, their states and their permissions one by one', async () => {
    const offer = await make(sales, OFFERS, { customerId, lines });
    await refusal(act(sales, offer.id, 'sned'), 404, 'not_found');
    await refusal(act(sales, offer.id, 'approve'), 403, 'not_allowed');
    await refusal(act(sales, offer.id, 'send'), 409, 'wrong_state');
    await must(200, act(sales, offer.id, 'submit'));
    const unexplained = await refusal(act(admin, offer.id, 'reject'), 422, 'invalid_value');
    assert.equal(unexplained.errors[0].pointer, '/reason');
    assert.match((await refusal(act(admin, offer.id, 'reject', { raeson: 'x' }), 400, 'unknown_name')).detail, /Did you mean reason/);
    const stale = await admin.post(`${OFFERS}/${offer.id}/actions/withdraw`, {}, { 'if-match': '"1"' });
    assert.deepEqual([stale.status, stale.body.code], [412, 'stale_version']);
    const first = await must(200, act(admin, offer.id, 'withdraw'));
    assert.deepEqual((await must(200, act(admin, offer.id, 'withdraw'))).body, first.body);
    await refusal(act(admin, offer.id, 'send'), 409, 'wrong_state');
    await refusal(act(admin, '01890a5d-ac96-774b-bcce-b302099a8057', 'submit'), 404, 'not_found');
  });

  test('fifty that draw a number at once, with refusals among them, leave no gap', async () => {
    const { create, act: done, patiently } = salesOf(admin);
    const draft = () => create(OFFERS, { customerId, lines });
    const made = await Promise.all(Array.from({ length: SENT_AT_ONCE }, draft));
    await Promise.all(made.map(({ id }) => done(`${OFFERS}/${id}`, 'submit')));
    const drafts = await Promise.all(Array.from({ length: 10 }, draft));
    const answers = await Promise.all([...made, ...drafts].map(({ id }) => patiently(`${OFFERS}/${id}/actions/send`, {})));
    const statuses = Object.groupBy(answers, ({ status }) => status);
    assert.deepEqual(
      Object.entries(statuses).map(([status, some]) => `${some?.length} × ${status}`),
      ['50 × 200', '10 × 409'],
    );
    const numbers = answers.filter(({ status }) => status === 200).map(({ body }) => Number(body.record.number.slice(-5)));
    assert.deepEqual(
      numbers.toSorted((left, right) => left - right),
      Array.from({ length: SENT_AT_ONCE }, (_, at) => at + 1),
    );
  });
});
