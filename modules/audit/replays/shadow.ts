import { isRecord } from '#platform/kernel/is-record.ts';
import { plainText } from '#platform/kernel/json.ts';
import type { RecordValues } from '#platform/kernel/module.ts';

/** A record as its events tell of it: the last of them, and whether it is in the recycle bin. */
type Rebuilt = { readonly version: number; readonly record: RecordValues; readonly isGone: boolean };

/** Records rebuilt from their events, beside the live ones. */
export type Shadow = Map<string, Rebuilt>;

/** Where a live record and its events part. */
export type Difference = { readonly record: string; readonly what: 'missing' | 'unknown' | 'different'; readonly fields: string };

/** Takes an event into account, in whatever order they come: of each record its newest version counts. */
export function rebuild(shadow: Shadow, { type, data }: { readonly type: string; readonly data: RecordValues }): void {
  const { record, changed } = data;
  if (!isRecord(record)) return;
  const id = plainText(record['id']);
  const version = Number(record['version']);
  const known = shadow.get(id);
  if (known && known.version > version) return;
  const deletion = isRecord(changed) ? changed['deletedAt'] : undefined;
  const isBack = isRecord(deletion) && deletion['new'] === null;
  shadow.set(id, { version, record, isGone: type.endsWith('Deleted') || (!isBack && known?.isGone === true) });
}

/**
 * How a live record differs from what its events tell; null where it does not. One that has been changed since is compared when its event has come: it is not different. The shadow lets it go.
 */
export function differenceOf(shadow: Shadow, live: RecordValues): Difference | null {
  const record = plainText(live['id']);
  const told = shadow.get(record);
  shadow.delete(record);
  if (!told || told.isGone) return { record, what: 'unknown', fields: '' };
  if (Number(live['version']) > told.version) return null;
  const fields = Object.keys(live).filter((name) => name in told.record && !isSame(live[name], told.record[name]));
  return fields.length === 0 ? null : { record, what: 'different', fields: fields.join(', ') };
}

/** What is left of the shadow when all live records are compared. */
export function missingOf(shadow: Shadow): readonly Difference[] {
  return [...shadow].filter(([, { isGone }]) => !isGone).map(([record]) => ({ record, what: 'missing', fields: '' }));
}

function isSame(one: unknown, other: unknown): boolean {
  return JSON.stringify(one ?? null) === JSON.stringify(other ?? null);
}
