import type { Order } from '#metadata/records.gen.ts';
import { defineHook } from '#platform/kernel/module.ts';
import { isConfirmedAlike } from '../rules/confirmed-content.ts';

/** An order that changes after its confirmation is not what was confirmed, until that is done anew. */
export const followConfirmation = defineHook<Order, Record<string, never>>({
  object: 'order',
  name: 'followConfirmation',
  derive: (draft, _facts, before) =>
    !before?.confirmedAt || draft.isConfirmationOutdated === true || isConfirmedAlike(draft, before)
      ? {}
      : { isConfirmationOutdated: true },
});
