import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import type { Answer, Client } from '#tests/support/client.ts';
import { eventually } from '#tests/support/eventually.ts';
import { startInstallation, type Installation } from '#tests/support/installation.ts';
import { signInAs } from '#tests/support/people.ts';
import { skipReason, testDatabaseUrl } from '#tests/support/services.ts';

let installation: Installation;
let manager: Client;
let sales: Client;
const ids: Record<string, string> = {};

describe('The price of a line', { skip: skipReason(testDatabaseUrl()) }, () => {
  before(async () => {
    installation = await startInstallation();
    manager = await signInAs(installation, 'manager');
    sales = await signInAs(installation, 'sales');
    ids['company'] = (await installation.admin.get('/api/platform/me')).body.company.id;
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

  test('Comes from lists in other currencies at accounting’s rate of the day, and without a rate there is none', async () => {
    const unknown = await priced({ quantity: '1' }, { currency: 'USD' });
    assert.equal(unknown.unitPrice, null);
    const rate = { baseCurrency: 'EUR', validFrom: '2026-01-10' };
    await rated({ ...rate, currency: 'USD', rate: '0.8' });
    await rated({ ...rate, currency: 'USD', rate: '0.5', validFrom: '2026-02-01' });
    await rated({ ...rate, currency: 'CHF', rate: '1.05' });
    const line = await eventually('the rate in the offers', async () => {
      const { lines } = await offerOf({ quantity: '1' }, { currency: 'USD' });
      return lines[0].unitPrice === '6.25' && lines[0];
    });
    const [list, step] = line.priceSteps;
    assert.deepEqual([list.step, list.price], ['standard-list', '5']);
    assert.deepEqual([step.step, step.name, step.by, step.price], ['currency', 'EUR → USD', '÷ 0.8', '6.25']);
    const swiss = await make('/api/offers/price-lists', { name: 'Swiss', currency: 'CHF' });
    await make('/api/offers/prices', { priceListId: swiss, productId: ids['tea'], amount: '4' });
    const inEuro = (await offerOf({ quantity: '1' }, { priceListId: swiss })).lines[0];
    assert.deepEqual([inEuro.unitPrice, inEuro.priceSteps[1].name, inEuro.priceSteps[1].by], ['4.2', 'CHF → EUR (2026-01-10)', '× 1.05']);
    const inDollars = (await offerOf({ quantity: '1' }, { priceListId: swiss, currency: 'USD' })).lines[0];
    assert.deepEqual([inDollars.unitPrice, inDollars.priceSteps[1].by], ['5.25', '× 1.05 ÷ 0.8']);
    assert.equal((await priced({ quantity: '1' }, { currency: 'USD', date: '2026-02-03' })).unitPrice, '10');
  });

  test('Is worked out in the unit of the line, from whichever unit has one', async () => {
    const units = [
      { name: 'pack', factor: '6' },
      { name: 'carton', factor: '24' },
    ];
    const cup = await make('/api/offers/products', { name: 'Cup', unit: 'piece', units, listPrice: '9' });
    const priceOf = async (line: object) => (await offerOf({ productId: cup, ...line }, {})).lines[0];
    const ofProduct = await priceOf({ quantity: '1', unit: 'Pack' });
    assert.deepEqual([ofProduct.unitPrice, ofProduct.unitFactor, ofProduct.priceSteps[1].by], ['54', '6', '× 6']);
    const list = { priceListId: ids['standard'], productId: cup };
    await make('/api/offers/prices', { ...list, unit: 'carton', amount: '120' });
    const [piece, pack] = [await priceOf({ quantity: '1' }), await priceOf({ quantity: '1', unit: 'pack' })];
    assert.deepEqual([piece.unitPrice, piece.priceSteps[1].name, piece.priceSteps[1].by], ['5', 'carton → piece', '÷ 24']);
    assert.deepEqual([pack.unitPrice, pack.priceSteps[1].by], ['30', '× 6 ÷ 24']);
    await make('/api/offers/prices', { ...list, amount: '6' });
    const own = await offerOf({ productId: cup, quantity: '2', unit: 'carton' }, {});
    assert.equal(own.lines[0].unitPrice, '120');
    const changed = await sales.patch(`/api/offers/offers/${own.id}`, { lines: [{ id: own.lines[0].id, unit: 'pack' }] });
    assert.deepEqual([changed.body.lines[0].unitPrice, changed.body.lines[0].unitFactor, changed.body.netTotal], ['36', '6', '72.00']);
    const strange = await manager.post('/api/offers/prices', { ...list, unit: 'crate', amount: '1' });
    assert.deepEqual([strange.status, strange.body.errors[0].field], [422, 'unit']);
  });

  test('Is the list price of the product where no list has one', async () => {
    const pen = await make('/api/offers/products', { name: 'Pen', listPrice: '6.00' });
    const line = await priced({ productId: pen, quantity: '1' });
    assert.equal(line.unitPrice, '6');
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
});

async function rated(rate: object): Promise<void> {
  const { status, body } = await installation.admin.post('/api/accounting/exchange-rates', rate);
  assert.equal(status, 201, JSON.stringify(body));
}

async function make(path: string, values: object): Promise<string> {
  const { status, body } = await manager.post(path, values);
  assert.equal(status, 201, JSON.stringify(body));
  return body.id;
}

async function offerOf(line: object, offer: object): Promise<Answer['body']> {
  const values = {
    customerId: ids['customer'],
    companyId: ids['company'],
    date: '2026-01-15',
    ...offer,
    lines: [{ productId: ids['tea'], ...line }],
  };
  const { status, body } = await sales.post('/api/offers/offers', values);
  assert.equal(status, 201, JSON.stringify(body));
  return body;
}

async function priced(line: object, offer: object = {}): Promise<Record<'description' | 'unit' | 'unitPrice' | 'netAmount', string>> {
  const { description, unit, unitPrice, netAmount } = (await offerOf(line, offer)).lines[0];
  return { description, unit, unitPrice, netAmount };
}
