import type { Database, Transaction } from '#platform/data/database.ts';
import type { PlatformEvent } from '#platform/kernel/event.ts';
import type { Outcome } from './consumer.ts';
import type { Slots } from './slots.ts';

/** What events of several subjects do in the consumer's database, all in one transaction. Never two of one subject out of their order. */
export type SharedEffect = (transaction: Transaction, events: readonly PlatformEvent[]) => Promise<void>;

/** Events that arrive together are handled together: an import makes thousands, and a transaction for each costs more than what it does. */
export type Gathering = {
  /** What came of the event; null when the events that it went with failed, and nothing has happened. */
  readonly take: (consumer: string, event: PlatformEvent, effect: SharedEffect) => Promise<Outcome | null>;
};

type GatheringOptions = {
  readonly database: Database;
  readonly wake: () => void;
  readonly ready: (event: PlatformEvent) => Promise<void>;
  readonly slots: Slots;
  readonly onProblem: (error: unknown) => void;
};

type Waiting = { readonly event: PlatformEvent; readonly effect: SharedEffect; readonly settle: (outcome: Outcome | null) => void };

/** Events in one transaction: it is to be short. */
const MOST = 1_000;

/** Gathers the events of each consumer while the ones before are being handled. */
export function openGathering(options: GatheringOptions): Gathering {
  const queues = new Map<string, Waiting[]>();
  const serve = async (consumer: string, queue: Waiting[]): Promise<void> => {
    // What is handed over in one go is there after this turn.
    await new Promise(setImmediate);
    while (queue.length > 0) {
      const batch = queue.splice(0, MOST);
      const outcomes = await carryOut(options, consumer, batch).catch((error: unknown) => {
        options.onProblem(error);
        return null;
      });
      for (const [at, { settle }] of batch.entries()) settle(outcomes?.[at] ?? null);
    }
    queues.delete(consumer);
  };
  return Object.freeze({
    take: (consumer: string, event: PlatformEvent, effect: SharedEffect) =>
      new Promise<Outcome | null>((settle) => {
        const known = queues.get(consumer);
        const queue = known ?? [];
        queue.push({ event, effect, settle });
        if (known) return;
        queues.set(consumer, queue);
        void serve(consumer, queue);
      }),
  });
}

async function carryOut(options: GatheringOptions, consumer: string, batch: readonly Waiting[]): Promise<readonly Outcome[]> {
  const { database, ready, slots, wake } = options;
  const [first] = batch;
  if (!first) return [];
  const newest = batch.reduce((one, { event }) => (event.metadataversion > one.metadataversion ? event : one), first.event);
  await ready(newest);
  const fresh = await slots.run(() =>
    database.transaction(async (transaction) => {
      const rows = await transaction.query({
        text: 'insert into platform.inbox (consumer, event_id) select $1, * from unnest($2::uuid[]) on conflict do nothing returning event_id',
        values: [consumer, batch.map(({ event }) => event.id)],
        name: 'inbox_many',
      });
      const ids = new Set(rows.map(([id]) => id));
      const events = new Map(batch.map(({ event }) => [event.id, event]));
      await first.effect(
        transaction,
        [...events.values()].filter(({ id }) => ids.has(id)),
      );
      return ids;
    }),
  );
  if (fresh.size > 0) wake();
  return batch.map(({ event }): Outcome => (fresh.delete(event.id) ? 'done' : 'duplicate'));
}
