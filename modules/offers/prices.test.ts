import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import type { Answer, Client } from '#tests/support/client.ts';
import { startInstallation, type Installation } from '#tests/support/installation.ts';
import { signInAs } from '#tests/support/people.ts';
import { skipReason, testDatabaseUrl } from '#tests/support/services.ts';

describe('The price of a line', { skip: skipReason(testDatabaseUrl()) }, () => {
  let installation: Installation;
  let manager: Client;
  let sales: Client;
  const ids: Record<string, string> = {};
  before(async () => {
    installation = await startInstallation();
    manager = await signInAs(installation, 'manager');
    sales = await signInAs(installation, 'sales');
    ids['customer'] = await make('/api/customers/customers', { name: 'Adler AG' });
    ids['tea'] = await make('/api/offers/products', { name: 'Tea', unit: 'box', listPrice: '6.00' });
    ids['standard'] = await make('/api/offers/price-lists', { name: 'Standard', currency: 'EUR', standard: true });
    ids['partners'] = await make('/api/offers/price-lists', { name: 'Partners', currency: 'EUR' });
    const standard = { priceListId: ids['standard'], productId: ids['tea'] };
    await make('/api/offers/prices', { ...standard, amount: '5.00' });
    await make('/api/offers/prices', { ...standard, amount: '4.50', minimumQuantity: '10' });
    await make('/api/offers/prices', {
      ...standard,
      amount: '4.00',
      minimumQuantity: '10',
      validFrom: '2026-06-01',
      validUntil: '2026-06-30',
    });
    await make('/api/offers/prices', { priceListId: ids['partners'], productId: ids['tea'], amount: '3.333' });
  });
  after(() => installation.stop());

  test('Is that of the standard list, by quantity and by the day of the offer', async () => {
    assert.deepEqual(await priced({ quantity: '9.9' }), { description: 'Tea', unit: 'box', unitPrice: '5', netAmount: '49.50' });
    assert.equal((await priced({ quantity: '10' })).unitPrice, '4.5');
    assert.equal((await priced({ quantity: '10' }, { date: '2026-06-30' })).unitPrice, '4');
    assert.equal((await priced({ quantity: '10' }, { date: '2026-07-01' })).unitPrice, '4.5');
  });

  test('Is that of the list that the offer names', async () => {
    const line = await priced({ quantity: '3' }, { priceListId: ids['partners'] });
    assert.deepEqual([line.unitPrice, line.netAmount], ['3.333', '10.00']);
  });

  test('Is the list price of the product where no list in the currency has one', async () => {
    assert.equal((await priced({ quantity: '1' }, { currency: 'USD' })).unitPrice, '6');
  });

  test('Is what was typed, where something was typed', async () => {
    const line = await priced({ quantity: '2', unitPrice: '1.23', description: 'Green tea' });
    assert.deepEqual([line.unitPrice, line.description, line.unit], ['1.23', 'Green tea', 'box']);
  });

  test('Stays when the list changes: an offer keeps what it said', async () => {
    const offer = await offerOf({ quantity: '1' }, {});
    const { body } = await manager.get(`/api/offers/prices?filter[priceListId]=${ids['standard']}&filter[amount]=5&fields=id`);
    await manager.patch(`/api/offers/prices/${body.items[0].id}`, { amount: '7.00' });
    const again = await sales.patch(`/api/offers/offers/${offer.id}`, { subject: 'Still the same' });
    assert.equal(again.body.lines[0].unitPrice, '5');
  });

  test('Is set by managers alone', async () => {
    const { status } = await sales.post('/api/offers/prices', { priceListId: ids['standard'], productId: ids['tea'], amount: '0.01' });
    assert.equal(status, 403);
  });

  test('Is in the currency of the offer, else of the customer, else of the company', async () => {
    const ofSwiss = { customerId: await make('/api/customers/customers', { name: 'Alp AG', currency: 'CHF' }) };
    assert.equal((await offerOf({}, ofSwiss)).currency, 'CHF');
    const yen = await offerOf({ quantity: '3', unitPrice: '33.5' }, { ...ofSwiss, currency: 'JPY' });
    assert.deepEqual([yen.currency, yen.netTotal], ['JPY', '101']);
    assert.equal((await offerOf({}, {})).currency, 'EUR');
    const unknown = await sales.post('/api/offers/offers', { customerId: ids['customer'], currency: 'euro' });
    assert.deepEqual([unknown.status, unknown.body.errors[0].field], [422, 'currency']);
  });

  async function make(path: string, values: object): Promise<string> {
    const { status, body } = await manager.post(path, values);
    assert.equal(status, 201, JSON.stringify(body));
    return body.id;
  }

  async function offerOf(line: object, offer: object): Promise<Answer['body']> {
    const values = { customerId: ids['customer'], date: '2026-01-15', ...offer, lines: [{ productId: ids['tea'], ...line }] };
    const { status, body } = await sales.post('/api/offers/offers', values);
    assert.equal(status, 201, JSON.stringify(body));
    return body;
  }

  async function priced(line: object, offer: object = {}): Promise<Record<'description' | 'unit' | 'unitPrice' | 'netAmount', string>> {
    const { description, unit, unitPrice, netAmount } = (await offerOf(line, offer)).lines[0];
    return { description, unit, unitPrice, netAmount };
  }
});
