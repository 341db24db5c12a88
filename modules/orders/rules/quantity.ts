import { exact, plain, type Exact } from '#platform/kernel/decimal.ts';

/** A quantity as it stands in a record: a decimal string, none counts as zero. */
export type Quantity = string | null | undefined;

/** The exact number behind a quantity. */
export function amountOf(quantity: Quantity): Exact {
  return exact(quantity ?? 0);
}

/** The sum of two quantities as a record keeps it. */
export function plus(quantity: Quantity, more: Quantity | Exact): string {
  return plain(amountOf(quantity).plus(more ?? 0));
}

/** The difference of two quantities as a record keeps it. */
export function minus(quantity: Quantity, less: Quantity | Exact): string {
  return plain(amountOf(quantity).minus(less ?? 0));
}

/** The smaller of two. */
export function least(left: Exact, right: Exact): Exact {
  return left.lt(right) ? left : right;
}

/** The number itself, or zero where it is below. */
export function atLeastZero(value: Exact): Exact {
  return value.lt(0) ? exact(0) : value;
}
