import type { NotificationRule } from '#metadata/records.gen.ts';
import type { PlatformEvent } from '#platform/kernel/event.ts';
import { onMany, type Reaction, type RecordValues, type Work } from '#platform/kernel/module.ts';
import { tell } from '../items/tell.ts';
import { meetsEventCondition } from '../rules/event-condition.ts';
import type { NamedEvent, NamedEvents } from '../rules/named-events.ts';
import { recordOfEvent } from '../rules/record-of-event.ts';
import { EVENT_ALONE } from '../rules/subjects.ts';

const RULES_MAX = 200;

/** Hears of every event with fields of its own that rules can name. What many tell at once is looked at with the rules read once. */
export function hearEvents(events: NamedEvents, publicUrl: string): readonly Reaction[] {
  return [...events.values()]
    .filter(({ schema }) => schema !== null)
    .flatMap((event) =>
      event.modules.map((module) =>
        onMany({ module, type: event.type }, `hear/${module}.${event.type}`, async (work, happened) => {
          const rules = await rulesOf(work, event);
          for (const { event: told } of rules.length > 0 ? happened : [])
            for (const rule of rules) await tellOf(work, { rule, event, publicUrl }, told);
        }),
      ),
    );
}

function rulesOf(work: Work, { type }: NamedEvent): Promise<readonly NotificationRule[]> {
  return work.query<NotificationRule>('notification_rule', {
    filter: { when: 'event', event: type, active: true },
    sort: 'createdAt',
    limit: RULES_MAX,
  });
}

type Heard = { readonly rule: NotificationRule; readonly event: NamedEvent; readonly publicUrl: string };

async function tellOf(work: Work, { rule, event, publicUrl }: Heard, told: PlatformEvent): Promise<void> {
  if (!meetsEventCondition(rule.eventCondition, { event, data: told.data, around: work.caller })) return;
  const record = await recordFor(work, rule.about, told);
  if (record) await tell(work, { rule, event: told.id, publicUrl, said: told.data }, record);
}

/** The record as its service has it now; of an event alone whose customer and company it names. */
async function recordFor(work: Work, about: NotificationRule['about'], told: PlatformEvent): Promise<RecordValues | null> {
  if (about === EVENT_ALONE) return { customerId: told.data['customerId'], companyId: told.data['companyId'] };
  const id = recordOfEvent(told, about);
  return id === null ? null : work.record(about, id);
}
