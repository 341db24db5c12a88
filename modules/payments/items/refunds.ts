import type { OpenItem, Payment, Refund } from '#metadata/records.gen.ts';
import { exact, type Exact } from '#platform/kernel/decimal.ts';
import type { Work } from '#platform/kernel/module.ts';
import { currencyOf, toCurrency } from '#platform/kernel/money/currency.ts';
import { settledRate } from '#platform/kernel/money/exchange-hook.ts';
import { uuidV7 } from '#platform/kernel/uuid.ts';
import { refundFailed, refundProcessed, type RefundData } from '../events.ts';
import { wrong } from '../rules/allocation.ts';
import { companyCurrencyOf } from '../rules/open-amount.ts';
import { settleGivenBack } from './give-back.ts';
import { takeBackAll, voidItem } from './take-back.ts';

/** What is asked of a refund. */
export type RefundAsked = { readonly amount?: string | null; readonly reason: string; readonly gatewayReference?: string | null };

/**
 * Counts a refund of a payment before any money leaves: never more than was received and not given back. The payment must be locked; the database
 * refuses to count more.
 */
export async function beginRefund(work: Work, payment: Payment, asked: RefundAsked): Promise<Refund> {
  const currency = currencyOf(payment);
  const left = exact(payment.captured ?? 0).minus(payment.returned ?? 0);
  const amount = asked.amount ? exact(toCurrency(asked.amount, currency)) : left;
  if (amount.lte(0) || amount.gt(left))
    throw wrong(
      { pointer: '/amount', field: 'amount' },
      {
        en: `${toCurrency(left, currency)} ${currency} of this payment can be refunded, not ${toCurrency(amount, currency)}.`,
        de: `Von dieser Zahlung lassen sich ${toCurrency(left, currency)} ${currency} erstatten, nicht ${toCurrency(amount, currency)}.`,
      },
    );
  await countReturned(work, payment, { returned: amount });
  return work.create<Refund>('refund', uuidV7(), {
    paymentId: payment.id,
    customerId: payment.customerId,
    companyId: payment.companyId ?? null,
    method: payment.method,
    bankAccountId: payment.bankAccountId ?? null,
    gatewayAccountId: payment.gatewayAccountId ?? null,
    gatewayReference: asked.gatewayReference ?? null,
    date: work.today(payment.companyId ?? undefined),
    currency,
    amount: toCurrency(amount, currency),
    reason: asked.reason,
  });
}

/** The money has left: an open item that is settled against what stands in the customer's favour. Once; refund and payment must be locked. */
export async function processRefund(work: Work, refund: Refund, payment: Payment): Promise<void> {
  if (refund.status === 'processed') return;
  const rate = await settledRate(work, refund);
  const now = { ...refund, ...rate };
  const item = await work.create<OpenItem>('open_item', refund.id, {
    kind: 'refund',
    side: 'debit',
    reference: refund.number ?? null,
    paymentId: payment.id,
    customerId: refund.customerId,
    companyId: refund.companyId ?? null,
    date: refund.date,
    currency: refund.currency,
    exchangeRate: rate.exchangeRate,
    amount: refund.amount,
    reason: refund.reason,
  });
  await work.save('refund', { id: refund.id, status: 'processed', ...rate, openItemId: item.id });
  const before = await work.lock<Payment>('payment', payment.id);
  const refunded = exact(before.refunded ?? 0).plus(refund.amount);
  const isAll = refunded.eq(before.captured ?? 0);
  await work.save('payment', {
    id: payment.id,
    refunded: toCurrency(refunded, currencyOf(before)),
    status: isAll ? 'refunded' : 'partiallyRefunded',
  });
  await settleGivenBack(work, item.id, payment, {
    date: refund.date,
    reason: `${refund.number ?? ''} ${refund.reason}`.trim(),
    otherCredits: true,
  });
  await work.emit(refundProcessed, `refund/${refund.id}`, refundData(now, item));
}

/** It did not go through: what was counted is given free; where it had counted as gone, its item is void. Refund and payment must be locked. */
export async function failRefund(work: Work, refund: Refund, payment: Payment, reason: string): Promise<void> {
  if (refund.status === 'failed') return;
  const wasProcessed = refund.status === 'processed';
  const date = work.today(refund.companyId ?? undefined);
  const amount = exact(refund.amount);
  if (wasProcessed) {
    const item = await work.lock<OpenItem>('open_item', refund.id);
    await takeBackAll(work, item, reason);
    await voidItem(work, await work.lock<OpenItem>('open_item', refund.id), date);
  }
  const refunded = exact(payment.refunded ?? 0).minus(wasProcessed ? amount : 0);
  await work.save('payment', {
    id: payment.id,
    refunded: toCurrency(refunded, currencyOf(payment)),
    returned: toCurrency(exact(payment.returned ?? 0).minus(amount), currencyOf(payment)),
    status: refunded.isZero() ? 'captured' : 'partiallyRefunded',
  });
  await work.save('refund', { id: refund.id, status: 'failed', failureReason: reason });
  const item = await work.get<OpenItem>('open_item', refund.id);
  await work.emit(refundFailed, `refund/${refund.id}`, { ...refundData(refund, item), date, reason, wasProcessed });
}

/** Changes what of a payment was given back. It must be locked. */
export async function countReturned(work: Work, payment: Payment, { returned }: { readonly returned: Exact }): Promise<void> {
  await work.save('payment', { id: payment.id, returned: toCurrency(returned.plus(payment.returned ?? 0), currencyOf(payment)) });
}

function refundData(refund: Refund, item: OpenItem | null): RefundData {
  return {
    refundId: refund.id,
    paymentId: refund.paymentId,
    number: refund.number ?? null,
    customerId: refund.customerId,
    companyId: refund.companyId ?? null,
    date: refund.date,
    reference: refund.gatewayReference ?? null,
    amount: refund.amount,
    currency: currencyOf(refund),
    exchangeRate: item?.exchangeRate ?? refund.exchangeRate ?? '1',
    companyAmount: item?.companyAmount ?? refund.amount,
    companyCurrency: item ? companyCurrencyOf(item) : currencyOf(refund),
    method: refund.method ?? 'other',
    bankAccountId: refund.bankAccountId ?? null,
    gatewayAccountId: refund.gatewayAccountId ?? null,
    fee: refund.fee ?? '0',
    reason: refund.reason,
  };
}
