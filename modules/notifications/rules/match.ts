import type { NotificationRule } from '#metadata/records.gen.ts';
import { isRecord } from '#platform/kernel/is-record.ts';
import { plainText } from '#platform/kernel/json.ts';
import type { RecordValues } from '#platform/kernel/module.ts';

/** What happened to a record: by which event, it as it is then, and of each field that changed what it was and is. A new one has changed from nothing. */
export type Happening = { readonly type: string; readonly isNew: boolean; readonly record: RecordValues; readonly changed: RecordValues };

/** Whether a rule is about this. A field that becomes empty is no news, unless that is what the rule waits for. */
export function isAbout({ when, event, field, becomes }: NotificationRule, { type, isNew, record, changed }: Happening): boolean {
  if (when === 'event') return event === type;
  if (when === 'created') return isNew;
  if (when !== 'changed' || !field) return false;
  const change = changed[field];
  if (!isNew && !isRecord(change)) return false;
  const now = isRecord(change) ? change['new'] : record[field];
  const isEmpty = now === null || now === undefined || now === '';
  return becomes ? plainText(now) === becomes : !isEmpty;
}
