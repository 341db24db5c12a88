import type { Claim, ClaimLine, Order } from '#metadata/records.gen.ts';
import { plain, type Exact } from '#platform/kernel/decimal.ts';
import { Refusal } from '#platform/kernel/errors.ts';
import { FOR_INVOICE, type Asked, type Taken } from './claims.ts';
import { amountOf, atLeastZero, least, plus } from './quantity.ts';

/**
 * What of a delivery note an invoice takes: of each line what was delivered, less what came back and what is on invoices, and no more than the order has
 * left to invoice. Refuses one that is not shipped (or whose shipment is still under way to here) or not of this order, and quantities that it did not deliver.
 */
export function askedOfNote(order: Order, note: Claim, asked: Asked): Asked {
  if (note.orderId !== order.id || note.kind !== 'delivery')
    throw new Refusal('not_found', {
      en: 'This order has no such delivery note.',
      de: 'Dieser Auftrag hat keinen solchen Lieferschein.',
    });
  if (note.state === 'released')
    throw new Refusal('wrong_state', { en: 'The delivery note has been cancelled.', de: 'Der Lieferschein ist storniert.' });
  if (note.state !== 'done')
    throw new Refusal(
      'still_running',
      {
        en: 'This order has not counted the delivery note as shipped. Ship it first; if you just did, try again in a moment.',
        de: 'Der Auftrag hat den Lieferschein noch nicht als versandt gezählt. Versenden Sie ihn zuerst; wenn das eben geschah, versuchen Sie es gleich noch einmal.',
      },
      { retryAfterSeconds: 1 },
    );
  const open = new Map((note.lines ?? []).map((line) => [line.orderLine, openToInvoice(line)]));
  if (asked) {
    for (const [id, quantity] of asked) refuseMore(open.get(id), quantity);
    return asked;
  }
  const lines = order.lines ?? [];
  const offered = lines.flatMap((line) => {
    const delivered = open.get(line.id ?? '');
    return delivered ? [[line.id ?? '', least(delivered, FOR_INVOICE.offered(line))] as const] : [];
  });
  return new Map(offered);
}

/** The lines of a delivery note's claim with what an invoice takes of them; negative quantities give it back. */
export function withInvoiced(note: Claim, taken: readonly Pick<Taken, 'line' | 'quantity'>[]): readonly ClaimLine[] {
  const quantities = new Map(taken.map(({ line, quantity }) => [line.id, quantity]));
  return (note.lines ?? []).map((line) => {
    const quantity = quantities.get(line.orderLine);
    return quantity ? { ...line, invoiced: plus(line.invoiced, quantity) } : line;
  });
}

function openToInvoice(line: ClaimLine): Exact {
  return atLeastZero(amountOf(line.done).minus(amountOf(line.returned)).minus(amountOf(line.invoiced)));
}

function refuseMore(open: Exact | undefined, quantity: Exact): void {
  if (open && quantity.lte(open)) return;
  const left = open ? plain(open) : '0';
  throw new Refusal('wrong_state', {
    en: `Of this line the delivery note has ${left} to invoice, not ${plain(quantity)}.`,
    de: `Von dieser Position hat der Lieferschein noch ${left} zu berechnen, nicht ${plain(quantity)}.`,
  });
}
