import type { Company, Order, OrderLine, Product } from '#metadata/records.gen.ts';
import { exact, plain, toScale } from '#platform/kernel/decimal.ts';
import { defineHook } from '#platform/kernel/module.ts';
import { currencyOf } from '#platform/kernel/money/currency.ts';
import { inOwnUnits } from '#platform/kernel/product-units.ts';

type Facts = { products: readonly Pick<Product, 'id' | 'listPrice'>[]; company: readonly Pick<Company, 'currency'>[] };

/** Digits that unit prices keep at most. */
const PRICE_DIGITS = 9;

/** Gives lines without a price their product's list price, for the line's unit and in the order's currency; none while that has no rate. */
export const priceOrder = defineHook<Order, Facts>({
  object: 'order',
  name: 'priceOrder',
  needs: (draft) => {
    const productIds = (draft.lines ?? []).flatMap((line) => (line.unitPrice ? [] : (line.productId ?? [])));
    if (productIds.length === 0) return {};
    return {
      products: { object: 'product', filter: { id: { in: productIds } }, limit: 1000 },
      ...(draft.companyId ? { company: { object: 'company', filter: { id: draft.companyId } } } : {}),
    };
  },
  derive: (draft, { products, company }) => {
    if (!products) return {};
    const isForeign = (company ?? []).some(({ currency }) => currency !== currencyOf(draft));
    const rate = exact(isForeign ? (draft.exchangeRate ?? 0) : 1);
    const priced = (line: OrderLine): OrderLine => {
      const listPrice = products.find(({ id }) => id === line.productId)?.listPrice;
      if (line.unitPrice || !listPrice || rate.lte(0)) return line;
      return { ...line, unitPrice: plain(toScale(inOwnUnits(listPrice, line).div(rate), PRICE_DIGITS)) };
    };
    return { lines: (draft.lines ?? []).map(priced) };
  },
});
