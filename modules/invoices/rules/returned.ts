import type { CreditNote, Invoice } from '#metadata/records.gen.ts';
import { exact, plain, sumOf, type Exact } from '#platform/kernel/decimal.ts';
import { faultAt, invalidValues } from '#platform/kernel/errors.ts';
import { isRecord } from '#platform/kernel/is-record.ts';
import { isList } from '#platform/kernel/json.ts';
import { openToCredit, type Credited } from './amounts.ts';

/** What came back of an order's line, and what of it the customer keeps of all deliveries. */
export type Returned = { readonly orderLineId: string; readonly quantity: string; readonly kept: string };

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const QUANTITY = /^\d{1,15}(\.\d{1,9})?$/;
const ROWS_MAX = 1000;

/** The rows of the command's input; refuses what is none. */
export function returnedRows(value: unknown): readonly Returned[] {
  const rows = isList(value) && value.length <= ROWS_MAX ? value : [null];
  return rows.map((row, index) => {
    const { orderLineId, quantity, kept } = isRecord(row) ? row : {};
    if (isText(orderLineId, UUID) && isText(quantity, QUANTITY) && isText(kept, QUANTITY)) return { orderLineId, quantity, kept };
    const said = {
      en: 'Quantities are rows of orderLineId, quantity and kept; quantities are decimal strings, not below zero.',
      de: 'Die Mengen sind Zeilen aus orderLineId, quantity und kept; Mengen sind Dezimalzahlen als Text, nicht unter null.',
    };
    throw invalidValues([faultAt({ pointer: `/quantities/${index}`, field: 'quantities', rule: 'rows' }, said)]);
  });
}

/** What of a return is on no credit note yet. */
export function leftToCredit(returned: readonly Returned[], notes: readonly Pick<CreditNote, 'lines'>[]): readonly Returned[] {
  const lines = notes.flatMap((note) => note.lines ?? []);
  return returned.map((row) => {
    const credited = sumOf(lines.filter(({ orderLine }) => orderLine === row.orderLineId).map(({ quantity }) => quantity));
    return { ...row, quantity: plain(exact(row.quantity).minus(credited)) };
  });
}

/**
 * What of which invoice is credited for a return, by the invoice's id: what came back, as far as more is invoiced than the customer keeps, from
 * the invoices in their order. So what was never invoiced, and what was credited otherwise, is not credited.
 */
export function creditsOf(invoices: readonly Invoice[], returned: readonly Returned[]): ReadonlyMap<string, readonly Credited[]> {
  const lines = invoices.flatMap((invoice) => (invoice.lines ?? []).map((line) => ({ invoice, line, open: exact(openToCredit(line)) })));
  const taken = returned.flatMap(({ orderLineId, quantity, kept }) => {
    const own = lines.filter(({ line, open }) => line.orderLine === orderLineId && open.gt(0));
    const beyond = sumOf(own.map(({ open }) => open)).minus(kept);
    let left: Exact = beyond.lt(quantity) ? beyond : exact(quantity);
    return own.flatMap(({ invoice, line, open }) => {
      const part = left.lt(open) ? left : open;
      if (part.lte(0)) return [];
      left = left.minus(part);
      return [{ invoice: invoice.id, credited: { line, quantity: plain(part) } }];
    });
  });
  const groups = Map.groupBy(taken, ({ invoice }) => invoice);
  return new Map([...groups].map(([id, group]) => [id, group.map(({ credited }) => credited)]));
}

function isText(value: unknown, form: RegExp): value is string {
  return typeof value === 'string' && form.test(value);
}
