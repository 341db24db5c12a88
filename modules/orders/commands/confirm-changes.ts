import type { Order } from '#metadata/records.gen.ts';
import { Refusal } from '#platform/kernel/errors.ts';
import { defineCommand } from '#platform/kernel/module.ts';

/** What was changed after the confirmation is confirmed by another version of it; the earlier ones stay as they were printed. */
export const confirmChanges = defineCommand<Order, Record<string, never>>({
  object: 'order',
  name: 'confirmChanges',
  run: (_work, order) => {
    if (order.isConfirmationOutdated !== true)
      throw new Refusal('wrong_state', {
        en: 'Nothing that the confirmation says has changed since.',
        de: 'Nichts von dem, was die Bestätigung sagt, hat sich seitdem geändert.',
      });
    return Promise.resolve({ values: { isConfirmationOutdated: false, confirmationVersion: (order.confirmationVersion ?? 1) + 1 } });
  },
});
