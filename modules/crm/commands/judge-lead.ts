import type { Lead } from '#metadata/records.gen.ts';
import { defineCommand } from '#platform/kernel/module.ts';
import { leadDisqualified, leadQualified } from '../events.ts';

/** A lead is worth a salesperson's time. */
export const qualify = defineCommand<Lead, Record<string, never>>({
  object: 'lead',
  name: 'qualify',
  run: async (work, lead) => {
    await work.emit(leadQualified, `lead/${lead.id}`, { leadId: lead.id });
    return { values: { qualifiedAt: work.now } };
  },
});

/** Nothing will come of a lead, for a reason. */
export const disqualify = defineCommand<Lead, { reason: NonNullable<Lead['disqualifiedReason']>; notes?: string }>({
  object: 'lead',
  name: 'disqualify',
  run: async (work, lead, { reason, notes = null }) => {
    await work.emit(leadDisqualified, `lead/${lead.id}`, { leadId: lead.id, reason });
    return { values: { disqualifiedReason: reason, disqualifiedNotes: notes, qualifiedAt: null } };
  },
});

/** A lead that was given up is looked at again. */
export const reopenLead = defineCommand<Lead, Record<string, never>>({
  object: 'lead',
  name: 'reopen',
  run: () => Promise.resolve({ values: { disqualifiedReason: null, disqualifiedNotes: null } }),
});
