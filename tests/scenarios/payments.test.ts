import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { billingOf, type Billing } from '#tests/support/billing.ts';
import { asApplication, assertBooks } from '#tests/support/books.ts';
import { eventually } from '#tests/support/eventually.ts';
import { eventsAbout } from '#tests/support/events.ts';
import { startInstallation, type Installation } from '#tests/support/installation.ts';
import { salesOf, type Sales } from '#tests/support/sales.ts';
import { skipReason, testDatabaseUrl } from '#tests/support/services.ts';

const PAYMENTS = '/api/payments/payments';
const ITEMS = '/api/payments/open-items';

let installation: Installation;
let sales: Sales;
let billing: Billing;

describe('Payments', { skip: skipReason(testDatabaseUrl()) }, () => {
  before(async () => {
    installation = await startInstallation();
    sales = salesOf(installation.admin);
    billing = await billingOf(installation, sales);
  });
  after(() => installation.stop());

  describe('by bank and in cash', byHand);
  describe('over several documents', overSeveral);
  describe('in other currencies', inOtherCurrencies);
  test('The books agree', () => assertBooks(installation));
});

const customer = async (name: string): Promise<string> => (await sales.create('/api/customers/customers', { name, currency: 'EUR' })).id;

/** An issued invoice whose open item is there and has its number. */
async function invoiced(net: string, more: object): Promise<{ path: string; id: string; number: string }> {
  const path = await billing.issued(net, more);
  const { id, number } = await sales.until(path, 'has its open item', ({ openItemId }) => Boolean(openItemId));
  await sales.until(`${ITEMS}/${id}`, 'has its number', ({ reference }) => reference === number);
  return { path, id, number };
}

async function received(values: object): Promise<string> {
  const payment = await sales.create(PAYMENTS, values);
  await sales.act(`${PAYMENTS}/${payment.id}`, 'record');
  return `${PAYMENTS}/${payment.id}`;
}

/** One after the other. */
async function inTurn<A, B>(all: readonly A[], run: (one: A) => Promise<B>): Promise<readonly B[]> {
  const results: B[] = [];
  for (const one of all) results.push(await run(one));
  return results;
}

const told = async (path: string, type: string) =>
  (await eventsAbout(installation, 'payments', `payment/${path.split('/').at(-1)}`)).filter((event) => event.type === type);

function byHand(): void {
  test('A payment settles what its reference names, then the oldest; what is left stays; undone, the invoice is owed again', async () => {
    const customerId = await customer('Payer GmbH');
    const first = await invoiced('100', { customerId });
    const second = await invoiced('50', { customerId });
    const path = await received({ customerId, amount: '200', reference: `Rechnung ${second.number}` });
    const [event] = await told(path, 'PaymentReceived');
    assert.deepEqual([event?.data.amount, event?.data.companyAmount, event?.data.method], ['200.00', '200.00', 'bankTransfer']);
    const { created } = await sales.act(path, 'allocate');
    assert.equal(created.length, 2);
    for (const { path: invoice } of [first, second]) await sales.until(invoice, 'is paid', ({ status }) => status === 'paid');
    assert.equal(
      (await sales.client.get(`${PAYMENTS}?filter[customerId]=${customerId}&fields=unallocated`)).body.items[0].unallocated,
      '21.50',
    );
    const [byReference] = (await sales.client.get(`/api/payments/allocations?filter[debitId]=${second.id}`)).body.items;
    await sales.act(`/api/payments/allocations/${byReference.id}`, 'undo', { reason: 'meant for another' });
    await sales.until(second.path, 'is owed again', ({ outstanding, status }) => outstanding === '59.50' && status === 'issued');
    const refused = await sales.refused(path, 'allocate', { lines: [{ itemId: second.id, amount: '60' }] });
    assert.deepEqual([refused.code, refused.errors[0].pointer], ['invalid_value', '/lines/0/amount']);
    await sales.act(path, 'reverse', { reason: 'typed twice' });
    await sales.until(first.path, 'is owed again', ({ outstanding }) => outstanding === '119.00');
    assert.equal((await sales.read(path)).status, 'cancelled');
    assert.equal((await told(path, 'PaymentReversed')).length, 1);
    assert.equal((await sales.refused(path, 'allocate')).code, 'wrong_state');
  });

  test('A payment and its open item have one id, and each a life of its own', async () => {
    const path = await received({ customerId: await customer('Twin GmbH'), amount: '10' });
    const { openItemId } = await sales.read(path);
    await sales.client.post(`${path}/comments`, { text: 'Of the payment' });
    for (const [one, comments] of [
      [path, 1],
      [`/api/payments/open-items/${openItemId}`, 0],
    ] as const) {
      const { items } = (await sales.client.get(`${one}/timeline`)).body;
      assert.equal(items.filter(({ what }: { what: string }) => what === 'created').length, 1, one);
      assert.equal(items.filter(({ kind }: { kind: string }) => kind === 'comment').length, comments, one);
      assert.equal(
        (await sales.client.get(`${one}/history`)).body.items.filter(({ command }: { command?: string }) => !command).length,
        1,
        one,
      );
    }
  });

  test('Early discount is taken when it is paid in time, and no later', async () => {
    const customerId = await customer('Early GmbH');
    const terms = await sales.create('/api/invoices/payment-terms', { name: 'Skonto', days: 30, discountPercent: '2', discountDays: 10 });
    const { path, id } = await invoiced('100', { customerId, paymentTermsId: terms.id });
    const payment = await received({ customerId, amount: '116.62' });
    const tooMuch = await sales.refused(payment, 'allocate', { lines: [{ itemId: id, discount: '2.39' }] });
    assert.deepEqual([tooMuch.code, tooMuch.errors[0].pointer], ['invalid_value', '/lines/0/discount']);
    const { created } = await sales.act(payment, 'allocate');
    assert.deepEqual(
      created.map(({ object }: { object: string }) => object),
      ['allocation', 'open_item', 'allocation'],
    );
    const paid = await sales.until(path, 'is paid', ({ status }) => status === 'paid');
    assert.deepEqual([paid.outstanding, paid.writtenOffTotal], ['0.00', '0.00']);
    const [, discount] = (await eventsAbout(installation, 'payments', `open_item/${id}`)).filter(({ type }) => type === 'PaymentAllocated');
    assert.deepEqual([discount?.data.creditKind, discount?.data.amount], ['discount', '2.38']);
  });

  test('A payment is recorded at its invoice: in part, then what is left, never more; paid in time it takes the discount', async () => {
    const customerId = await customer('Counter GmbH');
    const { path } = await invoiced('100', { customerId });
    const part = await sales.act(path, 'receive-payment', { amount: '19', method: 'cash', reference: 'at the door' });
    const payment = await sales.read(`/api/payments/payments/${part.created[0].id}`);
    assert.deepEqual([payment.status, payment.amount, payment.method, payment.reference], ['captured', '19.00', 'cash', 'at the door']);
    await sales.until(path, 'owes 100', ({ status, outstanding }) => status === 'partlyPaid' && outstanding === '100.00');
    const refused = await sales.refused(path, 'receive-payment', { amount: '100.01' });
    assert.deepEqual([refused.code, refused.sentence.en], ['invalid_value', '100.00 EUR can be settled, not 100.01.']);
    assert.match(
      (await sales.refused(path, 'receive-payment', { date: '2999-01-01' })).sentence.en,
      /^Money of 2999-01-01 cannot be there yet/,
    );
    await sales.act(path, 'receive-payment', {});
    await sales.until(path, 'is paid', ({ status }) => status === 'paid');

    const terms = await sales.create('/api/invoices/payment-terms', { name: 'Early', days: 30, discountPercent: '2', discountDays: 10 });
    const early = await invoiced('100', { customerId, paymentTermsId: terms.id });
    const [{ id }] = (await sales.act(early.path, 'receive-payment', {})).created;
    assert.equal((await sales.read(`/api/payments/payments/${id}`)).amount, '116.62');
    await sales.until(early.path, 'is paid with its discount', ({ status, outstanding }) => status === 'paid' && outstanding === '0.00');
  });

  test('Twenty allocations of one payment to one invoice at once exceed neither, and the database would not let them', async () => {
    const customerId = await customer('Busy GmbH');
    const { id } = await invoiced('100', { customerId });
    const payments = [await received({ customerId, amount: '50' }), await received({ customerId, amount: '100' })];
    const answers = await Promise.all(
      Array.from({ length: 20 }, (_none, index) =>
        sales.patiently(`${payments[index % 2]}/actions/allocate`, { lines: [{ itemId: id, amount: '10' }] }),
      ),
    );
    assert.ok(answers.every(({ status }) => status === 200 || status === 422));
    assert.equal(answers.filter(({ status }) => status === 200).length, 11);
    assert.equal((await sales.read(`${ITEMS}/${id}`)).balance, '9.00');
    const [small] = payments;
    const sql = `update records.open_item set allocated = amount + 1 where id = '${small?.split('/').at(-1)}'`;
    await assert.rejects(asApplication(installation, 'payments', sql), /The count/);
    await assert.rejects(asApplication(installation, 'payments', `update records.payment set returned = captured + 1`), /The count/);
    await assert.rejects(asApplication(installation, 'payments', `update records.payment set amount = amount + 1`), /sealed/);
  });

  test('Money that cannot be there, and nothing, are refused', async () => {
    const customerId = await customer('Wrong GmbH');
    for (const [values, pointer] of [
      [{ amount: '0' }, '/amount'],
      [{ amount: '5', date: '2999-01-01' }, '/date'],
    ] as const) {
      const { id } = await sales.create(PAYMENTS, { customerId, ...values });
      assert.equal((await sales.refused(`${PAYMENTS}/${id}`, 'record')).errors[0].pointer, pointer);
    }
  });
}

function overSeveral(): void {
  test('Twenty payments at once for one invoice settle it once, and what is too much stays with its payment', async () => {
    const customerId = await customer('Impatient GmbH');
    const { id, path } = await invoiced('100', { customerId });
    const paid = await Promise.all(Array.from({ length: 20 }, () => received({ customerId, amount: '35' })));
    const lines = [{ itemId: id, amount: '35' }];
    const answers = await Promise.all(paid.map((one) => sales.patiently(`${one}/actions/allocate`, { lines })));
    assert.equal(answers.filter(({ status }) => status === 200).length, 3);
    assert.deepEqual(new Set(answers.map(({ status }) => status)), new Set([200, 422]));
    await sales.until(path, 'is nearly paid', ({ outstanding }) => outstanding === '14.00');
  });

  test('Payments of one customer that are allocated at once, each more than its invoice, leave one another what they take', async () => {
    const customerId = await customer('Several GmbH');
    const invoices = await inTurn(['100', '200', '300', '400'], (net) => invoiced(net, { customerId }));
    const paths = await inTurn(invoices, ({ number }) => received({ customerId, amount: '500', reference: `Rechnung ${number}` }));
    const answers = await Promise.all(paths.map((path) => sales.patiently(`${path}/actions/allocate`, {})));
    // Who comes when all is paid has nothing to propose, and says so.
    for (const { status, body } of answers) if (status !== 200) assert.equal(body.errors?.[0]?.pointer, '/lines', JSON.stringify(body));
    for (const { id } of invoices) assert.equal((await sales.read(`${ITEMS}/${id}`)).balance, '0.00');
  });

  test('What is in favour settles several invoices line by line, all of them or none', async () => {
    const customerId = await customer('Favoured GmbH');
    const [first, second] = [await invoiced('50', { customerId }), await invoiced('50', { customerId })];
    const item = `${ITEMS}/${(await sales.read(await received({ customerId, amount: '100' }))).openItemId}`;
    const allocate = (amounts: readonly string[]) =>
      sales.client.post(`${item}/actions/allocate`, { lines: [first, second].map(({ id }, at) => ({ itemId: id, amount: amounts[at] })) });
    const refused = await allocate(['59.50', '59.50']);
    assert.deepEqual([refused.status, refused.body.errors[0].pointer], [422, '/lines/1/amount']);
    assert.equal((await sales.read(item)).open, '100.00');
    assert.equal((await allocate(['59.50', '30'])).body.created.length, 2);
    assert.equal((await sales.read(item)).open, '10.50');
    assert.equal((await sales.client.post(`${item}/actions/allocate`, {})).body.errors[0].field, 'itemId');
    const discounted = await sales.client.post(`${item}/actions/allocate`, { lines: [{ itemId: second.id, discount: '1' }] });
    assert.match(discounted.body.detail, /Only a payment/);
  });

  test('Two companies number their invoices each from one', async () => {
    const companies = '/api/platform/companies';
    const { id: companyId } = await sales.create(companies, {
      name: 'Second AG',
      country: 'DE',
      currency: 'EUR',
      timeZone: 'Europe/Berlin',
    });
    const customerId = await customer('Twice GmbH');
    await eventually('the company is known', async () => {
      const { status } = await sales.client.post('/api/invoices/invoices?dryRun=true', { customerId, companyId, lines: [] });
      return status < 300;
    });
    const ours = await invoiced('10', { customerId });
    const theirs = await billing.issued('10', { customerId, companyId });
    const { number } = await sales.read(theirs);
    assert.match(number, /^IN-\d{4}-00001$/);
    const { items } = (await sales.client.get(`/api/invoices/invoices?filter[number]=${number}`)).body;
    assert.equal(items.length, 2);
    assert.notEqual(ours.number, number);
    const byNumber = (of: string, query = '') => sales.client.get(`/api/invoices/invoices/by/number/${of}${query}`);
    assert.equal((await byNumber(ours.number)).body.number, ours.number);
    const asked = await byNumber(number);
    assert.deepEqual([asked.status, asked.body.code], [409, 'conflict']);
    assert.match(asked.body.detail, /\?companyId=/);
    const one = await byNumber(number, `?companyId=${companyId}&fields=companyId,number`);
    assert.deepEqual(one.body, { companyId, number });
    assert.equal((await byNumber(number, '?companyId=second')).status, 400);
  });
}

function inOtherCurrencies(): void {
  test('What a payment is worth more or less than the invoice was is told with the allocation, and nothing is owed after it', async () => {
    const customerId = await customer('Dollar Inc.');
    await sales.create('/api/accounting/exchange-rates', { currency: 'USD', baseCurrency: 'EUR', validFrom: '2020-01-01', rate: '0.8' });
    const dollars = { customerId, currency: 'USD', exchangeRate: '0.8' };
    const [first, second] = [await invoiced('100', dollars), await invoiced('200', dollars)];
    const inDollars = await received({ customerId, currency: 'USD', exchangeRate: '0.9', amount: '119' });
    await sales.act(inDollars, 'allocate', { lines: [{ itemId: first.id }] });
    const inEuros = await received({ customerId, currency: 'EUR', amount: '200' });
    await sales.act(inEuros, 'allocate', { lines: [{ itemId: second.id, paid: '185' }] });
    const gains = await Promise.all(
      [first, second].map(async ({ id, path }) => {
        await sales.until(path, 'is paid', ({ status }) => status === 'paid');
        const [event] = (await eventsAbout(installation, 'payments', `open_item/${id}`)).filter(({ type }) => type === 'PaymentAllocated');
        return [event?.data.companyAmount, event?.data.creditCompanyAmount, event?.data.exchangeGain];
      }),
    );
    assert.deepEqual(gains, [
      ['95.20', '107.10', '11.90'],
      ['190.40', '185.00', '-5.40'],
    ]);
    await eventually('only what is left of the payment is in their favour', async () => {
      const { body } = await sales.client.get(`/api/orders/credit-accounts?filter[customerId]=${customerId}`);
      return Number(body.items[0]?.receivables) === -15;
    });
    // Left out, what it takes follows from the rates of the day.
    const third = await invoiced('10', dollars);
    await sales.act(inEuros, 'allocate', { lines: [{ itemId: third.id }] });
    const [allocation] = (await sales.client.get(`/api/payments/allocations?filter[debitId]=${third.id}`)).body.items;
    assert.deepEqual([allocation.amount, allocation.creditAmount, allocation.exchangeGain], ['11.90', '9.52', '0.00']);
  });
}
