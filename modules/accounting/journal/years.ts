import type { Company, FiscalYear, Period } from '#metadata/records.gen.ts';
import type { Work } from '#platform/kernel/module.ts';
import { pairId } from '#platform/kernel/pair-id.ts';
import { monthsFrom, yearAround } from '../rules/period-state.ts';

/** The fiscal year of a company that a day falls into, with its twelve periods; the one that is there, or a new one. */
export async function openYear(work: Work, companyId: string | null, day: string): Promise<FiscalYear> {
  const firstMonth = await firstMonthOf(work, companyId);
  const { year, ...parts } = yearAround(day, firstMonth);
  const id = idOn(companyId, parts.from);
  const made = await work.create<FiscalYear>('fiscal_year', id, { ...parts, companyId });
  for (const month of monthsFrom(year, firstMonth))
    await work.create<Period>('period', idOn(companyId, month.from), { ...month, fiscalYearId: made.id, companyId });
  return made;
}

/** The month in which a company's fiscal years begin. */
export async function firstMonthOf(work: Work, companyId: string | null): Promise<number> {
  const company = companyId === null ? null : await work.get<Company>('company', companyId);
  return company?.fiscalYearStart ?? 1;
}

const NOBODY = '00000000-0000-8000-8000-000000000000';

/** The id of what a company has once from a day on, so that two who open it at once open the same one. */
function idOn(companyId: string | null, day: string): string {
  return pairId(companyId ?? NOBODY, `00000000-0000-8000-8000-0000${day.replaceAll('-', '')}`);
}
