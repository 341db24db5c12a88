import type { Company } from '#metadata/records.gen.ts';
import { addDays } from '#platform/kernel/dates.ts';
import type { Job } from '#platform/kernel/module.ts';
import { whatIsSaid } from '../receivables/check.ts';
import { keepCheck } from '../receivables/keep-check.ts';

const COMPANIES_MAX = 200;

/** Every night the books are held against the open items, of every company as of the day before. */
export const checkAllReceivables: Job = {
  name: 'checkReceivables',
  schedule: '40 2 * * *',
  steps: async (begin, report) => {
    const companies = await begin(async (work) => {
      const all = await work.query<Company>('company', { limit: COMPANIES_MAX });
      return all.map(({ id }) => ({ companyId: id, asOf: addDays(work.today(id), -1) }));
    });
    for (const asked of companies) {
      const said = await whatIsSaid({ begin, report }, asked);
      await begin((work) => keepCheck(work, asked, said));
    }
  },
};
