import type { Product, Warehouse } from '#metadata/records.gen.ts';
import { exact, toScale } from '#platform/kernel/decimal.ts';
import { defineCommand } from '#platform/kernel/module.ts';
import { refuseUncounted } from '../rules/stock-keeping.ts';
import { costNow } from '../rules/valuation.ts';
import { holdingOf, lockStock, moveStock } from '../stock/stock-item.ts';

/** Takes goods into a warehouse at what they cost, or at what the stock costs now. Orders that wait for them get them, the oldest first. */
export const receiveStock = defineCommand<Warehouse, { productId: string; quantity: string; unitCost?: string; reference?: string }>({
  object: 'warehouse',
  name: 'receiveStock',
  run: async (work, warehouse, { productId, quantity, unitCost, reference = null }) => {
    const item = await lockStock(work, { productId, warehouseId: warehouse.id });
    refuseUncounted(await work.get<Product>('product', productId), quantity);
    const value = unitCost === undefined ? costNow(holdingOf(item), quantity) : toScale(exact(unitCost).times(quantity), 2);
    await moveStock(work, item, { kind: 'receipt', quantity: exact(quantity), value, document: null, reference });
    return { created: [{ object: 'stock_item', id: item.id }] };
  },
});
