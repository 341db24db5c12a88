import { exact, plain, type Exact } from './decimal.ts';
import { faultAt, type FieldError } from './errors.ts';
import { isRecord } from './is-record.ts';
import { isList } from './json.ts';

/** A unit besides a product's own, and how many of its own one holds. */
export type UnitFactor = { readonly unit: string; readonly factor: string };

/** A product as far as its units go; `unitFactors` is what the product keeps of them, as it comes. */
export type ProductUnits = { readonly name?: string | null; readonly unit?: string | null; readonly unitFactors?: unknown };

/** The units besides a product's own. */
export function otherUnits({ unitFactors }: ProductUnits): readonly UnitFactor[] {
  return isList(unitFactors)
    ? unitFactors.filter((each): each is UnitFactor => isRecord(each) && isText(each['unit']) && isText(each['factor']))
    : [];
}

/**
 * How many of the product's own unit one of `unit` holds; null when it has no such unit. Case does not count. A product without other units has
 * one alone, whatever a line calls it.
 */
export function factorOf(product: ProductUnits, unit: string | null | undefined): string | null {
  const others = otherUnits(product);
  if (!unit || others.length === 0 || isSame(unit, product.unit ?? '')) return '1';
  return others.find((each) => isSame(each.unit, unit))?.factor ?? null;
}

/** A quantity of a line in the product's own unit. Factors are decimals, so it is exact. */
export function inOwnUnits(quantity: string | Exact, line: { readonly unitFactor?: string | null }): Exact {
  return exact(quantity).times(line.unitFactor ?? 1);
}

/** The factor as a line keeps it: none where the unit is the product's own. */
export function keptFactor(factor: string | null): string | null {
  return factor === null || exact(factor).eq(1) ? null : plain(factor);
}

/** Says at `pointer` that a product is not sold in a unit, and in which it is. */
export function unknownUnit(pointer: string, product: ProductUnits, unit: string): FieldError {
  const own = product.unit ? [product.unit] : [];
  const known = [...own, ...otherUnits(product).map((each) => each.unit)].join(', ');
  return faultAt(
    { pointer, field: 'unit', rule: 'unit' },
    {
      en: `${product.name ?? 'This product'} is not sold by the unit “${unit}”. It has: ${known}.`,
      de: `${product.name ?? 'Dieses Produkt'} wird nicht in der Einheit „${unit}“ verkauft. Es hat: ${known}.`,
    },
  );
}

function isSame(left: string, right: string): boolean {
  return left.trim().toLowerCase() === right.trim().toLowerCase();
}

function isText(value: unknown): value is string {
  return typeof value === 'string';
}
