import type { Product, StockItem, StockMovement, Warehouse } from '#metadata/records.gen.ts';
import { exact, type Exact } from '#platform/kernel/decimal.ts';
import { Refusal } from '#platform/kernel/errors.ts';
import type { Work } from '#platform/kernel/module.ts';
import { uuidV7 } from '#platform/kernel/uuid.ts';
import { stockLow, stockMoved, type StockMoved } from '../events.ts';
import { pairId } from '#platform/kernel/pair-id.ts';
import { amountOf, minus, plus } from '../rules/quantity.ts';
import { issue, receive, type Holding, type Layer, type Valued } from '../rules/valuation.ts';

/** A product in a warehouse. */
export type Place = { readonly productId: string; readonly warehouseId: string };

/** What comes or goes. `value` is the cost of all that comes; what goes is valued by the item's method. `unreserved` of it had been reserved. */
export type Move = {
  readonly kind: StockMoved['kind'];
  readonly quantity: Exact;
  readonly value?: string;
  readonly unreserved?: Exact;
  readonly document: string | null;
  readonly reference: string | null;
};

/** The id of the stock of a product in a warehouse. */
export function stockItemId(place: Place): string {
  return pairId(place.productId, place.warehouseId);
}

/** The stock of a product in a warehouse, locked; it is made, empty, when there is none. Lock several in the order of their ids. */
export async function lockStock(work: Work, place: Place): Promise<StockItem> {
  const id = stockItemId(place);
  if (!(await work.get<StockItem>('stock_item', id))) {
    const product = await work.get<Product>('product', place.productId);
    await work.create('stock_item', id, { ...place, valuation: product?.valuation ?? 'movingAverage', layers: [] });
  }
  return work.lock<StockItem>('stock_item', id);
}

/** Moves stock of a locked item: its quantity and value, one row among the movements, and the events. Refuses to take what is not there. */
export async function moveStock(work: Work, item: StockItem, move: Move): Promise<StockItem> {
  const { holding, value } = valued(holdingOf(item), move);
  if (exact(holding.quantity).lt(0))
    throw new Refusal('wrong_state', {
      en: `Only ${item.onHand ?? '0'} are in stock. Receive or count the stock first.`,
      de: `Nur ${item.onHand ?? '0'} sind am Lager. Buchen Sie zuerst einen Zugang, oder zählen Sie den Bestand.`,
    });
  const reserved = minus(item.reserved, move.unreserved);
  const saved = await saveStock(work, item, {
    onHand: holding.quantity,
    reserved,
    value: holding.value,
    layers: holding.layers,
  });
  const movement = {
    stockItemId: item.id,
    productId: item.productId,
    warehouseId: item.warehouseId,
    kind: move.kind,
    quantity: plus('0', move.quantity),
    value,
    document: move.document,
  } as const;
  const { id } = await work.create<StockMovement>('stock_movement', uuidV7(), {
    ...movement,
    at: work.now,
    onHandAfter: holding.quantity,
    valueAfter: holding.value,
    reference: move.reference,
  });
  const warehouse = await work.get<Warehouse>('warehouse', item.warehouseId);
  const companyId = warehouse?.companyId ?? null;
  const at = { companyId, date: work.today(companyId ?? undefined), reference: move.reference };
  await work.emit(stockMoved, `stock_item/${item.id}`, { movementId: id, ...movement, ...at });
  return saved;
}

/** Holds more of a locked item for an order, or gives some back (negative). */
export function reserveStock(work: Work, item: StockItem, quantity: Exact): Promise<StockItem> {
  return quantity.isZero() ? Promise.resolve(item) : saveStock(work, item, { reserved: plus(item.reserved, quantity) });
}

/** What nobody has reserved. */
export function availableOf(item: Pick<StockItem, 'onHand' | 'reserved'>): Exact {
  return amountOf(item.onHand).minus(amountOf(item.reserved));
}

/** The item as the valuation sees it. */
export function holdingOf(item: StockItem): Holding {
  const layers = Array.isArray(item.layers) ? item.layers : [];
  return {
    valuation: item.valuation ?? 'movingAverage',
    quantity: item.onHand ?? '0',
    value: item.value ?? '0',
    layers: layers.flatMap((layer: Partial<Layer>) =>
      layer.quantity && layer.value ? [{ quantity: layer.quantity, value: layer.value }] : [],
    ),
  };
}

async function saveStock(work: Work, item: StockItem, values: Partial<StockItem>): Promise<StockItem> {
  const now = { ...item, ...values };
  const available = availableOf(now);
  const saved = await work.save<StockItem>('stock_item', { id: item.id, ...values, available: plus('0', available) });
  const level = item.reorderLevel;
  if (level && available.lt(level) && availableOf(item).gte(level)) {
    const { id, productId, warehouseId } = item;
    await work.emit(stockLow, `stock_item/${id}`, {
      stockItemId: id,
      productId,
      warehouseId,
      available: plus('0', available),
      reorderLevel: level,
    });
  }
  return saved;
}

function valued(holding: Holding, { quantity, value }: Move): Valued {
  if (quantity.gte(0)) return receive(holding, plus('0', quantity), value ?? '0');
  if (quantity.negated().gt(holding.quantity))
    return { holding: { ...holding, quantity: minus(holding.quantity, quantity.negated()) }, value: '0' };
  return issue(holding, plus('0', quantity.negated()));
}
