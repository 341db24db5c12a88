import type { Payout } from '#metadata/records.gen.ts';
import { defineCommand } from '#platform/kernel/module.ts';
import { settlePayout as settle } from '../items/payouts.ts';

/** A payout that a person entered adds up, and counts. */
export const settlePayout = defineCommand<Payout, Record<string, never>>({
  object: 'payout',
  name: 'settle',
  run: async (work, payout) => {
    await settle(work, payout);
    return {};
  },
});
