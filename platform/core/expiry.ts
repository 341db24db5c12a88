import { CHANGES_MAX, type LocatedChange } from './change.ts';
import type { CoreState } from './state.ts';

const KEPT_DAYS = 30;
const DAY_MS = 86_400_000;

/** The changes that drop custom fields and objects retired 30 days ago, as many as fit into one version; and the instant that counts. */
export function expiredChanges(state: CoreState, now: Date): { changes: readonly LocatedChange[]; limit: string } {
  const limit = new Date(now.getTime() - KEPT_DAYS * DAY_MS).toISOString();
  const isOver = (one: { readonly state: string; readonly retiredAt?: string }) =>
    one.state === 'retired' && one.retiredAt !== undefined && one.retiredAt < limit;
  const objects = state.objects.filter((object) => object.custom === true && isOver(object));
  const going = new Set(objects.map((object) => object.name));
  const roots = objects.filter((object) => object.parent === undefined || !going.has(object.parent));
  const fields = state.objects
    .filter((object) => !objects.includes(object))
    .flatMap((object) => object.fields.filter((field) => field.custom === true && isOver(field)).map((field) => ({ object, field })));
  const changes: readonly LocatedChange[] = [
    ...roots.map((object) => ({ change: { kind: 'dropObject', object: object.id } as const, pointer: '' })),
    ...fields.map(({ object, field }) => ({
      change: { kind: 'dropField', object: object.id, field: field.id } as const,
      pointer: '',
    })),
  ];
  return { changes: changes.slice(0, CHANGES_MAX), limit };
}
