import type { PlatformEvent } from '#platform/kernel/event.ts';

/**
 * How an event came: `redelivered` when an earlier delivery may have been cut off by the end of the process. Who has to wait before
 * trying again calls `giveWay`, and the next event of the subject comes: it may be the one that is waited for.
 */
export type Delivery = { readonly redelivered: boolean; readonly giveWay?: () => void };

/** What arrived and is no event: its text, the transport's headers, and why it was turned away. */
export type Unreadable = {
  readonly body: string;
  readonly reason: string;
  readonly headers: { readonly [name: string]: string };
};

/**
 * A service that listens. `patterns` are topics: `customers.CustomerCreated`, `platform.*`, `#`.
 * `handle` resolves when the event is done with (handled or laid aside as a dead letter) and rejects when it should come again.
 * Events of one subject arrive one after the other, in the order they were published, unless one gives way; different subjects side
 * by side.
 */
export type Subscriber = {
  readonly consumer: string;
  readonly patterns: readonly string[];
  readonly handle: (event: PlatformEvent, delivery: Delivery) => Promise<void>;
  /** Events that may be handled at once with others of other subjects, by a bus that has them at once; false: not all of it has happened, so that each must come alone. */
  readonly together?: {
    readonly takes: (event: PlatformEvent) => boolean;
    readonly handle: (events: readonly PlatformEvent[]) => Promise<boolean>;
  };
  readonly reject: (unreadable: Unreadable) => Promise<void>;
  /**
   * The transport had lost what it kept for this subscriber, so events up to now may be missing; later ones arrive. When it rejects it
   * is told again. The first subscription of all is told as well: it has had nothing.
   */
  readonly missed?: () => Promise<void>;
};

/** A running subscription. `update` replaces the patterns; events of a new pattern arrive from then on. */
export type Subscription = {
  readonly update: (patterns: readonly string[]) => Promise<void>;
  /** Takes no more events and waits for those under way. */
  readonly stop: () => Promise<void>;
};

/** What an operator wants to know. `blocked` is the broker's reason for refusing publishes; `unrouted` counts events no queue took. */
export type BusState = {
  readonly kind: 'postgres' | 'rabbitmq';
  readonly connected: boolean;
  readonly blocked: string | null;
  readonly unrouted: number;
  readonly lastError: string | null;
};

/**
 * Takes events to whoever subscribed, at least once. Twins: postgres-bus.ts (one process) and rabbitmq-bus.ts.
 * `publish` resolves when all events are accepted, rejects when one is not; then the caller publishes all of them again, in order.
 */
export type Bus = {
  readonly publish: (events: readonly PlatformEvent[], delivery?: Delivery) => Promise<void>;
  /** The same to one subscriber alone, which may have had them before. Rejects when there is nobody of that name. */
  readonly resend: (consumer: string, events: readonly PlatformEvent[]) => Promise<void>;
  readonly subscribe: (subscriber: Subscriber) => Promise<Subscription>;
  readonly state: () => BusState;
  readonly stop: () => Promise<void>;
};
