import type { DeliveryNoteLine } from '#metadata/records.gen.ts';
import { exact, plain, sumOf, toScale, type Exact } from '#platform/kernel/decimal.ts';
import { invalidValues, Refusal, type FieldError } from '#platform/kernel/errors.ts';
import { isRecord } from '#platform/kernel/is-record.ts';
import { isList } from '#platform/kernel/json.ts';

/** Lines of a delivery note with what of them is meant. */
export type Part = { readonly line: DeliveryNoteLine; readonly quantity: Exact };

const DECIMAL = /^\d{1,18}(\.\d{1,18})?$/;

/** The parts as the order counts them. */
export function asQuantities(parts: readonly Part[]): readonly { readonly orderLineId: string; readonly quantity: string }[] {
  return parts.map(({ line, quantity }) => ({ orderLineId: line.orderLine ?? '', quantity: plain(quantity) }));
}

/** What leaves with the note: its lines as they stand. Refused when nothing would. */
export function partsToShip(lines: readonly DeliveryNoteLine[]): readonly Part[] {
  const parts = lines.map((line) => ({ line, quantity: exact(line.quantity) })).filter(({ quantity }) => quantity.gt(0));
  if (parts.length === 0)
    throw new Refusal('wrong_state', 'Nothing would be shipped: all quantities are zero. Cancel the delivery note instead.');
  return parts;
}

/** What has been shipped of a line and not come back. */
export function withCustomer(line: DeliveryNoteLine): Exact {
  return exact(line.shipped ?? 0).minus(line.returned ?? 0);
}

/** What comes back: the quantities of the input (`[{lineId, quantity}]`), else everything. Refuses more than the customer has. */
export function partsToReturn(lines: readonly DeliveryNoteLine[], input: unknown): readonly Part[] {
  const rows = rowsOf(input);
  const parts =
    rows.length === 0
      ? lines.map((line) => ({ line, quantity: withCustomer(line) }))
      : rows.map((row, index) => ({ line: lineOf(lines, row, index), quantity: quantityOf(row, 'quantity', index) ?? exact(0) }));
  const coming = parts.filter(({ quantity }) => quantity.gt(0));
  refuseMore(coming);
  if (coming.length === 0) throw new Refusal('wrong_state', 'Nothing of this delivery note can come back any more.');
  return coming;
}

/** What the customer did not take as it came: damaged or refused, by the line's id. */
export type Remark = { readonly damaged: Exact; readonly refused: Exact };

/** Reads `[{lineId, refused, damaged}]`; together they are no more than what was shipped of the line. */
export function remarksOf(lines: readonly DeliveryNoteLine[], input: unknown): ReadonlyMap<string, Remark> {
  const remarks = rowsOf(input).map((row, index) => {
    const line = lineOf(lines, row, index);
    const remark = { damaged: quantityOf(row, 'damaged', index) ?? exact(0), refused: quantityOf(row, 'refused', index) ?? exact(0) };
    refuseMore([{ line, quantity: remark.damaged.plus(remark.refused) }]);
    return [line.id ?? '', remark] as const;
  });
  return new Map(remarks);
}

/** How much of what stayed with the customer is on invoices, in points; 100 when nothing stayed. */
export function percentInvoiced(lines: readonly DeliveryNoteLine[]): string {
  const kept = lines.map(withCustomer);
  const whole = sumOf(kept);
  const done = lines.map((line, index) => smaller(exact(line.invoiced ?? 0), exact(kept[index] ?? 0)));
  return whole.isZero() ? toScale(100, 6) : toScale(sumOf(done).times(100).div(whole), 6);
}

function rowsOf(input: unknown): readonly { readonly [key: string]: unknown }[] {
  if (input === undefined || input === null) return [];
  if (!isList(input) || !input.every(isRecord)) throw invalidValues([fault('/lines', 'lines is a list of objects with a lineId.')]);
  return input.filter(isRecord);
}

function lineOf(lines: readonly DeliveryNoteLine[], row: { readonly [key: string]: unknown }, index: number): DeliveryNoteLine {
  const line = lines.find((one) => one.id === row['lineId']);
  if (!line) throw invalidValues([fault(`/lines/${index}/lineId`, `Row ${index + 1} needs the lineId of a line of this delivery note.`)]);
  return line;
}

function quantityOf(row: { readonly [key: string]: unknown }, key: string, index: number): Exact | undefined {
  const value = row[key];
  if (value === undefined || value === null) return undefined;
  const text = typeof value === 'number' || typeof value === 'string' ? String(value) : '';
  if (!DECIMAL.test(text)) throw invalidValues([fault(`/lines/${index}/${key}`, `Row ${index + 1}: ${key} is a number, such as "1.5".`)]);
  return exact(text);
}

function refuseMore(parts: readonly Part[]): void {
  const wanted = Map.groupBy(parts, ({ line }) => line.id);
  const errors = [...wanted.values()].flatMap((group) => {
    const [first] = group;
    const quantity = sumOf(group.map((part) => part.quantity));
    if (!first || quantity.lte(withCustomer(first.line))) return [];
    return [
      fault('/lines', `Of "${first.line.description ?? ''}" the customer has ${plain(withCustomer(first.line))}, not ${plain(quantity)}.`),
    ];
  });
  if (errors.length > 0) throw invalidValues(errors);
}

function smaller(left: Exact, right: Exact): Exact {
  return left.lt(right) ? left : right;
}

function fault(pointer: string, message: string): FieldError {
  return { pointer, field: 'lines', rule: 'quantity', message };
}
