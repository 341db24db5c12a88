import type { JournalEntry } from '#metadata/records.gen.ts';
import { invalidValues } from '#platform/kernel/errors.ts';
import { defineCommand } from '#platform/kernel/module.ts';
import { currencyOf } from '#platform/kernel/money/currency.ts';
import { accountsOf } from '../journal/accounts.ts';
import { numbered, standing, tell } from '../journal/enter.ts';
import { lockPeriods } from '../journal/periods.ts';
import { openPeriod } from '../journal/refuse-closed.ts';
import { entryFaults } from '../rules/entry-check.ts';

/** Posts an entry that was written by hand: it balances, its accounts take postings, its period is open. It draws its number and stays as it is. */
export const post = defineCommand<JournalEntry, Record<string, never>>({
  object: 'journal_entry',
  name: 'post',
  run: async (work, entry) => {
    const lines = entry.lines ?? [];
    const accounts = await accountsOf(
      work,
      lines.map(({ accountId }) => accountId),
    );
    const faults = entryFaults(lines, accounts, currencyOf(entry));
    if (faults.length > 0) throw invalidValues(faults);
    const day = { companyId: entry.companyId ?? null, date: entry.date };
    const documentType = entry.documentType ?? 'manual';
    const period = openPeriod((await lockPeriods(work, [day]))(day), documentType, entry.date);
    const posted = await numbered(work, [{ ...day, id: entry.id, period, documentType, currency: currencyOf(entry), lines }]);
    await tell(work, posted);
    return {
      values: { number: posted[0]?.number ?? '', ...standing(work, { period, date: entry.date, currency: currencyOf(entry), lines }) },
    };
  },
});
