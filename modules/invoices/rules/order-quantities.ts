import { exact } from '#platform/kernel/decimal.ts';

/** How much of which order line a document's lines are about, as the order counts it; lines of their own do not count. */
export function orderQuantities(
  lines: readonly { readonly orderLine?: string | null; readonly quantity: string }[] | null | undefined,
): readonly { readonly orderLineId: string; readonly quantity: string }[] {
  return (lines ?? []).flatMap(({ orderLine, quantity }) =>
    orderLine && !exact(quantity).isZero() ? [{ orderLineId: orderLine, quantity }] : [],
  );
}
