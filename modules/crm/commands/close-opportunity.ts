import type { Opportunity, Stage } from '#metadata/records.gen.ts';
import { defineCommand, type Work } from '#platform/kernel/module.ts';
import { currencyOf } from '#platform/kernel/money/currency.ts';
import { opportunityClosed, type OpportunityClosed } from '../events.ts';
import { broughtBy, checkEnding, closedValues, type Ending } from '../rules/closing.ts';

type WinInput = { closedOn?: string; wonAmount?: string };
type LoseInput = { lostReason: Opportunity['lostReason']; lostToId?: string; lostNotes?: string; closedOn?: string };

/** The business is ours: it counts with what it really brings, from that day on. */
export const win = defineCommand<Opportunity, WinInput>({
  object: 'opportunity',
  name: 'win',
  run: async (work, opportunity, { closedOn = todayOf(work, opportunity), wonAmount }) => ({
    values: await close(work, opportunity, { outcome: 'won', closedOn, wonAmount }),
  }),
});

/** The business is not ours, for a reason; from now on it counts in no forecast. */
export const lose = defineCommand<Opportunity, LoseInput>({
  object: 'opportunity',
  name: 'lose',
  run: async (work, opportunity, { closedOn = todayOf(work, opportunity), ...input }) => ({
    values: await close(work, opportunity, { outcome: 'lost', closedOn, ...input }),
  }),
});

/** The day on which something happens to an opportunity, in the zone of its company. */
export function todayOf(work: Work, opportunity: Opportunity): string {
  return work.today(opportunity.companyId ?? undefined);
}

/** Tells that an opportunity is closed, and answers what it says then. It stands in the pipeline's stage for that, where there is one. */
export async function close(work: Work, opportunity: Opportunity, ending: Ending, into?: Stage): Promise<Partial<Opportunity>> {
  checkEnding(ending, todayOf(work, opportunity));
  const filter = { pipelineId: opportunity.pipelineId, kind: ending.outcome };
  const [stage] = into ? [into] : await work.query<Stage>('stage', { filter, sort: 'order', limit: 1 });
  await work.emit(opportunityClosed, `opportunity/${opportunity.id}`, closedEvent(opportunity, ending));
  return {
    ...closedValues(opportunity, ending),
    ...(stage ? { stageId: stage.id, pipelineId: stage.pipelineId, stageSince: work.now } : {}),
  };
}

function closedEvent(opportunity: Opportunity, ending: Ending): OpportunityClosed {
  return {
    opportunityId: opportunity.id,
    outcome: ending.outcome,
    closedOn: ending.closedOn,
    customerId: opportunity.customerId,
    amount: broughtBy(opportunity, ending),
    currency: currencyOf(opportunity),
    lostReason: ending.outcome === 'lost' ? (ending.lostReason ?? null) : null,
  };
}
