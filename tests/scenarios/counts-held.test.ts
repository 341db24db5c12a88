import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { ask, asApplication } from '#tests/support/books.ts';
import { startInstallation, type Installation } from '#tests/support/installation.ts';
import { confirmedOrder, salesOf, stocked, type Sales } from '#tests/support/sales.ts';
import { runScheduled } from '#tests/support/scheduled.ts';
import { skipReason, testDatabaseUrl } from '#tests/support/services.ts';

describe('Counts in the database', { skip: skipReason(testDatabaseUrl()) }, () => {
  let installation: Installation;
  let sales: Sales;
  before(async () => {
    installation = await startInstallation();
    sales = salesOf(installation.admin);
  });
  after(() => installation.stop());

  test('What is counted is held by the database too: not below zero, and not above what it counts, with the tolerance of the order', async () => {
    const order = await confirmedOrder(sales, await stocked(sales, { Chair: '100' }), { Chair: '10' });
    await sales.act(order, 'create-delivery-note');
    const [line] = await ask(installation, 'orders', 'select id, parent_id from records.order_line where delivery_claimed > 0 limit 1');
    const set = (values: string) =>
      asApplication(
        installation,
        'orders',
        `begin; update records.order_line set ${values} where id = '${String(line?.['id'])}'; rollback`,
      );
    const withTolerance = (values: string) =>
      asApplication(
        installation,
        'orders',
        `begin; update records."order" set tolerance_percent = 10 where id = '${String(line?.['parent_id'])}';
         update records.order_line set ${values} where id = '${String(line?.['id'])}'; rollback`,
      );
    for (const values of [
      'delivery_claimed = quantity + 1',
      'invoice_claimed = quantity * 1.01',
      'delivered = delivery_claimed + 1',
      'invoiced = coalesce(invoice_claimed, 0) + 1',
      'reserved = -1',
    ])
      await assert.rejects(set(values), /The count/, values);
    await set('delivery_claimed = quantity, delivered = quantity');
    await withTolerance('delivery_claimed = quantity * 1.1');
    await assert.rejects(withTolerance('delivery_claimed = quantity * 1.11'), /The count/);
    await assert.rejects(asApplication(installation, 'orders', 'update records.stock_item set reserved = on_hand + 1'), /The count/);
  });

  test('Stock that was there before it was said whether it is low, is judged once', async () => {
    const { products } = await stocked(sales, { Bench: '3' });
    const path = `/api/orders/stock-items?filter[productId]=${products['Bench']}`;
    const [item] = (await sales.client.get(path)).body.items;
    await sales.client.patch(`/api/orders/stock-items/${item.id}`, { reorderLevel: '5' });
    const asBefore = `set session_replication_role = replica; update records.stock_item set is_low = null where id = '${item.id}'`;
    await ask(installation, 'orders', asBefore);
    assert.equal((await sales.client.get(path)).body.items[0].isLow, null);
    await runScheduled(installation, 'orders', 'markLow');
    const [judged] = (await sales.client.get(path)).body.items;
    assert.equal(judged.isLow, true);
    await runScheduled(installation, 'orders', 'markLow');
    assert.equal((await sales.client.get(path)).body.items[0].version, judged.version);
  });
});
