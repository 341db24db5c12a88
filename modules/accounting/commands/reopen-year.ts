import type { FiscalYear, JournalEntry } from '#metadata/records.gen.ts';
import { Refusal } from '#platform/kernel/errors.ts';
import { defineCommand } from '#platform/kernel/module.ts';
import { lockPeriods, ofCompany } from '../journal/periods.ts';
import { openPeriod } from '../journal/refuse-closed.ts';
import { reverseEntry } from '../journal/reverse.ts';

/** Opens a closed year again while no later one is closed: what its end posted is reversed. Its periods stay closed until each is reopened. */
export const reopenYear = defineCommand<FiscalYear, { reason: string }>({
  object: 'fiscal_year',
  name: 'reopenYear',
  run: async (work, year, { reason }) => {
    const companyId = year.companyId ?? null;
    const filter = { ...ofCompany(companyId), from: { gt: year.from }, status: 'closed' };
    const [later] = await work.query<FiscalYear>('fiscal_year', { filter, limit: 1 });
    if (later)
      throw new Refusal('wrong_state', {
        en: `The year ${later.name ?? ''} is closed already. Reopen that one first.`,
        de: `Das Jahr ${later.name ?? ''} ist schon abgeschlossen. Öffnen Sie zuerst dieses wieder.`,
      });
    const values = { closingEntryId: null, closedOn: null, reopenReason: reason };
    if (!year.closingEntryId) return { values };
    const day = { companyId, date: year.to };
    const period = openPeriod((await lockPeriods(work, [day]))(day), 'closing', year.to);
    const entry = await work.lock<JournalEntry>('journal_entry', year.closingEntryId);
    const id = await reverseEntry(work, entry, { date: year.to, period, reason });
    await work.save('journal_entry', { id: entry.id, reversedById: id });
    return { values, created: [{ object: 'journal_entry', id }] };
  },
});
