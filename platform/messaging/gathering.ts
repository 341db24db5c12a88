import type { Database, Transaction } from '#platform/data/database.ts';
import type { PlatformEvent } from '#platform/kernel/event.ts';
import type { Outcome } from './consumer.ts';
import type { Slots } from './slots.ts';

/** What events of several subjects do in the consumer's database, all in one transaction. Never two of one subject out of their order. */
export type SharedEffect = (transaction: Transaction, events: readonly PlatformEvent[]) => Promise<void>;

/** Events that arrive together are handled together: an import makes thousands, and a transaction for each costs more than what it does. */
export type Gathering = {
  /** What came of the events; null when they, or others that they went with, failed, and nothing has happened. */
  readonly take: (consumer: string, events: readonly PlatformEvent[], effect: SharedEffect) => Promise<readonly Outcome[] | null>;
};

type GatheringOptions = {
  readonly database: Database;
  readonly wake: () => void;
  readonly ready: (event: PlatformEvent) => Promise<void>;
  readonly slots: Slots;
  /** Where many events go, of all services of this process: others than these are waited for by people. */
  readonly bulk: Slots;
  readonly onProblem: (error: unknown) => void;
};

type Waiting = {
  readonly events: readonly PlatformEvent[];
  readonly effect: SharedEffect;
  readonly settle: (outcomes: readonly Outcome[] | null) => void;
};

/** Events in one transaction, unless more come in one go: it is to be short. */
const MOST = 1_000;

/** So many at once come of an import, or are made up for: nobody waits for one of them. */
const MANY = 100;

/** Gathers the events of each consumer while the ones before are being handled. */
export function openGathering(options: GatheringOptions): Gathering {
  const queues = new Map<string, Waiting[]>();
  const serve = async (consumer: string, queue: Waiting[]): Promise<void> => {
    // What is handed over in one go is there after this turn.
    await new Promise(setImmediate);
    while (queue.length > 0) {
      const batch = queue.splice(0, fitting(queue));
      const outcomes = await carryOut(options, consumer, batch).catch((error: unknown) => {
        options.onProblem(error);
        return null;
      });
      for (const { events, settle } of batch) settle(outcomes && outcomes.splice(0, events.length));
    }
    queues.delete(consumer);
  };
  return Object.freeze({
    take: (consumer: string, events: readonly PlatformEvent[], effect: SharedEffect) =>
      new Promise<readonly Outcome[] | null>((settle) => {
        const known = queues.get(consumer);
        const queue = known ?? [];
        queue.push({ events, effect, settle });
        if (known) return;
        queues.set(consumer, queue);
        void serve(consumer, queue);
      }),
  });
}

/** How many of those that wait go into one transaction. */
function fitting(queue: readonly Waiting[]): number {
  let events = 0;
  const over = queue.findIndex((waiting) => (events += waiting.events.length) > MOST);
  return over < 0 ? queue.length : Math.max(1, over);
}

async function carryOut(options: GatheringOptions, consumer: string, waiting: readonly Waiting[]): Promise<Outcome[]> {
  const batch = waiting.flatMap(({ events }) => events);
  const { database, ready, slots, wake } = options;
  const [effect] = waiting.map((one) => one.effect);
  const [first] = batch;
  if (!first || !effect) return [];
  const newest = batch.reduce((one, event) => (event.metadataversion > one.metadataversion ? event : one), first);
  await ready(newest);
  const repeated = await (batch.length >= MANY ? options.bulk : slots).run(() =>
    database.transaction(async (transaction) => {
      const known = await enterInbox(transaction, consumer, batch);
      const events = new Map(batch.flatMap((event) => (known.has(event.id) ? [] : [[event.id, event]])));
      await effect(transaction, [...events.values()]);
      return known;
    }),
  );
  if (repeated.size < batch.length) wake();
  // One that came twice in the batch was done once.
  return batch.map(({ id }): Outcome => {
    const isRepeated = repeated.has(id);
    repeated.add(id);
    return isRepeated ? 'duplicate' : 'done';
  });
}

/** Ids of those events that the inbox had: as a rule none, so that the many others need not come back. */
async function enterInbox(transaction: Transaction, consumer: string, events: readonly PlatformEvent[]): Promise<Set<string>> {
  const rows = await transaction.query({ text: ENTER, values: [consumer, events.map(({ id }) => id)], name: 'inbox_many' });
  return new Set(rows.flatMap(([id]) => id ?? []));
}

const ENTER = `with given as materialized (select distinct id from unnest($2::uuid[]) as given (id) order by id),
  fresh as (insert into platform.inbox (consumer, event_id) select $1, id from given on conflict do nothing returning event_id)
  select id from given where id not in (select event_id from fresh)`;
