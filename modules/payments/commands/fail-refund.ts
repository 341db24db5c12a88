import type { Payment, Refund } from '#metadata/records.gen.ts';
import { defineCommand } from '#platform/kernel/module.ts';
import { failRefund as fail } from '../items/refunds.ts';

/** A refund did not go through: the customer's bank sent it back, or the gateway never did it. */
export const failRefund = defineCommand<Refund, { reason: string }>({
  object: 'refund',
  name: 'fail',
  run: async (work, refund, { reason }) => {
    await fail(work, refund, await work.lock<Payment>('payment', refund.paymentId), reason);
    return {};
  },
});
