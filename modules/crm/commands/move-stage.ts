import type { Opportunity, Stage } from '#metadata/records.gen.ts';
import { defineCommand, type Work } from '#platform/kernel/module.ts';
import { opportunityStageChanged } from '../events.ts';
import { placedIn } from '../rules/stages.ts';
import { close, todayOf } from './close-opportunity.ts';

type Input = { stageId: string; lostReason?: Opportunity['lostReason']; lostNotes?: string };

/** Moves an opportunity to another stage, of another pipeline too; its probability is that stage's. A stage that means won or lost closes it. */
export const moveStage = defineCommand<Opportunity, Input>({
  object: 'opportunity',
  name: 'moveStage',
  run: async (work, opportunity, { stageId, ...why }) => {
    const stage = await work.lock<Stage>('stage', stageId);
    if (stage.id === opportunity.stageId) return undefined;
    await tell(work, opportunity, stage);
    if (stage.kind !== 'open') {
      const ending = { outcome: stage.kind, closedOn: todayOf(work, opportunity), ...why };
      return { values: await close(work, opportunity, ending, stage) };
    }
    return { values: { ...placedIn(stage, work.now), stageSince: work.now } };
  },
});

function tell(work: Work, opportunity: Opportunity, stage: Stage): Promise<void> {
  return work.emit(opportunityStageChanged, `opportunity/${opportunity.id}`, {
    opportunityId: opportunity.id,
    fromStageId: opportunity.stageId ?? null,
    toStageId: stage.id,
    probability: stage.probability,
  });
}
