import type { Warehouse } from '#metadata/records.gen.ts';
import { exact } from '#platform/kernel/decimal.ts';
import { Refusal } from '#platform/kernel/errors.ts';
import { defineCommand } from '#platform/kernel/module.ts';
import { amountOf } from '../rules/quantity.ts';
import { costNow } from '../rules/valuation.ts';
import { holdingOf, lockStock, moveStock } from '../stock/stock-item.ts';

/** Sets the stock to what was counted, with the reason. Refused below what is reserved for orders. */
export const adjustStock = defineCommand<Warehouse, { productId: string; counted: string; reason: string }>({
  object: 'warehouse',
  name: 'adjustStock',
  run: async (work, warehouse, { productId, counted, reason }) => {
    const item = await lockStock(work, { productId, warehouseId: warehouse.id });
    const reserved = amountOf(item.reserved);
    if (reserved.gt(counted))
      throw new Refusal('wrong_state', {
        en: `${reserved.toFixed()} are reserved for orders, more than the ${counted} counted. Hold or cancel orders first.`,
        de: `${reserved.toFixed()} sind für Aufträge reserviert, mehr als die gezählten ${counted}. Halten oder stornieren Sie zuerst Aufträge.`,
      });
    const quantity = exact(counted).minus(amountOf(item.onHand));
    if (quantity.isZero()) return undefined;
    const value = quantity.gt(0) ? costNow(holdingOf(item), quantity.toFixed()) : '0';
    await moveStock(work, item, { kind: 'adjustment', quantity, value, document: null, reference: reason });
    return { created: [{ object: 'stock_item', id: item.id }] };
  },
});
