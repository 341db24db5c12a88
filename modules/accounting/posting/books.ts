import type { Account, Company, PostingRule } from '#metadata/records.gen.ts';
import type { Work } from '#platform/kernel/module.ts';
import { chooseCurrency } from '#platform/kernel/money/currency.ts';
import { postableAccounts } from '../journal/accounts.ts';
import { lockPeriods, type Day, type PeriodOn } from '../journal/periods.ts';

/** All that deciding about postings needs, read once for many. */
export type Books = {
  readonly rules: readonly PostingRule[];
  readonly accounts: readonly Account[];
  readonly currencies: ReadonlyMap<string | null, string>;
  readonly periodOn: PeriodOn;
};

const RULES_MAX = 500;

/** The books as they are now, for documents of these days; their periods are locked. */
export async function openBooks(work: Work, days: readonly Day[]): Promise<Books> {
  const periodOn = await lockPeriods(work, days);
  const rules = await work.query<PostingRule>('posting_rule', {
    filter: { isActive: true },
    sort: 'priority,name',
    fields: 'name,event,priority,condition,text,lines',
    limit: RULES_MAX,
  });
  const accounts = await postableAccounts(work);
  return {
    rules,
    accounts,
    periodOn,
    currencies: await companyCurrencies(
      work,
      days.map(({ companyId }) => companyId),
    ),
  };
}

/** What companies keep their books in. */
export async function companyCurrencies(work: Work, companyIds: readonly (string | null)[]): Promise<ReadonlyMap<string | null, string>> {
  const currencies = new Map<string | null, string>();
  for (const id of new Set(companyIds)) {
    const company = id === null ? null : await work.get<Company>('company', id);
    currencies.set(id, chooseCurrency(company?.currency));
  }
  return currencies;
}
