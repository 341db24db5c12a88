import type { Told } from '#platform/kernel/event-store.ts';
import { plainText } from '#platform/kernel/json.ts';
import type { RecordValues } from '#platform/kernel/module.ts';

/** Where a live record and its events part. */
export type Difference = { readonly record: string; readonly what: 'missing' | 'unknown' | 'different'; readonly fields: string };

/** Of one range of ids: all records that are there, and all that events tell of. `youngest` is when one was made that events may not tell of yet. */
export type Range = { readonly live: readonly RecordValues[]; readonly told: readonly Told[]; readonly youngest: string };

/** Where the two part. A live record that has been changed since is compared when its event has come: it is not different. */
export function differencesIn({ live, told, youngest }: Range): readonly Difference[] {
  const tellings = new Map(told.map((one) => [one.id, one]));
  const parting = live.flatMap((record): readonly Difference[] => {
    const id = plainText(record['id']);
    const telling = tellings.get(id);
    tellings.delete(id);
    if (telling && !telling.isGone) return differenceOf(telling, record);
    const isYoung = plainText(record['createdAt']) >= youngest || Number(record['version']) > (telling?.version ?? Infinity);
    return isYoung ? [] : [{ record: id, what: 'unknown', fields: '' }];
  });
  const missing = [...tellings.values()].filter(({ isGone }) => !isGone);
  return [...parting, ...missing.map(({ id }): Difference => ({ record: id, what: 'missing', fields: '' }))];
}

function differenceOf(told: Told, live: RecordValues): readonly Difference[] {
  if (Number(live['version']) > told.version) return [];
  const fields = Object.keys(live).filter((name) => name in told.record && !isSame(live[name], told.record[name]));
  return fields.length === 0 ? [] : [{ record: told.id, what: 'different', fields: fields.join(', ') }];
}

function isSame(one: unknown, other: unknown): boolean {
  return JSON.stringify(one ?? null) === JSON.stringify(other ?? null);
}
