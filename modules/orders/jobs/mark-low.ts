import type { StockItem } from '#metadata/records.gen.ts';
import type { Job } from '#platform/kernel/module.ts';
import { isLow } from '../rules/stock-keeping.ts';

/** So many at a time; what is left over waits for the next time. */
const ITEMS_MAX = 500;

/** Stock of which nobody has said whether it is low, because it was there before that was kept, is judged once; from then on every save does it. */
export const markLow: Job = {
  name: 'markLow',
  schedule: '*/5 * * * *',
  run: async (work) => {
    const filter = { isLow: { isNull: true } };
    for (const { id } of await work.query<StockItem>('stock_item', { filter, fields: 'id', sort: 'id', limit: ITEMS_MAX })) {
      const item = await work.lock<StockItem>('stock_item', id);
      await work.save('stock_item', { id, isLow: isLow(item) });
    }
  },
};
