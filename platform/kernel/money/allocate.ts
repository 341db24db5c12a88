import { exact, type Exact } from '../decimal.ts';
import { fromUnits, fractionOf, sumUnits, toUnits } from './units.ts';

/**
 * Splits a total by weights so that the parts add up to it exactly (largest remainder): each part is its proportion cut to `digits`,
 * what is left goes one unit each to the largest remainders, of equal ones to the first. Weights may be negative;
 * where they cancel out their sizes count, and where all are zero each counts the same. Negating the total negates the parts.
 */
export function allocate(total: string | Exact, weights: readonly (string | Exact)[], digits: number): readonly string[] {
  return allocateUnits(toUnits(total, digits), wholeNumbers(weights)).map((part) => fromUnits(part, digits));
}

/** `allocate` in units of the currency. */
export function allocateUnits(total: bigint, weights: readonly bigint[]): readonly bigint[] {
  const counting = weightsThatCount(weights);
  return settleUnits(
    total,
    counting.map((weight) => total * weight),
    sumUnits(counting),
  );
}

/**
 * Rounds ideal shares, each a numerator over one denominator, to whole units that add up to `total`, which is what the ideals add up to
 * but for rounding. None moves by a unit or more, unless the ideals miss the total by more than that.
 */
export function settleUnits(total: bigint, numerators: readonly bigint[], denominator: bigint): readonly bigint[] {
  if (numerators.length === 0) return [];
  const flip = denominator < 0n;
  const ideals = flip ? numerators.map((each) => -each) : numerators;
  const sign = signOf(total, ideals);
  const shares = ideals.map((ideal) => shareOf(ideal * sign, flip ? -denominator : denominator));
  const missing = total * sign - sumUnits(shares.map(({ units }) => units));
  const extra = missing === 0n ? [] : extraUnits(shares, Number(missing));
  return shares.map(({ units }, index) => (units + (extra[index] ?? 0n)) * sign);
}

type Share = { readonly units: bigint; readonly remainder: bigint };

function weightsThatCount(weights: readonly bigint[]): readonly bigint[] {
  if (sumUnits(weights) !== 0n) return weights;
  const sizes = weights.map((weight) => (weight < 0n ? -weight : weight));
  return sumUnits(sizes) === 0n ? weights.map(() => 1n) : sizes;
}

/** The sign of the first that is not zero, so that a document and its mirror image are split alike. */
function signOf(total: bigint, ideals: readonly bigint[]): bigint {
  const first = total === 0n ? ideals.find((ideal) => ideal !== 0n) : total;
  return first !== undefined && first < 0n ? -1n : 1n;
}

function shareOf(numerator: bigint, denominator: bigint): Share {
  const cut = numerator / denominator;
  const rest = numerator - cut * denominator;
  return rest < 0n ? { units: cut - 1n, remainder: rest + denominator } : { units: cut, remainder: rest };
}

/** One unit each to the largest remainders, or taken from the smallest; round and round if there are more units than shares. */
function extraUnits(shares: readonly Share[], missing: number): readonly bigint[] {
  const order = shares.map((_, index) => index).toSorted((a, b) => compare(shares[a], shares[b]) || a - b);
  if (missing < 0) order.reverse();
  const count = Math.abs(missing);
  const rounds = Math.floor(count / order.length);
  const extra = shares.map(() => 0n);
  order.forEach((index, rank) => {
    const size = BigInt(rounds + (rank < count % order.length ? 1 : 0));
    extra[index] = missing < 0 ? -size : size;
  });
  return extra;
}

function compare(one: Share | undefined, other: Share | undefined): number {
  if (!one || !other || one.remainder === other.remainder) return 0;
  return one.remainder > other.remainder ? -1 : 1;
}

/** Weights as whole numbers in the same proportion. */
function wholeNumbers(weights: readonly (string | Exact)[]): readonly bigint[] {
  const fractions = weights.map((weight) => fractionOf(exact(weight)));
  const under = fractions.reduce((largest, each) => (each.under > largest ? each.under : largest), 1n);
  return fractions.map((each) => each.over * (under / each.under));
}
