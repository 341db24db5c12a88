import type { OpenItem, Payment } from '#metadata/records.gen.ts';
import type { Work } from '#platform/kernel/module.ts';
import { currencyOf, toCurrency } from '#platform/kernel/money/currency.ts';
import type { Exact } from '#platform/kernel/decimal.ts';
import { paymentReceived, type PaymentData } from '../events.ts';
import { companyCurrencyOf } from '../rules/open-amount.ts';

/** Of a payment what its open item is made of. */
type Received = Payment & { readonly exchangeRate: string };

/**
 * Money of a customer is there: an open item with the payment's id, in their favour, or owed to us where it went out to them. Told once: whoever
 * asks again gets the item that there is.
 */
export async function receive(work: Work, payment: Received, amount: Exact): Promise<OpenItem> {
  const known = await work.get<OpenItem>('open_item', payment.id);
  if (known) return known;
  const currency = currencyOf(payment);
  const item = await work.create<OpenItem>('open_item', payment.id, {
    kind: 'payment',
    side: payment.direction === 'out' ? 'debit' : 'credit',
    reference: payment.number ?? null,
    paymentId: payment.id,
    customerId: payment.customerId,
    companyId: payment.companyId ?? null,
    date: payment.date,
    currency,
    exchangeRate: payment.exchangeRate,
    amount: toCurrency(amount, currency),
  });
  await work.emit(paymentReceived, `payment/${payment.id}`, paymentData(payment, item));
  return item;
}

/** What the events of a payment say, by its item. */
export function paymentData(payment: Payment, item: OpenItem): PaymentData {
  return {
    paymentId: payment.id,
    number: payment.number ?? null,
    direction: payment.direction,
    customerId: item.customerId,
    companyId: item.companyId ?? null,
    date: item.date,
    reference: payment.reference ?? null,
    amount: item.amount,
    currency: item.currency,
    exchangeRate: item.exchangeRate ?? '1',
    companyAmount: item.companyAmount ?? item.amount,
    companyCurrency: companyCurrencyOf(item),
    method: payment.method,
    bankAccountId: payment.bankAccountId ?? null,
    gatewayAccountId: payment.gatewayAccountId ?? null,
  };
}
