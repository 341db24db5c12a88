import type { PlatformEvent } from '#platform/kernel/event.ts';
import { isRecord } from '#platform/kernel/is-record.ts';

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;
const MOST = 16;

/** What nearly every record belongs to says nothing of what it is about. */
const COMMON: ReadonlySet<string> = new Set(['companyId', 'ownerId', 'teamId']);

/** The record that an event is about: `offer/<id>`; null for another subject. */
export function recordOf({ subject }: Pick<PlatformEvent, 'subject'>): { readonly object: string; readonly id: string } | null {
  const [object = '', id = '', ...rest] = subject.split('/');
  return object !== '' && rest.length === 0 && UUID.test(id) ? { object, id } : null;
}

/**
 * Ids of other records that an event names, such as the order of an invoice: so that what happened in other services is found from that order.
 * They are values of its data, or of the record in them, that are called by an id.
 */
export function mentionsOf(event: Pick<PlatformEvent, 'subject' | 'data'>): readonly string[] {
  const about = recordOf(event)?.id;
  const { record } = event.data;
  const named = [event.data, ...(isRecord(record) ? [record] : [])].flatMap((values) =>
    Object.entries(values).flatMap(([name, value]) =>
      typeof value === 'string' && name.endsWith('Id') && !COMMON.has(name) && UUID.test(value) && value !== about ? [value] : [],
    ),
  );
  return [...new Set(named)].slice(0, MOST);
}
