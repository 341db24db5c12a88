import type { Company, JournalEntry } from '#metadata/records.gen.ts';
import { sumOf } from '#platform/kernel/decimal.ts';
import { defineHook } from '#platform/kernel/module.ts';
import { chooseCurrency, toCurrency } from '#platform/kernel/money/currency.ts';

/** A draft is in the currency of its company, to its digits, and tells what is in debit so far. */
export const deriveEntry = defineHook<JournalEntry, { company?: readonly Company[] }>({
  object: 'journal_entry',
  name: 'deriveEntry',
  needs: (draft) =>
    draft.status === 'draft' && draft.companyId ? { company: { object: 'company', filter: { id: draft.companyId }, limit: 1 } } : {},
  derive: (draft, { company = [] }) => {
    if (draft.status !== 'draft') return {};
    const currency = chooseCurrency(company[0]?.currency);
    const rounded = (amount: string | null | undefined): string | null => (amount ? toCurrency(amount, currency) : null);
    const lines = (draft.lines ?? []).map((line) => ({ ...line, debit: rounded(line.debit), credit: rounded(line.credit) }));
    return { currency, lines, total: toCurrency(sumOf(lines.map((line) => line.debit ?? 0)), currency) };
  },
});
