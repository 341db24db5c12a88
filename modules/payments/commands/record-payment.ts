import type { Payment } from '#metadata/records.gen.ts';
import { exact } from '#platform/kernel/decimal.ts';
import { faultAt, invalidValues } from '#platform/kernel/errors.ts';
import { defineCommand } from '#platform/kernel/module.ts';
import { settledRate } from '#platform/kernel/money/exchange-hook.ts';
import { receive } from '../items/receive.ts';

/** Money that came in by bank or in cash, or went out to a customer, is there from now on. */
export const recordPayment = defineCommand<Payment, Record<string, never>>({
  object: 'payment',
  name: 'record',
  run: async (work, payment) => {
    refuseImpossible(payment, work.today(payment.companyId ?? undefined));
    const rate = await settledRate(work, payment);
    const item = await receive(work, { ...payment, ...rate }, exact(payment.amount));
    return { values: { ...rate, captured: payment.amount, openItemId: item.id }, created: [{ object: 'open_item', id: item.id }] };
  },
});

/** Money is more than nothing, and is there on its day. */
export function refuseImpossible({ amount, date }: Pick<Payment, 'amount' | 'date'>, today: string): void {
  if (exact(amount).lte(0)) {
    const said = { en: 'A payment is of more than nothing.', de: 'Eine Zahlung ist mehr als nichts.' };
    throw invalidValues([faultAt({ pointer: '/amount', field: 'amount', rule: 'payment' }, said)]);
  }
  if (date > today) {
    const said = {
      en: `Money of ${date} cannot be there yet: today is ${today}.`,
      de: `Geld vom ${date} kann noch nicht da sein: heute ist ${today}.`,
    };
    throw invalidValues([faultAt({ pointer: '/date', field: 'date', rule: 'payment' }, said)]);
  }
}
