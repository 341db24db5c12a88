import type { Order, OrderLine } from '#metadata/records.gen.ts';
import { exact, type Exact } from '#platform/kernel/decimal.ts';
import { onEvent } from '#platform/kernel/module.ts';
import { stockMoved } from '../events.ts';
import { amountOf } from '../rules/quantity.ts';
import { ALL_OPEN, reserveLines, withHeld } from '../stock/reservations.ts';

const ORDERS_MAX = 200;

/** Goods that came in are reserved for the orders that wait for them, the oldest first. All of these are locked in one order before any stock is. */
export const fillBackorders = onEvent(stockMoved, 'fillBackorders', async (work, { productId, warehouseId, quantity }) => {
  if (exact(quantity).lte(0)) return;
  const filter = { isBackordered: true, warehouseId, lines: { some: { productId } } };
  const waiting = await work.query<Order>('order', { filter, fields: 'date', sort: 'date,id', limit: ORDERS_MAX });
  const locked = new Map<string, Order>();
  for (const { id } of waiting.toSorted((a, b) => a.id.localeCompare(b.id))) locked.set(id, await work.lock<Order>('order', id));
  const wish = (line: OrderLine): Exact => (line.productId === productId ? ALL_OPEN(line) : amountOf(line.reserved));
  for (const { id } of waiting) {
    const order = locked.get(id);
    if (order?.isBackordered !== true) continue;
    const held = await reserveLines(work, order, wish);
    if (held.size > 0) await work.save('order', { id, lines: withHeld(order.lines ?? [], held) });
  }
});
