import type { Order } from '#metadata/records.gen.ts';
import { exact } from '#platform/kernel/decimal.ts';
import { defineHook } from '#platform/kernel/module.ts';
import { currencyOf, toCurrency } from '#platform/kernel/money/currency.ts';
import { isShort, percentDelivered, percentInvoiced } from '../rules/progress.ts';
import { statusOf, type OrderStatus } from '../rules/status.ts';

const DONE: readonly OrderStatus[] = ['draft', 'closed', 'cancelled'];

/** How far the order has come, and the one status that follows from it. */
export const deriveProgress = defineHook<Order, Record<string, never>>({
  object: 'order',
  name: 'deriveProgress',
  derive: (draft) => {
    const lines = draft.lines ?? [];
    const percents = { percentDelivered: percentDelivered(lines), percentInvoiced: percentInvoiced(lines) };
    const status = statusOf({ ...draft, ...percents });
    const isUnderWay = !DONE.includes(status);
    const open = exact(100).minus(percents.percentInvoiced).div(100);
    return {
      ...percents,
      status,
      isBackordered: isUnderWay && status !== 'onHold' && lines.some(isShort),
      openAmount: toCurrency(isUnderWay ? exact(draft.grossTotal ?? 0).times(open) : '0', currencyOf(draft)),
    };
  },
});
