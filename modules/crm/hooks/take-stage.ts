import type { Opportunity, Pipeline, Stage } from '#metadata/records.gen.ts';
import { faultAt, invalidValues, Refusal } from '#platform/kernel/errors.ts';
import { defineHook, type Need } from '#platform/kernel/module.ts';
import { firstOpen, placedIn } from '../rules/stages.ts';

type Facts = { stage?: readonly Stage[]; pipelines?: readonly Pipeline[]; stages?: readonly Stage[] };

/** More than one pipeline has. */
const STAGES_MAX = 100;

/** A new opportunity stands in the stage that it names, else in the first open one of its pipeline or of the standard one, with that stage's probability. */
export const takeStage = defineHook<Opportunity, Facts>({
  object: 'opportunity',
  name: 'takeStage',
  needs: (draft, before): { readonly [fact: string]: Need } => {
    if (before !== null) return {};
    if (draft.stageId) return { stage: { object: 'stage', filter: { id: draft.stageId }, limit: 1 } };
    if (draft.pipelineId) return {};
    return { pipelines: { object: 'pipeline', sort: '-standard,createdAt', limit: 1 } };
  },
  needsMore: (draft, { pipelines = [] }, before): { readonly [fact: string]: Need } => {
    const pipelineId = draft.pipelineId ?? pipelines[0]?.id;
    if (before !== null || draft.stageId || !pipelineId) return {};
    return { stages: { object: 'stage', filter: { pipelineId }, sort: 'order', limit: STAGES_MAX } };
  },
  derive: (draft, facts, before) => {
    if (before !== null || !draft.stageSince) return {};
    const stage = facts.stage?.[0] ?? firstOpen(stagesOf(facts));
    refuseClosed(draft, stage);
    const placed = placedIn(stage, draft.stageSince);
    return { ...placed, probability: draft.probability ?? placed.probability };
  },
});

function stagesOf({ stages }: Facts): readonly Stage[] {
  if (stages) return stages;
  throw new Refusal('wrong_state', {
    en: 'There is no pipeline yet. Add one, with its stages.',
    de: 'Es gibt noch keine Pipeline. Legen Sie eine an, mit ihren Phasen.',
  });
}

function refuseClosed(draft: Opportunity, stage: Stage): void {
  const isElsewhere = draft.pipelineId && draft.pipelineId !== stage.pipelineId;
  if (stage.kind === 'open' && !isElsewhere) return;
  const at = { pointer: '/stageId', field: 'stageId', rule: isElsewhere ? 'ownStage' : 'openStage' };
  throw invalidValues([
    faultAt(
      at,
      isElsewhere
        ? { en: `${stage.name} is no stage of this pipeline.`, de: `${stage.name} ist keine Phase dieser Pipeline.` }
        : {
            en: `A new opportunity is open, and ${stage.name} is not. Win or lose it by a command.`,
            de: `Eine neue Verkaufschance ist offen, ${stage.name} ist es nicht. Gewonnen oder verloren wird sie durch einen Befehl.`,
          },
    ),
  ]);
}
