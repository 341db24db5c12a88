import type { LineCondition, LineInput, LineSum } from '#platform/kernel/model.ts';
import { apiName, fieldById, type BusinessObject, type Field } from '../api/metadata.ts';
import type { RecordValues } from '../api/records.ts';
import { compareDecimals, isDecimal, negated, plainDecimal, productOf, sumOfDecimals } from '../fields/exact.ts';
import { rowsOf } from '../fields/line-rows.ts';
import { textOf } from '../fields/input-frame.ts';

/** Digits that quantities keep at most. */
const QUANTITY_DIGITS = 9;

/** What somebody typed: by the line's id, then by the quantity's name. A line that was left alone has what is offered. */
export type Typed = { readonly [lineId: string]: { readonly [quantity: string]: string } };

/** Why a line cannot be taken as it is typed; `most` is what there is at most, of `digits` how many there may be. */
export type LineFault = { readonly kind: 'number' | 'negative' | 'positive' | 'digits' | 'tooMuch'; readonly most: string };

/** A line to choose from. Without the right to read what it is worked out from, `open` and what follows from it are null. */
export type OpenLine = {
  readonly id: string;
  readonly row: RecordValues;
  readonly open: string | null;
  readonly ready: string | null;
  readonly quantities: { readonly [name: string]: string };
  readonly fault: LineFault | null;
};

/** The lines of a record that a command's input may take some of, with what is typed or offered. */
export type LineChoice = { readonly child: BusinessObject; readonly lines: readonly OpenLine[]; readonly rows: readonly RecordValues[] };

type Of = { readonly object: BusinessObject; readonly objects: readonly BusinessObject[]; readonly record: RecordValues };

/** The lines of the record that take part and of which something is open, and the rows of the input as they stand; null where the lines may not be seen. */
export function lineChoice(lines: LineInput, { object, objects, record }: Of, typed: Typed): LineChoice | null {
  const of = fieldById(object, lines.of);
  const child = objects.find((one) => one.name === of?.child);
  if (!of || !child) return null;
  const tolerance = lines.open.tolerance === undefined ? '0' : valueIn(object, record, lines.open.tolerance);
  const open = rowsOf(record[of.name])
    .filter((row) => holds(child, row, lines.only))
    .map((row) => openLine(lines, { child, row, tolerance: tolerance ?? '0' }, typed[textOf(row['id'])]))
    .filter(({ open: left, most }) => left === null || !isZero(left) || !isZero(most ?? '0'));
  return { child, lines: open, rows: open.flatMap((line) => rowOf(lines, line)) };
}

type LineOf = { readonly child: BusinessObject; readonly row: RecordValues; readonly tolerance: string };

function openLine(
  lines: LineInput,
  { child, row, tolerance }: LineOf,
  typed: Typed[string] | undefined,
): OpenLine & { most: string | null } {
  const whole = sumIn(child, row, { plus: lines.open.plus }) ?? '0';
  const left = sumIn(child, row, lines.open);
  const open = left === null ? null : onSideOf(whole, left);
  const most = left === null ? null : onSideOf(whole, sumOfDecimals([left, share(whole, tolerance)]));
  const isReadied = lines.ready !== undefined && holds(child, row, lines.ready.only);
  const ready = lines.ready && isReadied ? sumIn(child, row, lines.ready) : null;
  const offered = offeredOf(open, ready);
  const quantities = Object.fromEntries(
    lines.quantities.map(({ name, prefilled }) => [name, typed?.[name] ?? (prefilled === true ? offered : '0')]),
  );
  return {
    id: textOf(row['id']),
    row,
    open: open === null ? null : plainDecimal(open),
    most,
    ready: ready === null ? null : plainDecimal(ready),
    quantities,
    fault: faultOf(Object.values(quantities), { most, digits: fieldById(child, lines.open.plus[0] ?? '')?.scale ?? QUANTITY_DIGITS }),
  };
}

/** More may be done than there was; then nothing is left, and not less. */
function onSideOf(whole: string, left: string): string {
  const side = compareDecimals(whole, '0') < 0 ? -1 : 1;
  return compareDecimals(left, '0') * side < 0 ? '0' : left;
}

/** What of the open can be taken now. */
function offeredOf(open: string | null, ready: string | null): string {
  if (open === null) return '0';
  if (ready === null || compareDecimals(open, ready) <= 0) return plainDecimal(open);
  return compareDecimals(ready, '0') < 0 ? '0' : plainDecimal(ready);
}

/** A quantity is a number between zero and what is open, on the same side of zero; several of one line share what is open. */
function faultOf(quantities: readonly string[], { most, digits }: { most: string | null; digits: number }): LineFault | null {
  const limit = plainDecimal(most ?? '0');
  const given = quantities.filter((quantity) => quantity !== '');
  if (!given.every(isDecimal)) return { kind: 'number', most: limit };
  if (given.some((quantity) => (plainDecimal(quantity).split('.')[1]?.length ?? 0) > digits))
    return { kind: 'digits', most: String(digits) };
  if (most === null) return null;
  const isTakenBack = compareDecimals(most, '0') < 0;
  const signed = (value: string): string => (isTakenBack ? negated(value) : value);
  if (given.some((quantity) => compareDecimals(signed(quantity), '0') < 0))
    return { kind: isTakenBack ? 'positive' : 'negative', most: limit };
  return compareDecimals(signed(sumOfDecimals(given)), signed(most)) > 0 ? { kind: 'tooMuch', most: limit } : null;
}

/** The row of the input that a line comes to; none when nothing of it is taken. */
function rowOf(lines: LineInput, { id, quantities }: OpenLine): readonly RecordValues[] {
  const taken = Object.entries(quantities).filter(([, quantity]) => isDecimal(quantity) && !isZero(quantity));
  return taken.length === 0 ? [] : [{ [lines.key]: id, ...Object.fromEntries(taken) }];
}

function holds(child: BusinessObject, row: RecordValues, only: LineCondition | undefined): boolean {
  const field = only && fieldById(child, only.field);
  return !field || only.in.includes(textOf(row[apiName(field)]));
}

/** Null where a field of the sum is not the caller's to read. */
function sumIn(child: BusinessObject, row: RecordValues, { plus, minus = [] }: LineSum): string | null {
  const fields = [...plus, ...minus].map((id) => fieldById(child, id));
  if (!fields.every((field): field is Field => field !== undefined)) return null;
  return sumOfDecimals([
    ...plus.map((id) => valueIn(child, row, id) ?? '0'),
    ...minus.map((id) => negated(valueIn(child, row, id) ?? '0')),
  ]);
}

function valueIn(object: BusinessObject, record: RecordValues, id: string): string | null {
  const field = fieldById(object, id);
  const value = field === undefined ? undefined : record[apiName(field)];
  return isDecimal(value) ? value : null;
}

function share(value: string, percent: string): string {
  return productOf(productOf(value, percent), '0.01');
}

function isZero(value: string): boolean {
  return compareDecimals(value, '0') === 0;
}
