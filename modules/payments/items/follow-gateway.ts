import type { Payment } from '#metadata/records.gen.ts';
import type { Begin, Work } from '#platform/kernel/module.ts';
import { paymentFailed } from '../events.ts';
import { openAccount, type Answered, type Gateways } from '../gateways/accounts.ts';
import type { Told } from '../gateways/gateway.ts';
import { gatewayData, reconcile } from './reconcile.ts';

/** Asks the gateway how a payment stands, and brings it there: the question between two transactions, never within one. */
export async function followGateway(begin: Begin, gateways: Gateways, payment: Payment): Promise<void> {
  if (!payment.gatewayAccountId) return;
  const { gateway, credentials } = await openAccount(begin, gateways, payment.gatewayAccountId);
  const told = await gateway.fetchTruth(credentials, { reference: payment.gatewayReference ?? null, key: payment.id });
  await begin(async (work) => take(work, await work.lock<Payment>('payment', payment.id), asTold(told)));
}

/** What there is at the gateway. Where it knows of nothing, what was asked has never reached it. */
export function asTold(told: Told | null): Answered {
  return told ? { kind: 'told', told } : { kind: 'refused', reason: 'The gateway knows of no such payment.' };
}

/** What came of a call for a payment. It must be locked. Should what was refused come late after all, what is told then counts. */
export async function take(work: Work, payment: Payment, answered: Answered): Promise<void> {
  if (answered.kind === 'told') return reconcile(work, payment, answered.told);
  const failureReason = answered.reason.slice(0, 400);
  if (answered.kind === 'unknown') return void (await work.save('payment', { id: payment.id, status: 'unknown', failureReason }));
  if (payment.status !== 'unknown' && payment.status !== 'pending') return;
  await work.save('payment', { id: payment.id, status: 'failed', failureReason });
  await work.emit(paymentFailed, `payment/${payment.id}`, { ...gatewayData(payment, null), reason: failureReason });
}
