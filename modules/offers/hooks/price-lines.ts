import type { Offer, OfferLine, Price, PriceList, Product } from '#metadata/records.gen.ts';
import { defineHook } from '#platform/kernel/module.ts';
import { choosePrice } from '../rules/pricing.ts';

type Facts = { products: readonly Product[]; prices: readonly (Price & { priceList?: PriceList })[] };

/** Fills what a typed-in product leaves open: description, unit, and the price of the offer's list, else the product's list price. */
export const priceLines = defineHook<Offer, Facts>({
  object: 'offer',
  name: 'priceLines',
  needs: (draft) => {
    const productIds = openLines(draft).flatMap((line) => line.productId ?? []);
    if (productIds.length === 0) return {};
    const list = draft.priceListId ? { priceListId: { eq: draft.priceListId } } : { 'priceList.standard': { eq: true } };
    return {
      products: { object: 'product', filter: { id: { in: productIds } }, limit: 1000 },
      prices: {
        object: 'price',
        filter: { productId: { in: productIds }, ...list },
        fields: 'productId,amount,minimumQuantity,validFrom,validUntil,priceList.currency',
        limit: 1000,
      },
    };
  },
  derive: (draft, facts) => ({
    lines: (draft.lines ?? []).map((line) => (isOpen(line) ? filled(draft, line, facts) : line)),
  }),
});

function openLines(draft: Offer): readonly OfferLine[] {
  return (draft.lines ?? []).filter(isOpen);
}

function isOpen(line: OfferLine): boolean {
  return Boolean(line.productId) && (!line.unitPrice || !line.description || !line.unit);
}

function filled(draft: Offer, line: OfferLine, facts: Facts): OfferLine {
  const product = facts.products?.find((each) => each.id === line.productId);
  const prices = (facts.prices ?? []).filter((price) => price.priceList?.currency === draft.currency);
  const question = { productId: line.productId ?? '', quantity: line.quantity ?? '1', day: draft.date ?? '' };
  return {
    ...line,
    description: line.description ?? product?.name ?? null,
    unit: line.unit ?? product?.unit ?? null,
    unitPrice: line.unitPrice ?? choosePrice(prices, question) ?? product?.listPrice ?? null,
  };
}
