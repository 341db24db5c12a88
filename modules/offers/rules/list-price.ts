import { exact, toScale, plain, type Exact } from '#platform/kernel/decimal.ts';

/** Digits that unit prices keep at most. */
const PRICE_DIGITS = 9;

/** A price of a list. Without `unit` it is for the product's base unit, without `customerId` for everyone. */
export type ListPriceEntry = {
  readonly priceListId: string;
  readonly productId: string;
  readonly amount: string;
  readonly unit?: string | null;
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

/** A price for one of the unit asked for; `entry` is where it comes from, `factor` what it was multiplied by. */
export type ListPrice = { readonly amount: string; readonly entry: ListPriceEntry; readonly factor: string };

/** A unit price with the digits it may have, HALF_UP, and none that say nothing. */
export function unitPrice(value: string | Exact): string {
  return plain(toScale(value, PRICE_DIGITS));
}

/**
 * The price that a list has: valid on the day, its quantity break reached; first one in the unit asked for, else the base unit's times the factor.
 * Of several the customer's own decides, then the highest break, then the latest start. Null when the list has none.
 */
export function listPrice(entries: readonly ListPriceEntry[], priceListId: string, query: PriceQuery): ListPrice | null {
  const valid = entries.filter((entry) => entry.priceListId === priceListId && isFor(entry, query) && isValid(entry, query.day));
  const asked = query.unit ?? query.baseUnit ?? null;
  const own = best(valid, (entry) => unitOf(entry, query) === asked, exact(query.quantity));
  if (own) return { amount: unitPrice(own.amount), entry: own, factor: '1' };
  const factor = exact(query.unitFactor ?? 1);
  const inBase = best(valid, (entry) => unitOf(entry, query) === (query.baseUnit ?? null), exact(query.quantity).times(factor));
  return inBase && query.unitFactor
    ? { amount: unitPrice(exact(inBase.amount).times(factor)), entry: inBase, factor: plain(factor) }
    : null;
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
