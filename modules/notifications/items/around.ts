import type { Company, Customer } from '#metadata/records.gen.ts';
import type { RecordValues, Work } from '#platform/kernel/module.ts';
import type { Around } from './recipients.ts';

/** Who a record is about and who speaks of it. */
export async function aroundOf(work: Work, about: string, record: RecordValues): Promise<Around> {
  const customerId = about === 'customer' ? record['id'] : record['customerId'];
  const customer = typeof customerId === 'string' ? await work.find<Customer>('customer', customerId) : null;
  return { record, customer, company: await companyOf(work, record['companyId']) };
}

async function companyOf(work: Work, id: unknown): Promise<Company | null> {
  if (typeof id === 'string') return work.find<Company>('company', id);
  const [first, ...others] = await work.query<Company>('company', { limit: 2 });
  return others.length === 0 ? (first ?? null) : null;
}

/** What templates are given: the record, those around it, and what the event `said` that is told of, if it is one with fields. */
export function valuesFor(
  { record, customer, company }: Around,
  more: { readonly recipient: string; readonly link: string; readonly said: RecordValues | null },
): RecordValues {
  const event = more.said ? { event: more.said } : {};
  return { ...record, customer: customer ?? {}, company: company ?? {}, recipient: { name: more.recipient }, link: more.link, ...event };
}
