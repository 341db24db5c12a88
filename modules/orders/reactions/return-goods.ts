import type { Claim, Order, OrderLine, StockMovement } from '#metadata/records.gen.ts';
import { deliveryReturned } from '#modules/delivery-notes/events.ts';
import { exact, toScale } from '#platform/kernel/decimal.ts';
import { onEvent, type Work } from '#platform/kernel/module.ts';
import { refuseUnsettled } from '../rules/claim-state.ts';
import { minus, plus } from '../rules/quantity.ts';
import { lockStock, moveStock, stockItemId } from '../stock/stock-item.ts';

/** Goods came back: they are in stock again at what they had cost, and the order may deliver them again unless it is closed. */
export const returnGoods = onEvent(deliveryReturned, 'returnGoods', async (work, { orderId, deliveryNoteId, lines }) => {
  const order = await work.lock<Order>('order', orderId);
  const claim = await work.lock<Claim>('claim', deliveryNoteId);
  refuseUnsettled(claim);
  const returned = new Map(lines.map((line) => [line.orderLineId, line.quantity]));
  const stocked = (order.lines ?? []).filter((line) => line.kind === 'stock' && returned.has(line.id ?? ''));
  const stockOf = (line: OrderLine): string => stockItemId({ productId: line.productId ?? '', warehouseId: order.warehouseId ?? '' });
  for (const line of stocked.toSorted((a, b) => stockOf(a).localeCompare(stockOf(b))))
    await putBack(work, order, { line, quantity: returned.get(line.id ?? '') ?? '0', deliveryNoteId });
  await work.save('claim', {
    id: claim.id,
    lines: (claim.lines ?? []).map((line) => ({ ...line, returned: plus(line.returned, returned.get(line.orderLine)) })),
  });
  await work.save('order', {
    id: order.id,
    lines: (order.lines ?? []).map((line) => {
      const quantity = returned.get(line.id ?? '');
      if (quantity === undefined) return line;
      return {
        ...line,
        deliveryClaimed: minus(line.deliveryClaimed, quantity),
        delivered: minus(line.delivered, quantity),
        returned: plus(line.returned, quantity),
      };
    }),
  });
});

type Coming = { readonly line: OrderLine; readonly quantity: string; readonly deliveryNoteId: string };

async function putBack(work: Work, order: Order, { line, quantity, deliveryNoteId }: Coming): Promise<void> {
  const item = await lockStock(work, { productId: line.productId ?? '', warehouseId: order.warehouseId ?? '' });
  const filter = { document: deliveryNoteId, stockItemId: item.id, kind: 'delivery' };
  const [left] = await work.query<StockMovement>('stock_movement', { filter, fields: 'quantity,value', limit: 1 });
  const value = left ? toScale(exact(left.value).times(quantity).div(left.quantity).abs(), 2) : '0';
  await moveStock(work, item, {
    kind: 'return',
    quantity: exact(quantity),
    value,
    document: deliveryNoteId,
    reference: order.number ?? null,
  });
}
