import type { NotificationRule } from '#metadata/records.gen.ts';
import { faultAt, type FieldError } from '#platform/kernel/errors.ts';
import { eventConditionFault } from './event-condition.ts';
import { unknownEvent, type NamedEvent, type NamedEvents } from './named-events.ts';
import { canHaveRecord } from './record-of-event.ts';
import { EVENT_ALONE, subjects } from './subjects.ts';

/** What is wrong with what a rule says of an event: its name, whose record it would be, and what is asked of its fields. */
export function eventFaults(rule: NotificationRule, events: NamedEvents): readonly FieldError[] {
  const { when, about, event: name, condition, eventCondition } = rule;
  if (when !== 'event') return about === EVENT_ALONE ? [faultAt({ pointer: '/when', field: 'when', rule: 'event' }, NO_RECORD)] : [];
  if (!name) return [];
  const event = events.get(name);
  if (!event) return [faultAt({ pointer: '/event', field: 'event', rule: 'unknown' }, unknownEvent(name, events))];
  const fault = eventCondition ? eventConditionFault(eventCondition, event) : null;
  return [
    ...aboutFaults(about, event),
    ...(about === EVENT_ALONE && condition ? [faultAt({ pointer: '/condition', field: 'condition', rule: 'event' }, NO_FIELDS)] : []),
    ...(fault ? [faultAt({ pointer: '/eventCondition', field: 'eventCondition', rule: 'condition' }, fault)] : []),
  ];
}

function aboutFaults(about: NotificationRule['about'], event: NamedEvent): readonly FieldError[] {
  const canBeAlone = event.schema !== null;
  if (about === EVENT_ALONE ? canBeAlone : canHaveRecord(event, about)) return [];
  const others = [...subjects().filter((one) => canHaveRecord(event, one)), ...(canBeAlone ? [EVENT_ALONE] : [])].join(', ');
  return [
    faultAt(
      { pointer: '/about', field: 'about', rule: 'event' },
      {
        en: `${event.type} has no such record. Possible: ${others}.`,
        de: `${event.type} hat keinen solchen Datensatz. Möglich: ${others}.`,
      },
    ),
  ];
}

const NO_RECORD = {
  en: 'A rule about the event alone is told when an event happens: it has no record that is made, changes or comes to a day.',
  de: 'Eine Regel nur über das Ereignis gilt, wenn ein Ereignis eintritt: Sie hat keinen Datensatz, der entsteht, sich ändert oder einen Tag erreicht.',
} as const;

const NO_FIELDS = {
  en: 'The event alone has no record to ask: put the condition on fields of the event.',
  de: 'Nur das Ereignis hat keinen Datensatz, der gefragt werden könnte: Die Bedingung gehört an Felder des Ereignisses.',
} as const;
