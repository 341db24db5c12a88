import type { OpenItem } from '#metadata/records.gen.ts';
import { exact } from '#platform/kernel/decimal.ts';
import { Refusal } from '#platform/kernel/errors.ts';
import { defineCommand } from '#platform/kernel/module.ts';
import { allocatePayment } from '../items/allocate-payment.ts';
import { recordReceived } from '../items/record-received.ts';
import { amountToSettle } from '../rules/allocation.ts';
import { earlyDiscountOf } from '../rules/early-discount.ts';
import { openOf } from '../rules/open-amount.ts';
import { propose } from '../rules/proposal.ts';
import { refuseImpossible } from './record-payment.ts';

type Input = {
  readonly amount?: string | null;
  readonly date?: string | null;
  readonly method?: string | null;
  readonly reference?: string | null;
};

/** Money for what is owed has come in: a payment, recorded and settled against it at once. Left out, it is all that is open, less the discount of who pays early. */
export const receivePayment = defineCommand<OpenItem, Input>({
  object: 'open_item',
  name: 'receivePayment',
  run: async (work, item, { amount: asked, date: day, method, reference }) => {
    if (item.side !== 'debit')
      throw new Refusal('wrong_state', {
        en: 'Only what is owed to us is paid to us. Refund what is in the customer’s favour from its payment.',
        de: 'Bezahlt wird uns nur, was uns geschuldet ist. Erstatten Sie Guthaben des Kunden aus dessen Zahlung.',
      });
    const { customerId, currency } = item;
    const companyId = item.companyId ?? null;
    const today = work.today(item.companyId ?? undefined);
    const date = day ?? today;
    const amount = amountToSettle([item], asked ?? openOf(item).minus(earlyDiscountOf(item, date).amount).toString());
    const received = { customerId, companyId, currency, date, amount: amount.toString(), reference: reference ?? item.reference ?? null };
    refuseImpossible(received, today);
    const payment = await recordReceived(work, { ...received, direction: 'in', method: method ?? 'bankTransfer' });
    const lines = propose({ left: amount, currency, date, reference: null }, [item]).map((line) => ({
      ...line,
      discount: exact(line.discount),
      paid: null,
      pointer: '/amount',
    }));
    await allocatePayment(work, payment, lines);
    return { created: [{ object: 'payment', id: payment.id }] };
  },
});
