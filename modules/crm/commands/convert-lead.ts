import type { Activity, Lead, Task } from '#metadata/records.gen.ts';
import { defineCommand, type CommandResult, type RecordValues, type Work } from '#platform/kernel/module.ts';
import { uuidV7 } from '#platform/kernel/uuid.ts';
import { askedOfCustomers, opportunityOf } from '../documents/conversion.ts';
import { leadConverted } from '../events.ts';

type Input = {
  customerId?: string;
  contactId?: string;
  withOpportunity?: boolean;
  name?: string;
  amount?: string;
  expectedCloseOn?: string;
};

/**
 * Makes of a lead a customer, a contact and an opportunity. Customers is asked, as it alone knows who is there already; who is new has the lead's id,
 * so that asking again, after whatever went wrong between, makes nobody twice. What was done about the lead goes along.
 */
export const convert = defineCommand<Lead, Input>({
  object: 'lead',
  name: 'convert',
  ask: (owners, lead, { customerId, contactId }) =>
    owners.command(
      'customer',
      null,
      'findOrCreate',
      askedOfCustomers(lead, { ...(customerId ? { customerId } : {}), ...(contactId ? { contactId } : {}) }),
    ),
  run: async (work, lead, { withOpportunity = true, name = null, amount = null, expectedCloseOn = null }, asked) => {
    const customerId = idOf(asked, 'customer') ?? '';
    const contactId = idOf(asked, 'contact');
    const opportunityId = withOpportunity ? uuidV7() : null;
    if (opportunityId)
      await work.create('opportunity', opportunityId, opportunityOf(work, lead, { customerId, contactId, name, amount, expectedCloseOn }));
    const became = { customerId, contactId, opportunityId };
    await bringAlong(work, lead.id, became);
    await work.emit(leadConverted, `lead/${lead.id}`, { leadId: lead.id, ...became, isNewCustomer: customerId === lead.id });
    const made = opportunityId ? [{ object: 'opportunity', id: opportunityId }] : [];
    return { values: { ...became, convertedAt: work.now }, created: [...(asked.created ?? []), ...made] };
  },
});

function idOf({ created = [] }: CommandResult, object: string): string | null {
  return created.find((one) => one.object === object)?.id ?? null;
}

const PAGE = 200;

/** What was planned and done for the lead is so for what it became, where it says nothing else. */
async function bringAlong(work: Work, leadId: string, became: RecordValues): Promise<void> {
  for (const object of ['activity', 'task'] as const) {
    for await (const page of work.pages<Activity | Task>(object, { filter: { leadId }, limit: PAGE })) {
      for (const record of page) {
        const { customerId, contactId, opportunityId } = record;
        await work.save(object, { id: record.id, ...became, ...present({ customerId, contactId, opportunityId }) });
      }
    }
  }
}

function present(values: RecordValues): RecordValues {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== null && value !== undefined));
}
