import type { Opportunity, Product } from '#metadata/records.gen.ts';
import { defineHook } from '#platform/kernel/module.ts';

const LINES_MAX = 1000;

type Facts = { products?: readonly Pick<Product, 'id' | 'name' | 'unit' | 'listPrice'>[] };

/**
 * What a line leaves open of its product is the product's. The list price is an estimate of what it would bring: the offer is priced by lists and rules,
 * of which the price is made there.
 */
export const fillLines = defineHook<Opportunity, Facts>({
  object: 'opportunity',
  name: 'fillLines',
  needs: ({ lines }) => {
    const ids = (lines ?? []).flatMap((line) =>
      line.productId && (!line.description || !line.unit || (line.unitPrice ?? null) === null) ? [line.productId] : [],
    );
    if (ids.length === 0) return {};
    return { products: { object: 'product', filter: { id: { in: [...new Set(ids)] } }, limit: LINES_MAX } };
  },
  derive: ({ lines }, { products }) => {
    if (!lines || !products) return {};
    const byId = new Map(products.map((product) => [product.id, product]));
    return {
      lines: lines.map((line) => {
        const product = byId.get(line.productId ?? '');
        if (!product) return line;
        const { name, unit, listPrice } = product;
        return {
          ...line,
          description: line.description ?? name,
          unit: line.unit ?? unit ?? null,
          unitPrice: line.unitPrice ?? listPrice ?? null,
        };
      }),
    };
  },
});
