import type { DeliveryNoteLine, ReturnNoteLine } from '#metadata/records.gen.ts';
import { exact, plain, sumOf, toScale, type Exact } from '#platform/kernel/decimal.ts';
import { faultAt, invalidValues, Refusal, type FieldError } from '#platform/kernel/errors.ts';
import { lineOf, nonNegative, openToReturn, refuseMore, type Part } from './quantities.ts';

/** In what condition goods come back. */
type Condition = NonNullable<ReturnNoteLine['condition']>;

/** What of a line comes back, and how. */
export type Coming = Part & { readonly condition: Condition };

/** A row of what comes back of a delivery note, or came of a return; the platform has checked its form. */
export type ReturnedRow = { readonly lineId: string; readonly quantity?: string; readonly damaged?: string; readonly scrap?: string };

/** What comes back: the quantities of the input, else everything. Refuses more than the customer has, and nothing. */
export function partsToReturn(lines: readonly DeliveryNoteLine[], rows: readonly ReturnedRow[] = []): readonly Coming[] {
  const parts =
    rows.length === 0
      ? lines.map((line): Coming => ({ line, quantity: openToReturn(line), condition: 'stock' }))
      : rows.flatMap((row, index) =>
          byCondition(row, { index, stated: 'stock' }).map((part) => ({ ...part, line: lineOf(lines, row, index) })),
        );
  const coming = parts.filter(({ quantity }) => quantity.gt(0));
  refuseMore(coming);
  if (coming.length === 0)
    throw new Refusal('wrong_state', {
      en: 'Nothing of this delivery note can come back any more.',
      de: 'Von diesem Lieferschein kann nichts mehr zurückkommen.',
    });
  return coming;
}

/** How much of which line comes back, in all. */
export function claimedBy(coming: readonly Part[]): ReadonlyMap<string, Exact> {
  const groups = Map.groupBy(coming, ({ line }) => line.id ?? '');
  return new Map([...groups].map(([id, parts]) => [id, sumOf(parts.map(({ quantity }) => quantity))]));
}

/** Lines of a delivery note that count more (or, negative, less) as on returns, by the line's id. */
export function withClaimed(lines: readonly DeliveryNoteLine[], more: ReadonlyMap<string, Exact>): readonly DeliveryNoteLine[] {
  return lines.map((line) => {
    const quantity = more.get(line.id ?? '');
    return quantity ? { ...line, returnClaimed: plain(exact(line.returnClaimed ?? line.returned ?? 0).plus(quantity)) } : line;
  });
}

/** How much of which line of the delivery note these are, in all. */
export function byNoteLine(
  lines: readonly Pick<ReturnNoteLine, 'deliveryNoteLine' | 'quantity' | 'announced'>[],
  count: 'quantity' | 'announced',
): ReadonlyMap<string, Exact> {
  const groups = Map.groupBy(lines, (line) => line.deliveryNoteLine ?? '');
  return new Map([...groups].map(([id, group]) => [id, sumOf(group.map((line) => line[count] ?? 0))]));
}

/**
 * The lines of a return as its goods have come: the quantities of the input, else all that was announced; a line for each condition.
 * Refuses more than was announced, and nothing.
 */
export function receivedLines(lines: readonly ReturnNoteLine[], rows: readonly ReturnedRow[] = []): readonly ReturnNoteLine[] {
  if (rows.length === 0) return refuseNothing(lines);
  const given = new Map(rows.map((row, index) => [lineIdOf(lines, row, index), { row, index }]));
  const received = lines.flatMap((line) => {
    const found = given.get(line.id ?? '');
    const parts = found ? byCondition(found.row, { index: found.index, stated: line.condition ?? 'stock' }) : [];
    const come = parts.filter(({ quantity }) => quantity.gt(0));
    if (found) refuseMoreThanAnnounced(line, { quantity: sumOf(come.map(({ quantity }) => quantity)), index: found.index });
    const [first, ...others] = come;
    if (!first) return [{ ...line, quantity: '0' }];
    const { id: _id, announced: _announced, ...rest } = line;
    return [
      { ...line, condition: first.condition, quantity: plain(first.quantity) },
      ...others.map(({ condition, quantity }) => ({ ...rest, condition, quantity: plain(quantity) })),
    ];
  });
  return refuseNothing(received);
}

/** What has come, as the order counts it: all of it, and what of it goes into stock. */
export function asReturned(lines: readonly ReturnNoteLine[]) {
  const come = lines.filter((line) => exact(line.quantity ?? 0).gt(0));
  return [...Map.groupBy(come, (line) => line.orderLine ?? '')].map(([orderLineId, group]) => ({
    orderLineId,
    quantity: plain(sumOf(group.map((line) => line.quantity ?? 0))),
    stocked: plain(sumOf(group.filter(({ condition }) => condition === 'stock').map((line) => line.quantity ?? 0))),
  }));
}

/** Lines of a return with what a credit note took of them, by the order's line. */
export function withCredited(lines: readonly ReturnNoteLine[], credited: ReadonlyMap<string, string>): readonly ReturnNoteLine[] {
  const left = new Map([...credited].map(([id, quantity]) => [id, exact(quantity)]));
  return lines.map((line) => {
    const more = left.get(line.orderLine ?? '') ?? exact(0);
    const open = exact(line.quantity ?? 0).minus(line.credited ?? 0);
    const taken = more.lt(open) ? more : open;
    if (taken.lte(0)) return line;
    left.set(line.orderLine ?? '', more.minus(taken));
    return { ...line, credited: plain(taken.plus(line.credited ?? 0)) };
  });
}

/** How much of what came back is credited, in points. */
export function percentCredited(lines: readonly ReturnNoteLine[]): string {
  const whole = sumOf(lines.map((line) => line.quantity ?? 0));
  return whole.isZero()
    ? toScale(0, 6)
    : toScale(
        sumOf(lines.map((line) => line.credited ?? 0))
          .times(100)
          .div(whole),
        6,
      );
}

function byCondition(row: ReturnedRow, { index, stated }: { index: number; stated: Condition }) {
  const amounts: readonly (readonly [Condition, Exact])[] = [
    [stated, nonNegative(row.quantity, `/lines/${index}/quantity`)],
    ['damaged', nonNegative(row.damaged, `/lines/${index}/damaged`)],
    ['scrap', nonNegative(row.scrap, `/lines/${index}/scrap`)],
  ];
  return [...Map.groupBy(amounts, ([condition]) => condition)].map(([condition, some]) => ({
    condition,
    quantity: sumOf(some.map(([, quantity]) => quantity)),
  }));
}

function refuseNothing(lines: readonly ReturnNoteLine[]): readonly ReturnNoteLine[] {
  if (lines.some((line) => exact(line.quantity ?? 0).gt(0))) return lines;
  throw new Refusal('wrong_state', {
    en: 'Nothing has come. Cancel the return instead.',
    de: 'Es ist nichts gekommen. Stornieren Sie stattdessen die Rückgabe.',
  });
}

function lineIdOf(lines: readonly ReturnNoteLine[], row: ReturnedRow, index: number): string {
  if (lines.some((line) => line.id === row.lineId)) return row.lineId;
  const said = {
    en: `Row ${index + 1} is of no line of this return.`,
    de: `Zeile ${index + 1} gehört zu keiner Position dieser Rückgabe.`,
  };
  throw invalidValues([faultAt({ pointer: `/lines/${index}/lineId`, field: 'lines', rule: 'quantity' }, said)]);
}

function refuseMoreThanAnnounced(line: ReturnNoteLine, { quantity, index }: { quantity: Exact; index: number }): void {
  const announced = exact(line.announced ?? 0);
  if (quantity.lte(announced)) return;
  const name = line.description ?? '';
  const said = {
    en: `Of "${name}" ${plain(announced)} were announced, not ${plain(quantity)}. Book the rest as a return of its own.`,
    de: `Von „${name}“ waren ${plain(announced)} angekündigt, nicht ${plain(quantity)}. Buchen Sie den Rest als eigene Rückgabe.`,
  };
  const errors: readonly FieldError[] = [faultAt({ pointer: `/lines/${index}/quantity`, field: 'lines', rule: 'quantity' }, said)];
  throw invalidValues(errors);
}
