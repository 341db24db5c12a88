import type { Company, Order, OrderLine, Product } from '#metadata/records.gen.ts';
import { invalidValues } from '#platform/kernel/errors.ts';
import { defineHook } from '#platform/kernel/module.ts';
import { chooseCurrency } from '#platform/kernel/money/currency.ts';
import { factorOf, keptFactor, unknownUnit } from '#platform/kernel/product-units.ts';

type KnownProduct = Pick<Product, 'id' | 'name' | 'unit' | 'unitFactors' | 'kind'>;
type Facts = {
  products: readonly KnownProduct[];
  customer: readonly { currency?: string | null }[];
  company: readonly Pick<Company, 'currency'>[];
};

/** Fills what is left open: the currency, and of lines with a product its name, unit, what that holds, and kind. */
export const fillOrder = defineHook<Order, Facts>({
  object: 'order',
  name: 'fillOrder',
  needs: (draft, before) => {
    const productIds = (draft.lines ?? []).flatMap((line) => (isOpen(line, wasOf(line, before)) ? (line.productId ?? []) : []));
    return {
      ...(productIds.length > 0 ? { products: { object: 'product', filter: { id: { in: productIds } }, limit: 1000 } } : {}),
      ...(draft.currency ? {} : { customer: { object: 'customer', filter: { id: draft.customerId } } }),
      ...(draft.currency || !draft.companyId ? {} : { company: { object: 'company', filter: { id: draft.companyId } } }),
    };
  },
  derive: (draft, facts, before) => {
    const productOf = (line: OrderLine): KnownProduct | undefined => facts.products?.find(({ id }) => id === line.productId);
    const errors = (draft.lines ?? []).flatMap((line, index) => {
      const product = isOtherUnit(line, wasOf(line, before)) ? productOf(line) : undefined;
      return product && line.unit && factorOf(product, line.unit) === null && !line.unitFactor
        ? [unknownUnit(`/lines/${index}/unit`, product, line.unit)]
        : [];
    });
    if (errors.length > 0) throw invalidValues(errors);
    return {
      currency: chooseCurrency(draft.currency, facts.customer?.[0]?.currency, facts.company?.[0]?.currency),
      lines: (draft.lines ?? []).map((line) => filled(line, productOf(line), wasOf(line, before))),
    };
  },
});

/** The line as it was saved last. */
function wasOf(line: OrderLine, before: Order | null): OrderLine | undefined {
  return line.id === undefined ? undefined : before?.lines?.find(({ id }) => id === line.id);
}

/** The kind goes with the product, which may have been changed; it is asked again on every save until the order is confirmed. */
function isOpen(line: OrderLine, was: OrderLine | undefined): boolean {
  return Boolean(line.productId) && (!line.kind || !line.description || !line.unit || isOtherUnit(line, was));
}

function isOtherUnit(line: OrderLine, was: OrderLine | undefined): boolean {
  return line.productId !== was?.productId || line.unit !== was?.unit;
}

function filled(line: OrderLine, product: KnownProduct | undefined, was: OrderLine | undefined): OrderLine {
  if (!product) return { ...line, kind: line.kind ?? 'goods', ...(line.productId ? {} : { unitFactor: null }) };
  const unit = line.unit ?? product.unit ?? null;
  return {
    ...line,
    description: line.description ?? product.name,
    unit,
    unitFactor: factorNow({ ...line, unit }, product, was),
    kind: line.kind ?? product.kind ?? 'stock',
  };
}

/** What a unit held when it was offered or ordered holds, until the line has another unit. */
function factorNow(line: OrderLine, product: KnownProduct, was: OrderLine | undefined): string | null {
  if (was && !isOtherUnit(line, was)) return was.unitFactor ?? null;
  return !was && line.unitFactor ? line.unitFactor : keptFactor(factorOf(product, line.unit));
}
