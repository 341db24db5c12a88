import type { Offer, OfferLine } from '#metadata/records.gen.ts';
import { exact, sumOf, toScale, type Exact } from '#platform/kernel/decimal.ts';
import { inOwnUnits } from '#platform/kernel/product-units.ts';

/** What one of a product's own unit costs in the offer's currency, by product; what is not there is not known. */
export type Costs = ReadonlyMap<string, string>;

/** The figures by which approval policies judge a deal, in percent with two decimals. Null where there is nothing to work them out from. */
export function dealFigures(
  lines: readonly OfferLine[],
  costs: Costs,
): Pick<Offer, 'discountPercent' | 'highestDiscountPercent' | 'marginPercent'> {
  const before = sumOf(lines.map((line) => exact(line.quantity).times(line.unitPrice ?? '0')));
  const after = sumOf(lines.map(({ amount }) => amount ?? '0'));
  const discounts = lines.map(({ discountPercent }) => exact(discountPercent ?? '0'));
  return {
    discountPercent: before.isZero() ? null : shareOf(before.minus(after), before),
    highestDiscountPercent:
      lines.length === 0
        ? null
        : toScale(
            discounts.reduce((most, one) => (one.greaterThan(most) ? one : most)),
            2,
          ),
    marginPercent: marginOf(lines, costs),
  };
}

/** Of the lines whose products have a cost: what is left of their net amounts. */
function marginOf(lines: readonly OfferLine[], costs: Costs): string | null {
  const known = lines.filter(({ productId }) => costs.has(productId ?? ''));
  const net = sumOf(known.map(({ netAmount }) => netAmount ?? '0'));
  const cost = sumOf(known.map((line) => inOwnUnits(line.quantity, line).times(costs.get(line.productId ?? '') ?? '0')));
  return net.isZero() ? null : shareOf(net.minus(cost), net);
}

function shareOf(part: Exact, whole: Exact): string {
  return toScale(part.dividedBy(whole).times(100), 2);
}
