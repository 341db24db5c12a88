import type { ObjectDefinition } from '#platform/kernel/model.ts';
import { put, type Draft } from './draft.ts';
import { draftOf, outcomeOf, type Plan, type PlanContext } from './plan.ts';
import type { CoreState } from './state.ts';
import { changeOver } from './steps/retype.ts';

/** The kind of the version in which a field becomes what it was to be. */
export const CHANGED_OVER = 'changedOver';

/** Which field changes over, by id, and the job that has carried its values over. */
export type ChangeOver = { readonly object: string; readonly field: string; readonly job: string };

/** The version that makes a field what it is to be. */
export function planChangeOver(state: CoreState, change: ChangeOver, context: PlanContext): Plan {
  const draft = draftOf(state, context);
  const { summary, facts, object } = changeOver(draft, change);
  const subjects = object === undefined ? [] : [object];
  return planOf(draft, { kind: CHANGED_OVER, summary, changes: [{ kind: CHANGED_OVER, ...change }], facts, subjects });
}

/** Whether a field keeps what it was before its type was changed longer than is kept. */
export function hasExpiredFormer(object: ObjectDefinition, limit: string): boolean {
  return object.fields.some((field) => field.former !== undefined && field.former.at < limit);
}

/** The version in which fields forget what they were before their type was changed; their former values go with it. */
export function planForgetting(state: CoreState, limit: string, context: PlanContext): Plan {
  const draft = draftOf(state, context);
  const objects = state.objects.filter((object) => hasExpiredFormer(object, limit));
  for (const object of objects)
    put(draft, {
      ...object,
      fields: object.fields.map(({ former, ...field }) => (former === undefined || former.at < limit ? field : { ...field, former })),
    });
  return planOf(draft, {
    kind: 'forgetFormer',
    summary: { en: 'Former types of fields forgotten', de: 'Frühere Typen von Feldern vergessen' },
    changes: [{ kind: 'forgetFormer' }],
    facts: [],
    subjects: objects.map((object) => object.id),
  });
}

function planOf(draft: Draft, plan: Omit<Plan, 'objects' | 'lists' | 'fits'>): Plan {
  return { ...plan, ...outcomeOf(draft), fits: [] };
}
