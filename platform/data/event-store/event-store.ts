import type { ChainPlace, EventStore } from '#platform/kernel/event-store.ts';
import type { Transaction } from '../database.ts';
import { appendEvents, forgotten, prepareMonth } from './append.ts';
import { checkEvents } from './check.ts';
import { openShadow, shadowsOf } from './shadow.ts';

/** The event store, within one transaction of the database that has it. */
export function openEventStore(transaction: Transaction): EventStore {
  return Object.freeze({
    append: (events: Parameters<EventStore['append']>[0]) => appendEvents(transaction, events),
    end: () => endOf(transaction),
    check: (after: ChainPlace, upTo: string) => checkEvents(transaction, after, upTo),
    hashesAt: (positions: readonly string[]) => hashesAt(transaction, positions),
    erase: async (record: string, names: readonly string[], until: string) => {
      await transaction.query(forgotten(record, names, until));
    },
    shadow: (id: string) => openShadow(transaction, id),
    shadows: () => shadowsOf(transaction),
    prepareMonths: async (ahead: number) => {
      const now = new Date();
      for (let month = 0; month <= ahead; month += 1)
        await transaction.query(
          prepareMonth(new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() + month, 1)).toISOString().slice(0, 10)),
        );
    },
  });
}

async function endOf({ query }: Transaction): ReturnType<EventStore['end']> {
  const text = `select h.position, encode(h.hash, 'hex'), (select max(position) from event_store.event),
      (select encode(e.previous, 'hex') from event_store.event e where e.position = h.position limit 1) from event_store.head h`;
  const [row] = await query({ text, values: [] });
  const [position, hash, highest, previous] = row ?? [];
  return { position: position ?? '0', hash: hash ?? '', previous: previous ?? '', highest: highest ?? '0' };
}

async function hashesAt({ query }: Transaction, positions: readonly string[]): Promise<ReadonlyMap<string, string>> {
  const text = `select position, encode(hash, 'hex') from event_store.event where position = any($1::bigint[])`;
  return new Map((await query({ text, values: [positions] })).map(([position, hash]) => [position ?? '', hash ?? '']));
}
