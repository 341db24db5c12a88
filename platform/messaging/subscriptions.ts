import type { Transaction } from '#platform/data/database.ts';
import type { PlatformEvent } from '#platform/kernel/event.ts';
import type { Module, Reaction } from '#platform/kernel/module.ts';
import type { SchemaIndex } from '#platform/metadata/schema-index.ts';
import type { Bus, Delivery } from './bus.ts';
import type { Consumers, Effect } from './consumer.ts';
import type { SharedEffect } from './gathering.ts';
import { backoff, pause } from './pause.ts';
import type { Replayer } from './replay.ts';
import { matches, recordTopics, topicOf } from './topic.ts';

/** What a service does with events. */
export type SubscribeOptions = {
  readonly bus: Bus;
  readonly consumers: Consumers;
  readonly module: Module;
  readonly schema: () => SchemaIndex;
  /** Brings the schema up to date. A hint: never called twice at a time, and once more when events came meanwhile. */
  readonly schemaChanged: (event: PlatformEvent) => Promise<void>;
  /** Keeps the mirrors of foreign objects. Must ignore a version older than the one it has: order holds per record, not after a replay. */
  readonly mirror: SharedEffect;
  /** Runs a reaction's code in a Work on this transaction, of several events only one that takes them together. Reactions see the events of one subject in the order they arrive, unless one has failed and waits. */
  readonly react: (transaction: Transaction, events: readonly PlatformEvent[], reaction: Reaction) => Promise<void>;
  /** Completes an event that travelled without its data. */
  readonly whole: (event: PlatformEvent) => Promise<PlatformEvent>;
  /** Events of these topics may not have arrived: their producers must be asked. */
  readonly missed: (patterns: readonly string[]) => Promise<void>;
  readonly onProblem?: (error: unknown) => void;
};

/** A service's running subscription. Call `refresh` when a new schema is in force: the mirrored objects may be others. */
export type ServiceSubscription = {
  readonly refresh: () => Promise<void>;
  readonly stop: () => Promise<void>;
  readonly replayer: Replayer;
  readonly waiting: Consumers['waiting'];
};

/** `shared`: the effect of many events at once, where they may go together. */
type Handler = {
  readonly consumer: string;
  readonly patterns: () => readonly string[];
  readonly effect: Effect;
  readonly shared?: SharedEffect;
};

const SCHEMA_CHANGED = 'platform.SchemaChanged';

/** Subscribes a service to everything it consumes: schema changes, the objects it mirrors, what its reactions wait for. */
export async function subscribeService(options: SubscribeOptions): Promise<ServiceSubscription> {
  const handlers = handlersOf(options);
  const patterns = (): readonly string[] => [...new Set([SCHEMA_CHANGED, ...handlers.flatMap((handler) => handler.patterns())])];
  const stop = new AbortController();
  const hint = openHint(options, stop.signal);

  const concernedBy = perTopic(options.schema, (topic) => handlers.filter((handler) => matches(handler.patterns(), topic)));
  const deliver = async (event: PlatformEvent, delivery?: Delivery): Promise<void> => {
    const topic = topicOf(event);
    if (topic === SCHEMA_CHANGED) hint(event);
    const concerned = concernedBy(topic);
    const whenAll = openWay(concerned.length, delivery?.giveWay);
    const outcomes = await Promise.allSettled(
      concerned.map(({ consumer, effect, shared }) => {
        const giveWay = whenAll();
        const own = { redelivered: false, ...delivery, giveWay };
        const consumed = shared
          ? options.consumers.consumeTogether(consumer, event, shared, own)
          : options.consumers.consume(consumer, event, effect, own);
        return consumed.finally(giveWay);
      }),
    );
    const failed = outcomes.find((outcome) => outcome.status === 'rejected');
    if (failed) throw failed.reason;
  };

  const subscription = await options.bus.subscribe({
    consumer: options.module.name,
    patterns: patterns(),
    handle: deliver,
    together: sharing(options, concernedBy),
    reject: (unreadable) => options.consumers.reject(options.module.name, unreadable),
    missed: () => options.missed(patterns()),
  });
  return Object.freeze({
    refresh: () => subscription.update(patterns()),
    stop: () => {
      stop.abort();
      options.consumers.stop();
      return subscription.stop();
    },
    waiting: options.consumers.waiting,
    replayer: {
      effectOf: (consumer: string) => handlers.find((handler) => handler.consumer === consumer)?.effect,
      whole: options.whole,
      deliver,
    },
  });
}

/** The next event of the subject may come when each handler of this one is done or waits: the others would have two of them at once. */
function openWay(handlers: number, giveWay: Delivery['giveWay']): () => () => void {
  let inTheWay = handlers;
  return () => {
    let isAside = false;
    return () => {
      if (isAside) return;
      isAside = true;
      inTheWay -= 1;
      if (inTheWay === 0) giveWay?.();
    };
  };
}

/** Events whose effects may all be shared are taken as they come, many at once. */
function sharing(
  { consumers }: SubscribeOptions,
  concernedBy: (topic: string) => readonly Handler[],
): { readonly takes: (event: PlatformEvent) => boolean; readonly handle: (events: readonly PlatformEvent[]) => Promise<boolean> } {
  return {
    takes: (event) => isShared(event, concernedBy(topicOf(event))),
    handle: async (events) => {
      const perHandler = new Map<Handler, PlatformEvent[]>();
      for (const event of events)
        for (const handler of concernedBy(topicOf(event))) {
          const own = perHandler.get(handler);
          if (own) own.push(event);
          else perHandler.set(handler, [event]);
        }
      const handled = [...perHandler].map(
        async ([{ consumer, shared }, own]) => shared !== undefined && consumers.consumeMany(consumer, own, shared),
      );
      return (await Promise.all(handled)).every(Boolean);
    },
  };
}

function isShared(event: PlatformEvent, concerned: readonly Handler[]): boolean {
  const isPlain = topicOf(event) !== SCHEMA_CHANGED && event.dataref === undefined;
  return isPlain && concerned.length > 0 && concerned.every(({ shared }) => shared !== undefined);
}

function mirrorOf(module: Module): string {
  return `${module.name}/mirror`;
}

function handlersOf({ module, schema, mirror, react }: SubscribeOptions): readonly Handler[] {
  const topicsOf = perSchema(schema);
  const reactions = module.reactions.map((reaction): Handler => {
    const topics = [`${reaction.module}.${reaction.type}`];
    return {
      consumer: `${module.name}/${reaction.name}`,
      patterns: () => topics,
      effect: (transaction, event) => react(transaction, [event], reaction),
      ...(reaction.together
        ? { shared: (transaction: Transaction, events: readonly PlatformEvent[]) => react(transaction, events, reaction) }
        : {}),
    };
  });
  const one: Effect = (transaction, event) => mirror(transaction, [event]);
  return [{ consumer: mirrorOf(module), patterns: topicsOf, effect: one, shared: mirror }, ...reactions];
}

/** What is worked out of a topic, once for each under one schema. */
function perTopic<T>(schema: () => SchemaIndex, work: (topic: string) => T): (topic: string) => T {
  let known: { readonly schema: SchemaIndex; readonly topics: Map<string, T> } | null = null;
  return (topic) => {
    const current = schema();
    if (known?.schema !== current) known = { schema: current, topics: new Map() };
    const found = known.topics.get(topic) ?? work(topic);
    known.topics.set(topic, found);
    return found;
  };
}

/** The topics of the record events of all mirrored objects, worked out once per schema. */
function perSchema(schema: () => SchemaIndex): () => readonly string[] {
  let known: SchemaIndex | null = null;
  let topics: readonly string[] = [];
  return () => {
    const current = schema();
    if (current !== known) {
      known = current;
      topics = [...current.foreign.values()].flatMap(recordTopics);
    }
    return topics;
  };
}

/** Calls `schemaChanged` until it succeeds, once at a time; events that come meanwhile lead to one more call. */
function openHint({ schemaChanged, onProblem }: SubscribeOptions, stop: AbortSignal): (event: PlatformEvent) => void {
  let next: PlatformEvent | null = null;
  let isRunning = false;
  const run = async (): Promise<void> => {
    isRunning = true;
    for (let attempt = 1; next && !stop.aborted;) {
      const event: PlatformEvent = next;
      next = null;
      const error = await schemaChanged(event).then(
        () => null,
        (reason: unknown) => ({ reason }),
      );
      if (!error) attempt = 1;
      else {
        onProblem?.(error.reason);
        next ??= event;
        await pause(backoff(attempt++, { first: 100, most: 10_000 }), stop);
      }
    }
    isRunning = false;
  };
  return (event) => {
    next = event;
    if (!isRunning) void run();
  };
}
