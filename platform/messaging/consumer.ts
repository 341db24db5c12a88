import type { Database, Transaction } from '#platform/data/database.ts';
import type { PlatformEvent } from '#platform/kernel/event.ts';
import type { Delivery, Unreadable } from './bus.ts';
import { forgetStarts, layAside, layAsideUnreadable } from './dead-letter-rows.ts';
import { isNews, isTemporary } from './failure.ts';
import { openGathering, type SharedEffect } from './gathering.ts';
import { openSlots, type Slots } from './slots.ts';
import { backoff, pause } from './pause.ts';

/** What an event does in the consumer's database. It throws to take everything back; it is then tried again. */
export type Effect = (transaction: Transaction, event: PlatformEvent) => Promise<void>;

/** Where and how effects run. */
export type ConsumerOptions = {
  readonly database: Database;
  /** Called after every effect that committed: it may have written to the outbox. */
  readonly wake?: () => void;
  /** Resolves when an event can be understood, before its effect begins: the metadata it was written under are known. */
  readonly ready?: (event: PlatformEvent) => Promise<void>;
  /** The event with its data, which a large one travels without. */
  readonly whole?: (event: PlatformEvent) => Promise<PlatformEvent>;
  /** Effects at a time. */
  readonly parallel?: number;
  /** Where effects of many events at once go; that of the process, so that what one service catches up with does not hold up what people wait for in another. */
  readonly bulk?: Slots;
  /** Milliseconds to wait after each failed attempt; after one more attempt than there are waits the event is a dead letter. */
  readonly waits?: readonly number[];
  readonly onProblem?: (error: unknown) => void;
};

/** What came of a delivery. */
export type Outcome = 'done' | 'duplicate' | 'dead';

/** What waits, and how long it has been waiting. */
export type Waiting = { readonly events: number; readonly seconds: number };

/** Runs effects of events, each exactly once per consumer name. */
export type Consumers = {
  /**
   * Runs the effect of an event for one consumer, in one transaction with the inbox row that says it has been. A duplicate does
   * nothing, also while the first is still under way. An effect that fails is tried again, five times in all, and meanwhile the next
   * event of its subject may come: it may be what the effect waits for. Then the event becomes a dead letter. While the database (or what the effect needs, or the metadata under which the event
   * was written) is away the event waits, without counting attempts. Rejects only when told to stop: the event then comes again.
   */
  readonly consume: (consumer: string, event: PlatformEvent, effect: Effect, delivery?: Delivery) => Promise<Outcome>;
  /**
   * The same, together with events of other subjects that arrive at the same time, in one transaction for all of them. If that fails,
   * each goes its way alone. What was or may have been delivered before, and what is large, goes alone at once.
   */
  readonly consumeTogether: (consumer: string, event: PlatformEvent, effect: SharedEffect, delivery?: Delivery) => Promise<Outcome>;
  /** The same for events that came at once, none of which was or may have been delivered before. False when they cannot go together; nothing has happened then. */
  readonly consumeMany: (consumer: string, events: readonly PlatformEvent[], effect: SharedEffect) => Promise<boolean>;
  /** Lays aside what is no event. */
  readonly reject: (consumer: string, unreadable: Unreadable) => Promise<void>;
  /** Events that wait because something they need is away, and for how long the first of them does. */
  readonly waiting: () => Waiting;
  /** From now on what fails is not tried again but comes again. */
  readonly stop: () => void;
};

type Shared = Required<Omit<ConsumerOptions, 'parallel'>> & {
  readonly slots: Slots;
  readonly alone: Slots;
  readonly large: Slots;
  /** When each event that waits began to. */
  readonly since: Set<{ readonly at: number }>;
  readonly stop: AbortSignal;
};

/** Events of more than 256 KB in memory at a time. */
const LARGE_MOST = 2;
const WAITS: readonly number[] = [50, 250, 1_000, 3_000];
const FIRST: Delivery = { redelivered: false };

/** Opens the consumers of one service. */
export function openConsumers(options: ConsumerOptions): Consumers {
  const stop = new AbortController();
  const shared: Shared = {
    database: options.database,
    wake: options.wake ?? ignore,
    ready: options.ready ?? (() => Promise.resolve()),
    whole: options.whole ?? ((event) => Promise.resolve(event)),
    waits: options.waits ?? WAITS,
    onProblem: options.onProblem ?? ignore,
    slots: openSlots(options.parallel ?? 8),
    bulk: options.bulk ?? openSlots(1),
    alone: openSlots(1),
    large: openSlots(LARGE_MOST),
    since: new Set(),
    stop: stop.signal,
  };
  const consume: Consumers['consume'] = async (consumer, event, effect, delivery = FIRST) => {
    const task = { consumer, event, effect, counted: delivery.redelivered, giveWay: delivery.giveWay ?? ignore };
    return delivery.redelivered ? shared.alone.run(() => suspect(shared, task)) : attempt(shared, task, 0);
  };
  const gathering = openGathering(shared);
  const consumeTogether: Consumers['consumeTogether'] = async (consumer, event, effect, delivery = FIRST) => {
    const isAlone = delivery.redelivered || event.dataref !== undefined;
    const [outcome] = (isAlone ? null : await gathering.take(consumer, [event], effect)) ?? [];
    return outcome ?? consume(consumer, event, (transaction, one) => effect(transaction, [one]), delivery);
  };
  return Object.freeze({
    consume,
    consumeTogether,
    consumeMany: async (consumer: string, events: readonly PlatformEvent[], effect: SharedEffect) =>
      (await gathering.take(consumer, events, effect)) !== null,
    reject: (consumer: string, unreadable: Unreadable) => persist(shared, () => layAsideUnreadable(options.database, consumer, unreadable)),
    waiting: () => waitingOf(shared),
    stop: () => stop.abort(),
  });
}

type Task = {
  readonly consumer: string;
  readonly event: PlatformEvent;
  readonly effect: Effect;
  readonly counted: boolean;
  readonly giveWay: () => void;
};

/**
 * An event whose earlier delivery may have ended the process. Such events run one at a time, and each start is counted in the
 * database first: one that brings the process down every time becomes a dead letter, and those that merely were near it do not.
 */
async function suspect(shared: Shared, task: Task): Promise<Outcome> {
  const starts = await persist(shared, () => countStart(shared.database, task));
  return attempt(shared, task, starts - 1);
}

async function countStart(database: Database, task: Task): Promise<number> {
  const [row] = await database.write({
    text: `insert into platform.attempt (consumer, event_id, starts) values ($1, $2::uuid, 1)
      on conflict (consumer, event_id) do update set starts = attempt.starts + 1, at = now() returning starts`,
    values: [task.consumer, task.event.id],
  });
  return Number(row?.[0] ?? 1);
}

async function attempt(shared: Shared, task: Task, before: number): Promise<Outcome> {
  const most = shared.waits.length + 1;
  let failure: unknown = new Error('The process ended while the event was being handled.');
  for (let attempts = before; attempts < most; attempts += 1) {
    try {
      return await persist(shared, async () => {
        await shared.ready(task.event);
        return task.event.dataref === undefined ? shared.slots.run(() => once(shared, task)) : onceWhole(shared, task);
      });
    } catch (error) {
      if (shared.stop.aborted) throw error;
      failure = error;
      shared.onProblem(error);
    }
    task.giveWay();
    if (attempts < most - 1) await pause(shared.waits[attempts] ?? 0, shared.stop);
  }
  await persist(shared, () => layAside(shared.database, { ...task, attempts: most, failure }));
  return 'dead';
}

/** A large event is fetched only when it is its turn. As a dead letter it stays the small one that came. */
function onceWhole(shared: Shared, task: Task): Promise<Outcome> {
  return shared.large.run(async () => {
    const event = await shared.whole(task.event);
    return shared.slots.run(() => once(shared, { ...task, event }));
  });
}

async function once(shared: Shared, { consumer, event, effect, counted }: Task): Promise<Outcome> {
  const isFirst = await shared.database.transaction(async (transaction) => {
    const rows = await transaction.query({
      text: 'insert into platform.inbox (consumer, event_id) values ($1, $2::uuid) on conflict do nothing returning 1',
      values: [consumer, event.id],
      name: 'inbox',
    });
    if (counted) await forgetStarts(transaction, consumer, event.id);
    if (rows.length > 0) await effect(transaction, event);
    return rows.length > 0;
  });
  if (isFirst) shared.wake();
  return isFirst ? 'done' : 'duplicate';
}

/** Tries for as long as what it needs is only away; other errors are thrown, and once stopped all are. */
async function persist<Result>(shared: Shared, run: () => Promise<Result>): Promise<Result> {
  const began = { at: Date.now() };
  const waits = (): void => void shared.since.add(began);
  return again(shared, run, waits).finally(() => shared.since.delete(began));
}

async function again<Result>(shared: Shared, run: () => Promise<Result>, waits: () => void): Promise<Result> {
  for (let attempts = 1; ; attempts += 1) {
    try {
      return await run();
    } catch (error) {
      if (!isTemporary(error) || shared.stop.aborted) throw error;
      if (isNews(attempts)) shared.onProblem(error);
    }
    waits();
    await pause(backoff(attempts, { first: 100, most: 5_000 }), shared.stop);
  }
}

function waitingOf({ since }: Shared): Waiting {
  const now = Date.now();
  const first = Math.min(now, ...[...since].map(({ at }) => at));
  return { events: since.size, seconds: (now - first) / 1_000 };
}

function ignore(): void {}
