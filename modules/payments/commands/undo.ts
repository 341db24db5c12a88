import type { Allocation } from '#metadata/records.gen.ts';
import { defineCommand } from '#platform/kernel/module.ts';
import { takeBack } from '../items/take-back.ts';

/** Takes an allocation back: what it settled is owed again. The credit may settle something else; a write-off or discount is void. */
export const undo = defineCommand<Allocation, { reason: string }>({
  object: 'allocation',
  name: 'undo',
  run: async (work, allocation, { reason }) => ({ values: await takeBack(work, allocation, reason) }),
});
