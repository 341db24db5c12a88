import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { openSimulatedGateway, type SimulatedGateway } from '#modules/payments/gateways/simulated/simulated-gateway.ts';
import { paymentsWith } from '#modules/payments/module.ts';
import { beginAs } from '#platform/data/commands/module-job.ts';
import { uuidV7 } from '#platform/kernel/uuid.ts';
import { billingOf, type Billing } from '#tests/support/billing.ts';
import { ask, asApplication, assertBooks } from '#tests/support/books.ts';
import { eventsAbout } from '#tests/support/events.ts';
import { eventually } from '#tests/support/eventually.ts';
import { modules, startInstallation, type Installation } from '#tests/support/installation.ts';
import { salesOf, type Sales } from '#tests/support/sales.ts';
import { runScheduled } from '#tests/support/scheduled.ts';
import { skipReason, testDatabaseUrl } from '#tests/support/services.ts';

const PAYMENTS = '/api/payments/payments';
const KEYS = { secretKey: 'sim_live_4242', webhookSecret: 'whsec_first' };

let simulated = openSimulatedGateway();
let gateway: SimulatedGateway;
let twin: SimulatedGateway['twin'];
let installation: Installation;
let sales: Sales;
let billing: Billing;
let accountId: string;

describe('A gateway', { skip: skipReason(testDatabaseUrl()) }, () => {
  before(async () => {
    await start();
    billing = await billingOf(installation, sales);
    accountId = (await sales.create('/api/payments/gateway-accounts', { name: 'Test', webhookName: 'test' })).id;
    await sales.act(`/api/payments/gateway-accounts/${accountId}`, 'set-keys', KEYS);
  });
  after(() => installation.stop());

  describe('captures', captures);
  describe('gives back', givesBack);
  describe('is started again', startsAgain);
  test('The books agree', () => assertBooks(installation));
});

/** Starts with a gateway that has nothing in memory; again on the databases that there are. */
async function start(databasePrefix?: string): Promise<void> {
  simulated = openSimulatedGateway();
  const payments = paymentsWith({ sealingKey: new Uint8Array(32).fill(7), publicUrl: 'http://127.0.0.1:9', simulated });
  installation = await startInstallation({
    modules: modules.map((module) => (module.name === 'payments' ? payments : module)),
    ...(databasePrefix && { databasePrefix }),
  });
  sales = salesOf(installation.admin);
  const store = installation.running.services.find(({ name }) => name === 'payments')?.store;
  assert.ok(store);
  gateway = simulated.at(beginAs(store));
  ({ twin } = gateway);
}

/** An invoice, and a payment for it that waits at the gateway, as the customer's page makes them. */
async function checkedOut(
  net: string,
  more: object = {},
): Promise<{ path: string; invoice: string; itemId: string; reference: string; id: string }> {
  const invoice = await billing.issued(net);
  const { id: itemId, customerId } = await sales.until(invoice, 'has its open item', ({ openItemId }) => Boolean(openItemId));
  const { id } = await sales.create(PAYMENTS, { customerId, method: 'card', amount: `${Number(net) * 1.19}`, currency: 'EUR' });
  const { reference } = await twin.create({
    key: id,
    amount: (Number(net) * 1.19).toFixed(2),
    currency: 'EUR',
    description: '',
    isHeld: false,
    returnUrl: '',
    ...more,
  });
  await twin.happened();
  await ask(
    installation,
    'payments',
    `update records.payment set status = 'pending', gateway_account = '${accountId}', gateway_reference = '${reference}', target = '${itemId}' where id = '${id}'`,
  );
  return { path: `${PAYMENTS}/${id}`, invoice, itemId, reference, id };
}

/** Sends the bytes of a webhook to its address; answers the status. */
async function post(body: Uint8Array, headers: object, name = 'test'): Promise<number> {
  const request = { method: 'POST', body: Buffer.from(body), headers: { 'content-type': 'application/json', ...headers } };
  return (await fetch(`${installation.url}/api/payments/webhooks/${name}`, request)).status;
}

async function tell(secret = KEYS.webhookSecret): Promise<readonly number[]> {
  const account = { secretKey: KEYS.secretKey, webhookSecrets: [secret] };
  const hooks = await gateway.webhooks(account, new Date().toISOString());
  return Promise.all(hooks.flatMap(({ body, headers }) => [post(body, headers), post(body, headers)]));
}

const told = async (object: string, id: string, type: string) =>
  (await eventsAbout(installation, 'payments', `${object}/${id}`)).filter((event) => event.type === type);

function captures(): void {
  test('Its keys are sealed and shown to nobody', async () => {
    const account = await sales.read(`/api/payments/gateway-accounts/${accountId}`);
    assert.equal(account.keyEnding, '…4242');
    const rows = await ask(installation, 'payments', 'select sealed from records.gateway_secret');
    const everything = JSON.stringify([rows, account, await ask(installation, 'payments', 'select data from platform.outbox')]);
    assert.ok(!everything.includes(KEYS.secretKey) && !everything.includes(KEYS.webhookSecret));
  });

  test('A captured payment settles its invoice, once, however often it is told', async () => {
    const { path, invoice, id, reference } = await checkedOut('100');
    await twin.checkout(reference, 'pay');
    assert.deepEqual(await tell(), [204, 204]);
    const payment = await sales.until(path, 'is captured', ({ status }) => status === 'captured');
    assert.deepEqual([payment.captured, payment.gatewayFee], ['119.00', '1.92']);
    await sales.until(invoice, 'is paid', ({ status }) => status === 'paid');
    assert.equal((await told('payment', id, 'PaymentReceived')).length, 1);
    assert.equal((await sales.client.get(`/api/payments/gateway-events?filter[reference]=${reference}`)).body.items.length, 1);
  });

  test('What is not signed by it, or long ago, or of another account, is refused, and changes nothing', async () => {
    const { path, reference } = await checkedOut('10');
    await twin.checkout(reference, 'pay');
    assert.deepEqual(await tell('whsec_forged'), [403, 403]);
    const body = new TextEncoder().encode(JSON.stringify({ id: `evt_${uuidV7()}`, type: 'payment.changed', reference }));
    await twin.checkout(reference, 'pay');
    const account = { secretKey: KEYS.secretKey, webhookSecrets: [KEYS.webhookSecret] };
    const [old] = await gateway.webhooks(account, new Date(Date.now() - 600_000).toISOString());
    assert.ok(old);
    assert.equal(await post(old.body, old.headers), 403);
    await twin.checkout(reference, 'pay');
    const [genuine] = await gateway.webhooks(account, new Date().toISOString());
    assert.ok(genuine);
    assert.equal(await post(body, genuine.headers), 403);
    assert.equal(await post(genuine.body, {}), 403);
    assert.equal(await post(genuine.body, genuine.headers, 'nobody'), 404);
    assert.equal((await sales.read(path)).status, 'pending');
    await sales.act(path, 'ask-gateway');
    assert.equal((await sales.read(path)).status, 'captured');
  });

  test('Another amount or currency than was asked for counts as nothing and waits for a person', async () => {
    for (const wrong of [{ amount: '1.00' }, { currency: 'USD' }]) {
      const { path, invoice, id, reference } = await checkedOut('10', wrong);
      await twin.checkout(reference, 'pay');
      assert.deepEqual(await tell(), [204, 204]);
      const payment = await sales.read(path);
      assert.equal(payment.status, 'unknown');
      assert.match(payment.failureReason, /says (1\.00|USD)/);
      assert.equal((await told('payment', id, 'PaymentReceived')).length, 0);
      assert.equal((await sales.read(invoice)).outstanding, '11.90');
    }
  });

  test('What nobody knows the outcome of is asked after, and never charged again', async () => {
    const { path, reference } = await checkedOut('20', { isHeld: true });
    await twin.checkout(reference, 'pay');
    await tell();
    assert.equal((await sales.read(path)).status, 'authorized');
    simulated.beSilent('afterwards');
    await sales.act(path, 'capture');
    assert.equal((await sales.read(path)).status, 'unknown');
    await runScheduled(installation, 'payments', 'askGateways');
    assert.equal((await sales.read(path)).captured, '23.80');
    // The webhook of it comes late.
    assert.deepEqual(await tell(), [204, 204]);
    assert.equal((await sales.read(path)).captured, '23.80');
    // One that never arrived there has failed; should it be paid after all, that counts.
    const lost = await checkedOut('30');
    await ask(
      installation,
      'payments',
      `update records.payment set status = 'unknown', gateway_reference = 'sim_none' where id = '${lost.id}'`,
    );
    assert.ok(await twin.find({ reference: lost.reference, key: lost.id }));
    await twin.checkout(lost.reference, 'decline');
    await tell();
    assert.equal((await sales.read(lost.path)).status, 'failed');
    assert.equal((await told('payment', lost.id, 'PaymentFailed')).length, 1);
  });
}

function givesBack(): void {
  const captured = async (net: string) => {
    const made = await checkedOut(net);
    await twin.checkout(made.reference, 'pay');
    await tell();
    await sales.until(made.invoice, 'is paid', ({ status }) => status === 'paid');
    return made;
  };

  test('Refunds in parts never exceed what was captured, at once neither; the invoice is owed again', async () => {
    const { path, invoice, id } = await captured('100');
    const answers = await Promise.all(
      Array.from({ length: 8 }, () => sales.patiently(`${path}/actions/refund`, { amount: '20', reason: 'goodwill' })),
    );
    assert.equal(answers.filter(({ status }) => status === 200).length, 5);
    assert.ok(
      answers.every(({ status }) => [200, 422].includes(status)),
      JSON.stringify(answers.map(({ body }) => body)),
    );
    const payment = await sales.read(path);
    assert.deepEqual([payment.status, payment.refunded, payment.returned], ['partiallyRefunded', '100.00', '100.00']);
    await sales.until(invoice, 'is owed again', ({ outstanding }) => outstanding === '100.00');
    assert.equal((await sales.refused(path, 'refund', { amount: '19.01', reason: 'x' })).errors[0].pointer, '/amount');
    await assert.rejects(
      asApplication(installation, 'payments', `update records.payment set returned = 120 where id = '${id}'`),
      /The count/,
    );
    assert.equal((await twin.find({ reference: null, key: id }))?.refunds.length, 5);
    await tell();
    assert.equal((await sales.client.get(`/api/payments/refunds?filter[paymentId]=${id}&count=exact`)).body.count, 5);
  });

  test('A refund that nobody knows the outcome of is counted, and asked for again under its own key', async () => {
    const { path, id } = await captured('50');
    simulated.beSilent('before');
    const { created } = await sales.act(path, 'refund', { amount: '9.50', reason: 'scratched' });
    const refund = `/api/payments/refunds/${created[0].id}`;
    assert.deepEqual([(await sales.read(refund)).status, (await sales.read(path)).returned], ['unknown', '9.50']);
    await runScheduled(installation, 'payments', 'askGateways');
    await runScheduled(installation, 'payments', 'askGateways');
    assert.equal((await sales.read(refund)).status, 'processed');
    assert.equal((await twin.find({ reference: null, key: id }))?.refunds.length, 1);
    assert.equal((await told('refund', created[0].id, 'RefundProcessed')).length, 1);
    await sales.act(refund, 'fail', { reason: 'account closed' });
    assert.deepEqual([(await sales.read(path)).returned, (await sales.read(path)).status], ['0.00', 'captured']);
  });

  test('A chargeback opens the invoice again; won, it is paid as before; lost, the customer owes it', async () => {
    const won = await captured('40');
    await twin.dispute(won.reference, { amount: '47.60', status: 'open', reason: 'fraud' });
    await tell();
    await sales.until(won.invoice, 'is owed again', ({ outstanding }) => outstanding === '47.60');
    const [open] = (await sales.client.get(`/api/payments/chargebacks?filter[paymentId]=${won.id}`)).body.items;
    assert.deepEqual([open.status, open.fee], ['open', '15.00']);
    await twin.dispute(won.reference, { amount: '47.60', status: 'won', reason: 'fraud' });
    await tell();
    await sales.until(won.invoice, 'is paid as before', ({ status }) => status === 'paid');
    assert.equal((await told('chargeback', open.id, 'ChargebackWon')).length, 1);
    const lost = await captured('60');
    const { created } = await sales.act(lost.path, 'charge-back', { reason: 'not received', fee: '15' });
    await sales.act(`/api/payments/chargebacks/${created[0].id}`, 'lose');
    await sales.until(lost.invoice, 'is owed', ({ outstanding }) => outstanding === '71.40');
    assert.equal((await told('chargeback', created[0].id, 'ChargebackLost')).length, 1);
  });

  test('A payout has the payments it is of and the fees that were kept; what does not add up waits for a person', async () => {
    const reference = await twin.payOut('EUR', new Date().toISOString().slice(0, 10));
    assert.deepEqual(await tell(), [204, 204]);
    const [payout] = (
      await sales.client.get(`/api/payments/payouts?filter[reference]=${reference}&fields=id,status,gross,fees,net,paidOut`)
    ).body.items;
    assert.deepEqual([payout.status, payout.net], ['settled', payout.paidOut]);
    const [event] = await told('payout', payout.id, 'PayoutSettled');
    assert.equal((Number(event?.data.fees) + Number(event?.data.net)).toFixed(2), event?.data.gross);
    const posted = () =>
      ask(
        installation,
        'accounting',
        `select a.role, l.debit::text, l.credit::text from records.journal_line l join records.journal_entry e on e.id = l.parent_id
         join records.account a on a.id = l.account where e.source = '${payout.id}' order by l.position`,
      );
    await eventually('the payout is posted', async () => (await posted()).length > 0);
    assert.deepEqual(await posted(), [
      { role: 'bank', debit: event?.data.companyNet, credit: null },
      { role: 'gatewayFees', debit: event?.data.companyFees, credit: null },
      { role: 'gatewayClearing', debit: null, credit: event?.data.companyGross },
    ]);
    const lines = [{ kind: 'adjustment', gross: '10', fee: '1' }];
    const short = await sales.create('/api/payments/payouts', { gatewayAccountId: accountId, reference: 'po_x', paidOut: '8', lines });
    assert.equal((await sales.refused(`/api/payments/payouts/${short.id}`, 'settle')).errors[0].pointer, '/lines');
  });
}

function startsAgain(): void {
  test('What nobody knew the outcome of is asked after by the next start, and done once; nothing is forgotten', async () => {
    const held = await checkedOut('70', { isHeld: true });
    await twin.checkout(held.reference, 'pay');
    await tell();
    simulated.beSilent('afterwards');
    await sales.act(held.path, 'capture');
    const given = await checkedOut('80');
    await twin.checkout(given.reference, 'pay');
    await tell();
    simulated.beSilent('afterwards');
    const { created } = await sales.act(given.path, 'refund', { amount: '9.50', reason: 'scratched' });
    const waiting = await checkedOut('90');
    await installation.running.stop();
    await start(installation.databasePrefix);
    assert.equal((await sales.read(held.path)).status, 'unknown');
    await runScheduled(installation, 'payments', 'askGateways');
    assert.equal((await sales.read(held.path)).captured, '83.30');
    assert.equal((await sales.read(`/api/payments/refunds/${created[0].id}`)).status, 'processed');
    assert.equal((await twin.find({ reference: given.reference, key: given.id }))?.refunds.length, 1);
    assert.equal((await sales.read(waiting.path)).status, 'pending');
    assert.ok((await tell()).every((answer) => answer === 204));
    assert.equal((await told('refund', created[0].id, 'RefundProcessed')).length, 1);
    await twin.checkout(waiting.reference, 'pay');
    await tell();
    await sales.until(waiting.invoice, 'is paid', ({ status: now }) => now === 'paid');
  });
}
