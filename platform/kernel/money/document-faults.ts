import { exact, isDecimal } from '../decimal.ts';
import type { FieldError } from '../errors.ts';
import type { DocumentAdjustment, MoneyDocument } from './document.ts';
import type { Adjustment, MoneyLine } from './line.ts';
import { rateFaults } from './vat-category.ts';

/** Why the amounts of a document cannot be computed: one entry per field, with a pointer into the document. */
export function documentFaults(document: MoneyDocument): readonly FieldError[] {
  const adjustments = document.adjustments ?? [];
  return [
    ...document.lines.flatMap((line, index) => lineFaults(line, index)),
    ...adjustments.flatMap((each, index) => documentAdjustmentFaults(each, document, index)),
    ...notDecimal('/prepaidAmount', 'The prepaid amount', document.prepaidAmount),
    ...roundingFaults(document.rounding),
  ];
}

/** How a refusal names a line: as people count, from 1. */
export function nameOfLine(index: number): string {
  return `Line ${index + 1}`;
}

/** How a refusal names an allowance or charge of the document. */
export function nameOfAdjustment(index: number): string {
  return `Discount or charge ${index + 1}`;
}

function lineFaults(line: MoneyLine, index: number): readonly FieldError[] {
  const pointer = `/lines/${index}`;
  const name = nameOfLine(index);
  const decimals = [
    ...notDecimal(`${pointer}/quantity`, `${name}: the quantity`, line.quantity, true),
    ...notDecimal(`${pointer}/unitPrice`, `${name}: the unit price`, line.unitPrice, true),
    ...notDecimal(`${pointer}/priceBaseQuantity`, `${name}: the price base quantity`, line.priceBaseQuantity),
    ...notDecimal(`${pointer}/vatRate`, `${name}: the VAT rate`, line.vatRate),
  ];
  if (decimals.length > 0) return decimals;
  const adjustments = (line.adjustments ?? []).flatMap((each, place) =>
    adjustmentFaults(each, `${pointer}/adjustments/${place}`, `${name}: discount or charge ${place + 1}`),
  );
  return [...baseQuantityFaults(line, pointer, name), ...adjustments, ...rateFaults(line, pointer, name)];
}

function baseQuantityFaults({ priceBaseQuantity }: MoneyLine, pointer: string, name: string): readonly FieldError[] {
  if (!priceBaseQuantity || exact(priceBaseQuantity).gt(0)) return [];
  return [fault(`${pointer}/priceBaseQuantity`, 'positive', `${name}: the price base quantity must be above 0; leave it empty for 1.`)];
}

function documentAdjustmentFaults(adjustment: DocumentAdjustment, { lines }: MoneyDocument, index: number): readonly FieldError[] {
  const pointer = `/adjustments/${index}`;
  const name = nameOfAdjustment(index);
  const faults = adjustmentFaults(adjustment, pointer, name);
  if (typeof adjustment.vatCategory === 'string') {
    const rate = notDecimal(`${pointer}/vatRate`, `${name}: the VAT rate`, adjustment.vatRate);
    return [...faults, ...(rate.length > 0 ? rate : rateFaults(adjustment, pointer, name))];
  }
  if (lines.length > 0) return faults;
  return [...faults, fault(`${pointer}/vatCategory`, 'required', `${name} needs a VAT category: there is no line to take it from.`)];
}

function adjustmentFaults({ amount, percent, baseAmount }: Adjustment, pointer: string, name: string): readonly FieldError[] {
  const faults = [
    ...notDecimal(`${pointer}/amount`, `${name}: the amount`, amount),
    ...notDecimal(`${pointer}/percent`, `${name}: the percentage`, percent),
    ...notDecimal(`${pointer}/baseAmount`, `${name}: the base amount`, baseAmount),
  ];
  if (faults.length > 0 || Boolean(amount) || Boolean(percent)) return faults;
  return [fault(`${pointer}/amount`, 'required', `${name} needs an amount or a percentage.`)];
}

function roundingFaults(rounding: MoneyDocument['rounding']): readonly FieldError[] {
  if (!rounding) return [];
  if (rounding.increment === undefined) return notDecimal('/rounding/amount', 'The rounding amount', rounding.amount, true);
  const faults = notDecimal('/rounding/increment', 'The rounding increment', rounding.increment, true);
  if (faults.length > 0 || exact(rounding.increment).gt(0)) return faults;
  return [fault('/rounding/increment', 'positive', 'The rounding increment must be above 0, such as 0.05.')];
}

function notDecimal(pointer: string, name: string, value: unknown, isRequired = false): readonly FieldError[] {
  if (isDecimal(value) || (!isRequired && (value === null || value === undefined))) return [];
  return [fault(pointer, 'decimal', `${name} must be a decimal number written as text, such as "12.50".`)];
}

function fault(pointer: string, rule: string, message: string): FieldError {
  return { pointer, field: pointer.slice(pointer.lastIndexOf('/') + 1), rule, message };
}
