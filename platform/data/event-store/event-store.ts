import type { EventStore } from '#platform/kernel/event-store.ts';
import type { Transaction } from '../database.ts';
import { appendEvents, prepareMonth } from './append.ts';

/** The event store, within one transaction of the database that has it. */
export function openEventStore(transaction: Transaction): EventStore {
  return Object.freeze({
    append: (events: Parameters<EventStore['append']>[0]) => appendEvents(transaction, events),
    prepareMonths: async (ahead: number) => {
      const now = new Date();
      for (let month = 0; month <= ahead; month += 1)
        await transaction.query(
          prepareMonth(new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() + month, 1)).toISOString().slice(0, 10)),
        );
    },
  });
}
