import type { Claim, Order } from '#metadata/records.gen.ts';
import { Refusal } from '#platform/kernel/errors.ts';
import type { DocumentAmounts } from '#platform/kernel/money/amounts.ts';
import { trusted } from '#platform/kernel/seam.ts';
import type { Taken } from './claims.ts';
import { amountOf } from './quantity.ts';

/** A down payment invoice: its id and its amounts. */
export type Deposit = { readonly id: string; readonly amounts: DocumentAmounts };

/** Whether an invoice that takes this much takes the last of the order. */
export function isFinal(order: Order, taken: readonly Taken[]): boolean {
  const quantities = new Map(taken.map(({ line, quantity }) => [line.id, quantity]));
  return (order.lines ?? []).every((line) =>
    amountOf(line.invoiceClaimed)
      .plus(quantities.get(line.id) ?? 0)
      .gte(line.quantity),
  );
}

/** The down payments that no invoice has deducted yet; refused while one of them is a draft, whose amount nobody owes. */
export function depositsToDeduct(claims: readonly Claim[]): readonly Deposit[] {
  const open = claims.filter((claim) => !claim.deductedBy);
  if (open.some((claim) => claim.state === 'open'))
    throw new Refusal('wrong_state', {
      en: 'A down payment invoice of this order is a draft. Issue it, or discard it, before the final invoice.',
      de: 'Eine Anzahlungsrechnung dieses Auftrags ist noch ein Entwurf. Stellen oder verwerfen Sie sie vor der Schlussrechnung.',
    });
  // The order has written these amounts itself, by the money engine.
  return open.map((claim) => ({ id: claim.id, amounts: trusted<DocumentAmounts>(claim.amounts) }));
}
