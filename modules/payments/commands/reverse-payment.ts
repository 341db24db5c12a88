import type { OpenItem, Payment } from '#metadata/records.gen.ts';
import { exact } from '#platform/kernel/decimal.ts';
import { Refusal } from '#platform/kernel/errors.ts';
import { defineCommand, type Work } from '#platform/kernel/module.ts';
import { paymentReversed } from '../events.ts';
import { paymentData } from '../items/receive.ts';
import { takeBackAll, voidItem } from '../items/take-back.ts';

/** A payment that was recorded by mistake: what it settled is owed again, and it never was. */
export const reversePayment = defineCommand<Payment, { reason: string }>({
  object: 'payment',
  name: 'reverse',
  run: async (work, payment, { reason }) => {
    await reverse(work, payment, reason);
    return { values: { failureReason: reason } };
  },
});

/** Takes a recorded payment back. It must be locked. Refused once some of it was given back. */
export async function reverse(work: Work, payment: Payment, reason: string): Promise<void> {
  if (exact(payment.returned ?? 0).gt(0))
    throw new Refusal('wrong_state', {
      en: 'Some of this payment was given back, so it was there. It cannot be reversed any more.',
      de: 'Von dieser Zahlung wurde etwas zurückgegeben, also gab es sie. Sie lässt sich nicht mehr stornieren.',
    });
  const item = await work.lock<OpenItem>('open_item', payment.id);
  await takeBackAll(work, item, reason);
  const date = work.today(payment.companyId ?? undefined);
  await voidItem(work, await work.lock<OpenItem>('open_item', item.id), date);
  await work.emit(paymentReversed, `payment/${payment.id}`, { ...paymentData(payment, item), date, reason });
}
