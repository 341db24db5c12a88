import type { Lead } from '#metadata/records.gen.ts';
import type { RecordValues, Work } from '#platform/kernel/module.ts';

/** What a conversion is told, and whom it is for. */
export type Conversion = {
  readonly customerId: string;
  readonly contactId: string | null;
  readonly name: string | null;
  readonly amount: string | null;
  readonly expectedCloseOn: string | null;
};

/** What customers is asked for a lead: whom it is, or whom to make of it. */
export function askedOfCustomers(lead: Lead, chosen: { readonly customerId?: string; readonly contactId?: string }): RecordValues {
  const { id, companyName, name, position, email, phone, website, address, territoryId } = lead;
  // A company without a person goes by its own name.
  const personName = companyName === name ? null : name;
  const known = { origin: id, companyName, personName, position, email, phone, website, address, territoryId, ...chosen };
  return Object.fromEntries(Object.entries(known).filter(([, value]) => value !== null && value !== undefined));
}

/** The opportunity that a lead becomes. What administrators have added to both by the same name goes along. */
export function opportunityOf(work: Pick<Work, 'carried' | 'takenOver'>, lead: Lead, conversion: Conversion): RecordValues {
  const { customerId, contactId, name, amount, expectedCloseOn } = conversion;
  return {
    ...work.takenOver('opportunity', work.carried('lead', lead)),
    name: name ?? lead.companyName ?? lead.name,
    customerId,
    contacts: contactId ? [{ contactId, primary: true }] : [],
    leadId: lead.id,
    campaignId: lead.campaignId ?? null,
    territoryId: lead.territoryId ?? null,
    source: lead.source ?? null,
    description: lead.interest ?? null,
    amount,
    expectedCloseOn,
    companyId: lead.companyId ?? null,
    ownerId: lead.ownerId ?? null,
    teamId: lead.teamId ?? null,
  };
}
