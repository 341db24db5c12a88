import { defineEvent, type CarriedValues } from '#platform/kernel/module.ts';

const ID = { type: 'string', format: 'uuid' } as const;
const TEXT = { type: 'string' } as const;
const TEXT_OR_NONE = { type: ['string', 'null'] } as const;

/** An opportunity has gone on, or back. `probability` is in points, a decimal string. */
export const opportunityStageChanged = defineEvent<{
  opportunityId: string;
  fromStageId: string | null;
  toStageId: string;
  probability: string;
}>('crm', 'OpportunityStageChanged', {
  type: 'object',
  properties: { opportunityId: ID, fromStageId: TEXT_OR_NONE, toStageId: ID, probability: TEXT },
  required: ['opportunityId', 'fromStageId', 'toStageId', 'probability'],
  additionalProperties: false,
});

/** How an opportunity ended, and what it brings: the decimal string `amount` in `currency`, of a lost one what it would have brought. */
export type OpportunityClosed = {
  readonly opportunityId: string;
  readonly outcome: 'won' | 'lost';
  /** The day, in the zone of the company. */
  readonly closedOn: string;
  readonly customerId: string;
  readonly amount: string | null;
  readonly currency: string;
  readonly lostReason: string | null;
};

/** An opportunity was won or lost. */
export const opportunityClosed = defineEvent<OpportunityClosed>('crm', 'OpportunityClosed', {
  type: 'object',
  properties: {
    opportunityId: ID,
    outcome: { enum: ['won', 'lost'] },
    closedOn: { type: 'string', format: 'date' },
    customerId: ID,
    amount: TEXT_OR_NONE,
    currency: TEXT,
    lostReason: TEXT_OR_NONE,
  },
  required: ['opportunityId', 'outcome', 'closedOn', 'customerId', 'amount', 'currency', 'lostReason'],
  additionalProperties: false,
});

/** An opportunity that was won or lost is worked on again. */
export const opportunityReopened = defineEvent<{ opportunityId: string; stageId: string | null }>('crm', 'OpportunityReopened', {
  type: 'object',
  properties: { opportunityId: ID, stageId: TEXT_OR_NONE },
  required: ['opportunityId', 'stageId'],
  additionalProperties: false,
});

/** A task is done. `assigneeId` is whose it was, `completedById` who did it; a person or nobody. */
export const taskCompleted = defineEvent<{
  taskId: string;
  name: string;
  assigneeId: string | null;
  completedById: string | null;
}>('crm', 'TaskCompleted', {
  type: 'object',
  properties: { taskId: ID, name: TEXT, assigneeId: TEXT_OR_NONE, completedById: TEXT_OR_NONE },
  required: ['taskId', 'name', 'assigneeId', 'completedById'],
  additionalProperties: false,
});

/** A lead is worth a salesperson's time. */
export const leadQualified = defineEvent<{ leadId: string }>('crm', 'LeadQualified', {
  type: 'object',
  properties: { leadId: ID },
  required: ['leadId'],
  additionalProperties: false,
});

/** Nothing will come of a lead; `reason` is an option of its field. */
export const leadDisqualified = defineEvent<{ leadId: string; reason: string }>('crm', 'LeadDisqualified', {
  type: 'object',
  properties: { leadId: ID, reason: TEXT },
  required: ['leadId', 'reason'],
  additionalProperties: false,
});

/** A lead has become a customer, who may have been there already, with a contact and an opportunity as far as there are any. */
export const leadConverted = defineEvent<{
  leadId: string;
  customerId: string;
  contactId: string | null;
  opportunityId: string | null;
  isNewCustomer: boolean;
}>('crm', 'LeadConverted', {
  type: 'object',
  properties: {
    leadId: ID,
    customerId: ID,
    contactId: TEXT_OR_NONE,
    opportunityId: TEXT_OR_NONE,
    isNewCustomer: { type: 'boolean' },
  },
  required: ['leadId', 'customerId', 'contactId', 'opportunityId', 'isNewCustomer'],
  additionalProperties: false,
});

/** One lead stands for two from now on; the id of the other leads to it. */
export const leadsMerged = defineEvent<{ survivorId: string; mergedId: string }>('crm', 'LeadsMerged', {
  type: 'object',
  properties: { survivorId: ID, mergedId: ID },
  required: ['survivorId', 'mergedId'],
  additionalProperties: false,
});

/** A line of an opportunity as the offer takes it over. Decimals are strings; without a price the offer's lists and rules say it. */
export type RequestedLine = {
  readonly productId: string | null;
  readonly description: string | null;
  readonly quantity: string;
  readonly unit: string | null;
  readonly unitPrice: string | null;
  readonly discountPercent: string | null;
  readonly custom: CarriedValues;
};

/** An opportunity is to be offered, by an offer that has the id `offerId`. */
export const offerRequested = defineEvent<{
  opportunityId: string;
  offerId: string;
  companyId: string | null;
  ownerId: string | null;
  customerId: string;
  contactId: string | null;
  campaignId: string | null;
  subject: string;
  currency: string;
  custom: CarriedValues;
  lines: readonly RequestedLine[];
}>('crm', 'OfferRequested', {
  type: 'object',
  properties: {
    opportunityId: ID,
    offerId: ID,
    companyId: TEXT_OR_NONE,
    ownerId: TEXT_OR_NONE,
    customerId: ID,
    contactId: TEXT_OR_NONE,
    campaignId: TEXT_OR_NONE,
    subject: TEXT,
    currency: TEXT,
    custom: { type: 'object' },
    lines: { type: 'array', items: { type: 'object' } },
  },
  required: ['opportunityId', 'offerId', 'customerId', 'subject', 'currency', 'lines'],
  additionalProperties: false,
});

/** A task is due, or asked to remind of it; `assigneeId` is whose it is, a person or nobody. */
export const taskDue = defineEvent<{ taskId: string; name: string; dueAt: string; assigneeId: string | null }>('crm', 'TaskDue', {
  type: 'object',
  properties: { taskId: ID, name: TEXT, dueAt: { type: 'string', format: 'date-time' }, assigneeId: TEXT_OR_NONE },
  required: ['taskId', 'name', 'dueAt', 'assigneeId'],
  additionalProperties: false,
});

/** A lead or an opportunity was given to a person, by a rule. */
export const assigned = defineEvent<{ object: string; id: string; userId: string; ruleId: string }>('crm', 'Assigned', {
  type: 'object',
  properties: { object: TEXT, id: ID, userId: ID, ruleId: ID },
  required: ['object', 'id', 'userId', 'ruleId'],
  additionalProperties: false,
});
