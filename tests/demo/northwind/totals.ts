import { exact, plain, toScale } from '#platform/kernel/decimal.ts';
import type { Northwind } from './files.ts';

/**
 * What the files add up to, computed without the platform's engine: quantity × price × (1 − discount),
 * each line rounded HALF_UP to cents, and the sum without rounding for comparison.
 */
export function totalsOfFiles(northwind: Northwind): { lines: number; rounded: string; unrounded: string } {
  const loaded = northwind.orders.flatMap((order) => northwind.lines.get(order['OrderID'] ?? '') ?? []);
  const amounts = loaded.map((line) =>
    exact(line['Quantity'] ?? '0')
      .times(line['UnitPrice'] ?? '0')
      .times(exact(1).minus(line['Discount'] ?? '0')),
  );
  const rounded = amounts.reduce((sum, amount) => sum.plus(toScale(amount, 2)), exact(0));
  const unrounded = amounts.reduce((sum, amount) => sum.plus(amount), exact(0));
  return { lines: loaded.length, rounded: toScale(rounded, 2), unrounded: plain(unrounded) };
}
