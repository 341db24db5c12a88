import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { assertAccessible, visit, type Visit } from '#tests/support/browser.ts';
import { eventsAbout } from '#tests/support/events.ts';
import { confirmedOrder, salesOf, stocked, type Start } from '#tests/support/sales.ts';
import { chromiumPath, skipReason, testDatabaseUrl } from '#tests/support/services.ts';

describe('A warehouse lead looks after the stock', { skip: skipReason(testDatabaseUrl(), chromiumPath()) }, () => {
  let visitor: Visit;
  let start: Start;
  before(async () => {
    visitor = await visit();
    const sales = salesOf(visitor.installation.admin);
    start = await stocked(sales, { Bolt: '0', Nut: '7' });
    await sales.create('/api/orders/warehouses', { name: 'North' });
  });
  after(() => visitor?.end());

  test('What is received, held by an order and counted stands beside the product, with where it comes from', async () => {
    const { page, installation } = visitor;
    const sales = salesOf(installation.admin);
    const home = String(start.warehouse.name);
    await visitor.open('/');
    await page.getByRole('navigation').getByRole('link', { name: 'Stock', exact: true }).click();
    const bolt = page.getByRole('row').filter({ hasText: 'Bolt' });
    const dialog = page.getByRole('dialog', { name: 'Bolt' });
    await bolt.getByRole('button', { name: `Available in ${home}: –` }).press('Enter');
    await dialog.getByRole('button', { name: 'Receive stock' }).click();
    const receiving = page.getByRole('dialog', { name: 'Receive stock' });
    await receiving.getByLabel('Quantity').fill('10');
    await receiving.getByLabel('Unit cost').fill('2.50');
    await receiving.getByLabel('Reference').fill('Truck 4');
    await receiving.getByRole('button', { name: 'Receive stock' }).click();
    await dialog.getByRole('row').filter({ hasText: 'Truck 4' }).getByText('Receipt').waitFor();
    await dialog.getByText('No order holds any of it.').waitFor();

    const [item] = (await sales.client.post('/api/orders/stock-items/query', { filter: { productId: start.products['Bolt'] } })).body.items;
    await sales.client.patch(`/api/orders/stock-items/${item.id}`, { reorderLevel: '5' });
    const order = await sales.read(await confirmedOrder(sales, start, { Bolt: '6' }));
    await dialog.getByRole('link', { name: order.number }).waitFor();
    await dialog.getByText('Low').waitFor();
    await assertAccessible(page, 'the stock of a product');

    await dialog.getByRole('button', { name: 'Adjust stock' }).click();
    const counting = page.getByRole('dialog', { name: 'Adjust stock' });
    await counting.getByLabel('Counted quantity').fill('9');
    await counting.getByLabel('Reason').fill('One was broken');
    await page.keyboard.press('Enter');
    await dialog.getByRole('row').nth(1).getByText('One was broken').waitFor();
    await page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'detached' });
    assert.match(await bolt.innerText(), /Low[^]*9\s+6\s+3\s+€22\.50/);
    await assertAccessible(page, 'the stock of all warehouses');

    const nut = page.getByRole('row').filter({ hasText: 'Nut' });
    await page.getByRole('checkbox', { name: 'Only what is low' }).check();
    await nut.waitFor({ state: 'detached' });
    await bolt.waitFor();
    await assertAccessible(page, 'only what is low');
    await page.getByRole('checkbox', { name: 'Only what is low' }).uncheck();
    await nut.waitFor();
    await page.getByRole('textbox', { name: 'Search Products' }).fill('nut');
    await bolt.waitFor({ state: 'detached' });
    await nut.waitFor();
    const told = await eventsAbout(installation, 'orders', `stock_item/${item.id}`);
    const low = told.filter(({ type }) => type === 'StockLow').map(({ data }) => data.available);
    assert.deepEqual(low, ['4'], 'told once, when it fell below');
    assert.deepEqual(visitor.complaints, []);
  });
});
