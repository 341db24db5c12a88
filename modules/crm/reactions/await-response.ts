import type { Company, Lead, ResponsePolicy } from '#metadata/records.gen.ts';
import type { PlatformEvent } from '#platform/kernel/event.ts';
import { isRecord } from '#platform/kernel/is-record.ts';
import { on, type Work } from '#platform/kernel/module.ts';
import { afterWorkingTime } from '../rules/working-time.ts';

const POLICIES_MAX = 200;

/** A new lead is to be answered in the time that the first policy it meets allows, counted in working hours where its company is. */
export const awaitResponse = on('crm', 'LeadCreated', 'awaitResponse', async (work, event) => {
  const { record } = event.data;
  if (!isRecord(record) || typeof record['id'] !== 'string') return;
  const policies = await work.query<ResponsePolicy>('response_policy', { filter: { active: true }, sort: 'order,id', limit: POLICIES_MAX });
  if (policies.length === 0 || (await work.get('lead', record['id'])) === null) return;
  const lead = await work.lock<Lead>('lead', record['id']);
  const policy = policies.find(({ condition }) => !condition || work.meets('lead', lead, condition) === true);
  if (!policy || lead.responseDueAt) return;
  const company = lead.companyId ? await work.get<Company>('company', lead.companyId) : null;
  const hours = { days: policy.days ?? [], from: policy.from, until: policy.until, timeZone: company?.timeZone ?? work.caller.timeZone };
  await work.save('lead', {
    id: lead.id,
    responsePolicyId: policy.id,
    responseDueAt: afterWorkingTime(lead.createdAt, policy.within, hours),
  });
});

/** The first that we do about a lead answers it: a call, a meeting or a mail of ours that took place. */
export const noteResponse = on('crm', 'ActivityCreated', 'noteResponse', answer);

/** So does one that was planned, when it has taken place. */
export const noteLaterResponse = on('crm', 'ActivityUpdated', 'noteLaterResponse', answer);

async function answer(work: Work, event: PlatformEvent): Promise<void> {
  const { record } = event.data;
  if (!isRecord(record) || typeof record['leadId'] !== 'string' || !isAnswer(record)) return;
  if ((await work.get('lead', record['leadId'])) === null) return;
  const lead = await work.lock<Lead>('lead', record['leadId']);
  if (lead.firstRespondedAt) return;
  const at = typeof record['startsAt'] === 'string' && record['startsAt'] < work.now ? record['startsAt'] : work.now;
  await work.save('lead', { id: lead.id, firstRespondedAt: at, ...(lead.status === 'new' ? { status: 'contacted' } : {}) });
}

function isAnswer({ kind, state, direction }: { readonly [field: string]: unknown }): boolean {
  return state === 'done' && kind !== 'note' && direction !== 'in';
}
