import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import type { Answer, Client } from '#tests/support/client.ts';
import { eventually } from '#tests/support/eventually.ts';
import { startInstallation, type Installation } from '#tests/support/installation.ts';
import { signInAs } from '#tests/support/people.ts';
import { skipReason, testDatabaseUrl } from '#tests/support/services.ts';

type Line = { readonly [name: string]: string | null } & {
  readonly id: string;
  readonly priceSteps: readonly { readonly [name: string]: string }[] | null;
};

describe('Pricing rules', { skip: skipReason(testDatabaseUrl()) }, () => {
  let installation: Installation;
  let manager: Client;
  const ids: Record<string, string> = {};
  before(async () => {
    installation = await startInstallation();
    manager = await signInAs(installation, 'manager');
    await fill(makerFor(manager), ids);
  });
  after(() => installation.stop());

  test('change the price of a line, and the line tells the steps', async () => {
    const line = await priced('tea', '10');
    assert.deepEqual([line['unitPrice'], line['discountPercent'], line['netAmount']], ['5', '10', '45.00']);
    assert.deepEqual(
      line.priceSteps?.map(({ step, name, by, price }) => [step, name, by, price]),
      [
        ['standard-list', 'Standard', undefined, '5'],
        ['discount', 'Ten boxes', '10%', '4.5'],
      ],
    );
    assert.deepEqual(
      (await priced('tea', '9')).priceSteps?.map(({ step }) => step),
      ['standard-list'],
    );
  });

  test('take an amount off the price itself', async () => {
    const line = await priced('cup', '2');
    assert.deepEqual([line['unitPrice'], line['discountPercent'], line['netAmount']], ['4', null, '8.00']);
  });

  test('are asked again when another quantity is wanted, and not otherwise', async () => {
    const offer = await offerOf([{ productId: ids['tea'], quantity: '9' }]);
    const [line] = offer.lines;
    const more = await changed(manager, offer, { id: line.id, quantity: '100' });
    assert.deepEqual([more['unitPrice'], more['discountPercent'], more['netAmount']], ['4', '10', '360.00']);
    const own = await changed(manager, offer, { id: line.id, discountPercent: '3' });
    assert.deepEqual([own['discountPercent'], own.priceSteps?.map(({ step }) => step)], ['3', ['standard-list']]);
    const fewer = await changed(manager, offer, { id: line.id, quantity: '50' });
    assert.deepEqual([fewer['unitPrice'], fewer['discountPercent']], ['5', '3']);
    const typed = await changed(manager, offer, { id: line.id, unitPrice: '2' });
    assert.deepEqual([typed['unitPrice'], typed.priceSteps], ['2', null]);
    assert.equal((await changed(manager, offer, { id: line.id, quantity: '100' }))['unitPrice'], '2');
    assert.equal((await changed(manager, offer, { id: line.id, unitPrice: null }))['unitPrice'], '4');
  });

  test('add free goods, as many as are due, and take them away again', async () => {
    const offer = await offerOf([
      { productId: ids['rice'], quantity: '11' },
      { productId: ids['tea'], quantity: '1' },
    ]);
    const tea = [ids['tea'], 'tea', 1, '5.00'];
    assert.deepEqual(shown(offer.lines), [[ids['rice'], 'rice', 11, '55.00'], [ids['cup'], 'cup', 2, '0.00'], tea]);
    const patch = (quantity: string) =>
      manager.patch(`/api/offers/offers/${offer.id}`, { linesPatch: { upsert: [{ id: offer.lines[0].id, quantity }] } });
    const more = (await patch('15')).body.lines;
    assert.deepEqual(shown(more), [[ids['rice'], 'rice', 15, '75.00'], [ids['cup'], 'cup', 3, '0.00'], tea]);
    assert.equal(more[1].id, offer.lines[1].id);
    assert.deepEqual(shown((await patch('4')).body.lines), [[ids['rice'], 'rice', 4, '20.00'], tea]);
  });

  test('The list of the customer’s group comes before the standard list', async () => {
    await eventually(
      'offers know the group of the customer',
      async () => (await priced('tea', '1', { customerId: ids['reseller'] }))['unitPrice'] === '3',
    );
    assert.equal((await priced('cup', '1', { customerId: ids['reseller'] }))['unitPrice'], '4');
  });

  test('Rules and lists for a group, a territory or a brand hold for all below it too, and for nobody else', async () => {
    const deal = { customerId: ids['harbour'] };
    await eventually('offers know the way up from the group and the territory', async () => {
      const line = await priced('mug', '1', deal);
      return line['discountPercent'] === '20' && line['unitPrice'] === '4';
    });
    const line = await priced('mug', '1', deal);
    assert.deepEqual(toldBy(line), ['group-list Wholesale', 'margin Drinking things to Germany', 'discount Fern at home']);
    assert.equal((await priced('mug', '1'))['discountPercent'], null);
    assert.equal((await priced('plain', '1', deal))['discountPercent'], null);
  });

  test('A price is tried without an offer that stays', async () => {
    const count = async () => (await manager.get('/api/offers/offers?count=exact&limit=1')).body.count;
    const offers = await count();
    const lines = [{ productId: ids['tea'], quantity: '10' }];
    const { status, body } = await manager.post('/api/offers/offers?dryRun=true', { customerId: ids['customer'], lines });
    assert.deepEqual([status, toldBy(body.lines[0])], [200, ['standard-list Standard', 'discount Ten boxes']]);
    assert.equal((await manager.get(`/api/offers/offers/${body.id}`)).status, 404);
    assert.equal(await count(), offers);
  });

  test('Two rules of the same priority are refused by name', async () => {
    const { status, body } = await manager.post('/api/offers/offers', {
      customerId: ids['customer'],
      lines: [{ productId: ids['milk'], quantity: '1' }],
    });
    assert.equal(status, 422);
    assert.match(body.detail, /“Milk A” and “Milk B”|“Milk B” and “Milk A”/);
  });

  test('A rule that says nothing is refused at its field', async () => {
    const { status, body } = await manager.post('/api/offers/pricing-rules', { name: 'Unclear', effect: 'discount' });
    assert.deepEqual([status, body.errors[0].field], [422, 'percent']);
  });

  async function offerOf(lines: readonly object[], offer: object = {}): Promise<Answer['body']> {
    const { status, body } = await manager.post('/api/offers/offers', { customerId: ids['customer'], date: '2026-01-15', ...offer, lines });
    assert.equal(status, 201, JSON.stringify(body));
    return body;
  }

  async function priced(product: string, quantity: string, offer: object = {}): Promise<Line> {
    return (await offerOf([{ productId: ids[product], quantity }], offer)).lines[0];
  }
});

function makerFor(client: Client): (path: string, values: object) => Promise<string> {
  return async (path, values) => {
    const { status, body } = await client.post(path, values);
    assert.equal(status, 201, JSON.stringify(body));
    return body.id;
  };
}

async function changed(client: Client, offer: Answer['body'], line: object): Promise<Line> {
  const { status, body } = await client.patch(`/api/offers/offers/${offer.id}`, { linesPatch: { upsert: [line] } });
  assert.equal(status, 200, JSON.stringify(body));
  return body.lines[0];
}

function shown(lines: readonly Line[]) {
  return lines.map((line) => [line['productId'], line['description'], Number(line['quantity']), line['netAmount']]);
}

function toldBy({ priceSteps }: Line) {
  return priceSteps?.map(({ step, name }) => `${step} ${name}`);
}

/** Customers, products, lists and rules, by name as ids. */
async function fill(make: (path: string, values: object) => Promise<string>, ids: Record<string, string>): Promise<void> {
  ids['group'] = await make('/api/customers/customer-groups', { name: 'Resellers' });
  ids['standard'] = await make('/api/offers/price-lists', { name: 'Standard', currency: 'EUR', standard: true });
  ids['resale'] = await make('/api/offers/price-lists', { name: 'Resale', currency: 'EUR', customerGroupIds: [ids['group']] });
  ids['customer'] = await make('/api/customers/customers', { name: 'Adler AG' });
  ids['reseller'] = await make('/api/customers/customers', { name: 'Buche OHG', groupId: ids['group'] });
  for (const name of ['tea', 'cup', 'rice', 'milk']) {
    ids[name] = await make('/api/offers/products', { name, unit: 'box', listPrice: '6.00' });
    await make('/api/offers/prices', { priceListId: ids['standard'], productId: ids[name], amount: '5.00' });
  }
  await make('/api/offers/prices', { priceListId: ids['standard'], productId: ids['tea'], amount: '4.00', minimumQuantity: '100' });
  await make('/api/offers/prices', { priceListId: ids['resale'], productId: ids['tea'], amount: '3.00' });
  const rule = { currency: 'EUR', effect: 'discount' };
  await make('/api/offers/pricing-rules', { ...rule, name: 'Ten boxes', percent: '10', minimumQuantity: '10', productIds: [ids['tea']] });
  await make('/api/offers/pricing-rules', { ...rule, name: 'Cups down', amount: '1', productIds: [ids['cup']] });
  await make('/api/offers/pricing-rules', {
    name: 'Cup with rice',
    effect: 'free',
    freeProductId: ids['cup'],
    freeQuantity: '1',
    forEach: '5',
    productIds: [ids['rice']],
  });
  for (const name of ['Milk A', 'Milk B'])
    await make('/api/offers/pricing-rules', { ...rule, name, percent: '5', productIds: [ids['milk']] });
  await fillTrees(make, ids);
}

/** A customer in Hamburg, of a group of groups, and products of a group of groups, one of them of a brand. */
async function fillTrees(make: (path: string, values: object) => Promise<string>, ids: Record<string, string>): Promise<void> {
  const trade = await make('/api/customers/customer-groups', { name: 'Trade' });
  const cafes = await make('/api/customers/customer-groups', { name: 'Cafés', parentId: trade });
  const germany = await make('/api/customers/territories', { name: 'Germany' });
  const hamburg = await make('/api/customers/territories', { name: 'Hamburg', parentId: germany });
  ids['harbour'] = await make('/api/customers/customers', { name: 'Hafencafé', groupId: cafes, territoryId: hamburg });
  const tableware = await make('/api/offers/product-groups', { name: 'Tableware' });
  const cups = await make('/api/offers/product-groups', { name: 'Cups', parentId: tableware });
  const brandId = await make('/api/offers/brands', { name: 'Fern' });
  const list = await make('/api/offers/price-lists', { name: 'Wholesale', currency: 'EUR', customerGroupIds: [trade] });
  for (const [name, more] of [
    ['mug', { brandId }],
    ['plain', {}],
  ] as const) {
    ids[name] = await make('/api/offers/products', { name, groupId: cups, ...more });
    await make('/api/offers/prices', { priceListId: list, productId: ids[name], amount: '3.00' });
  }
  const rules = '/api/offers/pricing-rules';
  const limits = { productGroupIds: [tableware], territoryIds: [germany], currency: 'EUR' };
  await make(rules, { ...limits, name: 'Drinking things to Germany', effect: 'margin', amount: '1' });
  await make(rules, {
    name: 'Fern at home',
    effect: 'discount',
    percent: '20',
    brandIds: [brandId],
    customerGroupIds: [trade],
    territoryIds: [germany],
  });
}
