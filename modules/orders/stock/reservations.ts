import type { Order, OrderLine, Reservation, StockItem } from '#metadata/records.gen.ts';
import { exact, plain, type Exact } from '#platform/kernel/decimal.ts';
import type { Work } from '#platform/kernel/module.ts';
import { stockReserved } from '../events.ts';
import { onTheWay } from '../rules/claims.ts';
import { amountOf, atLeastZero } from '../rules/quantity.ts';
import { inOwnUnits } from '#platform/kernel/product-units.ts';
import { availableOf, lockStock, reserveStock, stockItemId } from './stock-item.ts';

/** What is held for lines of an order afterwards, by the line's id. */
export type Held = ReadonlyMap<string, string>;

/** As many lines as an order has. */
const RESERVATIONS_MAX = 1000;

/** How much should be held for a line. */
type Wish = (line: OrderLine) => Exact;

/** All that is ordered and not delivered. */
export const ALL_OPEN: Wish = (line) => atLeastZero(exact(line.quantity).minus(amountOf(line.delivered)));

/** Only what waits on delivery notes to be shipped: what held, closed and cancelled orders keep. */
export const ON_NOTES: Wish = onTheWay;

/**
 * Brings what is held for an order's lines to what is wished, as far as the stock allows: more is taken of what is available, the rest is a backorder;
 * what is too much goes back. The order must be locked; stock is locked in the order of its ids.
 */
export async function reserveLines(work: Work, order: Order, wish: Wish = ALL_OPEN): Promise<Held> {
  const warehouseId = order.warehouseId ?? '';
  const lines = (order.lines ?? []).flatMap((line) => {
    if (line.kind !== 'stock' || !line.productId || !line.id) return [];
    const change = wish(line).minus(amountOf(line.reserved));
    const place = { productId: line.productId, warehouseId };
    return change.isZero() ? [] : [{ line, id: line.id, change, place, stockId: stockItemId(place) }];
  });
  const held = new Map<string, string>();
  for (const { line, id, change, place } of lines.toSorted((a, b) => a.stockId.localeCompare(b.stockId))) {
    const item = await lockStock(work, place);
    const given = change.lt(0) ? change : givenOf(change, line, atLeastZero(availableOf(item)));
    if (given.isZero()) continue;
    await reserveStock(work, item, inOwnUnits(given, line));
    const reserved = plain(amountOf(line.reserved).plus(given));
    await keepReservation(work, { id, orderId: order.id, item, quantity: plain(inOwnUnits(reserved, line)) });
    held.set(id, reserved);
  }
  const changed = [...held].map(([orderLineId, reserved]) => ({ orderLineId, reserved }));
  if (changed.length > 0) await work.emit(stockReserved, `order/${order.id}`, { orderId: order.id, lines: changed });
  return held;
}

/**
 * Gives back what is held for lines that are gone, or that are of another product by now. Answers the order as what is still held leaves it, and null when
 * nothing was to be given back. The stock of all lines is locked with it, in the order of its ids, so that reserving anew waits for nobody.
 */
export async function releaseOthers(work: Work, order: Order): Promise<Order | null> {
  const warehouseId = order.warehouseId ?? '';
  const lines = order.lines ?? [];
  const places = new Map(
    lines.flatMap(({ id, productId }) => (id && productId ? [[id, stockItemId({ productId, warehouseId })] as const] : [])),
  );
  const known = await work.query<Reservation>('reservation', {
    filter: { orderId: order.id, quantity: { gt: '0' } },
    limit: RESERVATIONS_MAX,
  });
  const stale = known.filter(({ id, stockItemId: held }) => places.get(id) !== held);
  if (stale.length === 0) return null;
  const stock = new Map<string, StockItem>();
  for (const id of [...new Set(known.map(({ stockItemId: held }) => held).concat([...places.values()]))].toSorted())
    if (await work.get<StockItem>('stock_item', id)) stock.set(id, await work.lock<StockItem>('stock_item', id));
  for (const { id, stockItemId: held, quantity } of stale) {
    const item = stock.get(held);
    if (!item) continue;
    stock.set(held, await reserveStock(work, item, amountOf(quantity).negated()));
    await work.save('reservation', { id, quantity: '0' });
  }
  const freed = new Set(stale.map(({ id }) => id));
  return { ...order, lines: lines.map((line) => (freed.has(line.id ?? '') ? { ...line, reserved: null } : line)) };
}

/** What a line gets of `available`, which is in the product's own unit: all that it wants, else as many whole ones of its unit as there are, so that no part is rounded. */
function givenOf(wanted: Exact, line: OrderLine, available: Exact): Exact {
  if (inOwnUnits(wanted, line).lte(available)) return wanted;
  return line.unitFactor ? available.div(line.unitFactor).floor() : available;
}

/** The reservation of an order line, in its product's own unit, has the line's id. */
export async function keepReservation(
  work: Work,
  reservation: { readonly id: string; readonly orderId: string; readonly item: StockItem; readonly quantity: string },
): Promise<void> {
  const { id, orderId, item, quantity } = reservation;
  const known = await work.get<Reservation>('reservation', id);
  if (known) await work.save('reservation', { id, stockItemId: item.id, quantity });
  else await work.create('reservation', id, { orderId, stockItemId: item.id, quantity });
}

/** The order's lines with what is held for them now. */
export function withHeld(lines: readonly OrderLine[], held: Held): readonly OrderLine[] {
  return lines.map((line) => ({ ...line, reserved: held.get(line.id ?? '') ?? line.reserved ?? null }));
}
