import type { Chargeback, Payment } from '#metadata/records.gen.ts';
import { defineCommand } from '#platform/kernel/module.ts';
import { loseChargeback, openChargeback, winChargeback } from '../items/chargebacks.ts';

/** The payer's bank has taken a payment back, as a statement or a letter tells. */
export const chargeBack = defineCommand<Payment, { amount?: string | null; fee?: string | null; reason: string }>({
  object: 'payment',
  name: 'chargeBack',
  run: async (work, payment, input) => {
    const { id } = await openChargeback(work, payment, input);
    return { created: [{ object: 'chargeback', id }] };
  },
});

/** The bank decided for us. */
export const win = defineCommand<Chargeback, { feeBack?: string | null }>({
  object: 'chargeback',
  name: 'win',
  run: async (work, chargeback, { feeBack }) => {
    await winChargeback(work, chargeback, await work.lock<Payment>('payment', chargeback.paymentId), feeBack ?? '0');
    return {};
  },
});

/** The bank decided for the payer. */
export const lose = defineCommand<Chargeback, Record<string, never>>({
  object: 'chargeback',
  name: 'lose',
  run: async (work, chargeback) => {
    await loseChargeback(work, chargeback);
    return {};
  },
});
