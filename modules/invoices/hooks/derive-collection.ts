import type { Invoice } from '#metadata/records.gen.ts';
import { defineHook } from '#platform/kernel/module.ts';
import { nextDueOf, statusOf } from '../rules/collection.ts';

/** How an issued invoice stands follows from what is outstanding, credited, written off, disputed and overdue. */
export const deriveCollection = defineHook<Invoice, Record<string, never>>({
  object: 'invoice',
  name: 'deriveCollection',
  derive: (draft) => {
    if (draft.status === 'draft' || draft.status === 'cancelled') return {};
    const nextDueDate = nextDueOf(draft);
    const overdueSince = nextDueDate ? (draft.overdueSince ?? null) : null;
    return { nextDueDate, overdueSince, status: statusOf({ ...draft, overdueSince }) };
  },
});
