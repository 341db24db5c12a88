import { defineEvent } from '#platform/kernel/module.ts';

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
