import type { Invoice, InvoiceInstalment } from '#metadata/records.gen.ts';
import { exact, sumOf } from '#platform/kernel/decimal.ts';
import { faultAt, invalidValues, type FieldError } from '#platform/kernel/errors.ts';
import { allocate } from '#platform/kernel/money/allocate.ts';
import { currencyOf, digitsOf, toCurrency } from '#platform/kernel/money/currency.ts';
import { instalments, type Instalment, type Term } from '#platform/kernel/money/instalments.ts';

/** When how much of an invoice is to be paid; the last day is its due date. */
export type Schedule = Pick<Invoice, 'paymentSchedule' | 'dueDate' | 'isScheduleByHand'>;

type Scheduled = Schedule & Pick<Invoice, 'date' | 'grossTotal' | 'currency'>;

/**
 * The schedule of a draft: from its terms, until rows or the due date are changed by hand; emptied, from the terms again. Rows that are
 * given must add up to the gross total; rows that were given before follow it in their proportions. Refuses with `invalid_value`.
 */
export function draftSchedule(draft: Scheduled, before: Scheduled | null, terms: readonly Term[]): Schedule {
  const date = draft.date;
  if (!date) return {};
  const [were, are] = [before?.paymentSchedule ?? [], draft.paymentSchedule ?? []];
  const isGiven = are.length > 0 && !isSame(were, are);
  if (isGiven) return byHand(checkedRows(draft, date, are));
  const hasNewDue = Boolean(draft.dueDate) && draft.dueDate !== before?.dueDate;
  const isEmptied = before?.dueDate ? !draft.dueDate || are.length === 0 : false;
  const isKept = before?.isScheduleByHand === true && !isEmptied;
  const rows = isKept ? resized(draft, are) : fromTerms(draft, date, terms);
  if (!hasNewDue) return isKept ? byHand(rows) : scheduleOf(rows, false);
  const moved = rows.map((row, index) => (index === rows.length - 1 ? { ...row, dueDate: draft.dueDate ?? date } : row));
  return byHand(checkedRows(draft, date, moved));
}

/** The schedule of an invoice that is issued on a day: counted from it, or what was given by hand, of which nothing is due before that day. */
export function issuedSchedule(invoice: Scheduled, date: string, terms: readonly Term[]): Schedule {
  const rows = invoice.paymentSchedule ?? [];
  const isKept = invoice.isScheduleByHand === true && rows.length > 0 && (invoice.dueDate ?? '') >= date;
  if (!isKept) return scheduleOf(fromTerms(invoice, date, terms), false);
  return byHand(rows.map((row) => (row.dueDate < date ? { ...row, dueDate: date, discountAmount: null, discountDate: null } : row)));
}

/** The rows of a schedule as the invoice's events say them. */
export function instalmentsOf({ paymentSchedule }: Schedule): readonly Instalment[] {
  return (paymentSchedule ?? []).map(({ dueDate, amount, discountAmount, discountDate }) => ({
    dueDate,
    amount,
    discountAmount: discountAmount ?? null,
    discountDate: discountDate ?? null,
  }));
}

function byHand(rows: readonly InvoiceInstalment[]): Schedule {
  return scheduleOf(rows, true);
}

function scheduleOf(rows: readonly InvoiceInstalment[], isScheduleByHand: boolean): Schedule {
  const paymentSchedule = rows.toSorted((a, b) => a.dueDate.localeCompare(b.dueDate));
  return { paymentSchedule, dueDate: paymentSchedule.at(-1)?.dueDate ?? null, isScheduleByHand };
}

/** What the terms come to; rows that are there keep their ids, so that nothing changes where nothing is other. */
function fromTerms(invoice: Scheduled, date: string, terms: readonly Term[]): readonly InvoiceInstalment[] {
  const payable = { amount: invoice.grossTotal ?? '0', currency: currencyOf(invoice), date };
  return instalments(payable, terms).map((row, index) => ({ ...invoice.paymentSchedule?.[index], ...withinDue(row) }));
}

function withinDue(row: Instalment): Instalment {
  return row.discountDate && row.discountDate > row.dueDate ? { ...row, discountDate: row.dueDate } : row;
}

/** Rows in their proportions, adding up to what the invoice comes to now; what paying early is worth goes along. */
function resized(invoice: Scheduled, rows: readonly InvoiceInstalment[]): readonly InvoiceInstalment[] {
  const [currency, gross] = [currencyOf(invoice), invoice.grossTotal ?? '0'];
  if (sumOf(rows.map((row) => row.amount)).eq(gross)) return rows;
  const amounts = allocate(
    gross,
    rows.map((row) => row.amount),
    digitsOf(currency),
  );
  return rows.map((row, index) => {
    const amount = amounts[index] ?? '0';
    if (!row.discountAmount || exact(row.amount).isZero()) return { ...row, amount };
    return { ...row, amount, discountAmount: toCurrency(exact(row.discountAmount).times(amount).div(row.amount), currency) };
  });
}

function checkedRows(invoice: Scheduled, date: string, rows: readonly InvoiceInstalment[]): readonly InvoiceInstalment[] {
  const currency = currencyOf(invoice);
  const errors = [
    ...rows.flatMap((row, index) => rowErrors(row, { index, date })),
    ...sumErrors(rows, invoice.grossTotal ?? '0', currency),
  ];
  if (errors.length > 0) throw invalidValues(errors);
  return rows.map((row) => ({ ...row, amount: toCurrency(row.amount, currency) }));
}

function sumErrors(rows: readonly InvoiceInstalment[], gross: string, currency: string): readonly FieldError[] {
  const sum = sumOf(rows.map((row) => row.amount));
  if (sum.eq(gross)) return [];
  const [is, total] = [toCurrency(sum, currency), toCurrency(gross, currency)];
  const said = {
    en: `The instalments add up to ${is}, the invoice to ${total}. Change their amounts, or remove all of them to fill them from the payment terms.`,
    de: `Die Raten ergeben ${is}, die Rechnung ${total}. Ändern Sie ihre Beträge, oder entfernen Sie alle, um sie aus den Zahlungsbedingungen zu füllen.`,
  };
  return [faultAt({ pointer: '/paymentSchedule', field: 'paymentSchedule', rule: 'sum' }, said)];
}

function rowErrors(row: InvoiceInstalment, { index, date }: { readonly index: number; readonly date: string }): readonly FieldError[] {
  const [amount, discount] = [exact(row.amount), exact(row.discountAmount ?? 0)];
  const isDiscountWrong = !discount.isZero() && (discount.isNegative() !== amount.isNegative() || discount.abs().gt(amount.abs()));
  const isDateWrong = Boolean(row.discountDate) && ((row.discountDate ?? '') < date || (row.discountDate ?? '') > row.dueDate);
  const fault = (field: string, en: string, de: string): FieldError =>
    faultAt({ pointer: `/paymentSchedule/${index}/${field}`, field, rule: 'schedule' }, { en, de });
  return [
    ...(row.dueDate < date
      ? [
          fault(
            'dueDate',
            `${row.dueDate} is before the date of the invoice, ${date}.`,
            `${row.dueDate} liegt vor dem Rechnungsdatum ${date}.`,
          ),
        ]
      : []),
    ...(isDiscountWrong
      ? [fault('discountAmount', 'The early discount cannot be more than the instalment.', 'Der Skonto kann nicht mehr sein als die Rate.')]
      : []),
    ...(isDateWrong
      ? [
          fault(
            'discountDate',
            'The early discount ends between the date of the invoice and the due date.',
            'Der Skonto endet zwischen Rechnungsdatum und Fälligkeit.',
          ),
        ]
      : []),
  ];
}

function isSame(were: readonly InvoiceInstalment[], are: readonly InvoiceInstalment[]): boolean {
  if (were.length !== are.length) return false;
  return were.every((row, index) => {
    const now = are[index];
    return (
      now !== undefined &&
      row.dueDate === now.dueDate &&
      exact(row.amount).eq(now.amount) &&
      exact(row.discountAmount ?? 0).eq(now.discountAmount ?? 0) &&
      (row.discountDate ?? null) === (now.discountDate ?? null)
    );
  });
}
