import type { Opportunity, Stage } from '#metadata/records.gen.ts';
import { defineCommand } from '#platform/kernel/module.ts';
import { opportunityReopened } from '../events.ts';
import { placedIn } from '../rules/stages.ts';

/** Works on an opportunity again: in the last open stage of its pipeline. What its end said is no longer so. */
export const reopen = defineCommand<Opportunity, Record<string, never>>({
  object: 'opportunity',
  name: 'reopen',
  run: async (work, opportunity) => {
    const filter = { pipelineId: opportunity.pipelineId, kind: 'open' };
    const [stage] = await work.query<Stage>('stage', { filter, sort: '-order', limit: 1 });
    await work.emit(opportunityReopened, `opportunity/${opportunity.id}`, { opportunityId: opportunity.id, stageId: stage?.id ?? null });
    const ended = { closedOn: null, wonAmount: null, lostReason: null, lostToId: null, lostNotes: null };
    return { values: { ...ended, ...(stage ? { ...placedIn(stage, work.now), stageSince: work.now } : {}) } };
  },
});
