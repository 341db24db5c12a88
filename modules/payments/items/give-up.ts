import type { OpenItem } from '#metadata/records.gen.ts';
import type { Exact } from '#platform/kernel/decimal.ts';
import type { Work } from '#platform/kernel/module.ts';
import { toCurrency } from '#platform/kernel/money/currency.ts';
import { uuidV7 } from '#platform/kernel/uuid.ts';
import type { Made } from './allocate-payment.ts';
import { settle } from './settle.ts';

/** Writes off so much of what is owed: an item of its own, settled against it. The debit must be locked. */
export async function giveUp(
  work: Work,
  debit: OpenItem,
  { amount, reason }: { readonly amount: Exact; readonly reason: string },
): Promise<Made> {
  const date = work.today(debit.companyId ?? undefined);
  const credit = await work.create<OpenItem>('open_item', uuidV7(), {
    kind: 'writeOff',
    side: 'credit',
    reference: debit.reference ?? null,
    customerId: debit.customerId,
    companyId: debit.companyId ?? null,
    invoiceId: debit.invoiceId ?? null,
    date,
    currency: debit.currency,
    exchangeRate: debit.exchangeRate ?? '1',
    amount: toCurrency(amount, debit.currency),
    reason,
  });
  const { allocationId } = await settle(work, { debit, credit }, { amount, date });
  return [
    { object: 'open_item', id: credit.id },
    { object: 'allocation', id: allocationId },
  ];
}
