import { exact, plain, sumOf, toScale } from '#platform/kernel/decimal.ts';
import type { Northwind } from './files.ts';

/**
 * What the files add up to, computed without the platform's engine: quantity × price less the discount, which is an amount of its own
 * and so rounded to cents itself (EN 16931 BR-DEC-24), HALF_UP both; and the sum without rounding for comparison.
 */
export function totalsOfFiles(northwind: Northwind): { lines: number; rounded: string; unrounded: string } {
  const loaded = northwind.orders.flatMap((order) => northwind.lines.get(order['OrderID'] ?? '') ?? []);
  const amounts = loaded.map((line) => {
    const price = exact(line['Quantity'] ?? '0').times(line['UnitPrice'] ?? '0');
    return { price, discount: price.times(line['Discount'] ?? '0') };
  });
  const rounded = sumOf(amounts.map(({ price, discount }) => toScale(price.minus(toScale(discount, 2)), 2)));
  const unrounded = sumOf(amounts.map(({ price, discount }) => price.minus(discount)));
  return { lines: loaded.length, rounded: toScale(rounded, 2), unrounded: plain(unrounded) };
}
