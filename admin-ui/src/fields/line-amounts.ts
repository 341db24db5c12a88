import type { BusinessObject } from '../api/metadata.ts';
import type { RecordValues } from '../api/records.ts';
import { scaled, textOfUnits, type Scaled } from './exact.ts';
import { textOf } from './input-frame.ts';
import type { Row } from './line-rows.ts';

/** The amount that runs along as one types; the others are the server's. */
export const RUNNING = 'netAmount';

const NEEDED = ['quantity', 'unitPrice', 'netAmount'];

/**
 * A row with its net amount as its figures stand now, so that totals run along; what counts is what the server saves.
 * Rows without these figures, and rows whose figures are no numbers yet, stay as they are.
 */
export function withAmount(child: Pick<BusinessObject, 'fields'>, row: Row, currency: string | undefined): Row {
  if (row['$changed'] !== true || !NEEDED.every((name) => child.fields.some((field) => field.name === name))) return row;
  const [quantity, unitPrice, discount] = ['quantity', 'unitPrice', 'discountPercent'].map((name) => decimalIn(row, name));
  if (quantity === undefined || unitPrice === undefined || discount === undefined) return row;
  const netAmount = unitPrice === null ? null : netAmountOf([quantity ?? '0', unitPrice, discount ?? '0'], currency);
  return { ...row, netAmount };
}

/** Quantity × unit price less the discount, which is rounded itself; both half up to the currency's digits. */
export function netAmountOf([quantity, unitPrice, discount]: readonly [string, string, string], currency: string | undefined): string {
  const digits = digitsOf(currency);
  const [count, price, percent] = [scaled(quantity), scaled(unitPrice), scaled(discount)];
  const gross = { units: count.units * price.units, scale: count.scale + price.scale };
  const taken = rounded({ units: gross.units * percent.units, scale: gross.scale + percent.scale + 2 }, digits);
  const net = { units: gross.units * 10n ** BigInt(digits) - taken * 10n ** BigInt(gross.scale), scale: gross.scale + digits };
  return textOfUnits(rounded(net, digits), digits);
}

/** In units of the last digit. */
function rounded({ units, scale }: Scaled, digits: number): bigint {
  if (scale <= digits) return units * 10n ** BigInt(digits - scale);
  const step = 10n ** BigInt(scale - digits);
  const half = step / 2n;
  return units < 0n ? -((-units + half) / step) : (units + half) / step;
}

/** How many decimals a currency has (ISO 4217): two for most, none for the yen. */
function digitsOf(currency: string | undefined): number {
  if (currency === undefined || !/^[A-Z]{3}$/.test(currency)) return 2;
  return new Intl.NumberFormat('en', { style: 'currency', currency }).resolvedOptions().maximumFractionDigits ?? 2;
}

/** A decimal of the row; null where there is none; undefined where it is no number. */
function decimalIn(row: RecordValues, name: string): string | null | undefined {
  const text = textOf(row[name]);
  if (text === '') return null;
  return /^-?\d{1,20}(\.\d{1,12})?$/.test(text) ? text : undefined;
}
