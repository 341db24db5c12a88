import { exact } from '#platform/kernel/decimal.ts';

/** A price of a list, as far as choosing one needs it. */
export type PriceEntry = {
  readonly productId: string;
  readonly amount: string;
  readonly minimumQuantity?: string | null;
  readonly validFrom?: string | null;
  readonly validUntil?: string | null;
};

/** What is asked: which product, how many, on which calendar day. */
export type PriceQuestion = { readonly productId: string; readonly quantity: string; readonly day: string };

/**
 * The price that holds: valid on the day, of the highest quantity break reached; of two equal ones the later start.
 * Null when the list has none.
 */
export function choosePrice(entries: readonly PriceEntry[], question: PriceQuestion): string | null {
  const holding = entries.filter(
    (entry) => entry.productId === question.productId && isValid(entry, question.day) && isReached(entry, question.quantity),
  );
  const best = holding.toSorted((a, b) => breakOf(b).comparedTo(breakOf(a)) || (b.validFrom ?? '').localeCompare(a.validFrom ?? ''))[0];
  return best?.amount ?? null;
}

function isValid(entry: PriceEntry, day: string): boolean {
  return (entry.validFrom ?? '') <= day && day <= (entry.validUntil ?? '9999-12-31');
}

function isReached(entry: PriceEntry, quantity: string): boolean {
  return exact(quantity).gte(breakOf(entry));
}

function breakOf(entry: PriceEntry): ReturnType<typeof exact> {
  return exact(entry.minimumQuantity ?? '0');
}
