import type { Invoice, InvoiceLine } from '#metadata/records.gen.ts';
import { exact, plain, type Exact } from '#platform/kernel/decimal.ts';
import { faultAt, invalidValues, Refusal, type FieldError } from '#platform/kernel/errors.ts';
import type { Sentence } from '#platform/kernel/sentence.ts';
import type { RecordValues } from '#platform/kernel/module.ts';
import type { DocumentAmounts } from '#platform/kernel/money/amounts.ts';
import { lineValues } from '#platform/kernel/money/record-amounts.ts';
import { openToCredit, type Credited } from './amounts.ts';

/** A row of the command's input; the platform has checked its form. */
export type CreditRow = { readonly invoiceLineId: string; readonly quantity: string };

/** What of an invoice is credited: `[{invoiceLineId, quantity}]`, else all that is not credited yet. Refuses more than there is, and nothing. */
export function linesToCredit(invoice: Invoice, rows: readonly CreditRow[] = []): readonly Credited[] {
  const lines = invoice.lines ?? [];
  const wanted =
    rows.length === 0
      ? lines.map((line) => ({ line, quantity: openToCredit(line) }))
      : rows.map((row, index) => ({ line: lineOf(lines, row, index), quantity: row.quantity }));
  const credited = wanted.filter(({ quantity }) => !exact(quantity).isZero());
  const errors = [...Map.groupBy(credited, ({ line }) => line.id).values()].flatMap(tooMuch);
  if (errors.length > 0) throw invalidValues(errors);
  if (credited.length === 0)
    throw new Refusal('wrong_state', {
      en: 'All of this invoice is on credit notes already.',
      de: 'Diese Rechnung ist schon ganz gutgeschrieben.',
    });
  return credited;
}

/** What a line of a credit note takes over from the invoice's. */
const TAKEN = [
  'productId',
  'description',
  'unit',
  'unitPrice',
  'discountPercent',
  'priceBaseQuantity',
  'vatCategory',
  'vatRate',
  'vatExemptionCode',
  'vatExemptionReason',
] as const;

/** The lines of a credit note, with the amounts that they came to; `added` is what administrators have added to a line. */
export function creditLines(credited: readonly Credited[], amounts: DocumentAmounts, added: (line: InvoiceLine) => RecordValues) {
  return credited.map(({ line, quantity }, index) => ({
    ...Object.fromEntries(TAKEN.map((name) => [name, line[name]])),
    ...added(line),
    quantity,
    ...lineValues(amounts.lines[index]),
    invoiceLine: line.id,
    downPayment: line.downPayment ?? null,
    orderLine: line.orderLine ?? null,
  }));
}

function tooMuch(group: readonly Credited[]): readonly FieldError[] {
  const [first] = group;
  if (!first) return [];
  const open = exact(openToCredit(first.line));
  const asked = group.reduce<Exact>((sum, { quantity }) => sum.plus(quantity), exact(0));
  const isWithin = open.gte(0) ? asked.gte(0) && asked.lte(open) : asked.lte(0) && asked.gte(open);
  if (isWithin) return [];
  const { description } = first.line;
  return [
    fault('/lines', {
      en: `Of "${description ?? ''}" ${plain(open)} can be credited, not ${plain(asked)}.`,
      de: `Von „${description ?? ''}“ lassen sich ${plain(open)} gutschreiben, nicht ${plain(asked)}.`,
    }),
  ];
}

function lineOf(lines: readonly InvoiceLine[], row: CreditRow, index: number): InvoiceLine {
  const line = lines.find((one) => one.id === row.invoiceLineId);
  if (line) return line;
  const strange = {
    en: `Row ${index + 1} is of no line of this invoice.`,
    de: `Zeile ${index + 1} gehört zu keiner Position dieser Rechnung.`,
  };
  throw invalidValues([fault(`/lines/${index}/invoiceLineId`, strange)]);
}

function fault(pointer: string, sentence: Sentence): FieldError {
  return faultAt({ pointer, field: 'lines', rule: 'credit' }, sentence);
}
