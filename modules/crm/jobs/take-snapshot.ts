import type { Company, Opportunity } from '#metadata/records.gen.ts';
import type { Job, Work } from '#platform/kernel/module.ts';
import { uuidV7 } from '#platform/kernel/uuid.ts';
import { firstOf, forecastOf, monthOf } from '../rules/forecast.ts';
import { ofCompany } from '../rules/of-company.ts';

const COMPANIES_MAX = 100;
const PAGE = 500;

/** Every Monday what is expected is kept, month by month and person by person, so that it can be held against what came of it. */
export const takeSnapshot: Job = {
  name: 'takeSnapshot',
  schedule: '15 2 * * 1',
  run: async (work) => {
    const companies = await work.query<Company>('company', { fields: 'id', sort: 'id', limit: COMPANIES_MAX });
    for (const { id } of companies) await snapshotOf(work, id, id === companies[0]?.id);
  },
};

async function snapshotOf(work: Work, companyId: string, isFirst: boolean): Promise<void> {
  const takenOn = work.today(companyId);
  const [taken] = await work.query('forecast_snapshot', { filter: { companyId, takenOn }, fields: 'id', limit: 1 });
  if (taken) return;
  const counted = new Map<string, Opportunity[]>();
  const counting = { or: [{ status: 'open' }, { status: 'won', closedOn: { gte: firstOf(takenOn) } }] };
  const filter = { and: [ofCompany(companyId, isFirst), counting] };
  for await (const page of work.pages<Opportunity>('opportunity', { filter, limit: PAGE })) {
    for (const deal of page) {
      const month = monthOf(deal, takenOn);
      if (month === null) continue;
      const key = `${month} ${deal.ownerId ?? ''}`;
      counted.set(key, [...(counted.get(key) ?? []), deal]);
    }
  }
  const rows = [...counted].map(([key, deals]) => {
    const [month = '', personId = ''] = key.split(' ');
    return { id: uuidV7(), companyId, takenOn, month, personId: personId === '' ? null : personId, ...forecastOf(deals) };
  });
  if (rows.length > 0) await work.createMany('forecast_snapshot', rows);
}
