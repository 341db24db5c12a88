import { exact, sumOf, toScale, type Exact } from '#platform/kernel/decimal.ts';
import { amountOf, atLeastZero, least, type Quantity } from './quantity.ts';

/** What of an order line tells how far it has come. */
export type LineProgress = {
  readonly kind?: 'stock' | 'goods' | 'service' | null;
  readonly quantity: string;
  readonly netAmount?: string | null;
  readonly delivered?: Quantity;
  readonly invoiced?: Quantity;
  readonly reserved?: Quantity;
};

const DIGITS = 6;

/** How much of what can be delivered has been, in points: Σ min(delivered, ordered) / Σ ordered. Services are never delivered; with nothing to deliver it is 100. */
export function percentDelivered(lines: readonly LineProgress[]): string {
  const goods = lines.filter((line) => line.kind !== 'service');
  return share(
    goods.map((line) => done(line, line.delivered)),
    goods.map((line) => exact(line.quantity)),
  );
}

/** How much has been invoiced, in points, each line by its net amount; by quantities where all of it is for nothing. */
export function percentInvoiced(lines: readonly LineProgress[]): string {
  const isFree = lines.every((line) => amountOf(line.netAmount).isZero());
  const weight = (line: LineProgress): Exact => (isFree ? exact(line.quantity) : amountOf(line.netAmount).abs());
  return share(
    lines.map((line) => (exact(line.quantity).isZero() ? weight(line) : weight(line).times(done(line, line.invoiced)).div(line.quantity))),
    lines.map(weight),
  );
}

/** Whether goods that are kept in stock are still missing for a line. */
export function isShort(line: LineProgress): boolean {
  return line.kind === 'stock' && amountOf(line.reserved).plus(amountOf(line.delivered)).lt(line.quantity);
}

function done(line: LineProgress, quantity: Quantity): Exact {
  return least(atLeastZero(amountOf(quantity)), exact(line.quantity));
}

function share(parts: readonly Exact[], wholes: readonly Exact[]): string {
  const whole = sumOf(wholes);
  return whole.isZero() ? toScale(100, DIGITS) : toScale(sumOf(parts).times(100).div(whole), DIGITS);
}
