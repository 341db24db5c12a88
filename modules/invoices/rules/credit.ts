import type { Invoice, InvoiceLine } from '#metadata/records.gen.ts';
import { exact, plain, type Exact } from '#platform/kernel/decimal.ts';
import { invalidValues, Refusal, type FieldError } from '#platform/kernel/errors.ts';
import { isRecord } from '#platform/kernel/is-record.ts';
import { isList } from '#platform/kernel/json.ts';
import type { DocumentAmounts } from '#platform/kernel/money/amounts.ts';
import { lineValues } from '#platform/kernel/money/record-amounts.ts';
import { openToCredit, type Credited } from './amounts.ts';

const DECIMAL = /^-?\d{1,18}(\.\d{1,18})?$/;

/** What of an invoice is credited: `[{invoiceLineId, quantity}]`, else all that is not credited yet. Refuses more than there is, and nothing. */
export function linesToCredit(invoice: Invoice, input: unknown): readonly Credited[] {
  const lines = invoice.lines ?? [];
  const rows = rowsOf(input);
  const wanted =
    rows.length === 0
      ? lines.map((line) => ({ line, quantity: openToCredit(line) }))
      : rows.map((row, index) => ({ line: lineOf(lines, row, index), quantity: quantityOf(row, index) }));
  const credited = wanted.filter(({ quantity }) => !exact(quantity).isZero());
  const errors = [...Map.groupBy(credited, ({ line }) => line.id).values()].flatMap(tooMuch);
  if (errors.length > 0) throw invalidValues(errors);
  if (credited.length === 0) throw new Refusal('wrong_state', 'All of this invoice is on credit notes already.');
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

/** The lines of a credit note, with the amounts that they came to. */
export function creditLines(credited: readonly Credited[], amounts: DocumentAmounts) {
  return credited.map(({ line, quantity }, index) => ({
    ...Object.fromEntries(TAKEN.map((name) => [name, line[name]])),
    quantity,
    ...lineValues(amounts.lines[index]),
    invoiceLine: line.id,
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
  return [fault('/lines', `Of "${first.line.description ?? ''}" ${plain(open)} can be credited, not ${plain(asked)}.`)];
}

function rowsOf(input: unknown): readonly { readonly [key: string]: unknown }[] {
  if (input === undefined || input === null) return [];
  if (!isList(input) || !input.every(isRecord))
    throw invalidValues([fault('/lines', 'lines is a list: [{"invoiceLineId": "…", "quantity": "1"}].')]);
  return input.filter(isRecord);
}

function lineOf(lines: readonly InvoiceLine[], row: { readonly [key: string]: unknown }, index: number): InvoiceLine {
  const line = lines.find((one) => one.id === row['invoiceLineId']);
  if (!line)
    throw invalidValues([fault(`/lines/${index}/invoiceLineId`, `Row ${index + 1} needs the invoiceLineId of a line of this invoice.`)]);
  return line;
}

function quantityOf(row: { readonly [key: string]: unknown }, index: number): string {
  const value = row['quantity'];
  const text = typeof value === 'number' || typeof value === 'string' ? String(value) : '';
  if (!DECIMAL.test(text)) throw invalidValues([fault(`/lines/${index}/quantity`, `Row ${index + 1} needs a quantity, such as "1.5".`)]);
  return text;
}

function fault(pointer: string, message: string): FieldError {
  return { pointer, field: 'lines', rule: 'credit', message };
}
