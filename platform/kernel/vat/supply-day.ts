import { dayOf, type VatDocument, type VatFacts, type VatLine } from './record-vat.ts';
import { decidedLine, type DecidedVat } from './decided-line.ts';
import type { VatRate } from './rates.ts';
import type { VatStep } from './vat-steps.ts';

/** A line of an invoice: of an order's line, or the deduction of a down payment, with what it comes to. */
export type SuppliedLine = VatLine & {
  readonly orderLine?: string | null;
  readonly downPayment?: string | null;
  readonly amount?: string | null;
  readonly netAmount?: string | null;
  readonly taxAmount?: string | null;
};

/** An invoice of an order, which says for which day the order's VAT was decided. */
export type SuppliedDocument = Omit<VatDocument, 'lines'> & {
  readonly [field: string]: unknown;
  readonly orderVatDay?: string | null;
  readonly currency?: string | null;
  readonly pricesIncludeTax?: boolean | null;
  readonly lines?: readonly SuppliedLine[] | null;
};

/**
 * The lines of an invoice that comes from an order, with the VAT of the day of supply. Only what the day changes, rates and rules that begin or end
 * between the two days, makes a difference, and the line says so; else it keeps what the order decided, and so does one that somebody chose.
 * Deductions of down payments keep the tax that was shown there.
 */
export function asSupplied(
  document: SuppliedDocument,
  given: { readonly facts: VatFacts; readonly rates: readonly VatRate[] },
): { readonly lines: readonly SuppliedLine[]; readonly isChanged: boolean } {
  const { orderVatDay } = document;
  const before = document.lines ?? [];
  const lines = orderVatDay ? before.map((line) => supplied(document, line, { ...given, orderVatDay })) : before;
  return { lines, isChanged: lines.some((line, index) => line !== before[index]) };
}

type Given = { readonly facts: VatFacts; readonly rates: readonly VatRate[]; readonly orderVatDay: string };

function supplied(document: SuppliedDocument, line: SuppliedLine, { facts, rates, orderVatDay }: Given): SuppliedLine {
  const basis = line.vatBasis ?? [];
  const isDecided = Boolean(line.orderLine && line.vatCategory) && basis.length > 0 && !basis.includes('by-hand');
  if (!isDecided) return line;
  const day = dayOf(document);
  const wasChanged = basis.includes('day-of-supply');
  if (day === orderVatDay && !wasChanged) return line;
  const on = (each: string): DecidedVat | null => decidedLine(document, line, { facts, rates, day: each, isTaken: true });
  const [ordered, now] = [on(orderVatDay), on(day)];
  if (!ordered?.vatCategory || !now?.vatCategory) return line;
  if (isSame(ordered, now)) return wasChanged ? { ...line, ...now } : line;
  const steps: readonly VatStep[] = [
    { step: 'ordered', day: orderVatDay, vatCategory: ordered.vatCategory, percent: ordered.vatRate ?? null },
    { step: 'day-of-supply', day },
  ];
  const next = { ...line, ...now, vatBasis: ['day-of-supply', ...now.vatBasis], vatSteps: [...steps, ...now.vatSteps] };
  return wasChanged && isSame(line, now) && JSON.stringify(line.vatSteps) === JSON.stringify(next.vatSteps) ? line : next;
}

function isSame(one: Pick<VatLine, 'vatCategory' | 'vatRate'>, other: Pick<VatLine, 'vatCategory' | 'vatRate'>): boolean {
  return one.vatCategory === other.vatCategory && Number(one.vatRate ?? 0) === Number(other.vatRate ?? 0);
}
