import type { DeliveryNote } from '#metadata/records.gen.ts';
import { defineHook } from '#platform/kernel/module.ts';
import { percentInvoiced, withCustomer } from '../rules/quantities.ts';

/** How much is invoiced; and a note of which everything came back is returned. */
export const deriveProgress = defineHook<DeliveryNote, Record<string, never>>({
  object: 'delivery_note',
  name: 'deriveProgress',
  derive: (draft) => {
    if (!draft.shippedAt) return {};
    const lines = draft.lines ?? [];
    const isReturned = lines.every((line) => withCustomer(line).lte(0));
    return { percentInvoiced: percentInvoiced(lines), ...(isReturned ? { status: 'returned' as const } : {}) };
  },
});
