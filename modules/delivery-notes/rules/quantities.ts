import type { DeliveryNoteLine } from '#metadata/records.gen.ts';
import { exact, plain, sumOf, toScale, type Exact } from '#platform/kernel/decimal.ts';
import { faultAt, invalidValues, Refusal, type FieldError } from '#platform/kernel/errors.ts';
import type { Sentence } from '#platform/kernel/sentence.ts';

/** Lines of a delivery note with what of them is meant. */
export type Part = { readonly line: DeliveryNoteLine; readonly quantity: Exact };

/** A row of what was not taken as it came. */
export type RemarkRow = { readonly lineId: string; readonly refused?: string; readonly damaged?: string };

/** The parts as the order counts them. */
export function asQuantities(parts: readonly Part[]): readonly { readonly orderLineId: string; readonly quantity: string }[] {
  return parts.map(({ line, quantity }) => ({ orderLineId: line.orderLine ?? '', quantity: plain(quantity) }));
}

/** What leaves with the note: its lines as they stand. Refused when nothing would. */
export function partsToShip(lines: readonly DeliveryNoteLine[]): readonly Part[] {
  const parts = lines.map((line) => ({ line, quantity: exact(line.quantity) })).filter(({ quantity }) => quantity.gt(0));
  if (parts.length === 0)
    throw new Refusal('wrong_state', {
      en: 'Nothing would be shipped: all quantities are zero. Cancel the delivery note instead.',
      de: 'Es würde nichts versandt: Alle Mengen sind null. Stornieren Sie stattdessen den Lieferschein.',
    });
  return parts;
}

/** What has been shipped of a line and not come back. */
export function withCustomer(line: DeliveryNoteLine): Exact {
  return exact(line.shipped ?? 0).minus(line.returned ?? 0);
}

/** What the customer has of a line and is on no return. */
export function openToReturn(line: DeliveryNoteLine): Exact {
  return exact(line.shipped ?? 0).minus(line.returnClaimed ?? line.returned ?? 0);
}

/** What the customer did not take as it came: damaged or refused, by the line's id. */
export type Remark = { readonly damaged: Exact; readonly refused: Exact };

/** What of which line was refused or damaged; together they are no more than what was shipped of the line. */
export function remarksOf(lines: readonly DeliveryNoteLine[], rows: readonly RemarkRow[] = []): ReadonlyMap<string, Remark> {
  const remarks = rows.map((row, index) => {
    const line = lineOf(lines, row, index);
    const remark = {
      damaged: nonNegative(row.damaged, `/lines/${index}/damaged`),
      refused: nonNegative(row.refused, `/lines/${index}/refused`),
    };
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

/** The line of the delivery note that a row is of; refuses a row of none. */
export function lineOf(lines: readonly DeliveryNoteLine[], row: { readonly lineId: string }, index: number): DeliveryNoteLine {
  const line = lines.find((one) => one.id === row.lineId);
  if (line) return line;
  const strange = {
    en: `Row ${index + 1} is of no line of this delivery note.`,
    de: `Zeile ${index + 1} gehört zu keiner Position dieses Lieferscheins.`,
  };
  throw invalidValues([fault(`/lines/${index}/lineId`, strange)]);
}

/** A quantity of a row; none is zero. */
export function nonNegative(quantity: string | undefined, pointer: string): Exact {
  const value = exact(quantity ?? 0);
  if (value.lt(0))
    throw invalidValues([fault(pointer, { en: 'A quantity cannot be below zero.', de: 'Eine Menge kann nicht unter null sein.' })]);
  return value;
}

/** Refuses what would come back beyond what the customer has. */
export function refuseMore(parts: readonly Part[]): void {
  const wanted = Map.groupBy(parts, ({ line }) => line.id);
  const errors = [...wanted.values()].flatMap((group) => {
    const [first] = group;
    const quantity = sumOf(group.map((part) => part.quantity));
    if (!first || quantity.lte(openToReturn(first.line))) return [];
    const [name, has] = [first.line.description ?? '', plain(openToReturn(first.line))];
    return [
      fault('/lines', {
        en: `Of "${name}" the customer has ${has}, not ${plain(quantity)}.`,
        de: `Von „${name}“ hat der Kunde ${has}, nicht ${plain(quantity)}.`,
      }),
    ];
  });
  if (errors.length > 0) throw invalidValues(errors);
}

function smaller(left: Exact, right: Exact): Exact {
  return left.lt(right) ? left : right;
}

function fault(pointer: string, sentence: Sentence): FieldError {
  return faultAt({ pointer, field: 'lines', rule: 'quantity' }, sentence);
}
