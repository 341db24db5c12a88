import type { AssignmentRule } from '#metadata/records.gen.ts';
import type { PlatformEvent } from '#platform/kernel/event.ts';
import { isRecord } from '#platform/kernel/is-record.ts';
import { on, type RecordValues, type Work } from '#platform/kernel/module.ts';
import { assigned } from '../events.ts';
import { nextOf } from '../rules/round-robin.ts';

const RULES_MAX = 200;

/** A new lead goes to who is next by the first rule that it meets; without one it stays whose it is. */
export const assignLead = on('crm', 'LeadCreated', 'assignLead', (work, event) => assign(work, 'lead', event));

/** So does a new opportunity. */
export const assignOpportunity = on('crm', 'OpportunityCreated', 'assignOpportunity', (work, event) => assign(work, 'opportunity', event));

async function assign(work: Work, object: 'lead' | 'opportunity', event: PlatformEvent): Promise<void> {
  const { record } = event.data;
  if (!isRecord(record) || typeof record['id'] !== 'string') return;
  const filter = { active: true, object };
  const rules = await work.query<AssignmentRule>('assignment_rule', { filter, sort: 'order,id', limit: RULES_MAX });
  if (rules.length === 0 || (await work.get(object, record['id'])) === null) return;
  const now = await work.lock<RecordValues & { readonly id: string }>(object, record['id']);
  const rule = rules.find(({ condition }) => !condition || work.meets(object, now, condition) === true);
  if (rule) await giveTo(work, { object, id: now.id }, rule.id);
}

/** Who is next is known under the rule's lock, so that two records that come at once go to two people. */
async function giveTo(work: Work, { object, id }: { readonly object: string; readonly id: string }, ruleId: string): Promise<void> {
  const rule = await work.lock<AssignmentRule>('assignment_rule', ruleId);
  const userId = nextOf(rule.peopleIds, rule.lastPersonId);
  if (!userId) return;
  await work.save('assignment_rule', { id: rule.id, lastPersonId: userId });
  await work.save(object, { id, ownerId: userId });
  await work.emit(assigned, `${object}/${id}`, { object, id, userId, ruleId });
}
