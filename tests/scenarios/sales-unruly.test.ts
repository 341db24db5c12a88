import assert from 'node:assert/strict';
import { after, describe, test } from 'node:test';
import { makePast } from '#tests/support/billing.ts';
import { assertBooks, heldOutbox } from '#tests/support/books.ts';
import { eventually } from '#tests/support/eventually.ts';
import { startInstallation, type Installation } from '#tests/support/installation.ts';
import { acceptedOffer, pathOf, salesOf, stocked, type Sales } from '#tests/support/sales.ts';
import { runScheduled } from '#tests/support/scheduled.ts';
import { skipReason, testDatabaseUrl } from '#tests/support/services.ts';
import { openShuffledBus } from '#tests/support/shuffled-bus.ts';
import { assertHandled, assertState, stateOf } from '#tests/support/state.ts';

describe('Events twice and out of order', { skip: skipReason(testDatabaseUrl()) }, () => {
  const started: Installation[] = [];
  after(() => Promise.all(started.map((installation) => installation.stop())));

  test('The flow ends in the same state as with events once and in order', async () => {
    const [inOrder, shuffled] = [await startInstallation(), await startInstallation({ bus: openShuffledBus(7) })];
    started.push(inOrder, shuffled);
    for (const installation of started) await flow(installation);
    const expected = await stateOf(inOrder);
    await assertState(shuffled, expected);
    await assertBooks(inOrder);
    await assertBooks(shuffled);
    await assertHandled(shuffled);
  });
});

/** Two offers: one in parts with a return and a credit note, one with a down payment and a final invoice. */
async function flow(installation: Installation): Promise<void> {
  const sales = salesOf(installation.admin);
  const start = await stocked(sales, { Chair: '100', Desk: '20' });
  const parts = pathOf((await sales.act(await acceptedOffer(sales, start, { Chair: '10', Desk: '3' }), 'convert-to-order')).created);
  const paid = pathOf((await sales.act(await acceptedOffer(sales, start, { Chair: '7' }), 'convert-to-order')).created);
  const [line] = (await sales.read(parts)).lines;
  await sales.act(parts, 'confirm');
  const first = pathOf((await sales.act(parts, 'create-delivery-note', { lines: [{ orderLineId: line.id, quantity: '4' }] })).created);
  await sales.read(first);
  await sales.act(first, 'ship');
  await sales.until(parts, 'has 4 delivered', (order) => order.lines[0].delivered === '4');
  const second = pathOf((await sales.act(parts, 'create-delivery-note')).created);
  await sales.read(second);
  await sales.act(second, 'ship');
  await sales.act(first, 'return', { reason: 'broken' });
  await sales.until(parts, 'has 4 returned', (order) => order.lines[0].returned === '4' && order.lines[1].delivered === '3');
  const invoice = pathOf((await sales.act(second, 'create-invoice')).created);
  await sales.read(invoice);
  await sales.act(invoice, 'issue');
  const [invoiced] = (await sales.read(invoice)).lines;
  const credit = pathOf(
    (await sales.act(invoice, 'credit', { reason: 'late', lines: [{ invoiceLineId: invoiced.id, quantity: '1' }] })).created,
  );
  await sales.act(credit, 'issue');
  await sales.until(parts, 'has 5 invoiced', (order) => order.lines[0].invoiced === '5');

  await sales.read(paid);
  await sales.act(paid, 'confirm');
  const deposit = pathOf((await sales.act(paid, 'create-down-payment', { percent: '30' })).created);
  await sales.read(deposit);
  await sales.act(deposit, 'issue');
  const final = await eventually('the final invoice, once the deposit counts', async () => {
    const answer = await sales.client.post(`${paid}/actions/create-invoice`, {});
    return answer.status === 200 && pathOf(answer.body.created);
  });
  assert.deepEqual([(await sales.read(final)).kind, (await sales.read(final)).netTotal], ['final', '49.00']);
  await sales.act(final, 'issue');
  await sales.until(paid, 'is to be delivered', (order) => order.status === 'toDeliver' && order.openAmount === '0.00');
  await sales.until(paid, 'takes no credit any more', (order) => Number(order.creditTaken) === 0);
  await sales.until(parts, 'counts its open amount', (order) => Number(order.creditTaken) === Number(order.openAmount));
  await sales.until(second, 'knows what is invoiced', (note) => note.lines[0].invoiced === '5');
  await collect(sales, { invoice, final });
  await remind(installation, sales, { deposit, final });
}

/** Some of the first invoice is written off, taken back, and written off again by less. */
async function collect(sales: Sales, { invoice, final }: { invoice: string; final: string }): Promise<void> {
  const less = (total: unknown, amount: unknown): string => (Number(total) - Number(amount)).toFixed(2);
  const credited = await sales.until(invoice, 'is credited', (record) => {
    const { outstanding, grossTotal, creditedTotal } = record;
    return Number(creditedTotal) > 0 && outstanding === less(grossTotal, creditedTotal);
  });
  const { created } = await sales.act(invoice, 'write-off', { reason: 'a mistake', amount: '10' });
  await sales.act(`/api/payments/allocations/${created[1].id}`, 'undo', { reason: 'it was one' });
  await sales.act(invoice, 'write-off', { reason: 'small change', amount: '5' });
  await sales.until(invoice, 'lacks five', ({ outstanding }) => outstanding === less(credited.outstanding, 5));
  for (const path of [invoice, final]) {
    const { openItemId } = await sales.until(path, 'has its open item', (record) => Boolean(record.openItemId));
    await sales.until(`/api/payments/open-items/${openItemId}`, 'has its name', ({ reference }) => Boolean(reference));
  }
  await pay(sales, final);
}

/** A payment of more than the final invoice is allocated, taken back, allocated again in part, and one that was recorded by mistake is reversed. */
async function pay(sales: Sales, final: string): Promise<void> {
  const { id, customerId, outstanding } = await sales.read(final);
  const received = async (amount: string): Promise<string> => {
    const made = await sales.create('/api/payments/payments', { customerId, amount, currency: 'EUR' });
    await sales.act(`/api/payments/payments/${made.id}`, 'record');
    return `/api/payments/payments/${made.id}`;
  };
  const payment = await received('100');
  const mistake = await received('30');
  const { created } = await sales.act(payment, 'allocate', { lines: [{ itemId: id }] });
  await sales.act(`/api/payments/allocations/${created[0].id}`, 'undo', { reason: 'too early' });
  await sales.act(payment, 'allocate', { lines: [{ itemId: id, amount: '10' }] });
  await sales.act(mistake, 'allocate', { lines: [{ itemId: id, amount: '5' }] });
  await sales.act(mistake, 'reverse', { reason: 'typed twice' });
  await sales.until(final, 'lacks ten', (invoice) => invoice.outstanding === (Number(outstanding) - 10).toFixed(2));
}

/** Two invoices are overdue; a run that is interrupted and goes on reminds of them, its fee and interest are invoiced, and what is left of one is written off. */
async function remind(installation: Installation, sales: Sales, { deposit, final }: { deposit: string; final: string }): Promise<void> {
  const [policy] = await eventually('the policy', async () => {
    const { body } = await sales.client.get('/api/invoices/dunning-policies');
    return body.items?.length > 0 && body.items;
  });
  const [level] = (await sales.client.get('/api/invoices/dunning-levels?sort=daysOverdue')).body.items;
  await sales.client.patch(`/api/invoices/dunning-policies/${policy.id}`, { invoicesFees: true });
  await sales.client.patch(`/api/invoices/dunning-levels/${level.id}`, { fee: '5', interestPercent: '9.12' });
  await makePast(installation, final, 20);
  await makePast(installation, deposit, 25);
  await runScheduled(installation, 'invoices', 'markOverdue');
  await sales.until(final, 'is overdue', ({ status }) => status === 'overdue');
  const run = `/api/invoices/dunning-runs/${(await sales.create('/api/invoices/dunning-runs', {})).id}`;
  const release = await heldOutbox(installation, 'invoices');
  await sales.act(run, 'execute');
  await sales.act(run, 'pause');
  await release();
  await sales.act(run, 'resume');
  await sales.until(run, 'is done', ({ status }) => status === 'done');
  const [notice] = (await sales.client.get('/api/invoices/dunning-notices')).body.items;
  const fees = pathOf((await sales.act(`/api/invoices/dunning-notices/${notice.id}`, 'mark-sent')).created);
  const { openItemId } = await sales.until(fees, 'has its open item', (record) => Boolean(record.openItemId));
  await sales.until(`/api/payments/open-items/${openItemId}`, 'has its name', ({ reference }) => Boolean(reference));
  await sales.act(deposit, 'write-off', { reason: 'gone' });
  await sales.until(deposit, 'is written off', ({ status }) => status === 'writtenOff');
}
