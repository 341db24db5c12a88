import type { StockItem } from '#metadata/records.gen.ts';
import { defineHook } from '#platform/kernel/module.ts';
import { isLow } from '../rules/stock-keeping.ts';

/** Whether there is less of a product than there should be. */
export const deriveLow = defineHook<StockItem, Record<string, never>>({
  object: 'stock_item',
  name: 'deriveLow',
  derive: (draft) => ({ isLow: isLow(draft) }),
});
