import { exact, toScale, plain, type Exact } from '#platform/kernel/decimal.ts';

/** Digits that unit prices keep at most. */
const PRICE_DIGITS = 9;

/**
 * A price of a list, for one of `unit`, in which the minimum quantity counts too; without it for the product's base unit, without `customerId` for
 * everyone. `factor` is how many base units its unit holds; of another unit that does not say it, only that unit is priced.
 */
export type ListPriceEntry = {
  readonly priceListId: string;
  readonly productId: string;
  readonly amount: string;
  readonly unit?: string | null;
  readonly factor?: string | null;
  readonly customerId?: string | null;
  readonly minimumQuantity?: string | null;
  readonly validFrom?: string | null;
  readonly validUntil?: string | null;
};

/** What is asked for: so many of a unit, on a calendar day. `unitFactor` is how many base units the unit holds. */
export type PriceQuery = {
  readonly productId: string;
  readonly quantity: string;
  readonly unit?: string | null;
  readonly baseUnit?: string | null;
  readonly unitFactor?: string | null;
  readonly customerId?: string | null;
  readonly day: string;
};

/** A price for one of the unit asked for: `entry` is where it comes from; its amount was multiplied by `times` and divided by `over`. */
export type ListPrice = { readonly amount: string; readonly entry: ListPriceEntry; readonly times: string; readonly over: string };

/** A unit price with the digits it may have, HALF_UP, and none that say nothing. */
export function unitPrice(value: string | Exact): string {
  return plain(toScale(value, PRICE_DIGITS));
}

/**
 * The price that a list has: valid on the day, its quantity break reached; first one in the unit asked for, else the base unit's, else that of
 * the smallest other unit, converted. Of several the customer's own decides, then the highest break, then the latest start. Null when the list has none.
 */
export function listPrice(entries: readonly ListPriceEntry[], priceListId: string, query: PriceQuery): ListPrice | null {
  const valid = entries.filter((entry) => entry.priceListId === priceListId && isFor(entry, query) && isValid(entry, query.day));
  const asked = query.unit ?? query.baseUnit ?? null;
  const own = best(valid, (entry) => unitOf(entry, query) === asked, exact(query.quantity));
  if (own) return { amount: unitPrice(own.amount), entry: own, times: '1', over: '1' };
  if (!query.unitFactor) return null;
  for (const over of factorsOf(valid, query)) {
    const quantity = exact(query.quantity).times(query.unitFactor).div(over);
    const entry = best(valid, (each) => Boolean(factorIn(each, query)?.eq(over)), quantity);
    if (entry) return converted(entry, query.unitFactor, plain(over));
  }
  return null;
}

/** The factors of the units that have prices: the base unit's first, then from the smallest on. */
function factorsOf(entries: readonly ListPriceEntry[], query: PriceQuery): readonly Exact[] {
  const isBase = (factor: Exact): number => Number(!factor.eq(1));
  const factors = new Set(entries.flatMap((entry) => factorIn(entry, query)?.toFixed() ?? []));
  return [...factors].map(exact).toSorted((a, b) => isBase(a) - isBase(b) || a.comparedTo(b));
}

function factorIn(entry: ListPriceEntry, query: PriceQuery): Exact | null {
  if (entry.factor) return exact(entry.factor);
  return unitOf(entry, query) === (query.baseUnit ?? null) ? exact(1) : null;
}

function converted(entry: ListPriceEntry, times: string, over: string): ListPrice {
  return { amount: unitPrice(exact(entry.amount).times(times).div(over)), entry, times, over };
}

function best(
  entries: readonly ListPriceEntry[],
  isOfUnit: (entry: ListPriceEntry) => boolean,
  quantity: Exact,
): ListPriceEntry | undefined {
  const reached = entries.filter((entry) => isOfUnit(entry) && quantity.gte(entry.minimumQuantity ?? 0));
  return reached.toSorted(
    (a, b) =>
      Number(Boolean(b.customerId)) - Number(Boolean(a.customerId)) ||
      exact(b.minimumQuantity ?? 0).comparedTo(a.minimumQuantity ?? 0) ||
      (b.validFrom ?? '').localeCompare(a.validFrom ?? ''),
  )[0];
}

function isFor(entry: ListPriceEntry, query: PriceQuery): boolean {
  return entry.productId === query.productId && (!entry.customerId || entry.customerId === query.customerId);
}

function isValid(entry: ListPriceEntry, day: string): boolean {
  return (entry.validFrom ?? '') <= day && day <= (entry.validUntil ?? '9999-12-31');
}

function unitOf(entry: ListPriceEntry, query: PriceQuery): string | null {
  return entry.unit ?? query.baseUnit ?? null;
}
