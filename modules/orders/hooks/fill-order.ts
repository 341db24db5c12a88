import type { Company, Order, OrderLine, Product } from '#metadata/records.gen.ts';
import { defineHook } from '#platform/kernel/module.ts';
import { chooseCurrency } from '#platform/kernel/money/currency.ts';

type KnownProduct = Pick<Product, 'id' | 'name' | 'unit' | 'kind' | 'listPrice'>;
type Facts = {
  products: readonly KnownProduct[];
  customer: readonly { currency?: string | null }[];
  company: readonly Pick<Company, 'currency'>[];
};

/** Fills what is left open: the currency, and of lines with a product its name, unit, price and kind. */
export const fillOrder = defineHook<Order, Facts>({
  object: 'order',
  name: 'fillOrder',
  needs: (draft) => {
    const productIds = (draft.lines ?? []).flatMap((line) => (isOpen(line) ? (line.productId ?? []) : []));
    return {
      ...(productIds.length > 0 ? { products: { object: 'product', filter: { id: { in: productIds } }, limit: 1000 } } : {}),
      ...(draft.currency ? {} : { customer: { object: 'customer', filter: { id: draft.customerId } } }),
      ...(draft.currency || !draft.companyId ? {} : { company: { object: 'company', filter: { id: draft.companyId } } }),
    };
  },
  derive: (draft, facts) => ({
    currency: chooseCurrency(draft.currency, facts.customer?.[0]?.currency, facts.company?.[0]?.currency),
    lines: (draft.lines ?? []).map((line) =>
      filled(
        line,
        facts.products?.find((product) => product.id === line.productId),
      ),
    ),
  }),
});

/** The kind goes with the product, which may have been changed; it is asked again on every save until the order is confirmed. */
function isOpen(line: OrderLine): boolean {
  return Boolean(line.productId) && (!line.kind || !line.unitPrice || !line.description || !line.unit);
}

function filled(line: OrderLine, product: KnownProduct | undefined): OrderLine {
  if (!product) return { ...line, kind: line.kind ?? 'goods' };
  return {
    ...line,
    description: line.description ?? product.name,
    unit: line.unit ?? product.unit ?? null,
    unitPrice: line.unitPrice ?? product.listPrice ?? null,
    kind: line.kind ?? product.kind ?? 'stock',
  };
}
