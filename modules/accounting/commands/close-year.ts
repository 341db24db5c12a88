import type { AccountBalance, Company, FiscalYear, Period } from '#metadata/records.gen.ts';
import { Refusal } from '#platform/kernel/errors.ts';
import { defineCommand, type Work } from '#platform/kernel/module.ts';
import { chooseCurrency } from '#platform/kernel/money/currency.ts';
import { uuidV7 } from '#platform/kernel/uuid.ts';
import { postableAccounts } from '../journal/accounts.ts';
import { enter } from '../journal/enter.ts';
import { lockPeriods, ofCompany } from '../journal/periods.ts';
import { closingLines } from '../rules/closing-lines.ts';
import { CLOSABLE, closed } from '../rules/period-state.ts';
import { refuseWaiting } from './close-period.ts';

/** More periods than a year has, more accounts than a chart. */
const [PERIODS_MAX, ACCOUNTS_MAX] = [24, 1_000];

/**
 * Closes a fiscal year: income and expense go to retained earnings on its last day, and its periods are closed softly for everything. The year before must be
 * closed, and nothing may wait to be posted in it.
 */
export const closeYear = defineCommand<FiscalYear, Record<string, never>>({
  object: 'fiscal_year',
  name: 'closeYear',
  run: async (work, year) => {
    const companyId = year.companyId ?? null;
    await refuseOpenBefore(work, year);
    await refuseWaiting(work, year, CLOSABLE);
    const listed = await work.query<Period>('period', { filter: { fiscalYearId: year.id }, sort: 'from', limit: PERIODS_MAX });
    const periodOn = await lockPeriods(
      work,
      listed.map(({ from: date }) => ({ companyId, date })),
    );
    const periods = listed.flatMap(({ from: date }) => periodOn({ companyId, date }) ?? []);
    const closingEntryId = await transferResult(work, year, periods);
    for (const period of periods.filter(({ status }) => status !== 'closed'))
      await work.save('period', { id: period.id, ...closed(period, { isHard: false, documents: [] }) });
    return {
      values: { closedOn: work.today(companyId ?? undefined), closingEntryId },
      created: closingEntryId ? [{ object: 'journal_entry', id: closingEntryId }] : [],
    };
  },
});

async function refuseOpenBefore(work: Work, { companyId, from }: FiscalYear): Promise<void> {
  const filter = { ...ofCompany(companyId ?? null), from: { lt: from }, status: 'open' };
  const [before] = await work.query<FiscalYear>('fiscal_year', { filter, sort: 'from', limit: 1 });
  if (!before) return;
  throw new Refusal('wrong_state', {
    en: `Close the year ${before.name ?? ''} first.`,
    de: `Schließen Sie zuerst das Jahr ${before.name ?? ''} ab.`,
  });
}

/** Posts what empties the accounts of income and expense; answers the entry, or null where there is nothing on them. */
async function transferResult(work: Work, year: FiscalYear, periods: readonly Period[]): Promise<string | null> {
  const last = periods.at(-1);
  const accounts = await postableAccounts(work);
  const earnings = accounts.find(({ role }) => role === 'retainedEarnings');
  if (!earnings || !last)
    throw new Refusal('wrong_state', {
      en: 'No account has the role of retained earnings. Give it to one first.',
      de: 'Kein Konto hat die Rolle des Gewinnvortrags. Geben Sie sie zuerst einem.',
    });
  const balances: AccountBalance[] = [];
  for (const { id } of periods)
    balances.push(...(await work.query<AccountBalance>('account_balance', { filter: { periodId: id }, limit: ACCOUNTS_MAX })));
  const company = year.companyId ? await work.get<Company>('company', year.companyId) : null;
  const currency = chooseCurrency(company?.currency);
  const lines = closingLines(balances, accounts, { result: earnings.id, currency });
  if (lines.length === 0) return null;
  const entry = { companyId: year.companyId ?? null, date: year.to, documentType: 'closing' as const, currency };
  const [posted] = await enter(work, [{ ...entry, id: uuidV7(), period: last, lines, description: year.name ?? null }]);
  return posted?.id ?? null;
}
