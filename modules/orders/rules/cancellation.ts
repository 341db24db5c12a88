import type { Claim, Order } from '#metadata/records.gen.ts';
import { Refusal } from '#platform/kernel/errors.ts';
import { amountOf } from './quantity.ts';

/** Documents that an order has led to and that still stand keep it from being cancelled: refused with `in_use`. */
export function refuseDependants(order: Order, claims: readonly Claim[]): void {
  const lines = order.lines ?? [];
  if (lines.some((line) => amountOf(line.deliveryClaimed).gt(0)))
    throw new Refusal('in_use', {
      en: 'Goods of this order are on a delivery note. Cancel the delivery note, or book its return, first.',
      de: 'Ware dieses Auftrags steht auf einem Lieferschein. Stornieren Sie ihn, oder buchen Sie zuerst die Rückgabe.',
    });
  if (lines.some((line) => amountOf(line.invoiceClaimed).gt(0)) || claims.some((claim) => claim.kind === 'downPayment'))
    throw new Refusal('in_use', {
      en: 'This order is on an invoice. Discard the draft, or credit the invoice, first.',
      de: 'Dieser Auftrag steht auf einer Rechnung. Verwerfen Sie deren Entwurf, oder schreiben Sie sie zuerst gut.',
    });
}
