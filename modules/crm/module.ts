import { defineModule } from '#platform/kernel/module.ts';
import { lose, win } from './commands/close-opportunity.ts';
import { complete, reopenTask } from './commands/complete-task.ts';
import { createOffer } from './commands/create-offer.ts';
import { convert } from './commands/convert-lead.ts';
import { disqualify, qualify, reopenLead } from './commands/judge-lead.ts';
import { mergeLeads } from './commands/merge-leads.ts';
import { moveStage } from './commands/move-stage.ts';
import { reopen } from './commands/reopen-opportunity.ts';
import {
  assigned,
  leadConverted,
  leadDisqualified,
  leadQualified,
  leadsMerged,
  offerRequested,
  opportunityClosed,
  opportunityReopened,
  opportunityStageChanged,
  taskCompleted,
  taskDue,
} from './events.ts';
import { checkTarget } from './hooks/check-target.ts';
import { deriveWorth } from './hooks/derive-worth.ts';
import { fillExchangeRate } from './hooks/fill-exchange-rate.ts';
import { fillLines } from './hooks/fill-lines.ts';
import { remindTask } from './hooks/remind-task.ts';
import { scoreLead } from './hooks/score-lead.ts';
import { takeAssignee } from './hooks/take-assignee.ts';
import { takeCustomer } from './hooks/take-customer.ts';
import { takeStage } from './hooks/take-stage.ts';
import { takeSnapshot } from './jobs/take-snapshot.ts';
import { remind } from './jobs/remind.ts';
import { assignLead, assignOpportunity } from './reactions/assign.ts';
import { awaitResponse, noteLaterResponse, noteResponse } from './reactions/await-response.ts';
import { linkOffer, winByOffer } from './reactions/follow-offer.ts';
import { layPipeline } from './reactions/lay-pipeline.ts';
import { forecast } from './reports/forecast.ts';
import { forecastAccuracy } from './reports/forecast-accuracy.ts';
import { leadLikeness } from './rules/lead-likeness.ts';

/** CRM: who may become a customer, what they may buy, and what we do about it. */
export const crm = defineModule({
  name: 'crm',
  objects: [
    'lead',
    'opportunity',
    'opportunity_line',
    'opportunity_contact',
    'pipeline',
    'stage',
    'competitor',
    'activity',
    'task',
    'campaign',
    'sales_target',
    'assignment_rule',
    'response_policy',
    'forecast_snapshot',
  ],
  hooks: [scoreLead, takeCustomer, takeStage, fillLines, fillExchangeRate, deriveWorth, takeAssignee, remindTask, checkTarget],
  commands: [qualify, convert, disqualify, reopenLead, mergeLeads, moveStage, createOffer, win, lose, reopen, complete, reopenTask],
  events: [
    leadQualified,
    leadDisqualified,
    leadConverted,
    leadsMerged,
    offerRequested,
    opportunityStageChanged,
    opportunityClosed,
    opportunityReopened,
    taskCompleted,
    taskDue,
    assigned,
  ],
  reactions: [layPipeline, linkOffer, winByOffer, assignLead, assignOpportunity, awaitResponse, noteResponse, noteLaterResponse],
  jobs: [remind, takeSnapshot],
  reports: [forecast, forecastAccuracy],
  likeness: [leadLikeness],
});
