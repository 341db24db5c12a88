import type { Company, Offer, Product } from '#metadata/records.gen.ts';
import { exact, plain } from '#platform/kernel/decimal.ts';
import { defineHook } from '#platform/kernel/module.ts';
import { currencyOf } from '#platform/kernel/money/currency.ts';
import { isOpen } from '../rules/open.ts';
import { dealFigures } from '../rules/deal-figures.ts';

type Facts = { readonly products: readonly Pick<Product, 'id' | 'costPrice'>[]; readonly company: readonly Pick<Company, 'currency'>[] };

/** Discount and margin of the whole offer, by which approval policies judge it. Costs are in the company's currency: in another there is a margin where its rate is known. */
export const deriveFigures = defineHook<Offer, Facts>({
  object: 'offer',
  name: 'deriveFigures',
  needs: (draft, before) => {
    if (!isOpen(before, draft)) return {};
    const productIds = [...new Set((draft.lines ?? []).flatMap((line) => line.productId ?? []))];
    if (productIds.length === 0) return {};
    return {
      products: { object: 'product', filter: { id: { in: productIds } }, limit: 1000 },
      ...(draft.companyId ? { company: { object: 'company', filter: { id: draft.companyId } } } : {}),
    };
  },
  derive: (draft, facts, before) => {
    if (!isOpen(before, draft)) return {};
    const isForeign = (facts.company ?? []).some(({ currency }) => currency !== currencyOf(draft));
    const rate = exact(isForeign ? (draft.exchangeRate ?? 0) : 1);
    const known = rate.gt(0) ? (facts.products ?? []) : [];
    const costs = new Map(known.flatMap(({ id, costPrice }) => (costPrice ? [[id, plain(exact(costPrice).div(rate))] as const] : [])));
    return dealFigures(draft.lines ?? [], costs);
  },
});
