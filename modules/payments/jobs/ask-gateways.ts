import type { Payment, Refund } from '#metadata/records.gen.ts';
import type { Job } from '#platform/kernel/module.ts';
import { sendAgain } from '../commands/refund.ts';
import type { Gateways } from '../gateways/accounts.ts';
import { followGateway } from '../items/follow-gateway.ts';

/** So many at a time; what is left over waits for the next time. */
const AT_ONCE_MAX = 100;

/**
 * Asks gateways again about what nobody knows the outcome of, and about what they have said nothing of for long: payments are asked after, never
 * charged again; refunds are asked for under the key that they had.
 */
export const askGateways = (gateways: Gateways): Job => ({
  name: 'askGateways',
  schedule: '* * * * *',
  steps: async (begin) => {
    const open = await begin(async (work) => ({
      payments: await work.query<Payment>('payment', {
        filter: { status: { in: ['unknown', 'pending', 'authorized'] }, gatewayAccountId: { isNull: false } },
        sort: 'updatedAt',
        limit: AT_ONCE_MAX,
      }),
      refunds: await work.query<Refund>('refund', {
        filter: { status: { in: ['unknown', 'pending'] } },
        sort: 'updatedAt',
        limit: AT_ONCE_MAX,
      }),
    }));
    const problems: unknown[] = [];
    const tried = (one: Promise<void>): Promise<void> => one.catch((error: unknown) => void problems.push(error));
    for (const payment of open.payments) await tried(followGateway(begin, gateways, payment));
    for (const refund of open.refunds) await tried(sendAgain(begin, gateways, refund));
    if (problems.length > 0) throw problems[0];
  },
});
