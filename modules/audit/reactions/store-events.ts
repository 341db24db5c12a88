import { moduleOf, type PlatformEvent } from '#platform/kernel/event.ts';
import { onMany } from '#platform/kernel/module.ts';
import { eventStored } from '../events.ts';

/**
 * Every event of every service is stored, once, and each batch is told of. That news is not stored in its turn: it says nothing that the store does not, and would
 * make the store tell of itself without end.
 */
export const storeEvents = onMany({ module: '*', type: '*' }, 'storeEvents', async (work, happened) => {
  const appended = await work.eventStore.append(happened.map(({ event }) => event).filter((event) => !isOwnNews(event)));
  if (appended) await work.emit(eventStored, `event-store/${appended.last}`, appended);
});

function isOwnNews(event: PlatformEvent): boolean {
  return event.type === eventStored.type && moduleOf(event) === eventStored.module;
}
