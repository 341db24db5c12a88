import type { Product, StockItem } from '#metadata/records.gen.ts';
import { exact } from '#platform/kernel/decimal.ts';
import { Refusal } from '#platform/kernel/errors.ts';

/** Whether less is available than the reorder level says; without a level nothing is low. */
export function isLow({ available, reorderLevel }: Pick<StockItem, 'available' | 'reorderLevel'>): boolean {
  return Boolean(reorderLevel) && exact(available ?? 0).lt(reorderLevel ?? 0);
}

/** Refuses to receive nothing, and a product of which no stock is kept. */
export function refuseUncounted(product: Pick<Product, 'name' | 'kind'> | null, quantity: string): void {
  if (exact(quantity).lte(0))
    throw new Refusal('wrong_state', { en: 'Receive a quantity above zero.', de: 'Der Zugang braucht eine Menge über null.' });
  const kind = product?.kind ?? 'stock';
  if (kind !== 'stock')
    throw new Refusal('wrong_state', {
      en: `No stock is kept of ${product?.name ?? 'this product'}. Set its kind to "Kept in stock" first.`,
      de: `${product?.name ?? 'Dieses Produkt'} wird nicht am Lager geführt. Stellen Sie zuerst seine Art auf „Lagerware“.`,
    });
}
