import type { Claim, Order, OrderLine, StockMovement } from '#metadata/records.gen.ts';
import { deliveryReturned } from '#modules/delivery-notes/events.ts';
import { exact, plain, sumOf } from '#platform/kernel/decimal.ts';
import { onEvent, type Work } from '#platform/kernel/module.ts';
import { inOwnUnits } from '#platform/kernel/product-units.ts';
import { refuseUnsettled } from '../rules/claim-state.ts';
import { amountOf, minus, plus } from '../rules/quantity.ts';
import { costOfPart } from '../rules/valuation.ts';
import { lockStock, moveStock, stockItemId } from '../stock/stock-item.ts';

/** Lines of one product on one delivery note: each left by a movement of its own. */
const MOVEMENTS_MAX = 500;

/**
 * Goods came back: what is as good as new is in stock again at what it had cost when it left, and the order may deliver all of it again unless it is
 * closed. A return is counted once for each of its delivery note's lines, under the order's lock.
 */
export const returnGoods = onEvent(deliveryReturned, 'returnGoods', async (work, { orderId, deliveryNoteId, returnNoteId, lines }) => {
  const order = await work.lock<Order>('order', orderId);
  const claim = await work.lock<Claim>('claim', deliveryNoteId);
  refuseUnsettled(claim);
  const returned = new Map(lines.map((line) => [line.orderLineId, line]));
  const stocked = (order.lines ?? []).filter((line) => line.kind === 'stock' && amountOf(stockedOf(returned.get(line.id ?? ''))).gt(0));
  const stockOf = (line: OrderLine): string => stockItemId({ productId: line.productId ?? '', warehouseId: order.warehouseId ?? '' });
  for (const line of stocked.toSorted((a, b) => stockOf(a).localeCompare(stockOf(b)))) {
    const before = (claim.lines ?? []).find((one) => one.orderLine === line.id);
    const quantity = stockedOf(returned.get(line.id ?? ''));
    await putBack(work, order, {
      line,
      quantity,
      deliveryNoteId,
      document: returnNoteId ?? deliveryNoteId,
      returned: before?.returned ?? '0',
    });
  }
  const counted = (claim.lines ?? []).map((line) => ({ ...line, returned: plus(line.returned, returned.get(line.orderLine)?.quantity) }));
  await work.save('claim', { id: claim.id, lines: counted });
  await work.save('order', {
    id: order.id,
    lines: (order.lines ?? []).map((line) => {
      const quantity = returned.get(line.id ?? '')?.quantity;
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

/** What goes into stock; events from before there were returns do not say it, and meant all. */
function stockedOf(line: { readonly quantity: string; readonly stocked?: string } | undefined): string {
  return line?.stocked ?? line?.quantity ?? '0';
}

/** So much of a line comes into stock, after so much of what its delivery note took had come back. */
type Coming = {
  readonly line: OrderLine;
  readonly quantity: string;
  readonly deliveryNoteId: string;
  readonly document: string;
  readonly returned: string;
};

async function putBack(work: Work, order: Order, coming: Coming): Promise<void> {
  const { line, deliveryNoteId, document } = coming;
  const quantity = plain(inOwnUnits(coming.quantity, line));
  const before = plain(inOwnUnits(coming.returned, line));
  const item = await lockStock(work, { productId: line.productId ?? '', warehouseId: order.warehouseId ?? '' });
  const filter = { document: deliveryNoteId, stockItemId: item.id, kind: 'delivery' };
  const left = await work.query<StockMovement>('stock_movement', { filter, fields: 'quantity,value', limit: MOVEMENTS_MAX });
  const gone = { quantity: sumOf(left.map((movement) => movement.quantity)).abs(), value: sumOf(left.map(({ value }) => value)).abs() };
  await moveStock(work, item, {
    kind: 'return',
    quantity: exact(quantity),
    value: costOfPart(gone, { before, quantity }),
    document,
    reference: order.number ?? null,
  });
}
