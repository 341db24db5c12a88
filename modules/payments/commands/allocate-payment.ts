import type { OpenItem, Payment } from '#metadata/records.gen.ts';
import { exact } from '#platform/kernel/decimal.ts';
import { defineCommand, type Work } from '#platform/kernel/module.ts';
import { currencyOf } from '#platform/kernel/money/currency.ts';
import { allocatePayment, lockItems } from '../items/allocate-payment.ts';
import { allocationLines, type AllocationLine } from '../rules/allocation-lines.ts';
import { wrong } from '../rules/allocation.ts';
import { openOf } from '../rules/open-amount.ts';
import { propose, type Proposed } from '../rules/proposal.ts';

/** Settles open items of the customer by a payment: those that are named, else as it would be proposed. */
export const allocateLines = defineCommand<Payment, { lines?: unknown }>({
  object: 'payment',
  name: 'allocate',
  run: async (work, payment, { lines }) => {
    const chosen = lines === undefined || lines === null ? await proposedLines(work, payment) : allocationLines(lines);
    return { created: await allocatePayment(work, payment, chosen) };
  },
});

/** What is proposed, as lines, of items that are locked: what others settle at the same time is proposed to nobody. Refused when there is nothing to propose. */
export async function proposedLines(work: Work, payment: Payment): Promise<readonly AllocationLine[]> {
  const locked = new Set<string>();
  let proposed = await proposalFor(work, payment);
  while (proposed.some(({ itemId }) => !locked.has(itemId))) {
    const ids = proposed.map(({ itemId }) => itemId);
    await lockItems(work, [payment.id, ...ids]);
    for (const id of ids) locked.add(id);
    proposed = await proposalFor(work, payment);
  }
  if (proposed.length === 0)
    throw wrong(
      { pointer: '/lines', field: 'lines' },
      {
        en: 'Nothing of this customer is open in this currency, or nothing of the payment is left.',
        de: 'Bei diesem Kunden ist in dieser Währung nichts offen, oder von der Zahlung ist nichts übrig.',
      },
    );
  return proposed.map(({ itemId, amount, discount }, index) => ({
    itemId,
    amount,
    paid: null,
    discount: exact(discount),
    pointer: `/lines/${index}`,
  }));
}

async function proposalFor(work: Work, payment: Payment): Promise<readonly Proposed[]> {
  const own = await work.get<OpenItem>('open_item', payment.id);
  const side = payment.direction === 'out' ? 'credit' : 'debit';
  const candidates = await work.query<OpenItem>('open_item', {
    filter: { customerId: payment.customerId, companyId: payment.companyId ?? { isNull: true }, status: 'open', side },
    sort: 'dueDate',
    limit: 500,
  });
  const currency = currencyOf(payment);
  return propose({ left: own ? openOf(own) : exact(0), currency, date: payment.date, reference: payment.reference ?? null }, candidates);
}
