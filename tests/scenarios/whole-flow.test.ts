import assert from 'node:assert/strict';
import { after, describe, test } from 'node:test';
import { SERVICES } from '#platform/kernel/services.ts';
import { ask, assertBooks } from '#tests/support/books.ts';
import { clientOf } from '#tests/support/client.ts';
import { openEvents } from '#tests/support/event-store.ts';
import { eventually } from '#tests/support/eventually.ts';
import type { Installation } from '#tests/support/installation.ts';
import { startMailed, type Mailed } from '#tests/support/mailed-installation.ts';
import { pathOf, salesOf, stocked, type Sales } from '#tests/support/sales.ts';
import { runScheduled } from '#tests/support/scheduled.ts';
import { skipReason, testDatabaseUrl } from '#tests/support/services.ts';
import { openShuffledBus } from '#tests/support/shuffled-bus.ts';
import { assertHandled, assertState, stateOf } from '#tests/support/state.ts';

/** What the customer is told on the way, in their language, each by one letter. */
const LETTERS = [
  /^Unser Angebot OF-/,
  /Auftragsbest.*OR-/,
  /^Ihre Lieferung DN-.* ist unterwegs$/,
  /^Ihre Lieferung DN-.* ist angekommen$/,
  /^Rechnung IN-/,
  /^Ihre Zahlung ist eingegangen$/,
];

describe('From the lead to the ledger', { skip: skipReason(testDatabaseUrl()) }, () => {
  const started: Mailed[] = [];
  after(() => Promise.all(started.map((mailed) => mailed.stop())));

  test('ends alike with every event once and with each twice in any order, and the customer has each letter once', async () => {
    const [inOrder, shuffled] = [await startMailed(), await startMailed({ bus: openShuffledBus(11) })];
    started.push(inOrder, shuffled);
    for (const mailed of started) await flow(mailed);
    const expected = await stateOf(inOrder.installation);
    await assertState(shuffled.installation, expected);
    const letters = await lettersOf(inOrder);
    assert.deepEqual(
      LETTERS.map((subject) => letters.filter((letter) => subject.test(letter)).length),
      LETTERS.map(() => 1),
      letters.join('\n'),
    );
    assert.equal(letters.length, LETTERS.length);
    assert.deepEqual(await lettersOf(shuffled), letters);
    for (const { installation } of started) {
      await assertHandled(installation);
      await assertBooks(installation);
      await assertAudited(installation);
    }
  });
});

/** A lead becomes a customer, who is offered, sold, delivered and invoiced ten chairs, and pays. */
async function flow(mailed: Mailed): Promise<void> {
  const sales = salesOf(mailed.installation.admin);
  const { products } = await stocked(sales, { Chair: '50' });
  const offer = await offered(mailed, sales, products['Chair'] ?? '');
  const order = pathOf((await sales.act(offer, 'convert-to-order')).created);
  await sales.read(order);
  await sales.act(order, 'confirm');
  const note = pathOf((await sales.act(order, 'create-delivery-note')).created);
  await sales.read(note);
  for (const command of ['pick', 'pack', 'ship']) await sales.act(note, command);
  await sales.act(note, 'confirm-delivery', { receivedBy: 'Ida Gerber' });
  const invoice = pathOf((await sales.act(note, 'create-invoice')).created);
  await sales.read(invoice);
  await sales.act(invoice, 'issue');
  await sales.until(invoice, 'has its open item', ({ openItemId }) => Boolean(openItemId));
  await sales.act(invoice, 'receive-payment');
  await sales.until(invoice, 'is paid', ({ status }) => status === 'paid');
  await sales.until(order, 'is completed', ({ status }) => status === 'completed');
}

/** The offer that became of a lead, accepted by the customer at the link that they got by mail. */
async function offered(mailed: Mailed, sales: Sales, productId: string): Promise<string> {
  const lead = await sales.create('/api/crm/leads', {
    name: 'Ida Gerber',
    companyName: 'Gerber GmbH',
    email: 'ok@gerber.example',
    address: { street: 'Ring 1', city: 'Bonn', country: 'DE' },
  });
  await sales.act(`/api/crm/leads/${lead.id}`, 'qualify');
  const { record } = await sales.act(`/api/crm/leads/${lead.id}`, 'convert', {});
  const opportunity = `/api/crm/opportunities/${record.opportunityId}`;
  const changed = await sales.client.patch(opportunity, { lines: [{ productId, quantity: '10', unitPrice: '10.00' }] });
  assert.equal(changed.status, 200, JSON.stringify(changed.body));
  const { created } = await sales.act(opportunity, 'create-offer');
  const offer = `/api/offers/offers/${created[0].id}`;
  await sales.read(offer);
  await sales.act(offer, 'submit');
  const { links } = await sales.act(offer, 'send');
  const url = await linkIn(mailed);
  assert.equal(url.href, links[0].url);
  const link = url.pathname.replace('/public/offers/', '/api/offers/public/');
  const accepted = await clientOf(url.origin, '').post(`${link}/actions/accept`, { acceptedBy: 'Ida Gerber' });
  assert.equal(accepted.status, 200, JSON.stringify(accepted.body));
  await sales.until(opportunity, 'is won', ({ status }) => status === 'won');
  return offer;
}

/** The link in the letter of the offer: lines are as long as RFC 2045 lets them be (section 6.7). */
async function linkIn({ installation, mailServer }: Mailed): Promise<URL> {
  const found = await eventually('the link in the letter', async () => {
    await runScheduled(installation, 'notifications', 'sendMail');
    const letters = mailServer.arrived.map(({ source }) => source.replaceAll(/=\r?\n/g, ''));
    return letters.flatMap((letter) => /https?:\/\/\S+\/public\/offers\/[a-z]+\/[\w-]+/.exec(letter) ?? [])[0];
  });
  return new URL(found);
}

/** Subjects of the letters that have arrived, once all have left. */
async function lettersOf({ installation, mailServer }: Mailed): Promise<readonly string[]> {
  await eventually('all letters', async () => {
    await runScheduled(installation, 'notifications', 'sendMail');
    const waiting = await ask(installation, 'notifications', `select 1 from records.message where status = 'queued'`);
    return waiting.length === 0 && mailServer.arrived.length >= LETTERS.length;
  });
  return mailServer.arrived.map(({ source }) => /^Subject: (.*)$/m.exec(source)?.[1]?.trim() ?? '').toSorted();
}

/** The audit has what every service told, once and but for its own batches, and its chain holds. */
async function assertAudited(installation: Installation): Promise<void> {
  const events = await openEvents(installation);
  try {
    await events.quiet();
    for (const { name, database } of SERVICES) {
      const told = await ask(installation, database, `select id::text from platform.outbox where type <> 'EventStored' order by id`);
      const stored = await events.rows('select id::text from event_store.event where source = $1 order by id', [`/${name}`]);
      assert.deepEqual(stored, told, `what the audit has of ${name}`);
    }
    assert.equal((await events.verified()).state, 'passed');
  } finally {
    await events.close();
  }
}
