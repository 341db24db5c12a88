import { exact, plain, toScale, type Exact } from '#platform/kernel/decimal.ts';
import { least } from './quantity.ts';

/** A receipt that is not used up: how much is left of it and what that cost in all. */
export type Layer = { readonly quantity: string; readonly value: string };

/** What lies in one place, and what it is worth. `layers` stand oldest first and are kept for FIFO alone. */
export type Holding = {
  readonly valuation: 'movingAverage' | 'fifo';
  readonly quantity: string;
  readonly value: string;
  readonly layers: readonly Layer[];
};

/** A holding after a movement, and what the movement was worth (negative when it left). */
export type Valued = { readonly holding: Holding; readonly value: string };

const DIGITS = 2;

/** Takes in a quantity at what it cost in all, to the cent. */
export function receive(holding: Holding, quantity: string, value: string): Valued {
  const layers = holding.valuation === 'fifo' ? [...holding.layers, { quantity, value }] : [];
  return {
    holding: {
      ...holding,
      quantity: plain(exact(holding.quantity).plus(quantity)),
      value: cents(exact(holding.value).plus(value)),
      layers,
    },
    value,
  };
}

/**
 * Lets a quantity go that is there: at the average cost of all, or at that of the oldest receipts. The last piece takes what is left of the value,
 * so that an empty place is worth nothing and no cent is lost.
 */
export function issue(holding: Holding, quantity: string): Valued {
  const left = exact(holding.quantity).minus(quantity);
  const taken =
    holding.valuation === 'fifo' ? takeOldest(holding.layers, exact(quantity)) : { value: average(holding, exact(quantity)), layers: [] };
  const value = left.isZero() ? exact(holding.value) : taken.value;
  return {
    holding: { ...holding, quantity: plain(left), value: cents(exact(holding.value).minus(value)), layers: taken.layers },
    value: cents(value.negated()),
  };
}

/** What so many would cost at what the holding is worth now; zero where nothing is. */
export function costNow(holding: Holding, quantity: string): string {
  return exact(holding.quantity).isZero() ? cents(exact(0)) : cents(average(holding, exact(quantity)));
}

/** What a part of something cost, to the cent, after another part of it: all parts together cost what the whole did. */
export function costOfPart(whole: { readonly quantity: Exact; readonly value: Exact }, part: { before: string; quantity: string }): string {
  if (whole.quantity.isZero()) return cents(exact(0));
  const upTo = (quantity: Exact): Exact => exact(cents(whole.value.times(quantity).div(whole.quantity)));
  return cents(upTo(exact(part.before).plus(part.quantity)).minus(upTo(exact(part.before))));
}

function average(holding: Holding, quantity: Exact): Exact {
  return exact(cents(exact(holding.value).times(quantity).div(holding.quantity)));
}

function takeOldest(layers: readonly Layer[], wanted: Exact): { value: Exact; layers: readonly Layer[] } {
  const [oldest, ...younger] = layers;
  if (!oldest || wanted.isZero()) return { value: exact(0), layers };
  const quantity = least(wanted, exact(oldest.quantity));
  const value = exact(cents(exact(oldest.value).times(quantity).div(oldest.quantity)));
  const left = { quantity: plain(exact(oldest.quantity).minus(quantity)), value: cents(exact(oldest.value).minus(value)) };
  if (!exact(left.quantity).isZero()) return { value, layers: [left, ...younger] };
  const rest = takeOldest(younger, wanted.minus(quantity));
  return { value: value.plus(rest.value), layers: rest.layers };
}

function cents(value: Exact): string {
  return toScale(value, DIGITS);
}
