import type { Stage } from '#metadata/records.gen.ts';
import { addDays } from '#platform/kernel/dates.ts';
import { Refusal } from '#platform/kernel/errors.ts';

/** What an opportunity takes over from the stage that it is in. */
export type Placed = {
  readonly stageId: string;
  readonly pipelineId: string;
  readonly probability: string;
  readonly rotsOn: string | null;
};

/** Where an opportunity stands in a stage since an instant. */
export function placedIn(stage: Stage, since: string): Placed {
  const { id, pipelineId, probability } = stage;
  return { stageId: id, pipelineId, probability, rotsOn: rotsOn(stage, since) };
}

/** The day from which an opportunity has been in a stage for too long; null where that is never so. Days are those of UTC. */
export function rotsOn({ rotsAfterDays }: Pick<Stage, 'rotsAfterDays'>, since: string): string | null {
  return rotsAfterDays ? addDays(since.slice(0, 10), rotsAfterDays) : null;
}

/** The first stage of a pipeline that is open, of its stages in their order. Refuses (`wrong_state`) where there is none. */
export function firstOpen(stages: readonly Stage[]): Stage {
  const first = stages.find(({ kind }) => kind === 'open');
  if (first) return first;
  throw new Refusal('wrong_state', {
    en: 'The pipeline has no open stage yet. Add one to it first.',
    de: 'Die Pipeline hat noch keine offene Phase. Legen Sie zuerst eine an.',
  });
}
