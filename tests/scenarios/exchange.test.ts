import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { eventually } from '#tests/support/eventually.ts';
import { startInstallation, type Installation } from '#tests/support/installation.ts';
import { salesOf, stocked, type Sales } from '#tests/support/sales.ts';
import { skipReason, testDatabaseUrl } from '#tests/support/services.ts';

const RATES = '/api/accounting/exchange-rates';
const ORDERS = '/api/orders/orders';
const INVOICES = '/api/invoices/invoices';

describe('Documents in other currencies', { skip: skipReason(testDatabaseUrl()) }, () => {
  let installation: Installation;
  let sales: Sales;
  let customerId: string;
  let productId: string;
  before(async () => {
    installation = await startInstallation();
    sales = salesOf(installation.admin);
    const start = await stocked(sales, { Stool: '100' });
    customerId = start.customer.id;
    productId = start.products['Stool'] ?? '';
  });
  after(() => installation.stop());

  const document = (values: object): object => ({
    customerId,
    currency: 'USD',
    lines: [{ productId, description: 'Stool', quantity: '1', unitPrice: '50' }],
    ...values,
  });
  const rate = async (values: object): Promise<string> =>
    (await sales.create(RATES, { currency: 'USD', baseCurrency: 'EUR', source: 'ECB', ...values })).id;

  test('have no rate, and do not count, until accounting or a person gives one', async () => {
    const order = await sales.create(ORDERS, document({}));
    const invoice = await sales.create(INVOICES, document({}));
    assert.deepEqual([order.exchangeRate, invoice.exchangeRate], [null, null]);
    const unknown = await sales.refused(`${ORDERS}/${order.id}`, 'confirm');
    assert.equal(unknown.code, 'wrong_state');
    assert.match(unknown.sentence.de, /Wechselkurs/);
    assert.match((await sales.refused(`${INVOICES}/${invoice.id}`, 'issue')).detail, /exchange rate for USD/);
    const typed = await sales.client.patch(`${ORDERS}/${order.id}`, { exchangeRate: '0.9' });
    assert.deepEqual([typed.body.exchangeRate, typed.body.exchangeRateSourceId], ['0.9', null]);
    await sales.act(`${ORDERS}/${order.id}`, 'confirm');
    const source = await rate({ validFrom: '2020-01-01', inverseRate: '1.25' });
    await eventually('the rate in the invoices', async () => {
      const { body } = await sales.client.post(INVOICES, document({}));
      return body.exchangeRate === '0.8' && body.exchangeRateSourceId === source;
    });
    // It was made before there was a rate, and takes the one there is when it comes to count.
    await sales.act(`${INVOICES}/${invoice.id}`, 'issue');
    const issued = await sales.read(`${INVOICES}/${invoice.id}`);
    assert.deepEqual([issued.exchangeRate, issued.exchangeRateSourceId], ['0.8', source]);
    await sales.until(`/api/orders/credit-accounts?filter[customerId]=${customerId}`, 'counts in euro', ({ items }) => {
      return Number(items[0]?.receivables) === Number(issued.grossTotal) * 0.8;
    });
  });

  test('take the rate of their day, follow currency and day while they are drafts, and keep what a person typed', async () => {
    const later = await rate({ validFrom: '2026-06-01', rate: '0.9' });
    await eventually(
      'the later rate in the orders',
      async () => (await sales.client.post(ORDERS, document({}))).body.exchangeRate === '0.9',
    );
    const order = await sales.create(ORDERS, document({ date: '2026-05-31' }));
    assert.equal(order.exchangeRate, '0.8');
    const change = async (values: object) => (await sales.client.patch(`${ORDERS}/${order.id}`, values)).body;
    const moved = await change({ date: '2026-06-02' });
    assert.deepEqual([moved.exchangeRate, moved.exchangeRateSourceId], ['0.9', later]);
    assert.equal((await change({ currency: 'EUR' })).exchangeRate, '1');
    assert.equal((await change({ currency: 'USD' })).exchangeRate, '0.9');
    assert.equal((await change({ exchangeRate: '0.85' })).exchangeRateSourceId, null);
    assert.equal((await change({ date: '2026-05-31' })).exchangeRate, '0.85');
    assert.equal((await change({ exchangeRate: null })).exchangeRate, '0.8');
  });

  test('a rate is one a day, above zero, and between two currencies', async () => {
    const twice = await sales.client.post(RATES, { currency: 'USD', baseCurrency: 'EUR', validFrom: '2026-06-01', rate: '1' });
    assert.deepEqual([twice.status, twice.body.code], [409, 'duplicate']);
    for (const [wrong, pointer] of [
      [{ currency: 'EUR', baseCurrency: 'EUR', rate: '1' }, '/baseCurrency'],
      [{ currency: 'CHF', baseCurrency: 'EUR' }, '/rate'],
      [{ currency: 'CHF', baseCurrency: 'EUR', rate: '-1' }, '/rate'],
      [{ currency: 'CHX', baseCurrency: 'EUR', rate: '1' }, '/currency'],
    ] as const) {
      const { body, status } = await sales.client.post(RATES, wrong);
      assert.deepEqual([status, body.errors[0].pointer], [422, pointer]);
    }
  });
});
