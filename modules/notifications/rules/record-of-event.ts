import type { PlatformEvent } from '#platform/kernel/event.ts';
import { plainText } from '#platform/kernel/json.ts';
import { isUuid } from '#platform/kernel/uuid.ts';
import { fieldsOfEvent, type NamedEvent } from './named-events.ts';
import { SUBJECTS, type Subject } from './subjects.ts';

/** The id of the record of an object that an event is about, or else names; null where it has none. */
export function recordOfEvent({ subject, data }: Pick<PlatformEvent, 'subject' | 'data'>, about: Subject): string | null {
  const [object, ...rest] = subject.split('/');
  const id = object === about ? rest.join('/') : plainText(data[SUBJECTS[about].id]);
  return isUuid(id) ? id : null;
}

/** Whether such an event can have a record of this object: it is called after it, names one by its id, or says of which record it is. */
export function canHaveRecord(event: NamedEvent, about: Subject): boolean {
  const fields = fieldsOfEvent(event);
  return event.type.startsWith(SUBJECTS[about].event) || fields.has(SUBJECTS[about].id) || (fields.has('object') && fields.has('id'));
}
