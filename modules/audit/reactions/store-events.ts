import { moduleOf } from '#platform/kernel/event.ts';
import { onMany } from '#platform/kernel/module.ts';
import { eventStored } from '../events.ts';

/** Every event of every service is stored, once. That a batch was stored is told, unless it was of such news alone: that would never end. */
export const storeEvents = onMany({ module: '*', type: '*' }, 'storeEvents', async (work, happened) => {
  const events = happened.map(({ event }) => event);
  const appended = await work.eventStore.append(events);
  const isNews = events.some((event) => event.type !== eventStored.type || moduleOf(event) !== eventStored.module);
  if (appended && isNews) await work.emit(eventStored, `event-store/${appended.last}`, appended);
});
