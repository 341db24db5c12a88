import type { Price, Product } from '#metadata/records.gen.ts';
import { invalidValues } from '#platform/kernel/errors.ts';
import { defineHook } from '#platform/kernel/module.ts';
import { factorOf, unknownUnit } from '#platform/kernel/product-units.ts';

/** A price is per a unit that its product has. */
export const checkPrice = defineHook<Price, { products?: readonly Product[] }>({
  object: 'price',
  name: 'checkPrice',
  needs: ({ unit, productId }) => (unit ? { products: { object: 'product', filter: { id: productId } } } : {}),
  derive: ({ unit }, { products }) => {
    const product = products?.[0];
    if (!unit || !product) return {};
    if (factorOf(product, unit) === null || (!product.unitFactors && unit !== product.unit))
      throw invalidValues([unknownUnit('/unit', product, unit)]);
    return {};
  },
});
