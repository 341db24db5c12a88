import type { Claim, Order } from '#metadata/records.gen.ts';
import { exact, sumOf } from '#platform/kernel/decimal.ts';
import { Refusal } from '#platform/kernel/errors.ts';
import type { DocumentAmounts } from '#platform/kernel/money/amounts.ts';

/** Refuses a down payment of nothing, and one with which the down payments would be more than what is left to invoice of the order. */
export function refuseTooMuchDeposit(order: Order, deposit: DocumentAmounts, others: readonly Claim[]): void {
  const asked = exact(deposit.netTotal);
  if (asked.lte(0))
    throw new Refusal('wrong_state', {
      en: 'The order has no amount to ask a down payment of.',
      de: 'Der Auftrag hat keinen Betrag, auf den sich eine Anzahlung verlangen ließe.',
    });
  const left = exact(order.netTotal ?? 0)
    .times(exact(100).minus(order.percentInvoiced ?? 0))
    .div(100);
  const all = sumOf(others.map((claim) => claim.netAmount ?? 0)).plus(asked);
  if (all.gt(left))
    throw new Refusal('wrong_state', {
      en: `Down payments of ${all.toFixed()} would be more than the ${left.toFixed()} that are left to invoice. Ask for less.`,
      de: `Anzahlungen von ${all.toFixed()} wären mehr als die ${left.toFixed()}, die noch zu berechnen sind. Verlangen Sie weniger.`,
    });
}
