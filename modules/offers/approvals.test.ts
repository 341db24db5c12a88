import assert from 'node:assert/strict';
import { after, afterEach, before, describe, test } from 'node:test';
import { policy, roleId, someone, type Someone } from '#tests/support/approvals.ts';
import { ask } from '#tests/support/books.ts';
import type { Answer, Client } from '#tests/support/client.ts';
import { eventsAbout } from '#tests/support/events.ts';
import { eventually } from '#tests/support/eventually.ts';
import { startInstallation, type Installation } from '#tests/support/installation.ts';
import { runScheduled } from '#tests/support/scheduled.ts';
import { skipReason, testDatabaseUrl } from '#tests/support/services.ts';

type Body = Answer['body'];

const OFFERS = '/api/offers/offers';
const POLICIES = '/api/offers/approval-policies';
const REQUESTS = '/api/offers/approval-requests';
const TODAY = new Date().toISOString().slice(0, 10);
const TOMORROW = new Date(Date.now() + 86_400_000).toISOString().slice(0, 10);
const MORE_THAN_A_PAGE = `insert into records.approval_request select (jsonb_populate_record(r, jsonb_build_object('id', '00000000-0000-4000-8000-' || lpad(n::text, 12, '0'), 'escalation_role', null))).* from records.approval_request r, generate_series(1, 201) n`;
const ANY_DISCOUNT = { highestDiscountPercent: { gt: '15' } };

let installation: Installation;
let sales: Someone;
let ana: Someone;
let ben: Someone;
let cem: Someone;
let manager: string;
let customerId: string;

before(async () => {
  if (skipReason(testDatabaseUrl())) return;
  installation = await startInstallation();
  sales = await someone(installation, 'Sally', ['sales']);
  ana = await someone(installation, 'Ana', ['manager']);
  ben = await someone(installation, 'Ben', ['manager']);
  cem = await someone(installation, 'Cem', ['sales']);
  manager = await roleId(installation, 'manager');
  customerId = (await installation.admin.post('/api/customers/customers', { name: 'Adler AG' })).body.id;
});
after(() => installation?.stop());
afterEach(async () => {
  const { body } = await installation.admin.get(`${POLICIES}?filter[active]=true`);
  for (const { id } of body.items) await installation.admin.patch(`${POLICIES}/${id}`, { active: false });
});

describe('Approval by policy', { skip: skipReason(testDatabaseUrl()) }, () => {
  test('Where no policy asks for it, an offer is approved at once, and says so', async () => {
    await policy(installation, { name: 'Large', condition: { grossTotal: { gt: '50000' } }, steps: [{ roleId: manager }] });
    const { record } = await submitted(sales);
    assert.deepEqual([record.status, record.approval], ['approved', 'notNeeded']);
    const types = (await eventsAbout(installation, 'offers', `offer/${record.id}`)).map(({ type }) => type);
    assert.ok(types.includes('OfferSubmitted') && types.includes('OfferApproved'));
    assert.equal((await act(sales.client, record.id, 'send')).status, 200);
  });

  test('Where one does, those it names are asked, with the reason and the figures, and told by an event', async () => {
    await policy(installation, { name: 'Discount above 15 %', condition: ANY_DISCOUNT, steps: [{ roleId: manager }] });
    const { record } = await submitted(sales, { discountPercent: '20' });
    assert.deepEqual([record.status, record.approval], ['submitted', 'asked']);
    const request = await waiting(ana, record.id);
    assert.deepEqual(request.reasons, [{ field: 'highestDiscountPercent', operator: 'gt', wanted: '15', held: '20.00' }]);
    assert.deepEqual([request.title, request.waitsForIds], ['Adler AG · Tea', [ana.id, ben.id].toSorted()]);
    assert.deepEqual(request.figures.find(({ field }: { field: string }) => field === 'netTotal').value, '80.00');
    assert.equal(await waiting(sales, record.id), undefined);
    const [told] = await eventsAbout(installation, 'offers', `approval_request/${request.id}`).then((all) =>
      all.filter(({ type }) => type === 'ApprovalRequested'),
    );
    assert.deepEqual([told?.data.documentId, told?.data.userIds], [record.id, request.waitsForIds]);
    assert.equal((await act(sales.client, record.id, 'send')).status, 409);
    assert.equal((await decide(cem, request.id)).status, 403);
    assert.equal((await decide(ana, request.id, 'approve', 'Good customer')).status, 200);
    assert.equal((await decide(ana, request.id, 'approve')).status, 200, 'a repeat answers the same');
    assert.deepEqual([(await offer(record.id)).status, (await offer(record.id)).approval], ['approved', 'given']);
    const [decision] = (await requestOf(record.id)).decisions;
    assert.deepEqual(
      [decision.byId, decision.decision, decision.comment, decision.onBehalfOfId],
      [ana.id, 'approve', 'Good customer', null],
    );
  });

  test('Nobody approves what they made, own or submitted, and where nobody else could, it is not left hanging', async () => {
    await policy(installation, { name: 'All', condition: { netTotal: { gte: '0' } }, steps: [{ peopleIds: [ana.id, ben.id] }] });
    const made = await draft(ana.client);
    const { record } = (await act(ben.client, made.id, 'submit')).body ?? {};
    assert.equal(record, undefined, 'made by one, submitted by the other: nobody is left');
    const refused = await act(ben.client, made.id, 'submit');
    assert.deepEqual([refused.status, refused.body.code], [409, 'wrong_state']);
    assert.match(refused.body.detail, /only 0 could approve/);
    await act(ana.client, made.id, 'submit');
    const own = await act(ana.client, made.id, 'approve');
    assert.deepEqual([own.status, own.body.code], [403, 'not_allowed']);
    assert.equal((await act(ben.client, made.id, 'approve', { comment: 'Fine' })).body.record.status, 'approved');
  });

  test('The steps of all policies that apply come one after the other, and one no ends it with the reason', async () => {
    await policy(installation, { name: 'Discount', condition: ANY_DISCOUNT, steps: [{ peopleIds: [ana.id] }, { peopleIds: [ben.id] }] });
    const { record } = await submitted(sales, { discountPercent: '20' });
    assert.equal(await waiting(ben, record.id), undefined);
    assert.equal((await decide(ben, (await waiting(ana, record.id)).id)).status, 403);
    await decide(ana, (await waiting(ana, record.id)).id);
    assert.equal((await offer(record.id)).status, 'submitted');
    const second = await waiting(ben, record.id);
    assert.deepEqual((await decide(ben, second.id, 'reject')).body.errors[0].pointer, '/comment');
    await decide(ben, second.id, 'reject', 'Too cheap');
    const rejected = await offer(record.id);
    assert.deepEqual([rejected.status, rejected.approval, rejected.rejectedReason], ['draft', 'refused', 'Too cheap']);
    const told = (await eventsAbout(installation, 'offers', `offer/${record.id}`)).find(({ type }) => type === 'OfferRejected');
    assert.deepEqual(told?.data, { offerId: record.id, reason: 'Too cheap' });
  });

  test('A policy says whom it asks, and asks about fields that there are', async () => {
    const refused = async (values: object): Promise<string> => {
      const { status, body } = await ana.client.post(POLICIES, {
        name: 'Wrong',
        condition: ANY_DISCOUNT,
        steps: [{ name: 'A', roleId: manager }],
        ...values,
      });
      assert.equal(status, 422, JSON.stringify(body));
      return body.errors[0].pointer;
    };
    assert.equal(await refused({ steps: [] }), '/steps');
    assert.equal(await refused({ steps: [{ name: 'A' }] }), '/steps/0/roleId');
    assert.equal(await refused({ steps: [{ name: 'A', peopleIds: [ana.id], mode: 'some', count: 2 }] }), '/steps/0/count');
    assert.equal(await refused({ condition: { diskount: { gt: '1' } } }), '/condition');
    assert.equal(await refused({ condition: { netTotal: { gt: 'much' } } }), '/condition');
    assert.equal((await sales.client.post(POLICIES, { name: 'Mine', condition: ANY_DISCOUNT })).status, 403);
  });
});

describe('A change under approval', { skip: skipReason(testDatabaseUrl()) }, () => {
  test('of what approval stands on asks again, with what was said before kept; of anything else it does not', async () => {
    await policy(installation, { name: 'Discount', condition: ANY_DISCOUNT, steps: [{ roleId: manager }] });
    const { record } = await submitted(sales, { discountPercent: '20' });
    await decide(ana, (await waiting(ana, record.id)).id);
    const typo = await sales.client.patch(`${OFFERS}/${record.id}`, { introduction: 'Dear Mrs Adler' });
    assert.deepEqual([typo.body.status, typo.body.approval], ['approved', 'given']);
    const changed = await sales.client.patch(`${OFFERS}/${record.id}`, { lines: [{ ...record.lines[0], discountPercent: '30' }] });
    assert.deepEqual([changed.body.status, changed.body.approval], ['submitted', 'asked']);
    const again = await eventually('it is asked again', async () => waiting(ben, record.id));
    assert.deepEqual([again.round, again.reasons[0].held], [2, '30.00']);
    const all = await installation.admin.get(`${REQUESTS}?filter[offerId]=${record.id}&sort=round&fields=status,round,decisions.by`);
    assert.deepEqual(
      all.body.items.map(({ status }: Body) => status),
      ['approved', 'open'],
    );
    const harmless = await sales.client.patch(`${OFFERS}/${record.id}`, { lines: [{ ...record.lines[0], discountPercent: '5' }] });
    assert.equal(harmless.body.status, 'submitted');
    const free = await eventually('it needs none any more', async () => {
      const now = await offer(record.id);
      return now.status === 'approved' && now;
    });
    assert.equal(free.approval, 'notNeeded');
    const stale = await decide(ben, again.id);
    assert.deepEqual([stale.status, stale.body.code], [409, 'wrong_state']);
  });

  test('while somebody approves it is never approved as it was', async () => {
    await policy(installation, { name: 'Discount', condition: ANY_DISCOUNT, steps: [{ roleId: manager }] });
    for (let round = 0; round < 5; round += 1) {
      const { record } = await submitted(sales, { discountPercent: '20' });
      const request = await waiting(ana, record.id);
      const [, changed] = await Promise.all([
        decide(ana, request.id),
        sales.client.patch(`${OFFERS}/${record.id}`, { lines: [{ ...record.lines[0], discountPercent: '40' }] }),
      ]);
      assert.equal(changed.status, 200, JSON.stringify(changed.body));
      const again = await eventually('it is asked about the new discount', async () => {
        const found = await waiting(ben, record.id);
        return found?.round === 2 && found;
      });
      assert.deepEqual([again.reasons[0].held, (await offer(record.id)).status], ['40.00', 'submitted']);
    }
  });

  test('is possible after taking it back, and then nobody is asked any more', async () => {
    await policy(installation, { name: 'Discount', condition: ANY_DISCOUNT, steps: [{ roleId: manager }] });
    const { record } = await submitted(sales, { discountPercent: '20' });
    const request = await waiting(ana, record.id);
    assert.equal((await act(sales.client, record.id, 'withdraw')).body.record.status, 'draft');
    assert.equal(await waiting(ana, record.id), undefined);
    assert.equal((await decide(ana, request.id)).body.code, 'wrong_state');
  });
});

describe('Many who decide', { skip: skipReason(testDatabaseUrl()) }, () => {
  test('Two of three at the same moment give one approval', async () => {
    const steps = [{ peopleIds: [ana.id, ben.id, cem.id], mode: 'some', count: 2 }];
    await policy(installation, { name: 'Two of three', condition: ANY_DISCOUNT, steps });
    const { record } = await submitted(sales, { discountPercent: '20' });
    const { id } = await waiting(ana, record.id);
    const answers = await Promise.all([ana, ben, cem, ana].map((person) => decide(person, id)));
    assert.ok(
      answers.every(({ status }) => status === 200 || status === 409),
      JSON.stringify(answers.map(({ body }) => body)),
    );
    const request = await requestOf(record.id);
    assert.deepEqual([request.status, request.decisions.length, (await offer(record.id)).status], ['approved', 2, 'approved']);
    const told = await eventsAbout(installation, 'offers', `offer/${record.id}`);
    assert.equal(told.filter(({ type }) => type === 'OfferApproved').length, 1);
  });

  test('Yes and no at once have one outcome, at the request and at the offer', async () => {
    await policy(installation, { name: 'Discount', condition: ANY_DISCOUNT, steps: [{ roleId: manager }] });
    for (let round = 0; round < 5; round += 1) {
      const { record } = await submitted(sales, { discountPercent: '20' });
      const { id } = await waiting(ana, record.id);
      const answers = await Promise.all([decide(ana, id), act(ben.client, record.id, 'reject', { reason: 'No' })]);
      assert.deepEqual(
        answers.map(({ status }) => status).toSorted((left, right) => left - right),
        [200, 409],
      );
      const [request, now] = [await requestOf(record.id), await offer(record.id)];
      assert.deepEqual([request.decisions.length, now.status], [1, request.status === 'approved' ? 'approved' : 'draft']);
    }
  });

  test('A substitute decides for whom they stand in, for the time, and never about what is theirs', async () => {
    await policy(installation, { name: 'Ana', condition: ANY_DISCOUNT, steps: [{ peopleIds: [ana.id] }] });
    const DELEGATIONS = '/api/offers/approval-delegations';
    const self = await ana.client.post(DELEGATIONS, { substituteId: ana.id, until: TOMORROW });
    assert.deepEqual([self.status, self.body.errors[0].field], [422, 'substituteId']);
    assert.equal((await cem.client.post(DELEGATIONS, { userId: ana.id, substituteId: cem.id, until: TOMORROW })).status, 422);
    const { record } = await submitted(sales, { discountPercent: '20' });
    const named = await ana.client.post(DELEGATIONS, { substituteId: cem.id, from: TODAY, until: TOMORROW, reason: 'Holiday' });
    assert.equal(named.status, 201, JSON.stringify(named.body));
    const request = await eventually('the substitute is asked', async () => waiting(cem, record.id));
    assert.equal((await decide(cem, request.id)).status, 200);
    const [decision] = (await requestOf(record.id)).decisions;
    assert.deepEqual([decision.byId, decision.onBehalfOfId], [cem.id, ana.id]);
    const { record: own } = await submitted(cem, { discountPercent: '20' });
    assert.equal((await decide(cem, (await waiting(ana, own.id)).id)).status, 403);
    assert.equal((await cem.client.post(`${DELEGATIONS}/${named.body.id}/actions/end`)).status, 403);
    assert.equal((await ana.client.post(`${DELEGATIONS}/${named.body.id}/actions/end`)).status, 200);
    const { record: later } = await submitted(sales, { discountPercent: '20' });
    assert.equal((await decide(cem, (await waiting(ana, later.id)).id)).status, 403);
  });

  test('What is not decided in time goes to the role above too, once', async () => {
    const steps = [{ peopleIds: [ana.id], deadline: 'P2D', escalationRoleId: manager }];
    await policy(installation, { name: 'In time', condition: ANY_DISCOUNT, steps });
    const { record } = await submitted(sales, { discountPercent: '20' });
    const { id, dueAt } = await waiting(ana, record.id);
    assert.ok(Math.abs(Date.parse(dueAt) - Date.now() - 2 * 86_400_000) < 60_000);
    await runScheduled(installation, 'offers', 'followApprovals');
    assert.equal(await waiting(ben, record.id), undefined);
    await ask(installation, 'offers', `${MORE_THAN_A_PAGE} where r.id = '${id}'`);
    await ask(installation, 'offers', `update records.approval_request set due_at = now() - interval '1 minute' where id = '${id}'`);
    await runScheduled(installation, 'offers', 'followApprovals');
    await runScheduled(installation, 'offers', 'followApprovals');
    assert.deepEqual((await waiting(ben, record.id)).waitsForIds, [ana.id, ben.id].toSorted());
    const told = await eventsAbout(installation, 'offers', `approval_request/${id}`);
    assert.equal(told.filter(({ type }) => type === 'ApprovalEscalated').length, 1);
    await ask(installation, 'offers', `delete from records.approval_request where id::text like '00000000-%'`);
    assert.equal((await decide(ben, id)).status, 200);
    assert.deepEqual(
      await ask(installation, 'offers', `select id from records.approval_request where title = 'gone' and status = 'open'`),
      [],
    );
  });
});

function act(by: Client, id: string, command: string, input: object = {}): Promise<Answer> {
  return by.post(`${OFFERS}/${id}/actions/${command}`, input);
}

function decide(by: Someone, request: string, decision = 'approve', comment?: string): Promise<Answer> {
  return by.client.post(`${REQUESTS}/actions/decide`, { request, decision, ...(comment ? { comment } : {}) });
}

async function draft(by: Client, line: object = {}): Promise<Body> {
  const lines = [{ description: 'Tea', quantity: '10', unitPrice: '10', ...line }];
  const { status, body } = await by.post(OFFERS, { customerId, subject: 'Tea', lines });
  assert.equal(status, 201, JSON.stringify(body));
  return body;
}

async function submitted({ client }: Someone, line: object = {}): Promise<Body> {
  const { status, body } = await act(client, (await draft(client, line)).id, 'submit');
  assert.equal(status, 200, JSON.stringify(body));
  return body;
}

async function offer(id: string): Promise<Body> {
  return (await installation.admin.get(`${OFFERS}/${id}`)).body;
}

/** What of an offer waits for somebody, as their inbox finds it. */
async function waiting({ id, client }: Someone, offerId: string): Promise<Body> {
  const filter = JSON.stringify({ status: 'open', waitsForIds: { anyOf: [id] }, offerId });
  const { status, body } = await client.get(`${REQUESTS}?filter=${encodeURIComponent(filter)}`);
  assert.equal(status, 200, JSON.stringify(body));
  return body.items[0];
}

/** The newest request about an offer, with its decisions. */
async function requestOf(offerId: string): Promise<Body> {
  const { body } = await installation.admin.get(`${REQUESTS}?filter[offerId]=${offerId}&sort=-round,-order&limit=1`);
  return (await installation.admin.get(`${REQUESTS}/${body.items[0].id}`)).body;
}
