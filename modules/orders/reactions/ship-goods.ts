import type { Claim, Order, OrderLine } from '#metadata/records.gen.ts';
import { shipmentDispatched } from '#modules/delivery-notes/events.ts';
import { exact, plain } from '#platform/kernel/decimal.ts';
import { onEvent, type Work } from '#platform/kernel/module.ts';
import { inOwnUnits } from '#platform/kernel/product-units.ts';
import { orderDelivered } from '../events.ts';
import { least, amountOf, minus, plus } from '../rules/quantity.ts';
import { lockStock, moveStock, stockItemId } from '../stock/stock-item.ts';
import { keepReservation } from '../stock/reservations.ts';

/** Goods have left: they are counted as delivered and taken from stock; what the order gave and was not shipped is open again. */
export const shipGoods = onEvent(shipmentDispatched, 'shipGoods', async (work, { orderId, deliveryNoteId, lines, shippedOn }) => {
  const order = await work.lock<Order>('order', orderId);
  const claim = await work.lock<Claim>('claim', deliveryNoteId);
  if (claim.state !== 'open') return;
  const shipped = new Map(lines.map((line) => [line.orderLineId, line.quantity]));
  const claimed = new Map((claim.lines ?? []).map((line) => [line.orderLine, line.quantity]));
  const stocked = (order.lines ?? []).filter((line) => line.kind === 'stock' && amountOf(shipped.get(line.id ?? '')).gt(0));
  for (const line of inLockOrder(order, stocked))
    await takeFromStock(work, order, { line, quantity: shipped.get(line.id ?? '') ?? '0', deliveryNoteId });
  await work.save('claim', {
    id: claim.id,
    state: 'done',
    suppliedOn: shippedOn ?? null,
    lines: (claim.lines ?? []).map((line) => ({ ...line, done: shipped.get(line.orderLine) ?? '0' })),
  });
  const saved = await work.save<Order>('order', {
    id: order.id,
    lines: (order.lines ?? []).map((line) => {
      const [given, gone] = [claimed.get(line.id ?? ''), shipped.get(line.id ?? '') ?? '0'];
      if (given === undefined) return line;
      return {
        ...line,
        deliveryClaimed: plus(minus(line.deliveryClaimed, given), gone),
        delivered: plus(line.delivered, gone),
        ...(line.kind === 'stock' ? { reserved: minus(line.reserved, least(amountOf(gone), amountOf(line.reserved))) } : {}),
      };
    }),
  });
  if (exact(saved.percentDelivered ?? 0).gte(100)) await work.emit(orderDelivered, `order/${order.id}`, { orderId });
});

function inLockOrder(order: Order, lines: readonly OrderLine[]): readonly OrderLine[] {
  const stockOf = (line: OrderLine): string => stockItemId({ productId: line.productId ?? '', warehouseId: order.warehouseId ?? '' });
  return lines.toSorted((left, right) => stockOf(left).localeCompare(stockOf(right)));
}

type Leaving = { readonly line: OrderLine; readonly quantity: string; readonly deliveryNoteId: string };

async function takeFromStock(work: Work, order: Order, { line, quantity, deliveryNoteId }: Leaving): Promise<void> {
  const item = await lockStock(work, { productId: line.productId ?? '', warehouseId: order.warehouseId ?? '' });
  const unreserved = least(exact(quantity), amountOf(line.reserved));
  await moveStock(work, item, {
    kind: 'delivery',
    quantity: inOwnUnits(quantity, line).negated(),
    unreserved: inOwnUnits(unreserved, line),
    document: deliveryNoteId,
    reference: order.number ?? null,
  });
  const left = plain(inOwnUnits(amountOf(line.reserved).minus(unreserved), line));
  await keepReservation(work, { id: line.id ?? '', orderId: order.id, item, quantity: left });
}
