import type { Chargeback, OpenItem, Payment, Refund } from '#metadata/records.gen.ts';
import { exact } from '#platform/kernel/decimal.ts';
import type { Work } from '#platform/kernel/module.ts';
import { currencyOf, toCurrency } from '#platform/kernel/money/currency.ts';
import { settledRate } from '#platform/kernel/money/exchange-hook.ts';
import { paymentFailed, paymentProcessed, type GatewayData } from '../events.ts';
import type { Told, ToldDispute, ToldRefund } from '../gateways/gateway.ts';
import { earlyDiscountOf } from '../rules/early-discount.ts';
import { nextStatus } from '../rules/gateway-status.ts';
import { openOf } from '../rules/open-amount.ts';
import { allocatePayment } from './allocate-payment.ts';
import { loseChargeback, openChargeback, winChargeback } from './chargebacks.ts';
import { receive } from './receive.ts';
import { beginRefund, failRefund, processRefund } from './refunds.ts';

/**
 * Brings a payment to what its gateway says of it. The truth is told whole, so that it does not matter how often, how late and in which order it was
 * heard. Before anything counts, amount and currency must be those that were asked for. The payment must be locked.
 */
export async function reconcile(work: Work, payment: Payment, told: Told): Promise<void> {
  const wrongs = mismatch(payment, told);
  if (wrongs !== null) {
    await work.save('payment', {
      id: payment.id,
      failureReason: wrongs,
      ...(payment.captured && exact(payment.captured).gt(0) ? {} : { status: 'unknown' }),
    });
    return;
  }
  await follow(work, payment, told);
  for (const refund of told.refunds) await followRefund(work, payment.id, refund);
  for (const dispute of told.disputes) await followDispute(work, payment.id, dispute);
}

function mismatch(payment: Payment, { amount, currency, captured, key }: Told): string | null {
  if (key !== payment.id) return `The gateway speaks of ${key}.`;
  if (currency !== currencyOf(payment)) return `The gateway says ${currency}, not ${currencyOf(payment)}.`;
  if (!exact(amount).eq(payment.amount)) return `The gateway says ${amount}, not ${payment.amount}.`;
  return exact(captured).gt(payment.amount) ? `The gateway has captured ${captured}, more than ${payment.amount}.` : null;
}

async function follow(work: Work, payment: Payment, told: Told): Promise<void> {
  const next = nextStatus(payment.status ?? 'draft', told.status);
  const known = { gatewayReference: told.reference, checkoutUrl: told.checkoutUrl };
  if (next === null) return;
  if (next === 'captured') return capture(work, payment, told);
  const isOver = next === 'failed' || next === 'cancelled';
  await work.save('payment', { id: payment.id, ...known, status: next, failureReason: isOver ? (told.reason ?? null) : null });
  if (next === payment.status || next === 'pending') return;
  const data = gatewayData(payment, told);
  if (next === 'failed') await work.emit(paymentFailed, `payment/${payment.id}`, { ...data, reason: told.reason ?? '' });
  else await work.emit(paymentProcessed, `payment/${payment.id}`, { ...data, status: next });
}

/** The money is there, with the gateway: it counts, and settles what it was paid for. */
async function capture(work: Work, payment: Payment, told: Told): Promise<void> {
  // What was given up before is closed to change but for what lives on.
  const isClosed = payment.status === 'cancelled';
  const date = isClosed ? payment.date : work.today(payment.companyId ?? undefined);
  const rate = isClosed ? { exchangeRate: payment.exchangeRate ?? '1' } : await settledRate(work, { ...payment, date });
  const now = { ...payment, ...rate, date, gatewayReference: told.reference };
  const captured = toCurrency(told.captured, currencyOf(payment));
  const item = await receive(work, now, exact(captured));
  const saved = await work.save<Payment>('payment', {
    id: payment.id,
    status: 'captured',
    captured,
    gatewayFee: toCurrency(told.fee, currencyOf(payment)),
    gatewayReference: told.reference,
    failureReason: null,
    openItemId: item.id,
    ...(isClosed ? {} : { ...rate, date }),
  });
  await work.emit(paymentProcessed, `payment/${payment.id}`, { ...gatewayData(saved, told), status: 'captured' });
  if (payment.targetId) await settleTarget(work, saved, payment.targetId);
}

/** As far as it is still open; what was paid twice stays in the customer's favour. */
async function settleTarget(work: Work, payment: Payment, targetId: string): Promise<void> {
  const own = await work.lock<OpenItem>('open_item', payment.id);
  const target = await work.lock<OpenItem>('open_item', targetId);
  const open = openOf(target);
  if (open.lte(0) || target.currency !== own.currency) return;
  const granted = earlyDiscountOf(target, payment.date).amount;
  const isEarly = granted.gt(0) && openOf(own).eq(open.minus(granted));
  const amount = isEarly || openOf(own).lt(open) ? openOf(own) : open;
  const line = { itemId: target.id, amount: toCurrency(amount, own.currency), paid: null, pointer: '' };
  await allocatePayment(work, payment, [{ ...line, discount: isEarly ? granted : exact(0) }]);
}

async function followRefund(work: Work, paymentId: string, told: ToldRefund): Promise<void> {
  const payment = await work.lock<Payment>('payment', paymentId);
  const refund = await refundFor(work, payment, told);
  if (told.status === 'processed') await processRefund(work, { ...refund, gatewayReference: told.reference }, payment);
  if (told.status === 'failed') await failRefund(work, refund, payment, told.reason ?? 'failed');
}

/** Ours, or one that somebody made at the gateway. */
async function refundFor(work: Work, payment: Payment, told: ToldRefund): Promise<Refund> {
  const own = told.key === null ? null : await work.get<Refund>('refund', told.key);
  const [known] = own
    ? [own]
    : await work.query<Refund>('refund', { filter: { paymentId: payment.id, gatewayReference: told.reference }, limit: 1 });
  if (!known)
    return beginRefund(work, payment, { amount: told.amount, reason: told.reason ?? 'gateway', gatewayReference: told.reference });
  const locked = await work.lock<Refund>('refund', known.id);
  return locked.gatewayReference ? locked : work.save<Refund>('refund', { id: locked.id, gatewayReference: told.reference });
}

async function followDispute(work: Work, paymentId: string, told: ToldDispute): Promise<void> {
  const payment = await work.lock<Payment>('payment', paymentId);
  const [known] = await work.query<Chargeback>('chargeback', { filter: { paymentId, gatewayReference: told.reference }, limit: 1 });
  const asked = { amount: told.amount, fee: told.fee, reason: told.reason ?? 'chargeback', gatewayReference: told.reference };
  const opened = known ?? (await openChargeback(work, payment, asked));
  const chargeback = await work.lock<Chargeback>('chargeback', opened.id);
  if (chargeback.status !== 'open') return;
  if (told.status === 'won') await winChargeback(work, chargeback, await work.lock<Payment>('payment', paymentId), '0');
  if (told.status === 'lost') await loseChargeback(work, chargeback);
}

/** What the events of a gateway's payment say. */
export function gatewayData(payment: Payment, told: Pick<Told, 'reference'> | null): GatewayData {
  return {
    paymentId: payment.id,
    number: payment.number ?? null,
    customerId: payment.customerId,
    companyId: payment.companyId ?? null,
    amount: payment.amount,
    currency: currencyOf(payment),
    gatewayAccountId: payment.gatewayAccountId ?? null,
    gatewayReference: told?.reference ?? payment.gatewayReference ?? null,
  };
}
