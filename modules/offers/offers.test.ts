import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { policy, roleId, someone } from '#tests/support/approvals.ts';
import type { Answer, Client } from '#tests/support/client.ts';
import { eventsAbout, untold } from '#tests/support/events.ts';
import { eventually } from '#tests/support/eventually.ts';
import { startInstallation, type Installation } from '#tests/support/installation.ts';
import { signInAs } from '#tests/support/people.ts';
import { runScheduled } from '#tests/support/scheduled.ts';
import { skipReason, testDatabaseUrl } from '#tests/support/services.ts';
import { offers } from './module.ts';

const database = testDatabaseUrl();
const OFFERS = '/api/offers/offers';
const lines = [
  { description: 'Tea', quantity: '12', unitPrice: '14' },
  { description: 'Jam', quantity: '5', unitPrice: '34.8', discountPercent: '15' },
];

let installation: Installation;
let manager: Client;
let sales: Client;
let viewer: Client;
let customerId: string;

/** A command on an offer. */
function act(by: Client, offerId: string, command: string, input: object = {}): Promise<Answer> {
  return by.post(`${OFFERS}/${offerId}/actions/${command}`, input);
}

/** Creates a record and answers it. */
async function made(by: Client, path: string, values: object): Promise<Answer['body']> {
  const { status, body } = await by.post(path, values);
  assert.equal(status, 201, JSON.stringify(body));
  return body;
}

before(async () => {
  if (skipReason(database)) return;
  installation = await startInstallation();
  manager = (await someone(installation, 'Maria', ['manager'])).client;
  sales = await signInAs(installation, 'sales');
  viewer = await signInAs(installation, 'viewer');
  const role = { roleId: await roleId(installation, 'manager'), escalationRoleId: await roleId(installation, 'manager'), deadline: 'PT0S' };
  await policy(installation, { name: 'Every offer', condition: { netTotal: { gte: '0' } }, steps: [role] });
  customerId = (await made(sales, '/api/customers/customers', { name: 'Adler AG' })).id;
});
after(() => installation?.stop());

describe('Offers', { skip: skipReason(database) }, () => {
  test('From draft to the yes of the customer: totals, a number when it is sent, and what is told', async () => {
    const offer = await made(sales, OFFERS, { customerId, subject: 'Breakfast', lines });
    assert.deepEqual([offer.status, offer.number, offer.currency, offer.netTotal], ['draft', null, 'EUR', '315.90']);
    assert.deepEqual(
      offer.lines.map((line: { netAmount: string }) => line.netAmount),
      ['168.00', '147.90'],
    );
    assert.equal((await act(sales, offer.id, 'submit')).body.record.status, 'submitted');
    assert.equal((await act(manager, offer.id, 'approve')).body.record.status, 'approved');
    const sent = (await act(sales, offer.id, 'send')).body.record;
    assert.match(sent.number, /^OF-\d{4}-00001$/);
    assert.ok(sent.sentAt);
    const accepted = (await act(sales, offer.id, 'accept', { acceptedBy: 'Frau Adler' })).body.record;
    assert.deepEqual([accepted.status, accepted.acceptedBy, accepted.number], ['accepted', 'Frau Adler', sent.number]);
    const told = await eventsAbout(installation, 'offers', `offer/${offer.id}`);
    assert.deepEqual(
      told.filter(({ type }) => !/^(Offer(Created|Updated)|DocumentIssued)$/.test(type)).map(({ type, data }) => [type, data]),
      [
        ['OfferSubmitted', { offerId: offer.id }],
        ['OfferApproved', { offerId: offer.id }],
        ['OfferSent', { offerId: offer.id, customerId, netTotal: '315.90', currency: 'EUR' }],
        ['OfferAccepted', { offerId: offer.id, acceptedBy: 'Frau Adler' }],
      ],
    );
    assert.deepEqual(
      told.flatMap(({ data }) => data.changed?.status?.new ?? []),
      ['submitted', 'approved', 'sent', 'accepted'],
    );
  });

  test('Rejected, it is a draft again with the reason, and may be changed and submitted anew', async () => {
    const offer = await made(sales, OFFERS, { customerId, lines });
    await act(sales, offer.id, 'submit');
    const rejected = (await act(manager, offer.id, 'reject', { reason: 'Too cheap' })).body.record;
    assert.deepEqual([rejected.status, rejected.rejectedReason], ['draft', 'Too cheap']);
    const changed = await sales.patch(`${OFFERS}/${offer.id}`, { lines: [{ description: 'Tea', quantity: '1', unitPrice: '99.999' }] });
    assert.deepEqual([changed.status, changed.body.netTotal], [200, '100.00']);
    assert.equal((await act(sales, offer.id, 'submit')).body.record.rejectedReason, null);
  });

  test('The customer says no and why', async () => {
    const offer = await sentOffer();
    assert.equal((await act(sales, offer.id, 'decline')).status, 422);
    const declined = (await act(sales, offer.id, 'decline', { reason: 'The budget is gone' })).body.record;
    assert.deepEqual([declined.status, declined.declinedReason], ['declined', 'The budget is gone']);
    const told = await eventsAbout(installation, 'offers', `offer/${offer.id}`);
    assert.deepEqual(told.find(({ type }) => type === 'OfferDeclined')?.data, { offerId: offer.id, reason: 'The budget is gone' });
  });

  test('Steps are taken in their order, and a repeated one answers the same', async () => {
    const offer = await made(sales, OFFERS, { customerId, lines });
    for (const command of ['approve', 'send', 'accept'])
      assert.equal((await act(manager, offer.id, command)).body.code, 'wrong_state', command);
    const first = await act(sales, offer.id, 'submit');
    const again = await act(sales, offer.id, 'submit');
    assert.deepEqual([again.status, again.body], [200, first.body]);
    const empty = await made(sales, OFFERS, { customerId });
    const refused = await act(sales, empty.id, 'submit');
    assert.deepEqual([refused.status, refused.body.code], [409, 'wrong_state']);
    assert.match(refused.body.detail, /needs at least one line/);
  });

  test('Once sent it cannot be changed by hand, and what the platform derives never can', async () => {
    const offer = await made(sales, OFFERS, { customerId, lines });
    const derived = await sales.patch(`${OFFERS}/${offer.id}`, { netTotal: '1.00' });
    assert.deepEqual([derived.status, derived.body.errors[0].field], [422, 'netTotal']);
    const late = await sales.patch(`${OFFERS}/${(await sentOffer()).id}`, { subject: 'Cheaper' });
    assert.deepEqual([late.status, late.body.code], [409, 'wrong_state']);
  });

  test('A currency that there is none, and a last day before its own, are refused where they stand', async () => {
    for (const [values, pointer] of [
      [{ currency: 'ZZZ' }, '/currency'],
      [{ date: '2026-05-01', validUntil: '2026-04-30' }, '/validUntil'],
    ] as const) {
      const { status, body } = await sales.post(OFFERS, { customerId, lines, ...values });
      assert.deepEqual([status, body.errors[0].pointer], [422, pointer]);
    }
  });

  test('Sales do not approve, and who only looks does nothing', async () => {
    const offer = await made(sales, OFFERS, { customerId, lines });
    assert.equal((await act(viewer, offer.id, 'submit')).status, 403);
    await act(sales, offer.id, 'submit');
    assert.equal((await act(sales, offer.id, 'approve')).status, 403);
    assert.equal((await viewer.get(`${OFFERS}/${offer.id}`)).body.netTotal, '315.90');
    assert.equal((await viewer.post(OFFERS, { customerId })).status, 403);
  });

  test('Numbers have no gap, though many are sent at once and some are refused', async () => {
    const approved = await Promise.all(Array.from({ length: 8 }, () => approvedOffer()));
    const draft = await made(sales, OFFERS, { customerId, lines });
    const sent = await Promise.all([...approved, draft, ...approved].map((offer) => act(sales, offer.id, 'send')));
    assert.equal(sent.filter(({ status }) => status === 409).length, 1);
    const { body } = await sales.get(`${OFFERS}?filter[number][isNull]=false&fields=number&sort=number&limit=100`);
    const numbers = body.items.map((offer: { number: string }) => Number(offer.number.slice(-5)));
    assert.deepEqual(
      numbers,
      numbers.map((_: number, index: number) => index + 1),
    );
  });

  test('An offer to a suspended customer is not sent until they are reactivated', async () => {
    const suspended = await made(sales, '/api/customers/customers', { name: 'Late Payer Ltd' });
    const offer = await approvedOffer(suspended.id);
    await manager.post(`/api/customers/customers/${suspended.id}/actions/suspend`, { reason: 'Overdue' });
    await eventually('offers know of the suspension', async () => {
      const { body } = await sales.get(`${OFFERS}/${offer.id}?fields=customer.status`);
      return body.customer?.status === 'suspended';
    });
    const refused = await act(sales, offer.id, 'send');
    assert.deepEqual([refused.status, refused.body.code], [409, 'wrong_state']);
    assert.match(refused.body.detail, /Late Payer Ltd is suspended.*Reactivate/);
    await manager.post(`/api/customers/customers/${suspended.id}/actions/reactivate`);
    await eventually('it can be sent', async () => (await act(sales, offer.id, 'send')).status === 200);
  });
});

describe('What offers tell', { skip: skipReason(database) }, () => {
  test('Every event that offers declare has been told by now, as it is declared', async () => {
    const offer = await sentOffer();
    await act(sales, offer.id, 'accept', { acceptedBy: 'Frau Adler' });
    const converted = await act(manager, offer.id, 'convert-to-order');
    assert.equal(converted.status, 200, JSON.stringify(converted.body));
    const late = await sentOffer({ date: '2026-01-01', validUntil: '2026-01-31' });
    await runScheduled(installation, 'offers', 'expire');
    const revised = await act(sales, late.id, 'revise');
    assert.equal(revised.status, 200, JSON.stringify(revised.body));
    await act(sales, (await made(sales, OFFERS, { customerId, lines })).id, 'submit');
    await runScheduled(installation, 'offers', 'followApprovals');
    assert.deepEqual(await untold(installation, 'offers', offers.events), []);
  });
});

async function approvedOffer(of = customerId, values: object = {}): Promise<Answer['body']> {
  const offer = await made(sales, OFFERS, { customerId: of, lines, ...values });
  await act(sales, offer.id, 'submit');
  return (await act(manager, offer.id, 'approve')).body.record;
}

async function sentOffer(values: object = {}): Promise<Answer['body']> {
  return (await act(sales, (await approvedOffer(customerId, values)).id, 'send')).body.record;
}
