import { exact } from '#platform/kernel/decimal.ts';

/** The facts that an order's status follows from. */
export type OrderFacts = {
  readonly confirmedAt?: string | null;
  readonly heldReason?: string | null;
  readonly closedAt?: string | null;
  readonly cancelledAt?: string | null;
  readonly percentDelivered: string;
  readonly percentInvoiced: string;
};

/** The status of an order; a key of its status field. */
export type OrderStatus = 'draft' | 'open' | 'toDeliver' | 'toInvoice' | 'completed' | 'onHold' | 'closed' | 'cancelled';

/** The one status that the facts lead to. What a person decided (cancelled, closed, held) comes before what was done. */
export function statusOf(facts: OrderFacts): OrderStatus {
  if (facts.cancelledAt) return 'cancelled';
  if (facts.closedAt) return 'closed';
  if (!facts.confirmedAt) return 'draft';
  if (facts.heldReason) return 'onHold';
  return PROGRESS[isAll(facts.percentDelivered) ? 'delivered' : 'undelivered'][isAll(facts.percentInvoiced) ? 'invoiced' : 'uninvoiced'];
}

const PROGRESS = {
  undelivered: { uninvoiced: 'open', invoiced: 'toDeliver' },
  delivered: { uninvoiced: 'toInvoice', invoiced: 'completed' },
} as const;

function isAll(percent: string): boolean {
  return exact(percent).gte(100);
}
