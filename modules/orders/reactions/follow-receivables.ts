import { exact, type Exact } from '#platform/kernel/decimal.ts';
import type { PlatformEvent } from '#platform/kernel/event.ts';
import { isRecord } from '#platform/kernel/is-record.ts';
import { plainText } from '#platform/kernel/json.ts';
import { on, onEvent, type Work } from '#platform/kernel/module.ts';
import { paymentAllocated, paymentUnallocated, type Allocated } from '#modules/payments/events.ts';
import { changeExposure } from '../credit/exposure.ts';

/** Documents that are counted when they are issued. */
const COUNTED: readonly unknown[] = ['invoice', 'creditNote'];

/** What settles debts and is no credit note, such as a write-off, is owed no more. Whatever it is allocated to changes nothing in the sum. */
export const countSettlement = on('payments', 'OpenItemCreated', 'countSettlement', (work, event) => follow(work, event, () => true));

/** A settlement that became void is owed again. */
export const countVoid = on('payments', 'OpenItemUpdated', 'countVoid', (work, event) =>
  follow(work, event, ({ changed }) => isRecord(changed) && isRecord(changed['status']) && changed['status']['new'] === 'void'),
);

/** What a settlement at another rate gains or loses is no debt: the payment counted at its own rate, the invoice at that of its day. */
export const countExchange = onEvent(paymentAllocated, 'countExchange', (work, data) =>
  changeExposure(work, data.customerId, { receivables: exchangeOf(data) }),
);

/** That is taken back with the allocation. */
export const countExchangeBack = onEvent(paymentUnallocated, 'countExchangeBack', (work, data) =>
  changeExposure(work, data.customerId, { receivables: exchangeOf(data).negated() }),
);

function exchangeOf({ amount, exchangeRate, creditAmount, creditExchangeRate }: Allocated): Exact {
  return exact(creditAmount).times(creditExchangeRate).minus(exact(amount).times(exchangeRate));
}

async function follow(work: Work, event: PlatformEvent, counts: (data: PlatformEvent['data']) => boolean): Promise<void> {
  const { record } = event.data;
  if (!isRecord(record) || COUNTED.includes(record['kind']) || !counts(event.data)) return;
  const amount = valueOf(record);
  const isOwed = (record['side'] === 'debit') !== (record['status'] === 'void');
  await changeExposure(work, plainText(record['customerId']), { receivables: isOwed ? amount : amount.negated() });
}

function valueOf(record: { readonly [field: string]: unknown }): Exact {
  return exact(plainText(record['amount'])).times(plainText(record['exchangeRate'] ?? '1'));
}
