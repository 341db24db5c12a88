import { defineCommand } from '#platform/kernel/module.ts';
import { openYear as open } from '../journal/years.ts';

/** Opens the fiscal year of the caller's company that a day falls into; answers the one that is there already. */
export const openYear = defineCommand<Record<string, never>, { date: string }>({
  object: 'fiscal_year',
  name: 'openYear',
  run: async (work, _record, { date }) => {
    const year = await open(work, work.caller.companyId ?? null, date);
    return { created: [{ object: 'fiscal_year', id: year.id }] };
  },
});
