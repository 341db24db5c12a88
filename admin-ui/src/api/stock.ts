import { trusted } from './client.ts';
import type { BusinessObject } from './metadata.ts';
import { queryRecords, type ListQuery, type RecordValues } from './records.ts';

type At = Pick<BusinessObject, 'module' | 'collection'>;

export type Warehouse = RecordValues & { readonly id: string; readonly name: string; readonly companyId: string | null };

/** What is held of a product in a warehouse. */
export type Held = RecordValues & {
  readonly id: string;
  readonly productId: string;
  readonly warehouseId: string;
  readonly onHand: string | null;
  readonly reserved: string | null;
  readonly available: string | null;
  readonly reorderLevel: string | null;
  readonly value: string | null;
};

export type StockedProduct = {
  readonly id: string;
  readonly name: string;
  readonly sku: string | null;
  readonly unit: string | null;
  readonly held: readonly Held[];
};

export type StockPage = { readonly products: readonly StockedProduct[]; readonly next: string | null };

type Moved = RecordValues & { readonly id: string; readonly document: string | null; readonly reference: string | null };
/** A movement of stock, with the delivery note or return that it comes from, called by its number. */
export type Movement = Moved & { readonly source: { readonly object: string; readonly title: string } | null };
export type MovementPage = { readonly items: readonly Movement[]; readonly next: string | null };

export type Reservation = {
  readonly id: string;
  readonly orderId: string;
  readonly quantity: string;
  readonly order: { readonly number?: string | null } | null;
};

/** Where pages begin: there is no cursor yet. */
export const FROM_THE_FIRST: { readonly cursor: string | null } = { cursor: null };

const PRODUCTS = 50;
const MOVEMENTS = 20;
const AT_ONCE = 1000;
const RESERVATIONS = 100;
const HELD_FIELDS = 'id,productId,warehouseId,onHand,reserved,available,reorderLevel,value';

/** The warehouses in use, by name. */
export async function warehousesOf(warehouses: At, signal: AbortSignal): Promise<readonly Warehouse[]> {
  const query = { filter: { active: { ne: false } }, fields: 'id,name,companyId', sort: 'name' };
  return trusted<readonly Warehouse[]>(await allOf(warehouses, query, signal));
}

/** What is looked for among the products; `isLow`: only those of which some warehouse has less than it should. */
export type StockSearch = { readonly q: string; readonly isLow: boolean; readonly cursor: string | null };

/** Products of which stock is kept, with what every warehouse holds of them: a few questions a page, however many products there are. */
export async function stockPage(
  { products, items }: { readonly products: At; readonly items: At },
  { q, isLow, cursor }: StockSearch,
  signal: AbortSignal,
): Promise<StockPage> {
  const low = isLow ? await lowProducts(items, signal) : null;
  if (low?.length === 0) return { products: [], next: null };
  const asked = {
    filter: { kind: 'stock', ...(low ? { id: { in: low } } : {}) },
    fields: 'id,name,sku,unit',
    sort: 'name',
    limit: PRODUCTS,
  };
  const page = await queryRecords(products, { ...asked, ...(q === '' ? {} : { q }), ...(cursor === null ? {} : { cursor }) }, signal);
  const found = trusted<readonly Omit<StockedProduct, 'held'>[]>(page.items);
  if (found.length === 0) return { products: [], next: null };
  const filter = { productId: { in: found.map(({ id }) => id) } };
  const held = trusted<readonly Held[]>(await allOf(items, { filter, fields: HELD_FIELDS, sort: 'id' }, signal));
  const byProduct = Map.groupBy(held, ({ productId }) => productId);
  return { products: found.map((product) => ({ ...product, held: byProduct.get(product.id) ?? [] })), next: page.next };
}

/** The products of which some warehouse has too little, the scarcest first. */
async function lowProducts(items: At, signal: AbortSignal): Promise<readonly string[]> {
  const query = { filter: { isLow: true }, fields: 'productId', sort: 'available', limit: AT_ONCE };
  const page = await queryRecords(items, query, signal);
  return [...new Set(trusted<readonly Pick<Held, 'productId'>[]>(page.items).map(({ productId }) => productId))];
}

/** What came and went of a product in a warehouse, the newest first; `sources` are the kinds of documents that move stock and may be seen. */
export async function movementPage(
  { movements, sources }: { readonly movements: At; readonly sources: readonly Source[] },
  { item, cursor }: { readonly item: string; readonly cursor: string | null },
  signal: AbortSignal,
): Promise<MovementPage> {
  const asked = { filter: { stockItemId: item }, sort: '-at', limit: MOVEMENTS };
  const page = await queryRecords(movements, { ...asked, ...(cursor === null ? {} : { cursor }) }, signal);
  const found = trusted<readonly Moved[]>(page.items);
  const ids = [...new Set(found.flatMap(({ document }) => document ?? []))];
  const known = ids.length === 0 ? [] : await Promise.all(sources.map((source) => titlesOf(source, ids, signal)));
  const byId = new Map(known.flat());
  return { items: found.map((one) => ({ ...one, source: byId.get(one.document ?? '') ?? null })), next: page.next };
}

type Source = At & Pick<BusinessObject, 'name'>;

async function titlesOf(source: Source, ids: readonly string[], signal: AbortSignal) {
  const { items } = await queryRecords(source, { filter: { id: { in: ids } }, fields: 'id,number', limit: MOVEMENTS }, signal);
  return trusted<readonly { id: string; number: string | null }[]>(items).flatMap(({ id, number }) =>
    number === null ? [] : [[id, { object: source.name, title: number }] as const],
  );
}

/** The orders that hold some of it. */
export async function reservationsOf(reservations: At, item: string, signal: AbortSignal): Promise<readonly Reservation[]> {
  const filter = { stockItemId: item, quantity: { gt: '0' } };
  const query = { filter, fields: 'id,orderId,order.number,quantity', sort: '-createdAt', limit: RESERVATIONS };
  return trusted<readonly Reservation[]>((await queryRecords(reservations, query, signal)).items);
}

async function allOf(at: At, query: ListQuery, signal: AbortSignal): Promise<readonly RecordValues[]> {
  const all: RecordValues[] = [];
  for (let cursor: string | null | undefined; cursor !== null;) {
    const page = await queryRecords(at, { ...query, limit: AT_ONCE, ...(cursor === undefined ? {} : { cursor }) }, signal);
    all.push(...page.items);
    cursor = page.next;
  }
  return all;
}
