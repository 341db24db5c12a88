import type { NotificationRule } from '#metadata/records.gen.ts';
import { isRecord } from '#platform/kernel/is-record.ts';
import type { PlatformEvent } from '#platform/kernel/event.ts';
import type { Json } from '#platform/kernel/model.ts';
import { onMany, type Reaction, type Work } from '#platform/kernel/module.ts';
import { tell } from '../items/tell.ts';
import { isAbout } from '../rules/match.ts';
import { SUBJECTS, subjects, type Subject } from '../rules/subjects.ts';

const RULES_MAX = 200;

/** What is told of a record: it, and what of it has changed. */
type Told = { readonly [key: string]: Json };

/** Hears of every record that rules can be about. What many tell at once is looked at with the rules read once. */
export function notifyOf(publicUrl: string): readonly Reaction[] {
  return subjects().flatMap((about) => {
    const { module, event } = SUBJECTS[about];
    return (['Created', 'Updated'] as const).map((verb) =>
      onMany<Told>({ module, type: `${event}${verb}` }, `notifyOf${event}${verb}`, async (work, happened) => {
        const rules = await rulesAbout(work, about);
        for (const { event: told } of rules.length > 0 ? happened : [])
          await notify(work, { rules, publicUrl, isNew: verb === 'Created' }, told);
      }),
    );
  });
}

function rulesAbout(work: Work, about: Subject): Promise<readonly NotificationRule[]> {
  const filter = { about, active: true, when: { in: ['changed', 'created', 'event'] } };
  return work.query<NotificationRule>('notification_rule', { filter, sort: 'createdAt', limit: RULES_MAX });
}

type Heard = { readonly rules: readonly NotificationRule[]; readonly publicUrl: string; readonly isNew: boolean };

async function notify(work: Work, { rules, publicUrl, isNew }: Heard, event: PlatformEvent): Promise<void> {
  const { record, changed } = event.data;
  if (!isRecord(record)) return;
  const happening = { type: event.type, isNew, record, changed: isRecord(changed) ? changed : {} };
  for (const rule of rules.filter((one) => isAbout(one, happening))) await tell(work, { rule, event: event.id, publicUrl }, record);
}
