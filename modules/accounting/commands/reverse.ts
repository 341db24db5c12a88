import type { JournalEntry } from '#metadata/records.gen.ts';
import { defineCommand } from '#platform/kernel/module.ts';
import { lockPeriods } from '../journal/periods.ts';
import { openPeriod } from '../journal/refuse-closed.ts';
import { reverseEntry } from '../journal/reverse.ts';
import { isClosedFor } from '../rules/period-state.ts';

/**
 * Reverses a posted entry by one of its own, on its day while that period is open, else today. It happens once: a repeat, also one at the same time, answers
 * the reversal that there is.
 */
export const reverse = defineCommand<JournalEntry, { reason: string; date?: string | null }>({
  object: 'journal_entry',
  name: 'reverse',
  run: async (work, entry, { reason, date: asked }) => {
    if (entry.reversedById) return { created: [{ object: 'journal_entry', id: entry.reversedById }] };
    const companyId = entry.companyId ?? null;
    const documentType = entry.documentType ?? 'manual';
    const today = work.today(companyId ?? undefined);
    const periodOn = await lockPeriods(
      work,
      [asked ?? entry.date, today].map((date) => ({ companyId, date })),
    );
    const own = periodOn({ companyId, date: entry.date });
    const date = asked ?? (own && !isClosedFor(own, documentType) ? entry.date : today);
    const period = openPeriod(periodOn({ companyId, date }), documentType, date);
    const id = await reverseEntry(work, entry, { date, period, reason });
    return { values: { reversedById: id }, created: [{ object: 'journal_entry', id }] };
  },
});
