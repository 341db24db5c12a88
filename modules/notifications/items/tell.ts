import type { NotificationRule } from '#metadata/records.gen.ts';
import { plainText } from '#platform/kernel/json.ts';
import type { RecordValues, Work } from '#platform/kernel/module.ts';
import { EVENT_ALONE } from '../rules/subjects.ts';
import { aroundOf } from './around.ts';
import { queueMessage } from './queue-message.ts';
import { recipientsOf } from './recipients.ts';

/** A rule, what it tells of, and where people reach the installation. */
type Cause = {
  readonly rule: NotificationRule;
  readonly event: string;
  readonly publicUrl: string;
  /** What an event says that the rule names. */
  readonly said?: RecordValues | null;
};

/** Tells everybody whom a rule names of a record that meets its condition. A condition on a field that is no longer there is not met. */
export async function tell(work: Work, { rule, event, publicUrl, said = null }: Cause, record: RecordValues): Promise<void> {
  if (rule.condition && work.meets(rule.about, record, rule.condition) !== true) return;
  const around = await aroundOf(work, rule.about, record);
  const link = rule.about === EVENT_ALONE ? publicUrl : `${publicUrl}/o/${rule.about}/${plainText(record['id'])}`;
  for (const recipient of await recipientsOf(work, rule, around)) await queueMessage(work, { rule, event, around, link, said }, recipient);
}
